"""What an export holds, and that export, import, export gives the same again."""

import io
import random
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from cases.models import (
    Attendance,
    AttendanceOutcome,
    Gender,
    HousingArea,
    Meeting,
    MeetingFormat,
    Membership,
    Mentee,
    Programme,
    Role,
    Status,
    Topic,
)
from cases.register import Register
from cases.tests.builders import end_roles, falsify, log
from conftest import STARTED
from imports import exporting, workbook
from imports.importing import import_files
from imports.tests import sheets
from web.dates import today

pytestmark = pytest.mark.django_db

NASTY = [
    "=2+2",
    "+45",
    "-",
    "@SUM(A1)",
    "'=1",
    "_x0041_",
    "æøå",
    "  mellemrum  ",
    "🙂",
    '"citat"; semikolon, komma',
    "TRUE",
    "1e5",
    "007",
    "",
    "2026-03-01",
]
NASTY_TEXTS = [*NASTY, "æøå\r\nny linje\ttab"]


@pytest.fixture
def copy(programme, areas, mette, rashid, torben):
    """An empty programme with the same areas, topics, partners and people."""
    programme.partners.create(name="UUV")
    copy = Programme.objects.create(name="Kopien", slug="kopi", starts_on=STARTED)
    for area in areas:
        HousingArea.objects.create(programme=copy, name=area.name, position=area.position)
    for topic in programme.topics.all():
        Topic.objects.create(programme=copy, name=topic.name, position=topic.position)
    copy.partners.create(name="UUV")
    for membership in programme.memberships.all():
        Membership.objects.create(
            programme=copy, user=membership.user, role=membership.role, starts_on=STARTED
        )
    return copy


class RandomRegister:
    """A random register with late facts, corrections, withdrawals and group meetings."""

    def __init__(self, seed, programme, areas, users):
        self.rng = random.Random(seed)  # noqa: S311
        self.programme, self.areas, self.users = programme, [*areas, None], users
        self.topics, self.partner = list(programme.topics.all()), programme.partners.get()

    def day(self, first):
        return first + timedelta(days=self.rng.randrange((today() - first).days + 1))

    def fill(self):
        people = [self.person(number) for number in range(self.rng.randrange(1, 6))]
        for mentee in people:
            self.facts(mentee)
        for _ in range(self.rng.randrange(12)):
            self.meeting(people)

    def person(self, number):
        rng = self.rng
        enrolled_on = self.day(STARTED)
        mentee = Mentee(
            programme=self.programme,
            key=rng.choice(["", f"nr. {number}", f"00{number}", f"={number}"]),
            name=f"{rng.choice(NASTY).replace(',', '') or 'X'} Ung",
            born_on=date(2001, 1, 1) + timedelta(days=rng.randrange(3000)),
            gender=rng.choice(Gender.values),
            enrolled_on=enrolled_on,
            phone=rng.choice(["", "20123456", "+45 20 12 34 56"]),
            email=rng.choice(["", "ung@mail.example"]),
            referred_by=rng.choice([None, self.partner]),
            own_goal=rng.choice(NASTY_TEXTS),
            own_goal_on=rng.choice([None, enrolled_on]),
            informed_on=rng.choice([None, enrolled_on]),
            **{name: rng.random() < 0.4 for name, _ in Mentee.CRITERIA},
        )
        return Mentee.objects.enrol(
            mentee,
            status=rng.choice(Status.values),
            detail=rng.choice(NASTY),
            area=rng.choice(self.areas),
            mentor=rng.choice([*self.users, None]),
            by=self.users[0],
        )

    def facts(self, mentee):
        rng = self.rng
        for _ in range(rng.randrange(4)):
            on, by = self.day(mentee.enrolled_on), rng.choice(self.users)
            mentee.change_status(rng.choice(Status.values), on=on, by=by, detail=rng.choice(NASTY))
            move = mentee.move(rng.choice(self.areas), on=self.day(mentee.enrolled_on), by=by)
            match = mentee.match(
                rng.choice([*self.users, None]), on=self.day(mentee.enrolled_on), by=by
            )
            for fact in (move, match):
                if rng.random() < 0.3:
                    fact.withdraw(by=by, reason="Forkert")

    def meeting(self, people):
        rng, by = self.rng, self.rng.choice(self.users)
        here = rng.sample(people, rng.randrange(1, len(people) + 1))
        held_on = self.day(max(mentee.enrolled_on for mentee in here))
        replaces = None
        for _ in range(rng.choice([1, 1, 2])):
            attendances = [
                (
                    Attendance(
                        mentee=mentee,
                        outcome=rng.choice(AttendanceOutcome.values),
                        note=rng.choice(NASTY_TEXTS),
                    ),
                    rng.sample(self.topics, rng.randrange(3)),
                )
                for mentee in here
            ]
            was_held = any(
                attendance.outcome == AttendanceOutcome.MET for attendance, _ in attendances
            )
            replaces = Meeting(
                programme=self.programme,
                held_on=held_on,
                form=rng.choice(MeetingFormat.values),
                place=rng.choice(NASTY),
                minutes=rng.choice([None, 1, 45, 1440]) if was_held else None,
                held_by=by,
                submit_key=UUID(int=rng.getrandbits(128)),
                replaces=replaces,
            ).record(attendances, by=by)
        if rng.random() < 0.2:
            replaces.withdraw(by=by, reason="Aldrig holdt")


