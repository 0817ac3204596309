"""The table the school committee read on 3 April 2019, figure by figure, in every form.

Published: "Status pr. 1. marts 2019", nine figures that sum to 26, while the text beside them says
25 young people, 23 boys and 2 girls, 16-27 years old, from Karlemoseparken, Hastrupparken and
Ellemarken. 25 in progress and one completed is the reading that adds up.
"""

import io
import json
import re
from datetime import date

import pypdf
import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from cases.models import Programme
from cases.models.status import education_work_completed
from cases.tests.builders import decide
from demo import loading
from reporting.pdf import render_pdf, report_html
from reporting.plain_text import as_text
from reporting.sentences import since_last
from reporting.status_report import StatusReport

DAY = "2019-03-01"
PUBLISHED = {
    "Skole": 2,
    "Uddannelse": 6,
    "Ungecenter": 7,
    "Praktik": 1,
    "Arbejde": 3,
    "Aftale om kommende uddannelse/job/praktik": 4,
    "Afklaring, fx psykiatrien": 2,
    "Afsluttet": 1,
    "Frafald": 0,
}
CONTROL = "25 i forløb + 1 afsluttet + 0 frafald = 26 indskrevet"
ANSWER = "10 af 26 unge er i uddannelse eller arbejde pr. 1. marts 2019. Målet er 30 af 40."


@pytest.fixture
def koege(db):
    loading.load(date(2026, 11, 22), "en lang adgangskode")
    return Programme.objects.get(slug="koege-2018")


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\xa0", " ")).strip()


def test_json(koege, capsys):
    call_command("status_report", "koege-2018", "--on", DAY, "--format", "json")
    data = json.loads(capsys.readouterr().out)
    assert {row["label"]: row["count"] for row in data["rows"]} == PUBLISHED
    assert [row["label"] for row in data["rows"]] == list(PUBLISHED)
    assert (data["enrolled"], data["in_progress"], data["completed"], data["dropped_out"]) == (
        26,
        25,
        1,
        0,
    )
    assert (data["goal"]["count"], data["goal"]["goal"], data["goal"]["target"]) == (10, 30, 40)
    assert [(n["count"], n["status"]) for n in data["goal"]["neighbours"]] == [
        (9, "completed"),
        (12, "school"),
    ]
    assert data["sexes"] == {"male": 23, "female": 2}
    assert data["ages"] == {"from": 16, "to": 27}
    areas = {area["name"]: area["enrolled"] for area in data["areas"]}
    assert areas["Søparken"] == 0
    assert all(areas[name] for name in ("Karlemoseparken", "Hastrupparken", "Ellemarken"))
    assert sum(areas.values()) == 26
    assert data["on"] == DAY


def test_page(koege, sign_in):
    torben = User.objects.get(email="torben@demo.example")
    client = sign_in(torben)
    for name in ("draft_report", "overview"):
        html = client.get(f"{reverse(name)}?indsats=koege-2018&pr={DAY}").text.replace("<wbr>", "")
        table = html[html.index('<table class="table-plain statuses">') :]
        rows = re.findall(
            r'<th scope="row">.*?</svg><span>(.*?)</span>.*?<td class="n">(\d+)</td>', table, re.S
        )[:9]
        assert {label: int(count) for label, count in rows} == PUBLISHED
        assert CONTROL in plain(re.sub(r"<[^>]+>", "", html))
    assert (
        "De 25 i forløb er 23 drenge og 2 piger på 16–27 år."
        in client.get(f"{reverse('draft_report')}?pr={DAY}").text
    )


def test_text_of_the_pdf(koege):
    pdf = pypdf.PdfReader(
        io.BytesIO(render_pdf(StatusReport.build(koege, on=date.fromisoformat(DAY))))
    )
    first, second = (plain(page.extract_text()) for page in pdf.pages)
    assert ANSWER in first
    for label, count in PUBLISHED.items():
        assert f"{label} {count}" in first
    assert CONTROL in first
    assert "23 drenge og 2 piger" in first and "16–27" in first
    assert "Karlemoseparken 10 4" in second and "Søparken 0 0" in second


def test_the_figures_were_known_on_the_day_itself(koege, capsys):
    call_command(
        "status_report",
        "koege-2018",
        "--on",
        DAY,
        "--known-at",
        "2019-03-01T16:00",
        "--format",
        "json",
    )
    data = json.loads(capsys.readouterr().out)
    assert {row["label"]: row["count"] for row in data["rows"]} == PUBLISHED


def test_2019_says_10_whatever_is_decided_later(koege):
    then = StatusReport.build(koege, on=date.fromisoformat(DAY)).to_json()
    torben = User.objects.get(email="torben@demo.example")
    decide(koege, on=date(2019, 3, 2), by=torben, statuses=["school", "work"], goal=1, target=2)
    statuses = [*education_work_completed(), "school"]
    decide(koege, on=date(2026, 11, 22), by=torben, statuses=statuses)
    assert StatusReport.build(koege, on=date.fromisoformat(DAY)).to_json() == then
    assert '"count": 10' in then


def test_a_goal_defined_anew_is_said_beside_the_development(koege):
    torben = User.objects.get(email="torben@demo.example")
    statuses = [*education_work_completed(), "school"]
    decide(koege, on=date(2019, 2, 1), by=torben, statuses=statuses, goal=31)
    report = StatusReport.build(koege, on=date.fromisoformat(DAY))
    assert report.goal.count == 12
    assert [point.in_goal for point in report.trend][:-1] == [2, 6]
    sentence = (
        "Fra 1. februar 2019 er målet 31 af 40, før 30 af 40, og tæller målet Skole, Uddannelse, "
        "Arbejde eller Afsluttet, før Uddannelse, Arbejde eller Afsluttet."
    )
    assert sentence in plain(as_text(report)) and sentence in plain(report_html(report))
    assert report_html(report).count('stroke-dasharray="1 3"') == 1
    assert since_last(report) is None
    assert StatusReport.from_json(report.to_json()) == report
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(report))).pages
    text = plain(" ".join(page.extract_text() for page in pages))
    assert len(pages) == 2 and "Fra 1. februar 2019 er målet 31 af 40" in text
