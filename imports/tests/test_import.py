"""What an import writes, and that it writes it once, whole, and by the rules of the forms."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import (
    Attendance,
    AttendanceOutcome,
    Match,
    Meeting,
    Mentee,
    Pause,
    Residence,
    Status,
    StatusChange,
    Topic,
)
from cases.tests.builders import end_roles
from cases.tests.in_sql import as_of
from conftest import at
from imports import exporting, workbook
from imports.importing import import_files
from imports.progress import PLANNING
from imports.tests import sheets
from imports.tests.sheets import HIS_MEETING, HIS_STATUS, MOEDER, STATUSSER, UNGE, YUSUF
from web.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(programme, torben, mette, rashid, areas):
    """imported(bytes, ...): the ImportResult of Torben's import."""

    def imported(*contents, name="register.xlsx", **options):
        files = [content if isinstance(content, tuple) else (name, content) for content in contents]
        return import_files(programme, files, by=torben, **options)

    return imported


def everything():
    models = (
        Mentee,
        StatusChange,
        Residence,
        Match,
        Pause,
        Meeting,
        Attendance,
        Attendance.topics.through,
    )
    return {model.__name__: model.objects.count() for model in models}


def said(outcome):
    """[(sheet, row, column, sentence)] of what is wrong."""
    return [tuple(problem[:4]) for problem in outcome.problems]


def csv(*rows, sep=";", encoding="utf-8-sig"):
    return "\r\n".join(sep.join(map(str, row)) for row in rows).encode(encoding)


def test_one_young_person_with_a_status_and_a_meeting(imported, torben, mette, hastrupparken):
    outcome = imported(sheets.right())
    assert outcome.written
    assert outcome.new == ["1 ung", "1 status", "1 møde"]
    mentee = as_of(Mentee.objects.visible_to(mette), today()).get()
    assert (mentee.key, mentee.name, mentee.born_on, mentee.gender) == (
        "7",
        "Yusuf Hamdan",
        date(2007, 5, 14),
        "male",
    )
    assert (mentee.status, mentee.status_detail, mentee.area_name, mentee.mentor_name) == (
        Status.YOUTH_CENTRE,
        "10. klasse",
        "Hastrupparken",
        "Mette Sørensen",
    )
    assert mentee.at_risk_of_dropping_out and not mentee.at_risk_of_crime
    assert mentee.search_key == "yusuf hamdan"
    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.form, meeting.minutes, meeting.held_by) == (
        date(2026, 2, 9),
        "phone",
        30,
        mette,
    )
    attendance = meeting.attendances.get()
    assert (attendance.mentee, attendance.outcome, attendance.note) == (
        mentee,
        AttendanceOutcome.MET,
        "Vi talte om et job.",
    )


def test_the_register_says_who_imported_and_when(imported, torben):
    before = datetime.now(tz=at(today()).tzinfo)
    imported(sheets.right())
    for model in (Mentee, StatusChange, Residence, Match, Meeting):
        row = model.objects.get()
        assert row.recorded_by == torben
        assert row.recorded_at >= before


def test_a_trial_counts_and_writes_nothing(imported):
    outcome = imported(sheets.right(), dry_run=True)
    assert outcome.new == ["1 ung", "1 status", "1 møde"]
    assert not outcome.written
    assert not any(everything().values())


def test_the_same_file_twice_adds_nothing(imported):
    content = sheets.right(
        moeder=[HIS_MEETING, HIS_MEETING, ["7", "2026-02-10", "Besked", None, "Forsøgt", ""]],
        bopael=[["7", "2026-03-01", "Uden for områderne"]],
        mentorer=[["7", "2026-03-01", "rashid@example.dk"], ["7", "2026-04-01", "ingen"]],
    )
    assert imported(content).new == ["1 ung", "1 status", "1 flytning", "2 mentorskift", "3 møder"]
    before = everything()
    again = imported(content)
    assert (again.written, again.new, again.known, everything()) == (True, [], 8, before)


def test_a_file_that_has_grown_adds_what_is_new(imported):
    imported(sheets.right())
    grown = sheets.right(
        statusser=[HIS_STATUS, ["7", "2026-03-01", "Arbejde", ""]],
        moeder=[HIS_MEETING, HIS_MEETING, HIS_MEETING],
    )
    assert imported(grown).new == ["1 status", "2 møder"]
    assert imported(sheets.right()).new == []


