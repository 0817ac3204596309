"""The demo: Køge gives the published figures exactly, the living one fills every page."""

import os
import stat
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from cases.definitions import definitions_of
from cases.models import (
    Agreement,
    Appointment,
    Attendance,
    KeyFigure,
    Match,
    Meeting,
    Membership,
    Mentee,
    Pause,
    Programme,
    Residence,
    Role,
    Status,
    StatusChange,
)
from cases.register import Register
from cases.tests.in_sql import as_of, last_met
from cases.weekly_contact import Mark, WeeklyMarks, contacts
from demo import koege_2018, living, loading, logins
from setup.lineage import lineage_of
from web import dates
from web.danish import fold
from web.dates import age
from web.weeks import Week, last_weeks

# The table the school committee read on 3 April 2019.
ON = date(2019, 3, 1)
PUBLISHED = {
    Status.SCHOOL: 2,
    Status.EDUCATION: 6,
    Status.YOUTH_CENTRE: 7,
    Status.INTERNSHIP: 1,
    Status.WORK: 3,
    Status.AGREEMENT: 4,
    Status.CLARIFICATION: 2,
    Status.COMPLETED: 1,
    Status.DROPPED_OUT: 0,
}

TODAYS = [
    pytest.param(date(2026, 11, 22), id="a Sunday"),
    pytest.param(date(2026, 11, 23), id="a Monday"),
    pytest.param(date(2027, 1, 1), id="New Year"),
    pytest.param(date(2027, 8, 2), id="after the summer"),
    pytest.param(date(2028, 2, 29), id="leap day"),
    pytest.param(date(2026, 7, 2), id="the programme at its oldest"),
    pytest.param(date(2026, 7, 3), id="the programme at its youngest"),
]
FACTS = (StatusChange, Residence, Match, Pause)


@pytest.fixture
def users(db):
    return {
        login.key: User.objects.create(email=login.email, name=login.name) for login in logins.ALL
    }


@pytest.fixture
def koege(users):
    koege_2018.build(users, today=None)
    return Programme.objects.get(slug="koege-2018")


@pytest.fixture
def tell_demo(users):
    def tell_demo(today):
        living.build(users, today)
        return Programme.objects.get(slug="demo")

    return tell_demo


def goal_set(programme):
    return definitions_of(programme).goal(ON).goal_set


def register_of(programme):
    return Register.of_programme(programme)


# Køge


def test_koege_gives_the_published_table(koege):
    register = register_of(koege)
    assert register.statuses(ON) == PUBLISHED
    assert len(register.in_goal(ON, goal_set(koege))) == 10
    [completed] = [
        person for person in register.enrolled(ON) if person.status(ON) is Status.COMPLETED
    ]
    assert (
        StatusChange.objects.get(mentee=completed.id, status=Status.COMPLETED).detail == "elevplads"
    )


def test_koege_as_it_was_known_that_afternoon_is_the_same(koege):
    afternoon = timezone.make_aware(datetime(2019, 3, 1, 16))
    assert Register.of_programme(koege, known_at=afternoon).statuses(ON) == PUBLISHED


def test_koege_in_progress_are_23_boys_and_2_girls_of_16_to_27(koege):
    people = register_of(koege).in_progress(ON)
    assert Counter(person.gender for person in people) == {"male": 23, "female": 2}
    ages = sorted(age(person.born_on, ON) for person in people)
    expected = definitions_of(koege).expectation(ON)
    assert (ages[0], ages[-1]) == (16, 27)
    assert [years for years in ages if not expected.youngest <= years <= expected.oldest] == [27]


def test_koege_lives_in_three_of_the_four_areas(koege):
    areas = {area.pk: area.name for area in koege.areas.all()}
    register = register_of(koege)
    goal = register.in_goal(ON, goal_set(koege))
    residents = Counter(areas[person.areas.on(ON)] for person in register.enrolled(ON))
    assert list(areas.values()) == ["Karlemoseparken", "Hastrupparken", "Ellemarken", "Søparken"]
    assert residents == {"Karlemoseparken": 10, "Hastrupparken": 9, "Ellemarken": 7}
    assert Counter(areas[person.areas.on(ON)] for person in goal) == {
        "Karlemoseparken": 4,
        "Hastrupparken": 4,
        "Ellemarken": 2,
    }
    assert not Residence.objects.filter(area__name="Søparken").exists()