def exported(programme):
    return workbook.to_bytes(programme, exporting.export_tables(programme))


@pytest.mark.parametrize("seed", range(12))
def test_export_import_export_is_the_same(seed, programme, areas, copy, mette, rashid, torben):
    RandomRegister(seed, programme, areas, [mette, rashid]).fill()
    first = exported(programme)

    outcome = import_files(copy, [("a.xlsx", first)], by=torben, keep_reach=True)

    assert outcome.problems == []
    assert sheets.contents(exported(copy)) == sheets.contents(first)
    assert held(copy) == held(programme)


def held(programme):
    """The register on some days, as figures read it: independent of the layout."""
    days = [STARTED + timedelta(days=n) for n in range(0, (today() - STARTED).days + 1, 7)] + [
        today()
    ]
    areas = dict(programme.areas.values_list("pk", "name"))
    people = Register.of_programme(programme).people
    return sorted(
        (
            " ".join(p.name.split()),
            p.born_on,
            [(p.status(day), areas.get(p.areas.on(day)), p.mentors.on(day)) for day in days],
            Attendance.objects.known().filter(mentee=p.id).count(),
        )
        for p in people
    )


@pytest.mark.parametrize("seed", range(5))
def test_a_programmes_own_export_adds_nothing_to_it(
    seed, programme, areas, copy, mette, rashid, torben
):
    RandomRegister(seed, programme, areas, [mette, rashid]).fill()
    outcome = import_files(programme, [("a.xlsx", exported(programme))], by=torben, keep_reach=True)
    assert outcome.problems == []
    assert outcome.new == []
    assert outcome.no_longer == 0


def test_what_was_written_before_hidden_characters_were_removed_is_recognised(
    yusuf, mette, torben, programme
):
    log(yusuf, mette, note="Gik en tur")
    falsify(Attendance.objects.all(), note="Gik\u200b en\x0btur\u202e")
    outcome = import_files(programme, [("a.xlsx", exported(programme))], by=torben)
    assert (outcome.problems, outcome.new, outcome.no_longer) == ([], [], 0)


def test_what_begins_like_a_formula_is_a_text_in_the_file(yusuf, mette, tmp_path):
    log(yusuf, mette, note='=HYPERLINK("http://ondt.example")')
    path = tmp_path / "ud.xlsx"
    call_command("export_register", "unge", str(path), stdout=io.StringIO())
    note = next(
        cell
        for row in load_workbook(path)["moeder"].iter_rows()
        for cell in row
        if "HYPER" in str(cell.value)
    )
    assert (note.data_type, note.value, note.quotePrefix) == (
        "s",
        '=HYPERLINK("http://ondt.example")',
        True,
    )