def test_what_was_mended_or_withdrawn_does_not_come_back_with_the_same_file(imported, torben):
    content = sheets.right(
        bopael=[["7", "2026-03-01", "Søparken"]],
        statusser=[HIS_STATUS, ["7", "2026-03-01", "Arbejde", ""]],
    )
    imported(content)
    meeting, mentee = Meeting.objects.get(), Mentee.objects.get()
    corrected = Meeting(
        programme=meeting.programme,
        held_on=meeting.held_on,
        form=meeting.form,
        held_by=meeting.held_by,
        replaces=meeting,
        submit_key="6f1d7a52-5a0c-4d0e-9a57-000000000000",
    )
    corrected.record(
        [(Attendance(mentee=mentee, outcome=AttendanceOutcome.NO_SHOW), [])], by=torben
    )
    Residence.objects.get(effective_on=date(2026, 3, 1)).withdraw(by=torben, reason="Forkert dag")
    mentee.change_status(Status.EDUCATION, on=date(2026, 3, 1), by=torben)
    before = everything()
    again = imported(content)
    assert (again.new, again.no_longer, everything()) == ([], 3, before)


def test_a_meeting_somebody_logged_by_hand_is_not_written_a_second_time(imported, torben, mette):
    imported(sheets.right(moeder=[]))
    mentee = Mentee.objects.get()
    meeting = Meeting(
        programme=mentee.programme,
        held_on=date(2026, 2, 9),
        form="phone",
        minutes=30,
        held_by=mette,
        submit_key="6f1d7a52-5a0c-4d0e-9a57-000000000001",
    )
    meeting.record(
        [(Attendance(mentee=mentee, outcome="met", note="Vi talte om et job.\r\n"), [])], by=mette
    )
    assert imported(sheets.right()).new == []
    assert imported(sheets.right(moeder=[HIS_MEETING, HIS_MEETING])).new == ["1 møde"]
    assert imported(sheets.right(moeder=[HIS_MEETING, HIS_MEETING])).new == []


def logged(mentee, held_by, key=0, **fields):
    """A meeting with the young person as somebody logs it by hand."""
    fields = {"held_on": date(2026, 2, 10), "form": "phone", "held_by": held_by} | fields
    meeting = Meeting(
        programme=mentee.programme, submit_key=f"6f1d7a52-5a0c-4d0e-9a57-{key:012}", **fields
    )
    return meeting.record([(Attendance(mentee=mentee, outcome="no_show"), [])], by=held_by)


def exported(programme):
    return workbook.to_bytes(programme, exporting.export_tables(programme))


@pytest.mark.parametrize("twins", [1, 2])
def test_a_withdrawn_meeting_does_not_come_back_with_an_old_export(
    imported, programme, mette, twins
):
    imported(sheets.right())
    meetings = [logged(Mentee.objects.get(), mette, key) for key in range(twins)]
    old = exported(programme)
    meetings[0].withdraw(by=mette, reason="En anden ung")
    before = everything()
    again = imported(old)
    assert (again.new, again.no_longer, everything()) == ([], 1, before)


def test_a_corrected_meeting_does_not_come_back_with_an_old_export_or_a_new_one(
    imported, programme, mette
):
    imported(sheets.right())
    meeting = logged(Mentee.objects.get(), mette)
    old = exported(programme)
    logged(meeting.attendances.get().mentee, mette, 1, form="message", replaces=meeting)
    before = everything()
    assert (imported(old).new, imported(exported(programme)).new, everything()) == ([], [], before)


def test_a_withdrawn_meeting_answers_for_one_row_and_only_of_who_held_it(imported, mette):
    imported(sheets.right(moeder=[]))
    logged(Mentee.objects.get(), mette).withdraw(by=mette, reason="Forkert dag")
    row = ["7", "2026-02-10", "Telefon", None, "Udeblevet", ""]
    theirs = sheets.workbook(moeder=[[*MOEDER, "mentor e-mail"], [*row, "rashid@example.dk"]])
    assert imported(theirs, dry_run=True).new == ["1 møde"]
    twice = imported(sheets.right(moeder=[row, row]))
    assert (twice.new, twice.no_longer) == (["1 møde"], 1)