def test_koege_grows(koege):
    register = register_of(koege)
    for day, enrolled, in_goal in (
        (date(2018, 9, 1), 11, 2),
        (date(2018, 12, 1), 19, 6),
        (ON, 26, 10),
    ):
        assert (len(register.enrolled(day)), len(register.in_goal(day, goal_set(koege)))) == (
            enrolled,
            in_goal,
        )


def test_koege_met_196_of_260_times_in_twelve_weeks(koege):
    weeks = last_weeks(12, Week.of(ON).plus(-1))
    assert (weeks[0], weeks[-1]) == (Week(2018, 49), Week(2019, 8))
    pks = [mentee.pk for mentee in koege.mentees.all()]
    tally = WeeklyMarks(contacts(pks, weeks[0].monday, weeks[-1].sunday)).tally(
        register_of(koege).people, weeks
    )
    assert tally == {
        Mark.MET: 196,
        Mark.CANCELLED: 17,
        Mark.NO_SHOW: 14,
        Mark.TRIED: 12,
        Mark.NOTHING: 21,
    }


def test_koege_has_no_agreement_overdue_and_says_where_its_key_figures_come_from(koege):
    assert not Agreement.objects.overdue(on=ON).exists()
    assert [figure.value for figure in KeyFigure.objects.all()] == [
        "5.219",
        "ca. 40 %",
        "ca. 60 %",
        "25 %",
    ]
    assert all(
        "2014" in figure.source and figure.area is None for figure in KeyFigure.objects.all()
    )


def test_rows_of_koege_are_such_as_the_forms_would_take(koege):
    for model in (Mentee, *FACTS, Meeting, Attendance, Agreement):
        for row in model.objects.all()[:30]:
            row.full_clean()


def test_koege_follows_the_rules(koege):
    assert_follows_the_rules(koege, ON)


# The living programme


@pytest.mark.slow
@pytest.mark.parametrize("today", TODAYS)
def test_the_living_programme_has_something_for_every_page(tell_demo, today):
    demo = tell_demo(today)
    register = register_of(demo)
    counts = register.statuses(today)
    active = register.in_progress(today)
    mentees = {
        mentee.pk: mentee
        for mentee in as_of(demo.mentees, today).annotate(last_met=last_met(today))
    }
    by_mentor = Counter(mentees[person.id].mentor_name for person in active)
    unpaused = [mentees[person.id] for person in active if not person.pauses.on(today)]
    quiet = [mentee for mentee in unpaused if (today - mentee.last_met).days > 14]
    coming = Counter(Appointment.objects.coming(on=today).values_list("mentee", flat=True))
    year_ago = today - timedelta(365)
    late = [
        row for model in (StatusChange, Meeting) for row in model.objects.all() if written_late(row)
    ]

    properties = {
        "38 young people, 34 of them in progress": (sum(counts.values()), len(active)) == (38, 34),
        "the goal": len(register.in_goal(today, goal_set(demo))) == 22,
        "half as many in the goal a year ago": 5
        <= len(register.in_goal(year_ago, goal_set(demo)))
        <= 15,
        "completed and dropped out": (counts[Status.COMPLETED], counts[Status.DROPPED_OUT])
        == (3, 1),
        "every status": all(counts.values()),
        "four mentors": len(by_mentor) == 4
        and all(6 <= number <= 13 for number in by_mentor.values()),
        "four areas": len({person.areas.on(today) for person in active}) == 4,
        "some without contact": 3 <= len(quiet) <= 8,
        "agreements overdue": 2 <= Agreement.objects.overdue(on=today).count() <= 3,
        "agreements of each outcome": set(Agreement.objects.values_list("outcome", flat=True))
        == set(Agreement.Outcome.values),
        "a status to review": any(
            (today - person.statuses.fact_on(today).since).days > 90 for person in active
        ),
        "a pause now": any(person.pauses.on(today) for person in active),
        "pauses in the past": Pause.objects.filter(paused=False, effective_on__lte=today).count()
        >= 3,
        "an appointment today": Appointment.objects.filter(on=today).count() >= 3,
        "one coming appointment each, for most": len(coming) >= 20 and set(coming.values()) == {1},
        "moves and mentor changes": Residence.objects.count() > 38 and Match.objects.count() > 38,
        "a withdrawn status": StatusChange.objects.exclude(withdrawn_at=None).count() == 1,
        "late records": any(isinstance(row, StatusChange) for row in late) and len(late) > 20,
        "group meetings": Attendance.objects.count() > Meeting.objects.count() + 100,
        "varied notes": Attendance.objects.values("note").distinct().count() > 100,
        "runs now, and another while": demo.starts_on < today < demo.ends_on,
    }
    assert [name for name, holds in properties.items() if not holds] == []
    assert_as_told(mentees.values(), today)
    assert_follows_the_rules(demo, today)


