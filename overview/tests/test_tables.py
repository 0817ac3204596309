"""Page, CSV and XLSX hold the same figures, whatever is in the register; who may download what."""

import csv
import io
import random
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from cases.models import Agreement, Appointment, AttendanceOutcome, Pause, Role, Status
from cases.tests.builders import log
from conftest import at
from mentorship.permissions import VERBS
from overview.tables import TABLES
from reporting.pdf import render_pdf
from reporting.status_report import StatusReport
from web.dates import long_date, today
from web.tests.reader import Reader, flat

DAY = date(2026, 9, 14)


def fill(enrol, mentors, areas, seed):
    """Some twenty young people in whose register much has happened, none of it on purpose."""
    chance = random.Random(seed)  # noqa: S311 (no secret)
    by = mentors[0]
    for n in range(chance.randrange(8, 22)):
        enrolled_on = date(2025, 2, 3) + timedelta(days=chance.randrange(580))
        mentee = enrol(
            f"Ung nummer {n}",
            on=enrolled_on,
            status=chance.choice(Status.values[:7]),
            area=chance.choice([*areas[:3], None]),
            mentor=chance.choice([*mentors, None]),
        )
        days = max(1, (DAY - enrolled_on).days)
        for _ in range(chance.randrange(4)):
            day = enrolled_on + timedelta(days=chance.randrange(days))
            mentee.change_status(chance.choice(Status.values), on=day, by=by, at=at(day))
        if chance.random() < 0.2:
            mentee.pause(
                Pause.Reason.OTHER, on=enrolled_on + timedelta(days=chance.randrange(days)), by=by
            )
        for _ in range(4):
            day = DAY - timedelta(days=chance.randrange(60))
            if day >= enrolled_on:
                log(
                    mentee,
                    by,
                    on=day,
                    outcome=chance.choice(AttendanceOutcome.values),
                    minutes=chance.choice([None, 45]),
                )
        for _ in range(chance.randrange(3)):
            due = DAY + timedelta(days=chance.randrange(-9, 40))
            agreed = max(enrolled_on, DAY - timedelta(days=30))
            if due >= agreed:
                kind = chance.choice(Agreement.Kind.values)
                Agreement(
                    mentee=mentee, kind=kind, what=f"Aftale {n}", agreed_on=agreed, due_on=due
                ).make(by=by)
        if chance.random() < 0.6:
            when = DAY + timedelta(days=chance.randrange(-20, 20))
            Appointment.objects.create(mentee=mentee, on=when, recorded_by=by)


@pytest.fixture
def torbens(sign_in, torben):
    return sign_in(torben)


def plain(value):
    """A cell as text, whichever file it comes from."""
    if value is None:
        return ""
    return value.date().isoformat() if isinstance(value, datetime) else str(value)


def from_csv(answer):
    rows = list(
        csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    )
    return [[cell.removeprefix("'") for cell in row] for row in rows]


def from_xlsx(answer):
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    return [[plain(cell.value) for cell in row] for row in sheet.iter_rows()]


def as_shown(row):
    """A row of a file in the words of the page: days in Danish, a change with its sign."""
    return [
        long_date(date.fromisoformat(cell)) if cell.count("-") == 2 and cell[:4].isdigit() else cell
        for cell in row
    ]


@pytest.mark.parametrize("seed", range(3))
def test_every_table_is_the_same_on_the_page_and_in_both_files(
    torbens, programme, enrol, mette, rashid, areas, seed
):
    fill(enrol, [mette, rashid], areas, seed)
    asked = {
        "pr": DAY.isoformat(),
        **[{}, {"omraade": "hastrupparken"}, {"mentor": "ingen"}][seed % 3],
    }
    page = Reader(torbens.get(reverse("overview"), asked).text)
    by_area = Reader(torbens.get(reverse("overview"), asked | {"kontakt": "omraade"}).text)
    missing = Reader(torbens.get(reverse("missing_data"), asked).text)
    if "Der var ingen" in page.text:
        pytest.skip("nobody was drawn for the choice")
    files = {}
    for name in TABLES:
        both = [
            torbens.get(reverse("overview_table", args=[name, ending]), asked)
            for ending in ("csv", "xlsx")
        ]
        assert [answer.status_code for answer in both] == [200, 200]
        files[name] = from_csv(both[0])
        assert from_xlsx(both[1]) == files[name], name

    def signed(row):
        return [*row[:2], *(f"+{n}" if int(n) > 0 else n.replace("-", "−") for n in row[2:])]

    heading, *rows = files["statusser"]
    (*columns, since), *shown_rows = page.table("Rundt ikon")
    assert [*columns, *shown_rows] == [*heading[:2], *map(signed, rows)]
    assert (since, heading[2]) == ("Siden 14. juni", "Siden 14. juni 2026")
    shown = {
        "bevaegelser": "De største først",
        "prognose": "Aftalte starter",
        "mentorer": "Ventet i ugen",
        "udvikling": "Hver tredje måned",
    }
    for name, caption in shown.items():
        if len(files[name]) > 1:
            assert page.table(caption) == list(map(as_shown, files[name])), name
    for row in files["opmaerksomhed"][1:]:
        assert f"{row[1]} · {row[2]} {row[3]} {row[4]}".replace("  ", " ") in page.text
    count = int(page.text.split("Kræver opmærksomhed ")[1].split()[0])
    assert count == len(files["opmaerksomhed"]) - 1
    if "omraade" not in asked:
        for name, enrolled, in_goal, _ in files["boligomraader"][1:-1]:
            assert f"{name} {enrolled} indskrevet, {in_goal} i mål" in page.text
    for heat, name in ((page, "kontakt-mentorer"), (by_area, "kontakt-omraader")):
        (_, *weeks), *cells = heat.table("Unge mødt")
        matrix = {
            (row[0], week): cell
            for row in cells
            for week, cell in zip(weeks, row[1:], strict=True)
            if "/" in cell
        }
        assert matrix == {(row[0], row[2]): f"{row[3]}/{row[4]}" for row in files[name][1:]}
    gaps = files["mangler"][1:]
    assert f"{len(gaps)} oplysninger mangler" in missing.text or len(gaps) < 2
    for title, name, _, which in gaps:
        assert f"{name} ({which})" in missing.text if which else name in missing.text
        assert title in missing.text


