"""The open edition as a value, page, text and PDF: none has more than what is printed."""

import hashlib
import io
import json
import re
import sys
from dataclasses import replace
from datetime import date

import pikepdf
import pypdf
import pytest
from django.template.loader import render_to_string

from cases.models import Status
from cases.weekly_contact import Mark
from reporting.disclosure_audit import findings
from reporting.issue import Edition, Issue, draft_of
from reporting.open_report import Change, Group, OpenArea, OpenReport
from reporting.pdf import PDFError, render_pdf, report_html
from reporting.plain_text import as_text
from reporting.status_report import ReportUnavailable

from .commands import run
from .examples import (
    CONTACT,
    GOAL_STATUSES,
    ODD,
    OPEN_DECEMBER,
    OPEN_SECOND,
    REPORT_2019,
    goal_of,
    report_of,
    rows,
)
from .texts import flat, visible_text

OPEN_2019 = OpenReport.build(REPORT_2019)
SMALL = report_of(2, 1, 7, 1, 1, 4, 2, 1, 0, contact=None)  # three in the goal
ALL = {
    "2019": OPEN_2019,
    "the second": OPEN_SECOND,
    "no goal figure": OpenReport.build(SMALL),
    **{name: OpenReport.build(report) for name, report in ODD.items()},
}
EACH = pytest.mark.parametrize("report", ALL.values(), ids=ALL)


def sheet(report):
    return render_to_string(
        "reporting/_open_report_sheet.html", {"report": report, "issue": draft_of(report)}
    )


# --- the value ---


def test_the_open_edition_of_2019():
    assert (OPEN_2019.enrolled, OPEN_2019.goal.count) == (26, 10)
    assert OPEN_2019.groups == (Group("goal", 10), Group("way", 16), Group("out", 0))
    assert OPEN_2019.areas[3] == OpenArea("Søparken", 0) and OPEN_2019.rest == 0
    assert OPEN_2019.answer == REPORT_2019.answer
    assert (
        OPEN_2019.control_line
        == "10 i uddannelse eller arbejde + 16 på vej + 0 frafald = 26 indskrevet"
    )
    assert OPEN_2019.contact.percent == REPORT_2019.contact.percent


def test_it_is_held_against_the_editions_before():
    assert OPEN_SECOND.areas == (OpenArea("Karlemoseparken", 10),) and OPEN_SECOND.rest == 16
    assert OPEN_SECOND.change == Change(date(2018, 12, 1), 6, 4)
    assert [(point.enrolled, point.in_goal) for point in OPEN_SECOND.trend] == [(20, 6), (26, 10)]


def test_history_is_what_was_printed_and_not_counted_again():
    """The trend has points of earlier open editions, one a day, not the full edition's."""
    corrected = replace(OPEN_DECEMBER, goal=replace(OPEN_DECEMBER.goal, count=7))
    later = replace(OPEN_DECEMBER, on=date(2019, 6, 1))
    otherwise = replace(
        OPEN_DECEMBER,
        on=date(2018, 9, 1),
        groups=(),
        goal=replace(OPEN_DECEMBER.goal, statuses=GOAL_STATUSES[:2]),
    )
    trend = OpenReport.build(REPORT_2019, [otherwise, OPEN_DECEMBER, later, corrected]).trend
    assert [(point.on, point.in_goal) for point in trend] == [
        (date(2018, 12, 1), 7),
        (date(2019, 3, 1), 10),
    ]


def test_a_correction_of_the_same_day_is_compared_but_not_a_step():
    again = OpenReport.build(REPORT_2019, [OPEN_2019])
    assert again == OPEN_2019 and again.change is None


def test_a_small_goal_figure_is_not_shown_and_neither_are_the_groups():
    report = OpenReport.build(SMALL)
    assert (
        report.goal.count is None
        and not report.groups
        and not report.trend
        and report.control_line == ""
    )
    assert (
        report.answer
        == "19 unge er indskrevet pr. 1. marts 2019. Målet er 30 af 40 i uddannelse eller arbejde."
    )