def test_a_meeting_mended_in_the_sheet_is_new_and_asked_about(imported):
    imported(sheets.right())
    mended = sheets.right(
        moeder=[with_row(HIS_MEETING, 3, 45), ["7", "2026-02-10", "Telefon", 5, "Afholdt", ""]]
    )
    tried = imported(mended, dry_run=True)
    assert tried.new == ["2 møder"]
    assert tried.duplicates_sentence == (
        "1 møde er på en dag, hvor registret allerede har et møde med den unge. "
        "Er det samme møde, rettet i arket, så "
        "ret det på den unges side og tag rækken ud af arket."
    )
    more = sheets.right(moeder=[with_row(HIS_MEETING, 3, 45), with_row(HIS_MEETING, 3, 46)])
    assert imported(more).duplicates_sentence.startswith("2 møder er på en dag")
    assert imported(more).duplicates_sentence == ""


def test_who_held_it_is_the_mentor_of_that_day_when_nobody_is_named(
    imported, mette, rashid, torben
):
    rows = [["7", f"2026-0{month}-09", "Telefon", None, "Udeblevet", ""] for month in (2, 3, 4)]
    imported(
        sheets.right(
            moeder=rows,
            mentorer=[["7", "2026-03-01", "RASHID@example.dk"], ["7", "2026-04-01", "ingen"]],
        )
    )
    assert [meeting.held_by for meeting in Meeting.objects.order_by("held_on")] == [
        mette,
        rashid,
        torben,
    ]


def test_a_group_is_one_meeting_and_its_minutes_count_once(imported, programme):
    bilal = ["8", "Bilal Karim", "2006-01-01", "dreng", "2026-02-02", "Ellemarken", "ingen", ""]
    headings, place = (
        [*MOEDER, "gruppe", "emner", "sted", "mentor"],
        ["", "Køge", "rashid@example.dk"],
    )
    content = sheets.workbook(
        unge=[UNGE, YUSUF, bilal],
        statusser=[STATUSSER, HIS_STATUS, ["8", "2026-02-02", "school", ""]],
        moeder=[
            headings,
            [
                "7",
                "2026-03-01",
                "Ude af huset",
                90,
                "Afholdt",
                "Godt gået",
                "tur",
                "Job; uddannelse",
                "Køge",
                "rashid@example.dk",
            ],
            ["8", "2026-03-01", "out", 90, "no_show", "", "tur", *place],
            ["8", "2026-03-08", "out", 90, "met", "", "tur", *place],
        ],
    )
    assert imported(content).new == ["2 unge", "2 statusser", "2 møder"]
    walk, later = Meeting.objects.order_by("held_on")
    assert [a.outcome for a in walk.attendances.order_by("mentee__key")] == ["met", "no_show"]
    assert {topic.name for topic in walk.attendances.get(mentee__key="7").topics.all()} == {
        "Job",
        "Uddannelse",
    }
    assert later.attendances.count() == 1
    assert imported(content).new == []


def test_csv_files_named_for_their_sheets(imported):
    files = [
        ("Unge (1).csv", csv(UNGE, YUSUF, encoding="cp1252")),
        ("statusser.csv", csv(STATUSSER, HIS_STATUS, sep=",")),
        ("møder.csv", csv(MOEDER, HIS_MEETING, sep="\t", encoding="utf-16")),
    ]
    assert imported(*files).new == ["1 ung", "1 status", "1 møde"]
    assert imported(sheets.right()).new == []  # the same as the workbook


def test_headings_words_and_days_as_people_write_them(imported, areas):
    areas[0].aliases = ["Karlemosen"]
    areas[0].save()
    content = sheets.workbook(
        Unge=[
            ["Key", "NAVN", "Foedt", "koen", "Indskrevet", "Omraade", "Mentor E-mail", "criteria"],
            [7, "Yusuf", datetime(2007, 5, 14), "M", date(2026, 2, 2), "karlemosen",
             " METTE@example.dk ", "Frafaldstruet; at_risk_of_crime"],
        ],
        Statusser=[["key", "dato", "status", "detalje"], [7.0, "2.2.2026", "AFKLARING", None]],
        Møder=[["KEY", "Dato", "Form", "Minutter", "Udfald", "Note"],
               ["7", "2-2-2026", "boligområdet", 9, "MET", 12]],
    )  # fmt: skip
    outcome = imported(content)
    assert said(outcome) == []
    mentee = as_of(Mentee.objects, today()).get()
    assert (mentee.key, mentee.area_name, mentee.status) == (
        "7",
        "Karlemoseparken",
        Status.CLARIFICATION,
    )
    assert mentee.at_risk_of_dropping_out and mentee.at_risk_of_crime
    assert Attendance.objects.get().note == "12"