def written_late(row):
    day = getattr(row, "effective_on", None) or row.held_on
    return timezone.localdate(row.recorded_at) >= day + timedelta(7)


def assert_as_told(mentees, today):
    """The three on whom Min uge opens."""
    people = {mentee.name: mentee for mentee in mentees}
    yusuf, bilal, malik = (people[name] for name in ("Yusuf Hamdan", "Bilal Karim", "Malik Osman"))
    assert (yusuf.age(today), yusuf.area_name, yusuf.mentor_name) == (
        19,
        "Hastrupparken",
        "Mette Sørensen",
    )
    assert yusuf.own_goal.startswith("Jeg vil have en læreplads som elektriker.")
    assert (yusuf.status, (today - yusuf.last_met).days) == (Status.YOUTH_CENTRE, 9)
    assert bilal.status == Status.AGREEMENT
    assert Agreement.objects.overdue(on=today).get(mentee=bilal).what == "Begynde på FGU"
    assert (malik.status, (today - malik.last_met).days) == (Status.CLARIFICATION, 23)


def test_the_same_day_tells_the_same_story(tell_demo):
    def told(programme):
        return [
            sorted(
                programme.meetings.values_list(
                    "held_on", "form", "place", "recorded_at", "attendances__note"
                )
            ),
            sorted(
                programme.mentees.values_list("name", "born_on", "own_goal", "agreements__what")
            ),
            sorted(
                StatusChange.objects.filter(mentee__programme=programme).values_list(
                    "effective_on", "recorded_at"
                )
            ),
        ]

    first = told(tell_demo(date(2026, 11, 22)))
    Programme.objects.filter(slug="demo").update(slug="earlier")
    assert told(tell_demo(date(2026, 11, 22))) == first


def assert_follows_the_rules(programme, until):
    """What the models' verbs demand, row by row, with `until` for today."""
    mentees = {mentee.pk: mentee for mentee in programme.mentees.all()}
    youngest = definitions_of(programme).expectation(until).youngest
    for mentee in mentees.values():
        assert mentee.search_key == fold(mentee.name)
        assert programme.starts_on <= mentee.enrolled_on < until
        assert mentee.age(mentee.enrolled_on) >= youngest
    for model in FACTS:
        first = set()
        for fact in model.objects.filter(mentee__programme=programme):
            enrolled_on = mentees[fact.mentee_id].enrolled_on
            assert enrolled_on <= fact.effective_on
            assert fact.effective_on < until or model.may_be_planned
            assert_written(
                fact,
                min(fact.effective_on, until - timedelta(1)) if model is not Pause else None,
                until,
            )
            if fact.effective_on == enrolled_on and not fact.withdrawn_at:
                assert fact.mentee_id not in first
                first.add(fact.mentee_id)
        assert first == set(mentees) or model is Pause
    for meeting in programme.meetings.prefetch_related("attendances__topics"):
        assert programme.starts_on <= meeting.held_on < until
        assert_written(meeting, meeting.held_on, until)
        assert meeting.attendances.all()
        for attendance in meeting.attendances.all():
            assert mentees[attendance.mentee_id].enrolled_on <= meeting.held_on
            assert {topic.programme_id for topic in attendance.topics.all()} <= {programme.pk}
            assert "{" not in attendance.note
    for agreement in Agreement.objects.filter(mentee__programme=programme):
        assert mentees[agreement.mentee_id].enrolled_on <= agreement.agreed_on <= agreement.due_on
        assert agreement.closed_on is None or agreement.agreed_on <= agreement.closed_on < until
        assert_written(agreement, agreement.agreed_on, until)
    ended = {person.id for person in register_of(programme).people if not person.in_progress(until)}
    assert not Agreement.objects.open(on=until).filter(mentee__in=ended).exists()
    assert not Appointment.objects.coming(on=until).filter(mentee__in=ended).exists()


def assert_written(row, not_before, until):
    wrote_on = timezone.localdate(row.recorded_at)
    assert (not_before or wrote_on) <= wrote_on < until
    assert row.withdrawn_at is None or row.recorded_at < row.withdrawn_at