def test_too_few_for_any_figure():
    report = OpenReport.build(ODD["one ung"])
    assert (
        report.enrolled is None
        and not report.areas
        and not report.groups
        and report.contact is None
    )
    assert report.answer.startswith(
        "Der er for få unge indskrevet pr. 1. marts 2019 til, at tal kan vises. Målet er 30"
    )


def test_no_programme_may_ask_for_less_than_three():
    assert OpenReport.build(REPORT_2019, threshold=0).threshold == 3
    assert OpenReport.build(REPORT_2019, threshold=8).areas == OPEN_2019.areas[:1]


def test_numbers_that_do_not_add_up_give_no_open_edition():
    with pytest.raises(ReportUnavailable, match="Tallene stemmer ikke"):
        OpenReport.build(replace(REPORT_2019, enrolled=27))


def with_contact(met, rest):
    tally = {mark: 0 for mark, _ in CONTACT.tally} | {Mark.MET: met, Mark.NOTHING: rest}
    return OpenReport.build(
        replace(REPORT_2019, contact=replace(CONTACT, tally=tuple(tally.items())))
    ).contact


def test_contact_is_a_percentage_of_enough():
    assert with_contact(95, 5).percent == 95
    assert with_contact(100, 0).percent == 100
    assert (
        with_contact(96, 4) is None and with_contact(4, 96) is None and with_contact(0, 0) is None
    )


def test_contact_with_few_in_progress_is_not_shown():
    """Of 20 enrolled 18 have completed: a percentage would be about the other two."""
    report = report_of(0, 0, 2, 0, 0, 0, 0, 18, 0)
    assert report.contact.expected == 260 and OpenReport.build(report).contact is None


@pytest.mark.parametrize(
    ("statuses", "kinds"),
    [
        (GOAL_STATUSES, ["goal", "way", "out"]),
        ([*GOAL_STATUSES, Status.DROPPED_OUT], ["goal", "way"]),
        ([status for status in Status if status != Status.DROPPED_OUT], ["goal", "out"]),
        (list(Status), ["goal"]),
        ([Status.CLARIFICATION], []),
        ([status for status in Status if status != Status.CLARIFICATION], []),
        (
            [s for s in Status if s not in (Status.CLARIFICATION, Status.DROPPED_OUT)],
            ["goal", "other"],
        ),
    ],
)
def test_groups_for_any_goal(statuses, kinds):
    many = rows(*[20] * 9)
    goal = replace(goal_of(many), statuses=tuple(statuses), count=20 * len(statuses))
    report = OpenReport.build(replace(REPORT_2019, rows=many, enrolled=180, goal=goal))
    assert [group.kind for group in report.groups] == kinds
    assert not kinds or sum(group.count for group in report.groups) == 180


# --- the same in every form, and no more ---


@EACH
def test_json_brings_the_report_back(report):
    assert OpenReport.from_json(report.to_json()) == report


def numbers(text):
    return {int(number) for number in re.findall(r"\d+", text)}


@EACH
def test_every_number_of_the_json_is_on_the_page(report):
    data = json.loads(report.to_json())
    for day in (data, *data["trend"]):
        day["on"] = ""
    data["known_on"] = ""
    data["threshold"] -= 1  # printed as 1–4
    page = report_html(report)
    assert numbers(json.dumps(data, ensure_ascii=False)) <= numbers(
        visible_text(page[page.index("<body") :])
    )


@EACH
def test_what_only_a_screen_reader_says_is_said_in_the_text_too(report):
    page = sheet(report)
    shown = numbers(visible_text(re.sub(r"<title.*?</title>", "", page)))
    titles = re.findall(r"<title[^>]*>(.*?)</title>", page)
    assert all(numbers(title) <= shown for title in titles)
    assert not report.enrolled or report.enrolled > 150 or titles