def test_the_other_facts_of_a_young_person(imported, programme):
    programme.partners.create(name="UUV")
    headings = [*UNGE, "telefon", "e-mail", "henvist af", "mit mål", "mit mål sagt", "brev"]
    row = [*YUSUF, 20123456, "y@mail.dk", "uuv", "Jeg vil have\net job", "03.02.2026", "04.02.2026"]
    assert imported(
        sheets.workbook(unge=[headings, row], statusser=[STATUSSER, HIS_STATUS])
    ).written
    mentee = Mentee.objects.get()
    assert (mentee.phone, mentee.email, mentee.referred_by.name) == ("20123456", "y@mail.dk", "UUV")
    assert (mentee.own_goal, mentee.own_goal_on, mentee.informed_on) == (
        "Jeg vil have\net job",
        date(2026, 2, 3),
        date(2026, 2, 4),
    )


def with_phone(phone):
    rows = [[*UNGE, "telefon"], [*YUSUF, phone]]
    return sheets.workbook(unge=rows, statusser=[STATUSSER, HIS_STATUS])


@pytest.mark.parametrize("phone", ["20 12 34 56", 20123456, 4520123456, "+46 70 123 45 67"])
def test_a_phone_number_is_taken_as_the_form_takes_it(imported, phone):
    assert said(imported(with_phone(phone))) == []
    assert Mentee.objects.get().phone == str(phone)
    assert imported(with_phone(phone)).new == []


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        ("010203-4567", "Skriv ikke CPR-numre. Fjern nummeret fra teksten."),
        (512123456, "Skriv et telefonnummer med otte cifre, eller med + og landekode."),
        ("ring til mor", "Skriv et telefonnummer med otte cifre, eller med + og landekode."),
    ],
)
def test_what_is_no_phone_number_is_refused(imported, phone, sentence):
    assert said(imported(with_phone(phone))) == [("unge", 2, "telefon", sentence)]


def test_a_name_with_the_surname_first_is_refused(imported):
    content = sheets.right(unge=[with_row(YUSUF, 1, "Al-Sayed, Ali")])
    sentence = "Skriv fornavnet først, og intet komma."
    assert said(imported(content)) == [("unge", 2, "navn", sentence)]


def test_a_note_of_nine_digits_is_no_cpr_number(imported):
    content = sheets.right(moeder=[[*HIS_MEETING[:5], "101011234"]])
    assert said(imported(content, keep_reach=True)) == []


def test_a_topic_with_a_semicolon_in_it_is_one_topic(imported, programme):
    Topic.objects.create(programme=programme, name="Bolig; flytning", position=90)
    rows = [[*HIS_MEETING, "Bolig; flytning"], [*HIS_MEETING, "Job; uddannelse"]]
    assert said(imported(sheets.workbook(unge=[UNGE, YUSUF], statusser=[STATUSSER, HIS_STATUS],
                                         moeder=[[*MOEDER, "emner"], *rows]))) == []  # fmt: skip
    assert sorted(attendance.topics.count() for attendance in Attendance.objects.all()) == [1, 2]
    assert imported(exported(programme)).new == []


def test_the_day_of_a_goal_needs_the_goal(imported):
    row = [*YUSUF, "03.02.2026"]
    outcome = imported(
        sheets.workbook(unge=[[*UNGE, "mit mål sagt"], row], statusser=[STATUSSER, HIS_STATUS])
    )
    assert said(outcome) == [
        ("unge", 2, "mit mål sagt", "Skriv også målet, eller lad dagen stå tom.")
    ]


def test_many_cells_without_a_heading_are_one_problem_a_row(imported):
    outcome = imported(sheets.right(unge=[[*YUSUF, *["løst"] * 50]]))
    assert said(outcome) == [("unge", 2, "", "Rækken har noget i en kolonne uden overskrift.")]


def with_row(row, place, value):
    return [*row[:place], value, *row[place + 1 :]]


def mentees_row(place, value):
    return {"unge": [with_row(YUSUF, place, value)], "moeder": []}


def status_row(place, value):
    return {"statusser": [HIS_STATUS, with_row(["7", "2026-03-01", "Arbejde", ""], place, value)]}


def meeting_row(place, value):
    return {"moeder": [with_row(HIS_MEETING, place, value)]}