# Loading, and who can sign in


def test_loading_twice_changes_nothing_and_keeps_what_was_entered(db):
    def rows():
        return {
            model.__name__: model.objects.count()
            for model in apps.get_app_config("cases").get_models()
        }

    loading.load(dates.today(), "en adgangskode")
    yusuf = Mentee.objects.get(name="Yusuf Hamdan")
    mette = User.objects.get(email="mette@demo.example")
    yusuf.change_status(Status.WORK, on=dates.today(), by=mette)
    mette.set_password("min egen adgangskode")
    mette.save()
    before = rows()

    said = []
    loading.load(dates.today() + timedelta(1), "en ny adgangskode", say=said.append)

    assert rows() == before
    assert [line.split(": ")[1] for line in said] == ["there already, left as it is"] * 5
    assert as_of(Mentee.objects, dates.today()).get(pk=yusuf.pk).status == Status.WORK
    mette.refresh_from_db()
    assert mette.check_password("min egen adgangskode")


def test_the_earlier_programmes_are_published_figures_and_nobody(db):
    loading.load(dates.today(), "en adgangskode")

    koege = Programme.objects.get(slug="koege-2018")
    pilot, project, now = lineage_of(koege)
    assert (pilot.figures[0].value, [f.value for f in project.figures]) == (
        "13",
        ["40", "30", "27"],
    )
    assert all(figure.source for figure in (*pilot.figures, *project.figures))
    assert now.is_current and now.figures == []
    earlier = Programme.objects.filter(slug__in=("koege-pilot", "koege-2014"))
    assert not Mentee.objects.filter(programme__in=earlier).exists()
    assert not Membership.objects.filter(programme__in=earlier).exists()


def test_every_role_has_a_login_and_nothing_crosses(db):
    loading.load(dates.today(), "en adgangskode")
    demo, koege, nabo = (
        Programme.objects.get(slug=slug) for slug in ("demo", "koege-2018", "nabo")
    )

    def roles(programme):
        held = Membership.objects.running(dates.today()).filter(programme=programme)
        return set(held.values_list("user__email", "role"))

    assert {role for _, role in roles(demo)} == set(Role.values)
    assert ("torben@demo.example", "coordinator") in roles(koege)
    assert "mette@demo.example" not in {email for email, _ in roles(koege)}
    assert roles(nabo) == {("signe@demo.example", "mentor")}

    def sees(key):
        return Mentee.objects.visible_to(User.objects.get(email=f"{key}@demo.example"))

    assert sees("torben").count() == 38 + 26
    assert set(sees("signe")) == set(nabo.mentees.all())
    assert not sees("olga").exists()


@pytest.fixture
def var(settings, tmp_path, monkeypatch):
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    settings.VAR_DIR = tmp_path
    return tmp_path


def test_the_command_prints_the_same_password_the_second_time(db, var, capsys):
    def printed():
        call_command("load_demo")
        return capsys.readouterr().out

    first, second = printed(), printed()
    password = (var / "demo" / "password").read_text().strip()
    assert len(password) >= 12
    assert first.rstrip().endswith(password) and second.rstrip().endswith(password)
    assert stat.S_IMODE(os.stat(var / "demo" / "password").st_mode) == 0o600
    assert "tovholder" in first and "kirsten@demo.example" in first
    assert all(User.objects.get(email=login.email).check_password(password) for login in logins.ALL)


def test_the_command_takes_the_password_it_is_told(db, var, monkeypatch, capsys):
    monkeypatch.setenv("DEMO_PASSWORD", "hemmelig nok til en prøve")
    call_command("load_demo")
    assert capsys.readouterr().out.rstrip().endswith("hemmelig nok til en prøve")
    assert User.objects.get(email="mette@demo.example").check_password("hemmelig nok til en prøve")


def test_a_password_nobody_has_is_not_printed(db, var, monkeypatch, capsys):
    call_command("load_demo")
    (var / "demo" / "password").unlink()
    monkeypatch.setenv("DEMO_PASSWORD", "kom for sent")
    capsys.readouterr()
    call_command("load_demo")
    assert logins.LOST in capsys.readouterr().out


def test_a_real_site_is_refused(db, var, settings):
    settings.LOCAL = False
    with pytest.raises(CommandError, match="real site"):
        call_command("load_demo")
    assert not Programme.objects.exists() and not User.objects.exists()
    call_command("load_demo", force=True)
    assert Programme.objects.count() == 5
