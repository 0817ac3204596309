"""The words that cells may hold: the same in every programme, or a programme's own areas, mentors and topics."""

from accounts.models import User
from cases.models import Form, Gender, Membership, Mentee, Outcome, Role, Status

from .cells import Words
from .layout import NO_AREA, NO_MENTOR

GENDERS = Words.of_choices(
    Gender, "Skriv dreng, pige eller andet.", male=["mand", "m"], female=["kvinde", "k"], other=["a"]
)
STATUS = Words.of_choices(
    Status, "Vælg en af de ni statusser.", agreement=["aftale", Status.AGREEMENT.short], clarification=["afklaring"]
)
FORMS = Words.of_choices(
    Form, f"Skriv en af: {', '.join(Form.labels)}.", area=["boligområdet"], accompanied=["ledsaget"], message=["sms"]
)
OUTCOMES = Words.of_choices(
    Outcome, f"Skriv en af: {', '.join(Outcome.labels)}.", met=["mødt", "holdt"], no_show=["mødte ikke"]
)
CRITERIA = Words(f"Skriv en eller flere af: {', '.join(label for _, label in Mentee.CRITERIA)}.")
for name, label in Mentee.CRITERIA:
    CRITERIA.add(name, name, label)
CRITERIA.add("dropped_out_lately", "har afbrudt en uddannelse", "afbrudt uddannelse", "afbrudt")
CRITERIA.add("on_public_support", "offentlig forsørgelse")

NOBODY = "nobody"  # said, and not left open: no area, no mentor


def unless_nobody(value):
    return None if value == NOBODY else value


class OfProgramme:
    """The words of one programme: `areas`, `mentors` (e-mails of its mentors, now or once), `holders` (of those who may
    have held a meeting: its coordinators too), `partners` and `topics`. Five queries.
    """

    def __init__(self, programme):
        self.areas = Words(f"Boligområdet findes ikke i indsatsen. Skriv et af dens områder, eller “{NO_AREA}”.")
        areas = list(programme.areas.all())
        for area in areas:
            self.areas.add(area, area.name)
        for area in areas:
            self.areas.add(area, *(str(alias) for alias in area.aliases))
        self.areas.add(NOBODY, NO_AREA, "uden for", "udenfor", "ingen")
        # An e-mail that is nearly somebody's is not his: he would see a young person who is not his either.
        self.mentors = Words("Ingen mentor i indsatsen har den e-mail.", loosely=False)
        self.mentors.add(NOBODY, NO_MENTOR, "ingen", "ingen endnu")
        self.holders = Words("Ingen mentor eller tovholder i indsatsen har den e-mail.", loosely=False)
        for user in users_who_were(programme, Role.MENTOR):
            self.mentors.add(user, user.email)
        for user in users_who_were(programme, Role.MENTOR, Role.COORDINATOR):
            self.holders.add(user, user.email)
        self.partners = Words("Samarbejdspartneren findes ikke i indsatsen.")
        for partner in programme.partners.all():
            self.partners.add(partner, partner.name)
        self.topics = Words("Emnet findes ikke i indsatsen.")
        for topic in programme.topics.all():
            self.topics.add(topic, topic.name)


def users_who_were(programme, *roles):
    """The users who hold or have held one of the roles in the programme."""
    held = Membership.objects.filter(programme=programme, role__in=roles)
    return User.objects.filter(pk__in=held.values("user")).order_by("pk")