TOMORROW = today() + timedelta(days=1)
PROBLEMS = [
    # what the file has, (sheet, row, column), what is said
    (mentees_row(1, ""), ("unge", 2, "navn"), "Skriv den unges navn."),
    (mentees_row(1, "Yusuf 140507-1234"), ("unge", 2, "navn"),
     "Skriv ikke CPR-numre. Fjern nummeret fra teksten."),
    (mentees_row(1, "x" * 121), ("unge", 2, "navn"),
     "Denne værdi må højst have 120 tegn (den har 121)."),
    (mentees_row(2, TOMORROW), ("unge", 2, "født"), "Fødselsdagen ligger i fremtiden."),
    (mentees_row(2, "2026-02-02"), ("unge", 2, "født"),
     "Fødselsdagen skal ligge før indskrivningen."),
    (mentees_row(2, "31.02.2007"), ("unge", 2, "født"), "Den dag findes ikke."),
    (mentees_row(2, "14/5 2007"), ("unge", 2, "født"),
     "Skriv datoen som 2019-03-01 eller 01.03.2019."),
    (mentees_row(2, 39216), ("unge", 2, "født"), "Skriv datoen som 2019-03-01 eller 01.03.2019."),
    (mentees_row(2, "14.05.1907"), ("unge", 2, "født"),
     "Så er den unge over 100 år. Ret årstallet."),
    (mentees_row(3, "ukendt"), ("unge", 2, "køn"), "Skriv dreng, pige eller andet."),
    (mentees_row(4, "2024-12-31"), ("unge", 2, "indskrevet"),
     "Indsatsen var ikke begyndt den dag."),
    (mentees_row(5, "Månen"), ("unge", 2, "område"), "Boligområdet findes ikke i indsatsen."),
    (mentees_row(5, ""), ("unge", 2, "område"), "Vælg boligområdet."),
    (mentees_row(6, "mettes@example.dk"), ("unge", 2, "mentor e-mail"),
     "Ingen mentor i indsatsen har den e-mail."),
    (mentees_row(6, "met.te@example.dk"), ("unge", 2, "mentor e-mail"),
     "Ingen mentor i indsatsen har den e-mail."),
    (mentees_row(6, "torben@example.dk"), ("unge", 2, "mentor e-mail"),
     "Ingen mentor i indsatsen har den e-mail."),
    (mentees_row(6, "signe@example.dk"), ("unge", 2, "mentor e-mail"),
     "Ingen mentor i indsatsen har den e-mail."),
    (mentees_row(7, "flink"), ("unge", 2, "kriterier"), "Skriv en eller flere af: frafaldstruet"),
    ({"unge": [YUSUF, YUSUF]}, ("unge", 3, "nøgle"), "Nøglen står også i række 2."),
    ({"statusser": []}, ("unge", 2, "nøgle"),
     "Den unge mangler en status fra indskrivningen 2. februar 2026."),
    ({"statusser": [["7", "2026-02-03", "school", ""]]}, ("unge", 2, "nøgle"),
     "Den unge mangler en status"),
    (status_row(0, "8"), ("statusser", 3, "nøgle"),
     "Nøglen står hverken på arket unge eller i registret."),
    (status_row(1, "2026-02-01"), ("statusser", 3, "dato"),
     "Vælg en dag fra indskrivningen 2. februar 2026 og frem."),
    (status_row(1, TOMORROW), ("statusser", 3, "dato"),
     "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."),
    (status_row(2, "astronaut"), ("statusser", 3, "status"), "Vælg en af de ni statusser."),
    (status_row(3, "010203-4567"), ("statusser", 3, "detalje"), "Skriv ikke CPR-numre."),
    (status_row(1, "2026-02-02"), ("statusser", 3, "status"),
     "en anden status i række 2 på arket statusser."),
    ({"bopael": [["7", TOMORROW, "Søparken"]]}, ("bopael", 2, "dato"), "Dagen ligger i fremtiden."),
    ({"bopael": [["7", "2026-02-02", "Søparken"]]}, ("bopael", 2, "område"),
     "et andet boligområde i række 2 på arket"),
    ({"mentorer": [["7", "2026-03-01", ""]]}, ("mentorer", 2, "mentor e-mail"),
     "Skriv mentors e-mail, eller “Ingen"),
    (meeting_row(1, TOMORROW), ("moeder", 2, "dato"),
     "Vælg i dag eller en tidligere dag. Et møde kan først logges"),
    (meeting_row(1, "2026-02-01"), ("moeder", 2, "dato"), "Yusuf blev indskrevet 2. februar 2026."),
    (meeting_row(2, "røgsignal"), ("moeder", 2, "form"), "Skriv en af: I boligområdet"),
    (meeting_row(3, 0), ("moeder", 2, "minutter"), "Skriv et antal minutter mellem 1 og 1440"),
    (meeting_row(3, 1441), ("moeder", 2, "minutter"), "Skriv et antal minutter mellem 1 og 1440"),
    (meeting_row(3, -5), ("moeder", 2, "minutter"), "Skriv et helt tal."),
    (meeting_row(3, "1,5"), ("moeder", 2, "minutter"), "Skriv et helt tal."),
    (meeting_row(4, "Udeblevet"), ("moeder", 2, "minutter"),
     "Kun et møde, der blev holdt, har minutter."),
    (meeting_row(5, "Hans CPR er 010203-4567."), ("moeder", 2, "note"), "Skriv ikke CPR-numre."),
    (meeting_row(5, 102034567), ("moeder", 2, "note"), "Skriv ikke CPR-numre."),
    (mentees_row(0, "102034567"), ("unge", 2, "nøgle"), "Skriv ikke CPR-numre."),
    (meeting_row(5, "x" * 4001), ("moeder", 2, "note"), "højst have 4000 tegn"),
    (meeting_row(5, "Ring til ham på 20 12 34 56"), ("moeder", 2, "note"),
     "Noten ser ud til at indeholde et nummer"),
    (meeting_row(5, "=2+2"), ("moeder", 2, "note"), "Cellen er en formel."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "place", "sentence"), PROBLEMS)
