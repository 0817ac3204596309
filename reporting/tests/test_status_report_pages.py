"""Views of the report list and of a day's report: permissions, valid days, checks."""

import html
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import Agreement, Status, StatusChange
from cases.tests.builders import falsify
from conftest import at
from reporting import pdf_process
from reporting.forms import DayForm
from web.dates import today

from .commands import HANGS, WITHOUT_PANGO, drawing_process

DAY = date(2026, 6, 15)


@pytest.fixture
def june(programme, enrol, mette, areas):
    enrol("En", on=date(2026, 3, 2), status=Status.WORK, area=areas[0], mentor=mette)
    enrol("To", on=date(2026, 6, 3), status=Status.SCHOOL, area=areas[1], mentor=mette)


@pytest.fixture
def torbens(sign_in, torben):
    return sign_in(torben)


def draft(client, name="draft_report", **query):
    return client.get(reverse(name), query)


def text_of(response):
    return html.unescape(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("reports", {"torben", "kirsten", "farid"}),
        ("draft_report", {"torben"}),
        ("draft_report_pdf", {"torben"}),
    ],
)
@pytest.mark.parametrize("who", ["torben", "kirsten", "farid", "mette", "olga", "signe"])
def test_who_may_see_what(request, client, sign_in, june, name, allowed, who):
    response = sign_in(request.getfixturevalue(who)).get(reverse(name), {"pr": DAY.isoformat()})
    assert response.status_code == (200 if who in allowed else 403)


@pytest.mark.parametrize("name", ["reports", "draft_report", "draft_report_pdf"])
def test_anonymous_users_are_redirected(client, db, name):
    assert client.get(reverse(name)).status_code == 302


def test_the_coordinator_chooses_a_day(torbens, june):
    page = text_of(torbens.get(reverse("reports")))
    assert f'value="{today().isoformat()}"' in page and "Vis rapporten" in page
    assert "Ingen rapporter er udsendt endnu." in page


def test_readers_without_reports_see_no_form(sign_in, kirsten, june):
    page = text_of(sign_in(kirsten).get(reverse("reports")))
    assert "Ingen rapporter er udsendt endnu." in page
    assert "<form" not in page


def test_a_programme_that_has_not_begun(torbens, programme):
    programme.starts_on = today() + timedelta(days=10)
    programme.save()
    page = text_of(torbens.get(reverse("reports")))
    assert "Fra den dag kan der laves en rapport." in page and "<form" not in page


def test_the_draft_and_its_checks(torbens, june):
    response = draft(torbens, pr=DAY.isoformat())
    page = text_of(response)
    assert response.status_code == 200
    assert "<title>Statusrapport pr. 15. juni 2026 – Mentorindsats</title>" in page
    assert "<h1>Statusrapport pr. 15. juni 2026</h1>" in page
    assert "Kladde, ikke udsendt" in page
    for words in (
        "Tallene stemmer: 2 + 0 + 0 = 2",
        "Alle i forløb har boligområde og mentor",
        "Ingen aftaler er overskredet",
        "Ingen statusser på vejen mod målet er ældre end 90 dage",
    ):
        assert words in page
    assert 'class="with-icon late"' not in page
    assert "style=" not in page


def test_the_checks_that_fail(torbens, june, enrol, mette):
    late = enrol("Tre", on=date(2026, 2, 2), status=Status.CLARIFICATION)
    day = date(2026, 6, 1)
    agreement = Agreement(
        mentee=late, what="Ringe til skolen", agreed_on=day, due_on=day, recorded_at=at(day)
    )
    agreement.make(by=mette)
    page = text_of(draft(torbens, pr=DAY.isoformat()))
    for words in (
        "1 ung i forløb har intet boligområde og 1 ung i forløb har ingen mentor",
        "1 aftale er overskredet",
        "1 status på vejen mod målet er ældre end 90 dage",
    ):
        assert words in page
    assert page.count('class="with-icon late"') == 3


def test_the_page_shows_what_the_table_shows(torbens, june):
    page = text_of(draft(torbens, pr=DAY.isoformat()))
    for words in (
        "1 af 2 unge",
        "2 i forløb + 0 afsluttet + 0 frafald",
        "Ingen unge fra Ellemarken eller Søparken",
    ):
        assert words in page


def test_without_a_day_it_is_today(torbens, june):
    assert draft(torbens).status_code == 200
    assert f"?pr={today().isoformat()}" in text_of(draft(torbens, pr=""))


