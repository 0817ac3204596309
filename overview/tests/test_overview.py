"""Overblik: day, selection, comparison, and how the URL says them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases.models import Agreement, HousingArea, Membership, Role, Status
from cases.register import Register
from cases.tests.builders import log
from conftest import STARTED, at, member
from mentorship.permissions import VERBS
from overview.heat_map import heat_map
from overview.selection import area_choices, mentor_key
from overview.snapshot import Snapshot
from overview.tables import TABLES
from web.tests.reader import Reader

DAY = date(2026, 6, 15)


@pytest.fixture
def torbens(sign_in, torben):
    return sign_in(torben)


@pytest.fixture
def june(enrol, mette, rashid, areas):
    """Three in Hastrupparken, one of them since May; one in Ellemarken; one outside, no mentor."""
    people = {
        "En": enrol("En", on=date(2026, 2, 2), status=Status.WORK, area=areas[1], mentor=mette),
        "To": enrol("To", on=date(2026, 3, 2), status=Status.SCHOOL, area=areas[0], mentor=mette),
        "Tre": enrol(
            "Tre", on=date(2026, 4, 1), status=Status.SCHOOL, area=areas[1], mentor=rashid
        ),
        "Fire": enrol(
            "Fire", on=date(2026, 2, 2), status=Status.SCHOOL, area=areas[2], mentor=rashid
        ),
        "Fem": enrol("Fem", on=date(2026, 2, 2), status=Status.DROPPED_OUT),
    }
    people["To"].move(areas[1], on=date(2026, 5, 4), by=mette)
    people["Fire"].change_status(Status.EDUCATION, on=date(2026, 5, 4), by=mette)
    return people


def read(client, name="overview", status=200, **asked):
    answer = client.get(reverse(name), {"pr": DAY.isoformat()} | asked)
    assert answer.status_code == status
    return Reader(answer.text)


def counts(page):
    """{status: count} of those with somebody in them."""
    return {row[0]: int(row[1]) for row in page.table("Rundt ikon")[1:] if row[1] != "0"}


def test_everybody(torbens, june):
    page = read(torbens)
    assert counts(page) == {"Skole": 2, "Uddannelse": 1, "Arbejde": 1, "Frafald": 1}
    assert "2 unge er i uddannelse eller arbejde. Målet er 30, så der mangler 28." in page.text
    assert "Målet er mindst 10 unge i hvert område." in page.text
    assert "Kun unge" not in page.text


def test_those_of_an_area_as_of_the_day(torbens, june):
    page = read(torbens, omraade="hastrupparken")
    assert counts(page) == {"Skole": 2, "Arbejde": 1}
    assert "1 ung i Hastrupparken er i uddannelse eller arbejde." in page.text
    assert "Det er 1 af 3 indskrevne." in page.text
    assert "Kun unge i Hastrupparken, som det var 15. juni 2026." in page.text
    earlier = read(torbens, omraade="hastrupparken", pr="2026-05-03")
    assert counts(earlier) == {"Skole": 1, "Arbejde": 1}, "To moved there the day after"


def test_of_the_goals_only_an_areas_own_is_shown_for_it(torbens, june):
    page = read(torbens, omraade="hastrupparken")
    assert "Målet er mindst 10 unge i området." in page.text
    assert "Målet er mindst" not in read(torbens, omraade="udenfor").text
    assert "Målet er mindst" not in read(torbens, omraade="hastrupparken", mentor="ingen").text
    for words in ("Målet er 30", "mangler 2", "indskrevet, ", "pladser", "om måneden nås"):
        assert words not in page.text, words


def test_those_of_a_mentor(torbens, june, programme, rashid):
    page = read(torbens, mentor=mentor_key(programme, rashid.pk))
    assert counts(page) == {"Skole": 1, "Uddannelse": 1}
    assert "1 ung hos Rashid Noor er i uddannelse eller arbejde." in page.text
    assert "Ellemarken 1 indskrevet, 1 i mål" in page.text
    assert "Målet er mindst" not in page.text


def test_an_area_and_a_mentor_together(torbens, june, programme, mette):
    page = read(torbens, omraade="hastrupparken", mentor=mentor_key(programme, mette.pk))
    assert counts(page) == {"Skole": 1, "Arbejde": 1}
    assert "Kun unge i Hastrupparken hos Mette Sørensen" in page.text


def test_outside_the_areas_and_without_a_mentor(torbens, june):
    assert (
        counts(read(torbens, omraade="udenfor"))
        == counts(read(torbens, mentor="ingen"))
        == {"Frafald": 1}
    )
    assert "uden for områderne uden mentor" in read(torbens, omraade="udenfor", mentor="ingen").text


def test_an_area_with_nobody_is_an_answer(torbens, june):
    page = read(torbens, omraade="soeparken")
    assert "Ingen unge i Søparken" in page.text and "Der var ingen 15. juni 2026." in page.text


def test_compared_with_three_months_before(torbens, june):
    page = read(torbens)
    assert page.table("Rundt ikon")[0] == ["Status", "Antal", "Siden 15. mar."]
    assert page.table("De største først")[1:] == [
        ["Nyindskrevet", "Skole", "1"],
        ["Skole", "Uddannelse", "1"],
    ]
    assert "2 har flyttet sig, 3 har samme status." in page.text


def test_compared_with_another_day(torbens, june):
    page = read(torbens, mod="2026-05-10")
    assert page.table("Rundt ikon")[0][2] == "Siden 10. maj"
    assert "Alle har samme status som dengang." in page.text
    assert "Siden 10. maj 2026 er tallet det samme." in page.text


def test_a_day_of_another_year_has_its_year(torbens, june, enrol):
    enrol("Tidlig", on=date(2025, 12, 1))
    page = read(torbens, mod="2025-12-01")
    assert page.table("Rundt ikon")[0][2] == "Siden 1. december 2025"
    assert "Bevægelser siden 1. december 2025" in page.text
    assert "flere end 1. december 2025." in page.text


def test_compared_with_a_day_when_nobody_was_there(torbens, june):
    page = read(torbens, mod="2025-06-01")
    assert page.table("Rundt ikon")[0] == ["Status", "Antal"]
    assert "Bevægelser siden" not in page.text and "Siden 1" not in page.text
    assert (
        "Ingen af dem var indskrevet 1. juni 2025, så der er intet at sammenligne med." in page.text
    )


def test_the_same_people_are_followed_back(torbens, june):
    """To lives in Hastrupparken now, in March in Karlemoseparken: she is compared."""
    page = read(torbens, omraade="hastrupparken")
    assert page.table("De største først")[1:] == [["Nyindskrevet", "Skole", "1"]]
    assert "1 har flyttet sig, 2 har samme status." in page.text


NO_DAY = "Den dag findes ikke. Skriv den som 01.03.2019."


@pytest.mark.parametrize("name", ["overview", "missing_data"])
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"pr": "vrøvl"}, NO_DAY),
        ({"pr": "2100-01-01"}, "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."),
        (
            {"pr": "2026-01-15"},
            "Ingen unge var indskrevet 15. januar 2026, så der er intet at vise.",
        ),
        ({"mod": "2026-02-30"}, NO_DAY),
        ({"mod": "2026-06-15"}, "Vælg en dag før 15. juni 2026."),
        ({"mod": "2024-12-31"}, "Indsatsen begyndte 1. januar 2025. Vælg den dag eller en senere."),
        ({"omraade": "1"}, "Det boligområde findes ikke i indsatsen. Vælg et andet."),
        ({"mentor": "1"}, "Den mentor findes ikke i indsatsen. Vælg en anden."),
        ({"kontakt": "x"}, "Ugentlig kontakt vises for mentorer eller for boligområder."),
    ],
)
def test_what_the_address_cannot_mean(torbens, june, name, asked, words):
    """A sentence, and everything else that was chosen still stands there."""
    page = torbens.get(reverse(name), {"pr": DAY.isoformat(), "omraade": "hastrupparken"} | asked)
    assert page.status_code == 400
    assert f">{words}</a>" in page.text
    if "omraade" not in asked:
        assert '<option value="hastrupparken" selected>' in page.text
    assert "Rundt ikon" not in page.text


def test_an_unknown_view_of_the_contact_is_not_asked_for_again(torbens, june):
    assert 'name="kontakt"' not in torbens.get(reverse("overview"), {"kontakt": "x"}).text
    assert (
        'name="kontakt" value="omraade"'
        in torbens.get(reverse("overview"), {"kontakt": "omraade"}).text
    )


def test_the_address_names_nobody_and_counts_nobody(torbens, june, programme, mette, rashid):
    page = torbens.get(reverse("overview"), {"pr": DAY.isoformat()}).text
    key = mentor_key(programme, mette.pk)
    assert f"mentor={key}" in page and f'value="{key}"' in page
    assert key != mentor_key(programme, rashid.pk) and len(key) == 16
    for word in ("mette%40", "mentor=Mette", f"mentor={mette.pk}&", f'value="{mette.pk}"'):
        assert word not in page


def test_areas_whose_names_are_alike_in_an_address(programme):
    areas = [
        HousingArea(programme=programme, pk=n, name=name)
        for n, name in enumerate(("Å", "Aa", "Udenfor", "東"), 1)
    ]
    choices = {
        choice.key: choice.pk for choice in area_choices({area.pk: area.name for area in areas})
    }
    assert choices == {"aa": 1, "aa-2": 2, "udenfor-2": 3, "omraade": 4, "udenfor": None}


def test_a_colleague_with_another_programme_chosen_sees_the_same(
    sign_in, torben, june, other_programme, sofus
):
    Membership.objects.create(
        programme=other_programme, user=torben, role=Role.COORDINATOR, starts_on=STARTED
    )
    client = sign_in(torben)
    client.get("/overblik/?indsats=nabo")
    page = client.get("/overblik/?indsats=unge&pr=2026-06-15&omraade=hastrupparken").text
    assert "1 ung i Hastrupparken" in page
    assert (
        'name="indsats" value="unge"' in page
        and "indsats=unge&amp;pr=2026-06-15&amp;omraade=hastrupparken" in page
    )


def test_another_programmes_coordinator_sees_his_own(
    sign_in, other_programme, june, sofus, mette, programme
):
    nina = member(other_programme, "Nina Nabo", Role.COORDINATOR)
    client = sign_in(nina)
    for name in ("overview", "missing_data"):
        answer = client.get(reverse(name))
        assert "Sofus Bang" in answer.text
        assert not any(f">{who}<" in answer.text for who in june)
    assert (
        client.get(reverse("overview"), {"mentor": mentor_key(programme, mette.pk)}).status_code
        == 400
    )


def test_everything_starts_from_the_rows_one_may_see(sign_in, mette, june, monkeypatch):
    """A future role that sees Overblik of its own mentees: nobody else is counted or named."""
    own = {"reporting.see_overview", "reporting.download_names"}
    monkeypatch.setitem(VERBS, Role.MENTOR, VERBS[Role.MENTOR] | own)
    client = sign_in(mette)
    assert counts(read(client)) == {"Skole": 1, "Arbejde": 1}
    asked = {"pr": DAY.isoformat()}
    texts = [client.get(reverse(name), asked).text for name in ("overview", "missing_data")]
    texts += [
        client.get(reverse("overview_table", args=[name, "csv"]), asked).text for name in TABLES
    ]
    for text in texts:
        assert not any(name in text for name in ("Tre", "Fire", "Fem"))
    assert any("En" in text for text in texts)


def test_the_caseload_leads_to_the_same_view_of_the_mentor(torbens, june, programme, rashid):
    page = torbens.get(reverse("overview"), {"pr": DAY.isoformat(), "mod": "2026-05-10"}).text
    key = mentor_key(programme, rashid.pk)
    address = f"/overblik/?indsats=unge&amp;pr=2026-06-15&amp;mod=2026-05-10&amp;mentor={key}"
    assert f'<a href="{address}">Rashid Noor</a>' in page
    assert 'mentor=ingen">Ingen mentor</a>' not in page, "nobody in progress is without one"


def test_contact_by_area(torbens, june, areas, mette):
    log(june["Fire"], mette, on=date(2026, 6, 9))
    page = read(torbens, kontakt="omraade")
    rows = {
        row[0]: row[-2:] for row in page.table("Unge mødt ud af forventede, område for område")[1:]
    }
    assert rows == {
        "Hastrupparken": ["0/3", "0/3"],
        "Ellemarken": ["1/1", "0/1"],
        "Karlemoseparken": ["ingen forventet"] * 2,
    }


def test_contact_by_area_follows_those_who_move(programme, june, areas, mette):
    """A week counts in the area of its Sunday. To moved on Monday 4 and Wednesday 13 May."""
    june["To"].move(areas[2], on=date(2026, 5, 13), by=mette)
    snapshot = Snapshot(programme, Register.of_programme(programme), date(2026, 5, 17))
    cells = {
        name: [cell and cell.expected for cell in cells][-4:]
        for name, cells in heat_map(snapshot, True).rows
    }
    assert cells["Karlemoseparken"] == [1, 1, None, None]
    assert cells["Hastrupparken"] == [2, 2, 3, 2]
    assert cells["Ellemarken"] == [1, 1, 1, 2]


def test_the_forecast_on_the_page(torbens, june, mette, programme):
    programme.ends_on = date(2026, 12, 31)
    programme.save()
    Agreement(
        mentee=june["Tre"],
        kind=Agreement.Kind.JOB,
        what="Bageriet",
        agreed_on=date(2026, 6, 1),
        due_on=date(2026, 7, 1),
        recorded_at=at(date(2026, 6, 1)),
    ).make(by=mette)
    page = read(torbens)
    assert "2 i mål, 1 på vej med en aftale: 3 hvis aftalen holder." in page.text
    assert "Der mangler 28. Med 5 om måneden nås målet inden 31. december 2026." in page.text
    assert page.table("Aftalte starter")[1:] == [["Tre", "1. juli 2026", "Bageriet", "3"]]


def titles(page):
    return [title for title in TITLES if title in page.text.split("Kræver opmærksomhed")[1]]


TITLES = (
    "Ingen kontakt",
    "Starten skulle være sket",
    "Aftaler over tiden",
    "Kommende start uden dag",
    "Samme status længe",
    "Ingen næste aftale",
)


def test_attention_stands_in_kinds(torbens, enrol, mette):
    someone = enrol("En", on=date(2026, 1, 5), status=Status.AGREEMENT, mentor=mette)
    agreed = {"agreed_on": date(2026, 5, 1), "mentee": someone}
    Agreement(what="Ringe", due_on=DAY - timedelta(days=1), **agreed).make(by=mette)
    page = read(torbens)
    assert titles(page) == [
        "Ingen kontakt",
        "Aftaler over tiden",
        "Kommende start uden dag",
        "Samme status længe",
        "Ingen næste aftale",
    ]
    Agreement(
        what="FGU", kind=Agreement.Kind.EDUCATION, due_on=DAY - timedelta(days=1), **agreed
    ).make(by=mette)
    page = read(torbens)
    assert "Starten skulle være sket" in titles(page) and "Kommende start uden dag" not in titles(
        page
    )
    assert "Skift status til Uddannelse, eller find en ny dag." in page.text


def test_nobody_needs_attention(torbens, enrol, mette):
    enrol("En", on=date(2026, 1, 5), status=Status.COMPLETED, mentor=mette)
    page = read(torbens)
    assert (
        "Kræver opmærksomhed 0" in page.text
        and "ingen status har stået stille for længe" in page.text
    )


def test_an_empty_programme_says_what_to_do(torbens, programme):
    for name in ("overview", "missing_data"):
        answer = torbens.get(reverse(name))
        assert answer.status_code == 200 and "Her er ingen unge endnu" in answer.text