def test_what_the_register_refuses_is_said_at_its_cell_and_changes_nothing(
    imported, signe, changes, place, sentence
):
    outcome = imported(sheets.right(**changes))
    found = [problem for problem in outcome.problems if tuple(problem[:3]) == place]
    assert len(found) == 1, outcome.problems
    assert sentence in found[0].sentence
    assert not outcome.written
    assert not any(everything().values())


def test_everything_that_is_wrong_is_said_at_once(imported):
    outcome = imported(
        sheets.right(
            unge=[YUSUF, ["8", "", "2027-13-01", "x", "2026-02-02", "", "", ""]],
            statusser=[HIS_STATUS, ["9", "i går", "", ""]],
            moeder=[["7", "2026-01-01", "", "mange", "Afholdt", ""], HIS_MEETING],
        )
    )
    assert [(sheet, row, column) for sheet, row, column, _ in said(outcome)] == [
        *(("unge", 3, column) for column in ("navn", "født", "køn", "område", "mentor e-mail")),
        *(("statusser", 3, column) for column in ("dato", "status")),
        *(("moeder", 2, column) for column in ("form", "minutter", "dato")),
    ]


def test_a_row_with_a_word_nobody_knows_is_still_told_that_its_days_cannot_be(imported):
    outcome = imported(
        sheets.right(
            unge=[YUSUF, ["8", "Ali", TOMORROW, "m", TOMORROW, "Månen", "ingen", ""]],
            statusser=[HIS_STATUS, ["7", "2026-01-01", "astronaut", ""]],
            bopael=[["7", TOMORROW, "Månen"]],
            moeder=[with_row(with_row(HIS_MEETING, 1, TOMORROW), 2, "røgsignal")],
        )
    )
    assert sorted((sheet, column) for sheet, _, column, _ in said(outcome)) == [
        *[("bopael", "dato"), ("bopael", "område"), ("moeder", "dato"), ("moeder", "form")],
        *[
            ("statusser", "dato"),
            ("statusser", "status"),
            ("unge", "indskrevet"),
            ("unge", "område"),
        ],
    ]


def test_a_mistake_in_the_last_row_leaves_nothing(imported):
    rows = [["7", f"2026-02-{day:02}", "Telefon", 10, "Afholdt", ""] for day in range(3, 28)]
    outcome = imported(
        sheets.right(moeder=[*rows, ["7", "2026-02-28", "Telefon", 10, "måske", ""]])
    )
    assert [(sheet, row) for sheet, row, _, _ in said(outcome)] == [("moeder", 27)]
    assert not any(everything().values())


def test_an_error_of_the_database_while_writing_leaves_nothing(imported, monkeypatch):
    def fail(self, *args, **options):
        raise RuntimeError

    monkeypatch.setattr(type(Attendance.objects.all()), "bulk_create", fail)
    with pytest.raises(RuntimeError):
        imported(sheets.right())
    assert not any(everything().values())


