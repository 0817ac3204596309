"""The sheet `unge`: who is new, and whether those the register has are who the sheet says they are."""

from django.core.exceptions import ValidationError

from cases.models import Match, Mentee, Residence
from web.dates import today

from .cells import one_line, tidy
from .facts import plan_fact
from .import_context import checked, sentence_of
from .layout import MENTEES
from .vocabulary import unless_nobody

NOT_FIELDS = ("area", "mentor", "criteria")
PLAIN = [
    column.name for column in MENTEES.columns if column.name not in NOT_FIELDS
]  # fields of Mentee of that name
DIFFERS = "Det er noget andet end i registret. Importen ændrer ikke noget: ret det på den unges side eller i arket."

DIFFERS_FOR_GOOD = "Det er noget andet end i registret. Skriv det, der står der, i arket."
NOT_ON_THE_PAGE = ("enrolled_on", "own_goal_on")  # what nobody can mend there


def plan_mentees(desk, table):
    """Plan the rows of the sheet `unge`; returns {key: row number} of those that are new."""
    seen, new = {}, {}
    register = {
        (fold_name(mentee.name), mentee.born_on): key for key, mentee in desk.stored.mentees.items()
    }
    for number, said in desk.rows(table):
        key, same = said["key"], register.get((fold_name(said["name"]), said["born_on"]))
        if key in seen:
            wrong_key(desk, number, key, f"Nøglen står også i række {seen[key]}.")
            continue
        seen[key] = number
        if not desk.is_new(key):
            compare(desk, number, said)
        else:
            if same:
                wrong_key(
                    desk,
                    number,
                    key,
                    f"Registret har den unge allerede, med nøglen {same}. Brug den nøgle.",
                )
            add(desk, number, said)
            new[key] = number
        plan_first_facts(desk, number, said)
    return new


def wrong_key(desk, number, key, sentence):
    desk.problems.at(MENTEES, number, MENTEES.column("key"), sentence, key)


def fold_name(name):
    return one_line(name).casefold()


def add(desk, number, said):
    """Plan a new Mentee, and note what is wrong with it."""
    mentee = Mentee(
        programme=desk.programme,
        recorded_by=desk.by,
        **{name: said[name] for name in PLAIN},
        **dict.fromkeys(said["criteria"], True),
    )
    errors = [checked(mentee, "programme", "search_key", "referred_by")]
    if mentee.enrolled_on <= mentee.born_on <= today():
        errors.append(
            ValidationError({"born_on": sentence_of(Mentee, "mentee_is_born_before_enrolment")})
        )
    if mentee.own_goal_on and mentee.own_goal_on > today():
        errors.append(
            ValidationError(
                {"own_goal_on": "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."}
            )
        )
    if mentee.own_goal_on and not mentee.own_goal:
        errors.append(
            ValidationError({"own_goal_on": "Skriv også målet, eller lad dagen stå tom."})
        )
    for error in filter(None, errors):
        desk.refuse(MENTEES, number, error, said["key"], values=said)
    desk.mentees[said["key"]] = mentee
    desk.plan.mentees.append(mentee)
    desk.count(MENTEES).new += 1


def compare(desk, number, said):
    """Note what the row says otherwise than the register; an empty cell says nothing."""
    mentee = desk.stored.mentees[said["key"]]
    holds = {name: getattr(mentee, name) for name in PLAIN}
    holds |= {name: one_line(holds[name]) for name in ("name", "phone", "email")}
    holds |= {"own_goal": tidy(mentee.own_goal), "key": said["key"]}
    holds["criteria"] = {name for name, _ in Mentee.CRITERIA if getattr(mentee, name)}
    if fold_name(said["name"]) != fold_name(mentee.name) and said["born_on"] != mentee.born_on:
        differing, sentence = ["key"], "Nøglen er en anden ungs i registret. Vælg en anden nøgle."
    else:
        differing, sentence = (
            [name for name, value in holds.items() if said[name] and said[name] != value],
            DIFFERS,
        )
    for name in differing:
        column = next(column for column in MENTEES.columns if column.name == name)
        there = DIFFERS_FOR_GOOD if name in NOT_ON_THE_PAGE else sentence
        desk.problems.at(MENTEES, number, column, there)
    desk.count(MENTEES).known += 1


def plan_first_facts(desk, number, said):
    """The area and the mentor of the row hold from the day of enrolment."""
    key, of = (
        said["key"],
        {"mentee": desk.mentees[said["key"]], "effective_on": said["enrolled_on"]},
    )
    plan_fact(desk, MENTEES, number, key, Residence(area=unless_nobody(said["area"]), **of), "area")
    plan_fact(
        desk, MENTEES, number, key, Match(mentor=unless_nobody(said["mentor"]), **of), "mentor"
    )