def test_only_its_owner_can_read_the_file(yusuf, tmp_path):
    path = tmp_path / "ud.xlsx"
    said = io.StringIO()
    call_command("export_register", "unge", str(path), stdout=said)
    assert path.stat().st_mode & 0o777 == 0o600
    assert "unge 1, statusser 1" in said.getvalue()
    assert not list(tmp_path.glob(".*"))


def test_another_programmes_young_people_are_not_in_it(yusuf, sofus, programme):
    text = str(exporting.export_tables(programme))
    assert "Yusuf" in text
    assert "Sofus" not in text


def test_what_is_withdrawn_or_overruled_is_not_in_it(yusuf, mette, programme):
    yusuf.change_status(Status.WORK, on=date(2026, 3, 1), by=mette)
    yusuf.change_status(Status.EDUCATION, on=date(2026, 3, 1), by=mette)
    yusuf.change_status(Status.SCHOOL, on=date(2026, 4, 1), by=mette).withdraw(
        by=mette, reason="Forkert"
    )
    log(yusuf, mette).withdraw(by=mette, reason="Aldrig holdt")
    tables = exporting.export_tables(programme)
    assert [(row["day"], row["status"]) for row in tables["statusser"]] == [
        (date(2026, 2, 2), "Ungecenter"),
        (date(2026, 3, 1), "Uddannelse"),
    ]
    assert tables["moeder"] == []


def test_the_template_explains_itself_and_has_the_programmes_words(
    programme, areas, mette, rashid, signe
):
    content = workbook.to_bytes(programme)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == [
        "vejledning",
        "unge",
        "statusser",
        "bopael",
        "mentorer",
        "moeder",
        "lister",
    ]
    words = {cell.value for row in book["lister"].iter_rows() for cell in row}
    assert {"Hastrupparken", "mette@example.dk", "Uddannelse", "Uden for områderne"} <= words
    assert "signe@example.dk" not in words
    assert [cell.value for cell in book["unge"][1]][:8] == sheets.UNGE
    assert book["unge"].freeze_panes == "B2"
    validated = {
        str(choice.sqref).split("2:")[0] for choice in book["unge"].data_validations.dataValidation
    }
    assert {"D", "F", "G"} <= validated


def test_an_empty_template_has_nothing_to_import(programme, torben):
    outcome = import_files(programme, [("t.xlsx", workbook.to_bytes(programme))], by=torben)
    assert [p.sentence for p in outcome.problems] == [
        "Der er ingen rækker at importere. Arkene hedder unge, statusser, bopael, mentorer, moeder."
    ]


def test_a_role_that_ended_is_no_reason_to_lose_who_it_was(programme, yusuf, mette, copy, torben):
    end_roles(mette.memberships.filter(role=Role.MENTOR))
    log(yusuf, mette)
    first = exported(programme)
    assert import_files(copy, [("a.xlsx", first)], by=torben).problems == []
    assert sheets.contents(exported(copy)) == sheets.contents(first)


def test_who_has_neither_moved_nor_changed_mentor_stands_on_the_first_sheet_alone(yusuf, programme):
    tables = exporting.export_tables(programme)
    assert (tables["unge"][0]["area"], tables["unge"][0]["mentor"]) == (
        "Hastrupparken",
        "mette@example.dk",
    )
    assert (tables["bopael"], tables["mentorer"]) == ([], [])


def test_a_first_area_that_was_withdrawn_is_none_and_adds_none(yusuf, mette, torben, programme):
    yusuf.residence_set.get().withdraw(by=mette, reason="Forkert")
    yusuf.match_set.get().withdraw(by=mette, reason="Forkert")
    assert exporting.export_tables(programme)["unge"][0]["area"] == "Uden for områderne"
    outcome = import_files(programme, [("a.xlsx", exported(programme))], by=torben)
    assert (outcome.problems, outcome.new) == ([], [])
    assert yusuf.residence_set.count() == yusuf.match_set.count() == 1