def test_no_problem_repeats_a_cpr_number_a_name_or_a_note(imported):
    outcome = imported(
        sheets.right(
            unge=[
                with_row(with_row(YUSUF, 1, "Yusuf 140507-1234"), 5, "140507-1234"),
                with_row(with_row(YUSUF, 0, "8"), 1, "Yusuf " * 30),
            ],
            statusser=[["140507-1234", "2026-02-02", "010203 4567", ""], [102034567, "1", "x", ""]],
            moeder=[
                with_row(
                    with_row(HIS_MEETING, 5, "Ring til mor på 20123456, 0102034567"),
                    1,
                    "0102034567",
                )
            ],
        )
    )
    text = " ".join(" ".join(map(str, problem)) for problem in outcome.problems)
    assert len(outcome.problems) >= 7
    for secret in ("1234", "4567", "Yusuf", "mor", "20123456"):
        assert secret not in text


def test_a_note_with_the_young_persons_own_number_is_fine_and_others_are_asked_about(imported):
    headings = [*UNGE, "telefon"]
    book = {"statusser": [STATUSSER, HIS_STATUS], "unge": [headings, [*YUSUF, "20 12 34 56"]]}
    own = sheets.workbook(
        **book, moeder=[MOEDER, with_row(HIS_MEETING, 5, "Hans nye nummer er 20123456")]
    )
    assert imported(own, dry_run=True).problems == []
    others = sheets.workbook(**book, moeder=[MOEDER, with_row(HIS_MEETING, 5, "Mor: 30123456")])
    assert len(imported(others).problems) == 1
    assert imported(others, keep_reach=True).written
    assert imported(others).new == []  # what the register has is not asked about again


CHANGED = [
    ({"unge": [with_row(YUSUF, 1, "Yusuf H. Hamdan")]}, ("unge", 2, "navn"),
     "noget andet end i registret"),
    ({"unge": [with_row(YUSUF, 2, "2007-05-15")]}, ("unge", 2, "født"),
     "noget andet end i registret"),
    ({"unge": [with_row(YUSUF, 7, "kriminalitetstruet")]}, ("unge", 2, "kriterier"),
     "noget andet end i registret"),
    ({"unge": [with_row(YUSUF, 5, "Søparken")]}, ("unge", 2, "område"),
     "et andet boligområde i registret"),
    ({"unge": [with_row(YUSUF, 6, "ingen")]}, ("unge", 2, "mentor e-mail"),
     "en anden mentor i registret"),
    ({"statusser": [with_row(HIS_STATUS, 2, "Arbejde")]}, ("statusser", 2, "status"),
     "en anden status i registret"),
    ({"statusser": [with_row(HIS_STATUS, 3, "FGU")]}, ("statusser", 2, "status"),
     "en anden status i registret"),
    ({"unge": [["7", "Ali Ali", "2005-01-01", *YUSUF[3:]]]}, ("unge", 2, "nøgle"),
     "Nøglen er en anden ungs"),
    ({"unge": [with_row(YUSUF, 0, "70")], "statusser": [with_row(HIS_STATUS, 0, "70")],
      "moeder": []},
     ("unge", 2, "nøgle"), "Registret har den unge allerede, med nøglen 7."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "place", "sentence"), CHANGED)
def test_an_import_adds_and_never_changes(imported, changes, place, sentence):
    imported(sheets.right())
    before = everything()
    [problem] = imported(sheets.right(**changes)).problems
    assert tuple(problem[:3]) == place
    assert sentence in problem.sentence
    assert everything() == before


def test_what_cannot_be_mended_on_the_page_is_to_be_mended_in_the_sheet(imported):
    imported(sheets.right())
    outcome = imported(sheets.right(unge=[with_row(YUSUF, 4, "2026-02-03")], statusser=[]))
    sentence = "Det er noget andet end i registret. Skriv det, der står der, i arket."
    assert ("unge", 2, "indskrevet", sentence) in said(outcome)


def test_a_key_that_is_a_uuid_is_no_cpr_number(imported, yusuf):
    Mentee.objects.filter(pk=yusuf.pk).update(uuid="230592a0-1d53-495f-8f2f-0405596700b8")
    content = exported(yusuf.programme)
    assert said(imported(content)) == []
    assert imported(content).new == []


