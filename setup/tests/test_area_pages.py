"""The page of one area: another name, and out of use."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import AreaSpell, FieldChange
from imports.vocabulary import area_vocabulary
from imports.workbook import word_lists
from setup.tests.test_areas import NAMES, sentences
from web.dates import today


@pytest.fixture
def coordinator(sign_in, torben):
    return sign_in(torben)


@pytest.fixture
def ellemarken(areas):
    return areas[2]


def rename(client, area, name, on=None):
    data = {"navn-name": name, "navn-effective_on": (on or today()).isoformat()}
    return client.post(reverse("rename_area", args=[area.uuid]), data)


def use(client, area, **data):
    data.setdefault("effective_on", today().isoformat())
    return client.post(reverse("use_area", args=[area.uuid]), data)


def changes(programme):
    rows = FieldChange.objects.filter(programme=programme).order_by("pk")
    return [(row.before, row.after.split(" fra ")[0]) for row in rows]


def test_a_new_name_keeps_the_old_one_for_spreadsheets(coordinator, programme, ellemarken):
    assert rename(coordinator, ellemarken, " Elle  haven ").status_code == 302
    ellemarken.refresh_from_db()
    assert (ellemarken.name, ellemarken.aliases) == ("Elle haven", ["Ellemarken"])
    vocabulary = area_vocabulary(programme)
    assert vocabulary.meaning("Ellemarken") == vocabulary.meaning("elle haven") == ellemarken
    page = coordinator.get(reverse("area", args=[ellemarken.uuid])).text
    assert "Hed Ellemarken før" in page
    assert changes(programme) == [("Ellemarken", "Elle haven")]


@pytest.mark.parametrize(
    "name", ["søparken", "Ellemarken", "", "…", "010107-1234", "A = B", "A, B", "x" * 81]
)
def test_names_that_are_refused(coordinator, ellemarken, name):
    assert rename(coordinator, ellemarken, name).status_code == 422
    assert not AreaSpell.objects.exists()


def test_a_name_of_before_belongs_to_its_area(coordinator, programme, areas, ellemarken, yusuf):
    rename(coordinator, ellemarken, "Ellehaven")
    assert rename(coordinator, areas[0], "Ellemarken").status_code == 422
    ellemarken.refresh_from_db()
    ellemarken.aliases = []
    ellemarken.save()
    assert rename(coordinator, areas[0], "Ellemarken").status_code == 422
    lines = "\n".join([*NAMES[:2], "Ellehaven", "Søparken", "ellemarken"])
    assert "også i tidligere rapporter" in sentences(programme, lines)[0]
    assert rename(coordinator, ellemarken, "Ellemarken").status_code == 302  # and back


@pytest.mark.parametrize("days", [1, -4000])
def test_days_that_are_refused(coordinator, ellemarken, days):
    on = today() + timedelta(days=days)
    assert rename(coordinator, ellemarken, "Ellehaven", on).status_code == 422
    assert use(coordinator, ellemarken, ud="1", effective_on=on.isoformat()).status_code == 422


def test_no_change_is_before_the_last_one(coordinator, ellemarken):
    rename(coordinator, ellemarken, "Ellehaven", today() - timedelta(days=2))
    yesterday, earlier = (today() - timedelta(days=days) for days in (1, 3))
    assert rename(coordinator, ellemarken, "Elle", earlier).status_code == 422
    assert rename(coordinator, ellemarken, "Elle", yesterday).status_code == 302


def test_out_of_use_is_not_offered(coordinator, programme, areas, ellemarken, yusuf):
    use(coordinator, ellemarken, ud="1")
    coordinator.get(reverse("areas"))  # shows the message
    assert "Ellemarken" not in coordinator.get(reverse("take_in")).text
    assert "Ellemarken" not in coordinator.get(reverse("move", args=[yusuf.uuid])).text
    assert "Ellemarken" not in word_lists(programme)["area"]
    page = coordinator.get(reverse("areas")).text
    assert "Ude af brug" in page and "Ellemarken" in page
    found = sentences(programme, "\n".join(NAMES))
    assert found == [
        "Linje 3: Området er ude af brug. Tag det i brug igen på dets egen side.",
    ]
    use(coordinator, ellemarken, ind="1")
    coordinator.get(reverse("areas"))
    assert "Ellemarken" in coordinator.get(reverse("take_in")).text
    assert "Ellemarken" in word_lists(programme)["area"]
    out = "Ellemarken, ude af brug"
    assert changes(programme) == [("Ellemarken", out), (out, "Ellemarken")]


def test_with_residents_it_asks_and_says_how_many(
    coordinator, enrol, programme, areas, ellemarken, mette
):
    for name in ("Ali", "Omar"):
        enrol(name, on=today(), area=ellemarken, mentor=mette)
    asked = use(coordinator, ellemarken, ud="1")
    assert asked.status_code == 409
    assert "2 unge i forløb bor i Ellemarken." in asked.text
    ellemarken.refresh_from_db()
    assert ellemarken.in_use
    assert use(coordinator, ellemarken, ud="1", beboet="1").status_code == 302
    ellemarken.refresh_from_db()
    assert not ellemarken.in_use


@pytest.mark.parametrize("buttons", [{}, {"ud": "1", "ind": "1"}, {"ind": "1"}])
def test_a_button_that_says_nothing(coordinator, ellemarken, buttons):
    assert use(coordinator, ellemarken, **buttons).status_code == 422
    assert not AreaSpell.objects.exists()


def test_an_area_of_another_programme_is_not_found(coordinator, other_programme):
    area = other_programme.areas.create(name="Naboparken")
    assert coordinator.get(reverse("area", args=[area.uuid])).status_code == 404
    assert rename(coordinator, area, "Nyt").status_code == 404
