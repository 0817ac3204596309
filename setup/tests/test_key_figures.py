"""The page Nøgletal."""

import pytest
from django.urls import reverse

from cases.key_figures import key_figures_of
from cases.models import FieldChange, KeyFigure

FIGURE = {"what": "Beboere", "value": "5.219", "source": "Danmarks Statistik"}


@pytest.fixture
def coordinator(sign_in, torben):
    return sign_in(torben)


def add(client, **values):
    return client.post(reverse("key_figures"), FIGURE | values)


def shown(programme):
    return [
        (kind.newest.value, [figure.value for figure in kind.older])
        for kind in key_figures_of(programme)
    ]


def test_the_newest_of_a_kind_is_shown_with_its_period(coordinator, programme, areas):
    add(coordinator, value="5.100", published_on="2025-03-01", period="2024")
    add(coordinator, what="Under 25 år", value="40 %")
    add(coordinator, value="5.300", published_on="2026-03-01", period="2025", what="beboere")
    add(coordinator, value="5.000")  # without a day: older than those with one
    add(coordinator, value="1.200", area=areas[0].pk)
    assert shown(programme) == [("5.300", ["5.100", "5.000"]), ("40 %", []), ("1.200", [])]
    page = coordinator.get(reverse("key_figures")).text
    assert "2025 · offentliggjort 1. marts 2026 · Kilde: Danmarks Statistik" in page
    assert page.index("5.300") < page.index("Ældre tal") < page.index("5.100")


def test_overview_shows_the_newest_with_its_period(coordinator, programme, areas, yusuf):
    add(coordinator, value="5.100", published_on="2025-03-01", period="2024")
    add(coordinator, value="5.300", published_on="2026-03-01", period="2025")
    page = coordinator.get(reverse("overview")).text
    assert "Beboere (2025)" in page and "5.300" in page and "5.100" not in page


def test_a_link_says_where_it_leads(coordinator, programme):
    add(coordinator, source_url="https://www.koege.dk/tal?aar=2025&a=b")
    page = coordinator.get(reverse("key_figures")).text
    assert 'href="https://www.koege.dk/tal?aar=2025&amp;a=b" rel="noreferrer noopener"' in page
    assert "Åbn kilden hos www.koege.dk" in page


@pytest.mark.parametrize(
    "values",
    [
        {"value": ""},
        {"source": " "},
        {"what": "Linje\nto"},
        {"value": "010107-1234"},
        {"published_on": "2999-01-01"},
        {"published_on": "2026-02-30"},
        {"area": "999999"},
        {"area": "x"},
        *(
            {"source_url": address}
            for address in (
                "http://koege.dk/tal",
                "javascript:alert(1)",
                "https://bruger:kode@koege.dk/",
                "https://koege.dk/010107-1234",
                "https://[::1",
                "koege.dk",
            )
        ),
    ],
)
def test_what_is_refused(coordinator, programme, values):
    assert add(coordinator, **values).status_code == 422
    assert not KeyFigure.objects.exists()


def test_the_same_again_is_refused(coordinator, programme):
    add(coordinator)
    assert add(coordinator).status_code == 422
    assert add(coordinator, period="2025").status_code == 302
    assert KeyFigure.objects.count() == 2


def test_withdrawn_with_a_reason_the_one_before_is_shown(coordinator, programme):
    add(coordinator, value="5.100", published_on="2025-03-01")
    add(coordinator, value="53.000", published_on="2026-03-01")
    url = reverse("withdraw_key_figure", args=[KeyFigure.objects.get(value="53.000").uuid])
    assert coordinator.post(url, {"reason": ""}).status_code == 422
    assert coordinator.post(url, {"reason": "Et nul for meget"}).status_code == 302
    assert shown(programme) == [("5.100", [])]
    assert "Et nul for meget" in coordinator.get(reverse("key_figures")).text
    assert coordinator.get(url).status_code == 404
    traces = FieldChange.objects.filter(programme=programme, field="key_figures").order_by("pk")
    assert [(trace.before, trace.after) for trace in traces] == [
        ("", "Beboere: 5.100 (1. marts 2025)"),
        ("", "Beboere: 53.000 (1. marts 2026)"),
        ("Beboere: 53.000 (1. marts 2026)", ""),
    ]


def test_an_area_of_another_programme_is_refused(coordinator, other_programme):
    area = other_programme.areas.create(name="Naboparken")
    assert add(coordinator, area=area.pk).status_code == 422