def dots(drawing):
    return {
        kind: number
        for kind in ("goal", "way", "out")
        if (number := drawing.count(f'class="dot-{kind}"'))
    }


@EACH
def test_as_many_dots_as_people_and_alike_where_they_are_merged(report):
    field = re.search(r'<svg class="dot-field.*?</svg>', sheet(report))
    if report.enrolled is None or report.enrolled > 150:
        assert field is None
    else:
        printed = {
            group.kind.replace("other", "way"): group.count
            for group in report.groups
            if group.count
        }
        assert dots(field[0]) == printed or dots(field[0]) == {"way": report.enrolled}


def test_where_they_live_is_drawn_without_what_they_do():
    table = sheet(OPEN_2019)
    table = table[table.index("Boligområde</th>") : table.index("I alt")]
    assert dots(table) == {"way": 26}


NAMES_OF_FACTS = (
    "Afklaring",
    "psykiatrien",
    "dreng",
    "pige",
    "Ungecenter",
    "Praktik",
    "Aftale",
    "statusser",
    "møder.",
)


@EACH
def test_no_single_status_no_sex_no_number_of_records(report):
    report = replace(report, programme="", sender="")
    for text in (visible_text(sheet(report)), as_text(report), report.to_json()):
        assert not [word for word in NAMES_OF_FACTS if word in text]


def test_the_full_edition_has_what_the_open_one_has_not():
    assert all(word in as_text(REPORT_2019) for word in NAMES_OF_FACTS)


# --- on paper ---


@pytest.fixture(scope="module")
def printed():
    return render_pdf(OPEN_SECOND)


def test_the_file_says_what_the_page_says_and_no_more(printed):
    with pikepdf.open(io.BytesIO(printed)) as document:
        with document.open_metadata() as metadata:
            about = dict(metadata)
            assert (
                metadata["dc:title"]
                == "Statusrapport pr. 1. marts 2019 – Særlig boligsocial mentorindsats, Køge"
            )
        assert str(document.docinfo["/CreationDate"]).startswith(
            "D:20190301"
        )  # the day, not the hour
        facts = " ".join(map(str, [*document.docinfo.values(), *about.values()]))
    assert not numbers(
        re.sub(r"D:\S+|\d{4}-\d\d-\d\d\S*|PDF/UA|(WeasyPrint|pikepdf) [\d.]+", "", facts)
    ) - {1, 2019}
    text = flat(
        " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(printed)).pages)
    )
    assert (
        "10 af 26 unge er i uddannelse eller arbejde pr. 1. marts 2019. Målet er 30 af 40." in text
    )
    assert "Statusrapport, åben udgave, kladde" in text
    assert "Karlemoseparken 10 Øvrige områder 16 I alt 26" in text
    assert "10 i uddannelse eller arbejde + 16 på vej + 0 frafald = 26 indskrevet" in text


def test_the_texts_of_its_drawings_tell_of_printed_groups_only(printed):
    with pikepdf.open(io.BytesIO(printed)) as document:
        texts = [
            str(thing.Alt)
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert texts[0].startswith(
        "26 unge: 10 i uddannelse eller arbejde, 16 på vej, 0 frafald, 14 ledige pladser af 40."
    )
    assert (
        len(texts) == 2 and "6 af 20 pr. 1. december 2018, 10 af 26 pr. 1. marts 2019" in texts[1]
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["2019", "one ung", "no goal figure", "many areas and quarters", "long names", "hundreds"],
)
def test_one_or_two_pages(name, caplog):
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(ALL[name]))).pages
    assert len(pages) == (1 if ALL[name].enrolled is None else 2)
    assert not caplog.records


PRINT_HASH = """
import django, hashlib
django.setup()
from reporting.pdf import render_pdf
from reporting.tests.examples import OPEN_SECOND
print(hashlib.sha256(render_pdf(OPEN_SECOND)).hexdigest())
"""


