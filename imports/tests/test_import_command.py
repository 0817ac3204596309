"""`manage.py import_register`, and what export_register refuses."""

import io
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.models import Meeting, Mentee
from imports.tests import sheets
from imports.tests.sheets import HIS_STATUS, STATUSSER, UNGE, YUSUF

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(programme, torben, mette, rashid, areas, tmp_path):
    """typed(name, bytes, *options): (what is printed, the progress) of the import of a file."""

    def typed(*arguments, **files):
        for name, content in files.items():
            (tmp_path / name.replace("_", ".")).write_bytes(content)
        named = [
            tmp_path / word if word.endswith((".xlsx", ".csv")) else word for word in arguments
        ]
        out, err = io.StringIO(), io.StringIO()
        call_command("import_register", "unge", *map(str, named), stdout=out, stderr=err)
        return out.getvalue(), err.getvalue()

    return typed


def test_it_writes_and_says_what(typed, torben):
    said, progress = typed("a.xlsx", a_xlsx=sheets.right())
    assert said == "Wrote: 1 ung, 1 status, 1 møde. Known already: 0 rows.\n"
    assert "moeder: 0 of 1 rows checked" in progress
    assert "møder: 1 of 1 written" in progress
    assert Mentee.objects.get().recorded_by == torben
    assert typed("a.xlsx")[0] == "Wrote: nothing new. Known already: 3 rows.\n"


def test_a_dry_run_writes_nothing(typed):
    said, _ = typed("a.xlsx", "--dry-run", a_xlsx=sheets.right())
    assert said.startswith("Would write: 1 ung, 1 status, 1 møde.")
    assert not Mentee.objects.exists()


def test_problems_are_printed_and_listed_and_the_exit_code_is_1(typed, tmp_path, capsys):
    bad = sheets.right(statusser=[["7", "2026-02-02", "astronaut", ""]])
    out = io.StringIO()
    (tmp_path / "a.xlsx").write_bytes(bad)
    with pytest.raises(CommandError, match="nothing was written: 1 to mend") as error:
        call_command(
            "import_register",
            "unge",
            str(tmp_path / "a.xlsx"),
            f"--problems={tmp_path / 'liste.csv'}",
            stdout=out,
            stderr=io.StringIO(),
        )
    assert error.value.returncode == 1
    assert out.getvalue() == "statusser række 2 status: Vælg en af de ni statusser. “astronaut”\n"
    assert "statusser;2;status;" in (tmp_path / "liste.csv").read_text(encoding="utf-8-sig")
    assert not Mentee.objects.exists()


def test_a_list_of_problems_is_readable_by_nobody_else_and_follows_no_link(typed, tmp_path):
    listed, elsewhere = tmp_path / "liste.txt", tmp_path / "andet"
    elsewhere.write_text("her")
    (tmp_path / ".liste.txt.part").symlink_to(elsewhere)
    with pytest.raises(CommandError):
        typed("a.xlsx", f"--problems={listed}", a_xlsx=sheets.right(statusser=[]))
    assert listed.stat().st_mode & 0o777 == 0o600
    assert (elsewhere.read_text(), listed.is_symlink()) == ("her", False)


def test_a_meeting_mended_in_the_sheet_is_asked_about(typed):
    typed("a.xlsx", a_xlsx=sheets.right())
    mended = sheets.right(moeder=[[*sheets.HIS_MEETING[:3], 45, *sheets.HIS_MEETING[4:]]])
    assert (
        "1 møde er på en dag, hvor registret allerede"
        in typed("b.xlsx", "--dry-run", b_xlsx=mended)[0]
    )


def test_a_csv_file_for_each_sheet_and_one_with_another_name(typed):
    unge = "\n".join(";".join(row) for row in (UNGE, YUSUF)).encode()
    statusser = "\n".join(";".join(row) for row in (STATUSSER, HIS_STATUS)).encode()
    said, _ = typed("unge.csv", "statusser.csv", unge_csv=unge, statusser_csv=statusser)
    assert said.startswith("Wrote: 1 ung, 1 status.")
    more = "\n".join(
        ";".join(row) for row in (STATUSSER, ["7", "2026-03-01", "Arbejde", ""])
    ).encode()
    assert typed("ark2.csv", "--sheet=statusser", ark2_csv=more)[0].startswith("Wrote: 1 status.")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["findes-ikke", "a.xlsx"], "there is no programme"),
        (["unge", "findes-ikke.xlsx"], "cannot read"),
        (
            ["unge", "a.xlsx", "--by", "mette@example.dk"],
            "say who imports with --by; coordinators of unge: torben@",
        ),
        (["unge", "a.xlsx", "b.xlsx", "--sheet", "unge"], "--sheet names the sheet of one file"),
    ],
)
def test_a_question_that_cannot_be_answered_is_exit_code_2(
    typed, arguments, why, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    Path("a.xlsx").write_bytes(sheets.right())
    with pytest.raises(CommandError, match=why) as error:
        call_command("import_register", *arguments, stderr=io.StringIO())
    assert error.value.returncode == 2


def test_an_export_goes_into_an_xlsx_file_that_can_be_written(yusuf, tmp_path):
    for path, code in ((tmp_path / "a.csv", 2), (tmp_path / "findes-ikke" / "a.xlsx", 1)):
        with pytest.raises(CommandError) as error:
            call_command("export_register", "unge", str(path), stdout=io.StringIO())
        assert error.value.returncode == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_ten_thousand_rows_take_far_less_than_thirty_seconds_and_say_how_far_they_are(typed):
    first = date(2025, 1, 2)
    people = [
        [str(n), f"Ung {n}", "2006-01-01", "dreng", first, "Søparken", "mette@example.dk", ""]
        for n in range(400)
    ]
    statuses = [
        [n % 400, first + timedelta(days=n // 400), "Skole", "10. klasse"] for n in range(2_000)
    ]
    meetings = [
        [
            n % 400,
            first + timedelta(days=n // 20),
            "Telefon",
            30,
            "Afholdt",
            f"Vi talte om skole. {n}",
        ]
        for n in range(7_600)
    ]
    begun = time.process_time()
    said, progress = typed(
        "a.xlsx", a_xlsx=sheets.right(unge=people, statusser=statuses, moeder=meetings)
    )
    assert said.startswith("Wrote: 400 unge, 2.000 statusser, 7.600 møder.")
    assert len(progress.splitlines()) > 10
    assert time.process_time() - begun < 30
    assert Meeting.objects.count() == 7_600