def test_an_empty_cell_says_nothing_about_what_the_register_knows(imported):
    imported(sheets.right())
    assert imported(sheets.right(unge=[with_row(YUSUF, 7, "")])).new == []


def test_somebody_taken_in_by_hand_is_met_by_the_key_an_export_gives(imported, yusuf, mette):
    key = str(yusuf.uuid)
    content = sheets.right(
        unge=[with_row(with_row(YUSUF, 0, key), 7, "")],
        statusser=[[key, "2026-02-02", "Ungecenter", ""], [key, "2026-03-01", "Arbejde", ""]],
        moeder=[],
    )
    assert imported(content).new == ["1 status"]


def test_a_mentor_of_the_past_may_be_named_and_one_of_today_must_be_one(
    imported, programme, rashid
):
    end_roles(rashid.memberships.all(), today() - timedelta(days=10))
    past, coming = str(today() - timedelta(days=20)), str(today() + timedelta(days=5))
    row = with_row(with_row(YUSUF, 4, past), 6, "rashid@example.dk")
    status = with_row(HIS_STATUS, 1, past)
    problems = imported(
        sheets.right(
            unge=[row], statusser=[status], moeder=[], mentorer=[["7", coming, "rashid@example.dk"]]
        )
    ).problems
    assert [(p.sheet, p.column, p.sentence) for p in problems] == [
        ("mentorer", "mentor e-mail", "Personen er ikke mentor i indsatsen den dag.")
    ]
    ok = sheets.right(
        unge=[row], statusser=[status], moeder=[], mentorer=[["7", coming, "mette@example.dk"]]
    )
    assert imported(ok).written
    assert Match.objects.filter(effective_on=coming, mentor__email="mette@example.dk").exists()


def test_another_programmes_keys_and_topics_are_nothing_here(imported, sofus, other_programme):
    sofus.key = "7"
    sofus.save()
    Topic.objects.create(programme=other_programme, name="Sport")
    assert imported(sheets.right()).written
    headings = [*MOEDER, "emner"]
    outcome = imported(sheets.workbook(moeder=[headings, [*HIS_MEETING, "Sport"]]))
    assert [p.sentence for p in outcome.problems] == ["Emnet findes ikke i indsatsen."]


def test_one_key_is_one_person_in_the_database_too(imported, programme, torben):
    imported(sheets.right())
    person = {"name": "Ali", "born_on": date(2006, 1, 1), "gender": "male", "enrolled_on": today()}
    twin = Mentee(programme=programme, key="7", recorded_by=torben, **person)
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save()


def rows_of(count):
    people = [
        [str(n), f"Ung {n}", "2006-01-01", "dreng", "2026-02-02", "Søparken", "ingen", ""]
        for n in range(count)
    ]
    return sheets.right(
        unge=people,
        statusser=[[row[0], "2026-02-02", "school", ""] for row in people],
        moeder=[[row[0], "2026-02-09", "Telefon", None, "Udeblevet", ""] for row in people],
    )


def test_the_number_of_questions_does_not_grow_with_the_rows(imported):
    def asked(count):
        with CaptureQueriesContext(connection) as queries:
            imported(rows_of(count), dry_run=True)
        return len(queries)

    few = asked(3)
    assert asked(60) == few
    imported(rows_of(60))
    assert asked(60) == few
    assert few <= 20


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one thread, one writer")
def test_of_two_imports_at_once_the_second_waits_and_finds_nothing_new(imported):
    content, outcomes = rows_of(150), []

    def another():
        try:
            outcomes.append(imported(content))
        finally:
            connection.close()

    threads = [threading.Thread(target=another) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcome.problems for outcome in outcomes] == [[]] * 4
    assert sorted(len(outcome.new) for outcome in outcomes) == [0, 0, 0, 3]
    assert (Mentee.objects.count(), StatusChange.objects.count(), Meeting.objects.count()) == (
        150,
        150,
        150,
    )


def test_what_somebody_writes_while_an_import_plans_is_seen(
    programme, torben, mette, rashid, areas
):
    files = [("a.xlsx", sheets.right())]

    def same_file_meanwhile(progress):
        if progress.step == PLANNING and not Mentee.objects.exists():
            assert import_files(programme, files, by=torben).written

    result = import_files(programme, files, by=torben, report_progress=same_file_meanwhile)
    assert (result.new, result.known) == ([], 3)
    assert Mentee.objects.count() == 1