@pytest.mark.slow
def test_another_process_prints_the_same_bytes(printed):
    found = run(sys.executable, "-c", PRINT_HASH, PYTHONHASHSEED="2019", TZ="UTC")
    assert found == hashlib.sha256(printed).hexdigest()


def test_the_checkers_find_nothing(printed, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(printed)
    run(sys.executable, "-m", "pdfua", "check", path)


def test_a_report_that_does_not_add_up_is_not_printed():
    with pytest.raises(PDFError, match="er ikke 26"):
        render_pdf(replace(OPEN_2019, groups=OPEN_2019.groups[:1]))


def test_the_page_by_itself_is_the_open_one():
    assert "åben udgave" in report_html(OPEN_2019) and "Ungecenter" not in report_html(OPEN_2019)


ISSUE = Issue(
    Edition.OPEN,
    "2019-1",
    2,
    issued_on=date(2019, 3, 28),
    texts=(("recommendation", "At udvalget tager status til efterretning."), ("economy", "Ingen.")),
    remarks=("nogle i forløb har intet boligområde",),
    change="Boligområderne.",
)


def test_an_issued_one_carries_its_number_its_texts_and_what_was_accepted():
    page = render_to_string(
        "reporting/_open_report_sheet.html", {"report": OPEN_SECOND, "issue": ISSUE}
    )
    for text in (visible_text(page), visible_text(report_html(OPEN_SECOND, ISSUE))):
        assert "2019-1, version 2, åben udgave" in text and "kladde" not in text
        assert "Version 2 retter: Boligområderne." in text
        assert (
            "Indstilling At udvalget tager status til efterretning." in text
            and "Økonomi Ingen." in text
        )
        assert "Forbehold ved udsendelsen: nogle i forløb har intet boligområde." in text


def test_texts_of_an_issued_one_follow_on_page_three():
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(OPEN_SECOND, ISSUE))).pages
    assert len(pages) == 3 and "Økonomi" in pages[2].extract_text()
    assert "Indstilling" in pages[0].extract_text()


# --- the check before issuing ---


@EACH
def test_what_is_built_passes_the_check(report):
    assert findings(report, [OPEN_DECEMBER] if report is OPEN_SECOND else []) == []


CHANGED = {
    "a small group": replace(
        OPEN_2019, groups=(Group("goal", 10), Group("way", 13), Group("out", 3))
    ),
    "a goal figure that is not its group": replace(
        OPEN_2019, goal=replace(OPEN_2019.goal, count=11)
    ),
    "groups that are too few to part": replace(
        OPEN_2019,
        goal=replace(OPEN_2019.goal, count=18),
        groups=(Group("goal", 18), Group("way", 8), Group("out", 0)),
    ),
    "a small area": replace(
        OPEN_2019, areas=(OpenArea("Karlemoseparken", 22), OpenArea("Søparken", 4))
    ),
    "a small rest": replace(OPEN_2019, areas=(OPEN_2019.areas[0], OpenArea("Hastrupparken", 14))),
    "too few at all": replace(OPEN_2019, enrolled=9, groups=(), areas=(), trend=()),
    "another history": replace(OPEN_SECOND, areas=(), trend=REPORT_2019.trend),
    "the areas of the full edition": replace(OPEN_SECOND, areas=OPEN_2019.areas),
    "clarification alone": replace(
        OPEN_2019,
        goal=replace(OPEN_2019.goal, statuses=(Status.CLARIFICATION,)),
        groups=(Group("goal", 10), Group("other", 16)),
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_what_was_changed_by_hand_does_not(name):
    assert findings(CHANGED[name], [OPEN_DECEMBER])


def test_the_check_says_what_is_wrong():
    assert findings(CHANGED["the areas of the full edition"], [OPEN_DECEMBER]) == [
        "Boligområderne her og i rapporten pr. 01.12.2018 fortæller tilsammen om færre end 5 unge."
    ]