def test_the_files_agree_with_the_reports_json_and_pdf(
    torbens, programme, enrol, mette, rashid, areas
):
    fill(enrol, [mette, rashid], areas, 5)
    report = StatusReport.build(programme, on=DAY)
    data, pdf = (
        report.as_dict(),
        flat(page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(report))).pages),
    )
    asked = {"pr": DAY.isoformat()}
    rows = {
        name: from_xlsx(torbens.get(reverse("overview_table", args=[name, "xlsx"]), asked))[1:]
        for name in ALSO_REPORTED
    }
    assert [row[:2] for row in rows["statusser"]] == [
        [row["label"], str(row["count"])] for row in data["rows"]
    ]
    assert [row[:3] for row in rows["boligomraader"][:-1]] == [
        [area["name"], str(area["enrolled"]), str(area["in_goal"])] for area in data["areas"]
    ]
    assert rows["boligomraader"][-1][:3] == [
        "I alt",
        str(data["enrolled"]),
        str(data["goal"]["count"]),
    ]
    assert rows["udvikling"] == [
        [p["on"], str(p["enrolled"]), str(p["in_goal"])] for p in data["trend"]
    ]
    for name, width in ALSO_REPORTED.items():
        for row in rows[name]:
            assert " ".join(as_shown(row[:width])) in pdf


ALSO_REPORTED = {"statusser": 2, "boligomraader": 3, "udvikling": 3}  # and so many columns of them


def test_the_sums_of_the_page(torbens, enrol, mette, rashid, areas):
    fill(enrol, [mette, rashid], areas, 7)
    page = Reader(torbens.get(reverse("overview"), {"pr": DAY.isoformat()}).text)
    enrolled = sum(int(row[1]) for row in page.table("Rundt ikon")[1:])
    moved = sum(int(row[2]) for row in page.table("De største først")[1:])
    words = page.text.split("Bevægelser siden 14. juni ")[1]
    assert words.startswith(f"{moved} har flyttet sig, {enrolled - moved} har samme status.")


@pytest.mark.parametrize("path", ["findes-ikke.csv", "statusser.pdf", "statusser.CSV"])
def test_what_is_no_table_is_not_found(torbens, yusuf, path):
    assert torbens.get(f"/overblik/tabel/{path}").status_code == 404


def test_the_file_has_a_name_without_anybody_in_it_and_is_kept_nowhere(torbens, yusuf, mette):
    answer = torbens.get(reverse("overview_table", args=["mentorer", "csv"]))
    assert (
        answer["Content-Disposition"]
        == f'attachment; filename="unge-mentorer-{today().isoformat()}.csv"'
    )
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "no-store, private"


def test_a_file_that_cannot_be_is_a_page_that_says_why(torbens, yusuf):
    for asked, words in (
        ({"pr": "i går"}, "Den dag findes ikke"),
        ({"omraade": "x"}, "Det boligområde findes ikke"),
    ):
        answer = torbens.get(reverse("overview_table", args=["mentorer", "csv"]), asked)
        assert answer.status_code == 400 and words in answer.text


def test_whoever_may_see_overblik_but_download_no_names_gets_the_counts_only(
    torbens, yusuf, monkeypatch
):
    """A role to come; today's coordinator holds both verbs."""
    monkeypatch.setitem(
        VERBS, Role.COORDINATOR, VERBS[Role.COORDINATOR] - {"reporting.download_names"}
    )
    named = {name for name, offer in TABLES.items() if offer.names}
    answers = {
        name: torbens.get(reverse("overview_table", args=[name, "csv"])).status_code
        for name in TABLES
    }
    assert answers == {name: 403 if name in named else 200 for name in TABLES}
    page = torbens.get(reverse("overview")).text
    assert not any(f"/tabel/{name}." in page for name in named)


def test_no_table_without_the_mark_holds_a_name(torbens, enrol, mette, rashid, areas):
    fill(enrol, [mette, rashid], areas, 3)
    unmarked = [name for name, offer in TABLES.items() if not offer.names]
    assert len(unmarked) == 5
    for name in unmarked:
        text = torbens.get(reverse("overview_table", args=[name, "csv"])).content.decode()
        assert "Ung nummer" not in text and "Mette" not in text and "Rashid" not in text
