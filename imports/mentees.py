from django.core.exceptions import ValidationError

from cases.models import Match, Mentee, Residence
from web.dates import today

from .cells import normalize_lines, one_line
from .facts import plan_fact
from .layout import MENTEES
from .model_checks import model_errors
from .row_parsing import parse_rows
from .vocabulary import none_if_nobody

NOT_FIELDS = ("area", "mentor", "criteria")
FIELDS = [column.name for column in MENTEES.columns if column.name not in NOT_FIELDS]
DIFFERS = (
    "Det er noget andet end i registret. "
    "Importen ændrer ikke noget: ret det på den unges side eller i arket."
)
DIFFERS_NOT_EDITABLE = "Det er noget andet end i registret. Skriv det, der står der, i arket."
NOT_EDITABLE = ("enrolled_on", "own_goal_on")  # on the mentee's page


def plan_mentees(context, table):
    row_of_key, new_mentees = {}, {}
    key_of_person = {
        (fold_name(mentee.name), mentee.born_on): key
        for key, mentee in context.existing.mentees.items()
    }
    for number, values in parse_rows(context, table):
        key = values["key"]
        if key in row_of_key:
            add_key_problem(context, number, key, f"Nøglen står også i række {row_of_key[key]}.")
            continue
        row_of_key[key] = number
        if context.is_new(key):
            known_key = key_of_person.get((fold_name(values["name"]), values["born_on"]))
            if known_key:
                sentence = (
                    f"Registret har den unge allerede, med nøglen {known_key}. Brug den nøgle."
                )
                add_key_problem(context, number, key, sentence)
            plan_mentee(context, number, values)
            new_mentees[key] = number
        else:
            compare_with_register(context, number, values)
        plan_first_facts(context, number, values)
    return new_mentees


def add_key_problem(context, number, key, sentence):
    context.problems.add(MENTEES, number, MENTEES.column("key"), sentence, key)


def fold_name(name):
    return one_line(name).casefold()


def plan_mentee(context, number, values):
    mentee = Mentee(
        programme=context.programme,
        recorded_by=context.by,
        **{name: values[name] for name in FIELDS},
        **dict.fromkeys(values["criteria"], True),
    )
    for error in mentee_errors(mentee):
        context.add_error(MENTEES, number, error, values["key"], values=values)
    context.mentees[values["key"]] = mentee
    context.plan.mentees.append(mentee)
    context.count(MENTEES).new += 1


def mentee_errors(mentee):
    if error := model_errors(mentee, "programme", "search_key", "referred_by"):
        yield error
    if mentee.own_goal_on and mentee.own_goal_on > today():
        yield ValidationError(
            {"own_goal_on": "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."}
        )
    if mentee.own_goal_on and not mentee.own_goal:
        yield ValidationError({"own_goal_on": "Skriv også målet, eller lad dagen stå tom."})


def compare_with_register(context, number, values):
    """Empty cells are not compared."""
    mentee = context.existing.mentees[values["key"]]
    is_another_person = (
        fold_name(values["name"]) != fold_name(mentee.name) and values["born_on"] != mentee.born_on
    )
    if is_another_person:
        sentence = "Nøglen er en anden ungs i registret. Vælg en anden nøgle."
        context.problems.add(MENTEES, number, MENTEES.column("key"), sentence)
    else:
        for name, value in comparable_values(mentee, values["key"]).items():
            if values[name] and values[name] != value:
                sentence = DIFFERS_NOT_EDITABLE if name in NOT_EDITABLE else DIFFERS
                context.problems.add(MENTEES, number, MENTEES.column(name), sentence)
    context.count(MENTEES).known += 1


def comparable_values(mentee, key):
    values = {name: getattr(mentee, name) for name in FIELDS}
    values |= {name: one_line(values[name]) for name in ("name", "phone", "email")}
    values |= {"own_goal": normalize_lines(mentee.own_goal), "key": key}
    values["criteria"] = {name for name, _ in Mentee.CRITERIA if getattr(mentee, name)}
    return values


def plan_first_facts(context, number, values):
    key, enrolled_on = values["key"], values["enrolled_on"]
    mentee = context.mentees[key]
    area, mentor = none_if_nobody(values["area"]), none_if_nobody(values["mentor"])
    residence = Residence(mentee=mentee, area=area, effective_on=enrolled_on)
    plan_fact(context, MENTEES, number, key, residence, "area")
    match = Match(mentee=mentee, mentor=mentor, effective_on=enrolled_on)
    plan_fact(context, MENTEES, number, key, match, "mentor")
