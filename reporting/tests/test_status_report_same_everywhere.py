"""The same figures as text, JSON, HTML and PDF, from a random register."""

import io
import random
import re
from datetime import date, timedelta
from uuid import uuid4

import pypdf
import pytest

from cases.models import Attendance, AttendanceOutcome, Gender, Meeting, Status
from conftest import at
from reporting.pdf import render_pdf, report_html
from reporting.plain_text import as_text
from reporting.status_report import StatusReport
from web.dates import long_date

from .examples import ODD, REPORT_2019

DAY = date(2026, 9, 14)


@pytest.fixture
def somehow(programme, enrol, mette, areas):
    """A programme of 31 young people with random histories."""
    chance = random.Random(2019)  # noqa: S311 (no secret)
    for n in range(31):
        enrolled_on = date(2025, 2, 3) + timedelta(days=chance.randrange(500))
        mentee = enrol(
            f"Ung nummer {n}",
            on=enrolled_on,
            status=chance.choice(Status.values[:7]),
            area=chance.choice([*areas[:3], None]),
            mentor=chance.choice([mette, None]),
            gender=chance.choice(Gender.values),
            born_on=date(2001 + chance.randrange(8), 5, 14),
        )
        for _ in range(chance.randrange(4)):
            day = enrolled_on + timedelta(days=chance.randrange(90))
            mentee.change_status(chance.choice(Status.values), on=day, by=mette, at=at(day))
        for weeks in range(1, 14, 2):
            held_on = DAY - timedelta(weeks=weeks, days=chance.randrange(7))
            if held_on >= enrolled_on and chance.random() < 0.7:
                meeting = Meeting(
                    programme=programme,
                    held_on=held_on,
                    held_by=mette,
                    submit_key=uuid4(),
                    recorded_at=at(held_on),
                )
                meeting.record(
                    [
                        (
                            Attendance(
                                mentee=mentee, outcome=chance.choice(AttendanceOutcome.values)
                            ),
                            [],
                        )
                    ],
                    by=mette,
                )
    return StatusReport.build(programme, on=DAY)


def figures(report):
    """Yield every figure with its label, as it stands in a line of text or a table row."""
    yield from (f"{row.label} {row.count}" for row in report.rows)
    yield from (f"{area.name} {area.enrolled} {area.in_goal}" for area in report.areas)
    yield f"I alt {report.enrolled} {report.goal.count}"
    for point in report.trend:
        yield f"{long_date(point.on)} {point.enrolled} {point.in_goal}"
    yield from (f"{mark.word.capitalize()} {count}" for mark, count in report.contact.tally)
    yield f"Forventet {report.contact.expected}"
    yield from (f"{stay.months} måneder {stay.reached} {stay.still}" for stay in report.stays)
    yield from (
        f"{neighbour.count} hvis {neighbour.status.label}" for neighbour in report.goal.neighbours
    )
    yield from (report.answer, report.control_line)
    sources = report.sources
    yield (
        f"{report.enrolled} unge, {sources.status_changes} statusser og {sources.meetings} møder"
    )
    yield f"{sources.without_area} unge i forløb stod uden boligområde"
    yield f"{sources.without_mentor} unge i forløb stod uden mentor"


def flat(text):
    return " ".join(text.split())


def text_of_html(html):
    body = html[html.index("<body") :]
    return flat(
        re.sub(r"<[^>]+>", " ", body.replace("<wbr>", "").replace("<b>", "").replace("</b>", ""))
    )


def text_of_pdf(pdf):
    return flat(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages))


def test_every_figure_is_the_same_in_every_form(somehow):
    report = somehow
    assert report.adds_up and report.enrolled == 31 and len(report.stays) == 3
    assert StatusReport.from_json(report.to_json()) == report
    forms = {
        "text": flat(as_text(report)),
        "html": text_of_html(report_html(report)).replace("&nbsp;", " "),
        "pdf": text_of_pdf(render_pdf(report)),
    }
    for figure in figures(report):
        for form, text in forms.items():
            assert re.search(rf"(?<!\d){re.escape(figure)}(?!\d)", text), (form, figure)


@pytest.mark.parametrize("report", [REPORT_2019, *ODD.values()], ids=["2019", *ODD])
def test_json_brings_the_report_back(report):
    assert StatusReport.from_json(report.to_json()) == report


def test_the_day_after_counts_no_fact_before_it_was_written(programme, enrol, mette):
    """A change recorded on the 20th, effective the 10th, counts on the 15th once recorded."""
    mentee = enrol(on=date(2026, 3, 2), status=Status.SCHOOL)
    mentee.change_status(Status.WORK, on=date(2026, 3, 10), by=mette, at=at(date(2026, 3, 20)))
    day = date(2026, 3, 15)
    before = StatusReport.build(programme, on=day, known_at=at(day))
    after = StatusReport.build(programme, on=day)
    assert (before.row(Status.SCHOOL).count, before.row(Status.WORK).count) == (1, 0)
    assert (after.row(Status.SCHOOL).count, after.row(Status.WORK).count) == (0, 1)
    assert before.known_at == at(day) and after.known_at == at(date(2026, 3, 20))


def test_somebody_written_down_late_is_not_counted_earlier(programme, enrol):
    enrol("Først", on=date(2026, 3, 2))
    enrol("Sent", on=date(2026, 3, 3), at=at(date(2026, 3, 30)))
    day = date(2026, 3, 15)
    assert StatusReport.build(programme, on=day, known_at=at(day)).enrolled == 1
    assert StatusReport.build(programme, on=day).enrolled == 2


def test_the_moment_known_includes_the_last_meeting(programme, enrol, mette):
    """Contact figures rest on meetings: built again as known then, the report is the same."""
    mentee = enrol(on=date(2026, 3, 2))
    meeting = Meeting(
        programme=programme,
        held_on=date(2026, 3, 12),
        held_by=mette,
        submit_key=uuid4(),
        recorded_at=at(date(2026, 3, 25)),
    )
    meeting.record([(Attendance(mentee=mentee), [])], by=mette)
    report = StatusReport.build(programme, on=date(2026, 3, 20))
    assert report.known_at == at(date(2026, 3, 25))
    assert StatusReport.build(programme, on=date(2026, 3, 20), known_at=report.known_at) == report


def test_areas_count_those_who_dropped_out_by_themselves(programme, enrol, areas, mette):
    enrol("En", area=areas[0], on=date(2026, 3, 2), status=Status.WORK)
    enrol("To", area=areas[0], on=date(2026, 3, 2), status=Status.DROPPED_OUT)
    enrol("Tre", on=date(2026, 3, 2))
    first, *_, outside = StatusReport.build(programme, on=date(2026, 3, 3)).areas
    assert (first.enrolled, first.in_goal, first.dropped_out, first.on_the_way) == (2, 1, 1, 0)
    assert outside.is_outside and outside.on_the_way == 1
