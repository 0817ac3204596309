"""A prepared question answers as its queryset, built anew, does."""

from datetime import datetime, time, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from cases import questions
from cases.models import (
    Agreement,
    Appointment,
    Expectation,
    FieldChange,
    GoalDefinition,
    KeyFigure,
    Match,
    Meeting,
    Mentee,
    Pause,
    Programme,
    Residence,
    StatusChange,
    Substitution,
)
from cases.tests.builders import a_strike, log
from web.dates import today

DAYS = [today() - timedelta(days=days) for days in (400, 20, 0)]
PREPARED = {name: value for name, value in vars(questions).items() if hasattr(value, "fresh")}
VARIANTS = {
    "facts": [(kind,) for kind in questions.KINDS],
    "definitions": [(GoalDefinition,), (Expectation,)],
    "facts_of": [(kind,) for kind in questions.KINDS],
    "contacts_of": [(False,), (True,)],
    "history": [(model,) for model in (StatusChange, Residence, Match, Pause)],
}


@pytest.fixture
def register(yusuf, bilal, sofus, mette, rashid, torben, areas, programme):
    """Something of every kind, also withdrawn, replaced, planned and in another programme."""
    ago = today() - timedelta(days=21)
    for mentee, mentor in ((yusuf, mette), (bilal, rashid)):
        topic = programme.topics.first()
        log(mentee, mentor, on=ago, note="En note").attendances.get().topics.add(topic)
        log(mentee, mentor, outcome="no_show")
        Agreement(mentee=mentee, what="Ringe", agreed_on=ago, due_on=ago).make(by=mentor)
        Appointment(mentee=mentee, on=today() + timedelta(days=3)).make(by=mentor)
    wrong = yusuf.change_status("work", on=ago, by=mette)
    wrong.withdraw(by=mette, reason="Forkert ung")
    yusuf.pause(Pause.Reason.HOLIDAY, on=ago, by=mette, last_day=ago + timedelta(days=3))
    areas[0].rename("Nyparken", on=ago, by=torben)
    yusuf.move(None, on=today(), by=mette)
    bilal.match(None, on=today(), by=torben)
    a_strike(yusuf, by=mette)
    KeyFigure.objects.create(programme=programme, area=areas[0], what="Beboere", value="1.020")
    changes = {"phone": ("", "11 22 33 44")}
    FieldChange.objects.record(programme, changes, by=mette, mentee=yusuf)
    Substitution(
        programme=programme,
        mentor=mette,
        substitute=rashid,
        starts_on=ago,
        ends_on=today(),
        recorded_by=torben,
    ).save()


def values_of(name):
    """Yield many values of the arguments of the question."""
    everybody = list(Mentee.objects.values_list("pk", flat=True))
    now = timezone.now()
    users = list(User.objects.values_list("pk", flat=True))
    choices = {
        "user": users,
        "substitute": users,
        "mentor": users,
        "programme": list(Programme.objects.values_list("pk", flat=True)),
        "mentee": everybody,
        "key": everybody,
        "uuid": list(Mentee.objects.values_list("uuid", flat=True)),
        "keys": [[], everybody[:1], everybody],
        "on": DAYS,
        "first": DAYS,
        "since": DAYS,
        "submit_key": [uuid4(), *Meeting.objects.values_list("submit_key", flat=True)[:1]],
        "last": DAYS,
        "at": [now, now - timedelta(days=1), datetime.combine(DAYS[0], time(), now.tzinfo)],
    }
    names = PREPARED[name].types
    for values in product(*(choices[argument] for argument in names)):
        yield dict(zip(names, values, strict=True))


def rows_of(rows):
    """Return the rows as comparable values, with what came along by select_related."""
    return [row if isinstance(row, tuple) else fields_of(row) for row in rows]


def fields_of(row):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    related = row._state.fields_cache.items()
    return values, {name: other and fields_of(other) for name, other in related}


@pytest.mark.parametrize("name", PREPARED)
def test_it_answers_as_the_queryset_does(register, name):
    question = PREPARED[name]
    answered = 0
    for variant in VARIANTS.get(name, [()]):
        for values in values_of(name):
            answer = rows_of(question(*variant, **values))
            assert answer == rows_of(question.fresh(*variant, **values)), (variant, values)
            answered += len(answer)
    assert answered, "no row was ever found: the scenario lacks something"


def test_among_is_in(register):
    everybody = list(Mentee.objects.values_list("pk", flat=True))
    for keys in ([], everybody[:1], everybody[1:], everybody):
        facts = StatusChange.objects.order_by("pk")
        assert list(facts.filter(mentee__among=keys)) == list(facts.filter(mentee__in=keys))


def test_a_misspelt_argument_is_an_error(register):
    with pytest.raises(TypeError):
        questions.areas(program=1)