def test_a_danish_date_will_do(torbens, june):
    assert "Statusrapport pr. 15. juni 2026" in text_of(draft(torbens, pr="15.06.2026"))


NO_DAY = "Den dag findes ikke. Skriv den som 01.03.2019."


@pytest.mark.parametrize("name", ["draft_report", "draft_report_pdf"])
@pytest.mark.parametrize(
    ("pr", "why"),
    [
        ("i går", NO_DAY),
        ("2026-02-30", NO_DAY),
        ("0000-01-01", NO_DAY),
        ("99999-01-01", NO_DAY),
        ("2026-06-15\x00", NO_DAY),
        ("-1", NO_DAY),
        ("<script>", NO_DAY),
        ("0001-01-01", "Indsatsen begyndte 1. januar 2025. Vælg den dag eller en senere."),
        ("2024-12-31", "Indsatsen begyndte 1. januar 2025. Vælg den dag eller en senere."),
        ("9999-12-31", "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."),
        (
            "2026-01-05",
            "Ingen unge var indskrevet 5. januar 2026, så der er intet at gøre status over.",
        ),
    ],
)
def test_a_day_that_cannot_be_shown(torbens, june, name, pr, why):
    response = draft(torbens, name, pr=pr)
    page = text_of(response)
    assert response.status_code == 400
    assert f'<a href="#id_pr">{why}</a>' in page and page.count(why) == 2
    assert "\x00" not in page


def test_the_pdf_is_a_file_with_a_name(torbens, june):
    response = draft(torbens, "draft_report_pdf", pr=DAY.isoformat())
    assert response.headers["Content-Type"] == "application/pdf"
    assert (
        response.headers["Content-Disposition"]
        == 'attachment; filename="statusrapport-unge-2026-06-15-fuld.pdf"'
    )
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.content.startswith(b"%PDF-1.7")


def test_numbers_that_do_not_add_up_are_shown_but_not_printed(torbens, june):
    falsify(StatusChange.objects.filter(mentee__name="To"), effective_on=date(2026, 9, 1))
    page = text_of(draft(torbens, pr=DAY.isoformat()))
    assert "Tallene stemmer ikke: 1 + 0 + 0 er ikke 2" in page
    assert "1 ung mangler en status den dag." in page
    assert "Hent PDF" not in page
    response = draft(torbens, "draft_report_pdf", pr=DAY.isoformat())
    assert response.status_code == 409
    assert "1 ung mangler en status den dag." in text_of(response)


def test_without_pango_the_page_says_so(torbens, june, monkeypatch):
    with drawing_process(WITHOUT_PANGO) as process:
        monkeypatch.setattr(pdf_process, "process", process)
        response = draft(torbens, "draft_report_pdf", pr=DAY.isoformat())
    assert response.status_code == 503
    assert "Serveren mangler et program, der skriver PDF." in text_of(response)


def test_a_pdf_that_is_not_finished_says_so(torbens, june, monkeypatch, settings, caplog):
    settings.PDF_SECONDS = 0.2
    with drawing_process(HANGS) as process:
        monkeypatch.setattr(pdf_process, "process", process)
        response = draft(torbens, "draft_report_pdf", pr=DAY.isoformat())
    assert response.status_code == 503
    assert "PDF'en blev ikke færdig. Prøv igen om lidt." in text_of(response)
    assert "A PDF was not finished: took longer than 0.2 seconds" in caplog.text


@pytest.mark.parametrize("people", [2, 22])
def test_the_number_of_queries_stays(torbens, june, enrol, django_assert_max_num_queries, people):
    for n in range(people - 2):
        enrol(f"Ung {n}", on=date(2026, 4, 1))
    with django_assert_max_num_queries(19) as queries:
        draft(torbens, pr=DAY.isoformat())
    asked = [query for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= 18


def test_the_day_form_is_the_same_elsewhere(programme):
    assert DayForm({}, programme=programme).chosen_day == today()
    assert DayForm({"pr": "01.03.2026"}, programme=programme).chosen_day == date(2026, 3, 1)
    assert 'value="2026-03-01"' in str(DayForm({"pr": "01.03.2026"}, programme=programme)["pr"])
    broken = DayForm({"pr": "x"}, programme=programme)
    assert broken.chosen_day is None and broken.errors["pr"] == [NO_DAY]
    assert "value" not in str(broken["pr"])
