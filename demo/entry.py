from datetime import date, timedelta

from cases.models import Gender
from web.dates import age

GENDERS = {"m": Gender.MALE, "f": Gender.FEMALE}

OWN_GOALS = (
    "Jeg vil have et arbejde, så jeg kan flytte hjemmefra.",
    "Jeg vil være færdig med skolen uden at give op denne gang.",
    "At komme op om morgenen, også når det regner.",
    "Jeg vil gerne være mekaniker og have mit eget værksted.",
    "Bare én ting, jeg er god til, og som nogen vil betale for.",
    "Jeg vil tage kørekort og køre bus.",
    "At min lillebror kan se, at det kan lade sig gøre.",
    "Jeg vil have styr på mine penge.",
    "Jeg vil være pædagog i en klub.",
    "Et fritidsjob og min egen løn.",
    "Jeg vil bestå dansk og matematik.",
    "At få én ting helt færdig ad gangen.",
    "Jeg vil være kok og lave mad, folk husker.",
    "Jeg vil sove om natten og være vågen om dagen.",
    "At nogen regner med mig, og at jeg kommer.",
    "Jeg vil træne fast og ikke hænge ud hele dagen.",
    "Jeg vil have et sted at bo, der er mit eget.",
    "Jeg vil gerne være tømrer ligesom min onkel.",
    "At turde ringe selv, når det er noget vigtigt.",
    "Jeg vil have en læreplads, hvor de gider lære fra sig.",
    "Jeg vil læse videre, men først vil jeg tjene penge.",
    "At få afleveret tingene til tiden.",
    "Jeg vil arbejde med computere eller cykler.",
    "Jeg vil kunne sige, hvad jeg mener, til en jobsamtale.",
    "Bare at holde fast i et år.",
    "Jeg vil vise min mor et bevis.",
    "Jeg vil køre lastbil.",
    "Jeg vil være med til at bygge noget, der bliver stående.",
)


def own_goals(rng):
    """Each once, in random order; some are empty."""
    said = [*OWN_GOALS, *[""] * 7]
    rng.shuffle(said)
    return iter(said)


def entry(rng, born, enrolled_on, until, own_goal):
    """`born` is gender and birthday, or age on the day `until`."""
    gender, birth = born.split()
    born_on = birthday(rng, birth, until)
    informed_on = enrolled_on + timedelta(days=rng.choice((0, 0, 0, 2, 5)))
    return {
        "gender": GENDERS[gender],
        "born_on": born_on,
        "own_goal": own_goal,
        "own_goal_on": enrolled_on if own_goal else None,
        "informed_on": informed_on if informed_on < until else None,
        **criteria(rng, age(born_on, enrolled_on)),
    }


def birthday(rng, birth, until):
    """`birth` is an ISO date, or the age on the day `until`."""
    if "-" in birth:
        return date.fromisoformat(birth)
    return until - timedelta(days=int(int(birth) * 365.25) + rng.randint(125, 330))


def criteria(rng, years):
    """Public support only from 18."""
    possible = ["at_risk_of_dropping_out", "dropped_out_lately", "at_risk_of_crime"]
    if years >= 18:
        possible.append("on_public_support")
    return dict.fromkeys(rng.sample(possible, rng.choice((1, 1, 2))), True)
