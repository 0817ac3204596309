"""`manage.py status_report`: every format, and a one-line error if there is no report."""

import io
import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from cases.models import Status, StatusChange
from cases.tests.builders import falsify
from conftest import at
from reporting import pdf, pdf_process
from reporting.status_report import StatusReport
from web.dates import today

from .commands import WITHOUT_PANGO, drawing_process


@pytest.fixture
def march(programme, enrol):
    enrol("En", on=date(2026, 3, 2), status=Status.WORK)
    enrol("To", on=date(2026, 3, 3), at=at(date(2026, 3, 30)))
    return date(2026, 3, 15)


def run(*arguments, **options):
    out = io.StringIO()
    call_command("status_report", *arguments, stdout=out, **options)
    return out.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert "\n" not in str(refusal.value)
    return str(refusal.value), refusal.value.returncode


def test_text_with_the_control_line(programme, march):
    text = run("unge", "--on", "2026-03-15")
    assert (
        "1 af 2 unge er i uddannelse eller arbejde pr. 15. marts 2026. Målet er 30 af 40." in text
    )
    assert "2 i forløb + 0 afsluttet + 0 frafald = 2 indskrevet" in text


def test_json_is_the_report(programme, march):
    text = run("unge", "--on", "2026-03-15", "--format", "json")
    assert StatusReport.from_json(text) == StatusReport.build(programme, on=march)


@pytest.mark.parametrize(
    "moment", ["2026-03-20T16:00", "2026-03-20T15:00+00:00", "2026-03-20 16:00:00"]
)
def test_as_known_then_in_danish_time(programme, march, moment):
    data = json.loads(run("unge", "--on", "2026-03-15", "--format", "json", "--known-at", moment))
    assert data["enrolled"] == 1
    assert data["known_at"] == "2026-03-20T16:00:00+01:00"


def test_the_open_edition(programme, enrol):
    for number in range(12):
        enrol(
            f"Ung {number}",
            on=date(2026, 3, 2),
            status=Status.WORK if number < 5 else Status.SCHOOL,
        )
    text = run("unge", "--on", "2026-03-15", "--edition", "open")
    assert "5 af 12 unge er i uddannelse eller arbejde pr. 15. marts 2026." in text
    assert "Åben udgave" in text and "Skole" not in text
    data = json.loads(run("unge", "--on", "2026-03-15", "--edition", "open", "--format", "json"))
    assert data["edition"] == "open" and "rows" not in data


def test_the_open_edition_of_a_few(programme, march):
    assert "Der er for få unge indskrevet" in run("unge", "--on", "2026-03-15", "--edition", "open")


def test_an_open_edition_that_does_not_add_up(programme, march):
    falsify(StatusChange.objects.filter(mentee__name="To"), effective_on=date(2026, 5, 1))
    message, code = refused("unge", "--on", "2026-03-15", "--edition", "open")
    assert code == 1 and "do not add up" in message


def test_html_stands_by_itself(programme, march):
    html = run("unge", "--on", "2026-03-15", "--format", "html")
    assert html.startswith("<!doctype html>") and "<style>" in html and "</html>" in html
    assert "<link" not in html and "style=" not in html


@pytest.mark.parametrize("form", ["pdf", "html", "json", "text"])
def test_a_file_is_written_whole(programme, march, tmp_path, form):
    path = tmp_path / "rapport"
    path.write_text("en tidligere")
    said = run("unge", "--on", "2026-03-15", "--format", form, "--output", str(path))
    assert str(path) in said
    content = path.read_bytes()
    assert b"en tidligere" not in content and len(content) > 1000
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_written(programme, march, tmp_path):
    path = tmp_path / "mangler" / "rapport.txt"
    assert refused("unge", "--on", "2026-03-15", "--output", str(path)) == (
        f"cannot write {path}: No such file or directory",
        1,
    )


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["ukendt", "--on", "2026-03-15"], "no programme is called 'ukendt'; there is unge"),
        (["unge", "--on", "15/3"], "--on: '15/3' is no day; write it as 2019-03-01"),
        (["unge", "--on", "2026-02-30"], "--on: '2026-02-30' is no day; write it as 2019-03-01"),
        (["unge", "--on", "2024-12-31"], "the programme starts on 2025-01-01, after 2024-12-31"),
        (
            ["unge", "--on", "2025-01-01"],
            "nobody was enrolled on 2025-01-01, as the register was known",
        ),
        (["unge", "--on", "2999-01-01"], "2999-01-01 lies in the future"),
        (
            ["unge", "--on", "2026-03-15", "--known-at", "2026-03-01T10:00"],
            "nobody was enrolled on 2026-03-15, as the register was known",
        ),
        (
            ["unge", "--on", "2026-03-15", "--known-at", "i går"],
            "--known-at: 'i går' is no moment; write it as 2019-03-01T16:00",
        ),
        (
            ["unge", "--on", "2026-03-15", "--known-at", "0001-01-01T00:00"],
            "--known-at: '0001-01-01T00:00' is no moment; write it as 2019-03-01T16:00",
        ),
        (
            ["unge", "--on", "2026-03-15", "--known-at", "2026-03-20"],
            "--known-at: '2026-03-20' has no time of day; write it as 2019-03-01T16:00",
        ),
        (
            ["unge", "--on", "2026-03-15", "--known-at", "2999-01-01T00:00"],
            "--known-at: 2999-01-01T00:00 lies in the future",
        ),
        (
            ["unge", "--on", "2026-03-15", "--format", "pdf"],
            "a PDF does not belong on a terminal; name a file with --output",
        ),
    ],
)
def test_a_question_without_an_answer(programme, march, arguments, why):
    assert refused(*arguments) == (why, 2)


def test_tomorrow_is_the_future(programme, march):
    tomorrow = today() + timedelta(days=1)
    assert refused("unge", "--on", tomorrow.isoformat()) == (f"{tomorrow} lies in the future", 2)


def test_numbers_that_do_not_add_up_are_told_but_not_printed(programme, march, tmp_path):
    falsify(StatusChange.objects.filter(mentee__name="To"), effective_on=date(2026, 5, 1))
    assert "1 ung mangler en status den dag." in run("unge", "--on", "2026-03-15")
    why, code = refused(
        "unge", "--on", "2026-03-15", "--format", "pdf", "--output", str(tmp_path / "r.pdf")
    )
    assert code == 1 and "1 i forløb + 0 afsluttet + 0 frafald er ikke 2 indskrevet" in why
    assert not list(tmp_path.iterdir())


def test_without_pango_the_command_says_what_to_install(programme, march, tmp_path, monkeypatch):
    path = tmp_path / "r.pdf"
    with drawing_process(WITHOUT_PANGO) as process:
        monkeypatch.setattr(pdf_process, "process", process)
        told = refused("unge", "--on", "2026-03-15", "--format", "pdf", "--output", str(path))
    assert told == (pdf.INSTALL, 1)
    assert not path.exists()
