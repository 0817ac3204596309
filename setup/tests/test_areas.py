"""The page Boligområder, and the page of one area."""

import pytest
from django.urls import reverse

from cases.models import AreaSpell, FieldChange, Programme
from setup.forms.areas import MOST_AREAS, AreasForm
from web.dates import today

NAMES = ["Karlemoseparken", "Hastrupparken", "Ellemarken", "Søparken"]
LINES = "\n".join(NAMES)


@pytest.fixture
def coordinator(sign_in, torben):
    return sign_in(torben)


@pytest.fixture
def empty(db):
    return Programme.objects.create(name="Ny", slug="ny", starts_on=today())


def names(programme):
    return [area.name for area in programme.areas.filter(in_use=True)]


def saved(programme, text, by):
    form = AreasForm({"lines": text}, programme=programme)
    assert form.is_valid(), form.errors
    form.record(by)
    return form


def sentences(programme, text):
    form = AreasForm({"lines": text}, programme=programme)
    assert not form.is_valid()
    return form.errors["lines"]


def test_lines_are_the_order_and_give_other_names(empty, olga):
    form = saved(empty, "Hastrupparken = Hastrup, HP\n\n  Ellemarken  \r\nSøparken=", olga)
    assert [(line.name, line.aliases) for line in form.read] == [
        ("Hastrupparken", ["Hastrup", "HP"]),
        ("Ellemarken", []),
        ("Søparken", []),
    ]
    saved(empty, "Søparken\nHastrupparken = HP\nEllemarken", olga)
    assert names(empty) == ["Søparken", "Hastrupparken", "Ellemarken"]
    assert empty.areas.get(name="Hastrupparken").aliases == ["HP"]
    assert not AreaSpell.objects.exists()
    trace = FieldChange.objects.filter(programme=empty).first()
    assert trace.before == "Hastrupparken = Hastrup, HP\nEllemarken\nSøparken"
    assert trace.after == "Søparken\nHastrupparken = HP\nEllemarken"


def test_a_repeated_line_is_told_and_becomes_no_area(empty, olga):
    form = saved(empty, "Hastrupparken = HP\nEllemarken\nhastrup-parken = Hastrup, hp", olga)
    assert names(empty) == ["Hastrupparken", "Ellemarken"]
    assert empty.areas.first().aliases == ["HP", "Hastrup"]
    assert form.repeated == [
        "Linje 3, “hastrup-parken”, er det samme område som linje 1. Den bliver ikke til et nyt."
    ]


def test_the_same_lines_change_nothing(programme, areas, torben):
    before = list(programme.areas.values())
    saved(programme, AreasForm(programme=programme)["lines"].value(), torben)
    assert list(programme.areas.values()) == before
    assert not FieldChange.objects.filter(programme=programme).exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Skriv mindst ét boligområde."),
        ("\n \n", "Skriv mindst ét boligområde."),
        ("A\n010107-1234", "Linje 2: Skriv ikke CPR-numre."),
        ("A\nB = …", "Linje 2: Skriv et navn med bogstaver."),
        ("A\n= B", "Linje 2: Dette felt"),
        ("A\nHast\u200brup", "Linje 2: Teksten har usynlige tegn."),
        ("A, B", "Linje 1: Skriv navnet uden komma"),
        ("uden for områderne", "Linje 1: Det skrives om dem, der ikke bor i et område."),
        ("x" * 81, "Linje 1: "),
        ("A = x\nB = X", "Linje 2: “X” står også på linje 1."),
        ("A = b\nB", "Linje 1: “b” står også på linje 2."),
        ("x\n" * 50_000, "Listen er for lang."),
    ],
)
def test_lines_that_are_no_areas(empty, text, sentence):
    assert any(found.startswith(sentence) for found in sentences(empty, text))
    assert not empty.areas.exists()


def test_four_hundred_lines(empty, olga):
    many = "\n".join(f"Område {number}" for number in range(400))
    assert sentences(empty, many) == [
        f"Der er flere end {MOST_AREAS} linjer. En indsats kan højst have {MOST_AREAS} "
        "boligområder."
    ]
    saved(empty, "\n".join(many.splitlines()[:MOST_AREAS]), olga)
    assert empty.areas.count() == MOST_AREAS


def test_a_line_that_is_changed_is_no_new_area(programme, areas, yusuf):
    found = sentences(programme, LINES.replace("Ellemarken", "Ellehaven"))
    assert found == [
        "Ellemarken mangler. Sæt linjen ind igen. Et område får et nyt navn, eller tages ud af "
        "brug, på dets egen side."
    ]


def test_before_anybody_is_enrolled_a_line_may_go(empty, olga):
    saved(empty, "Hastruparken\nEllemarken", olga)
    saved(empty, "Hastrupparken\nEllemarken", olga)
    assert names(empty) == ["Hastrupparken", "Ellemarken"]
    assert empty.areas.count() == 2


def test_a_new_area_is_not_in_reports_of_earlier_days(programme, areas, yusuf, torben):
    saved(programme, f"{LINES}\nNaboparken", torben)
    spell = AreaSpell.objects.get()
    assert (spell.name, spell.in_use, spell.until) == ("Naboparken", False, today())


def test_reading_saves_nothing(coordinator, programme, areas, yusuf):
    page = coordinator.post(reverse("areas"), {"lines": f"{LINES}\nsøparken", "laes": "1"})
    assert page.status_code == 200
    assert "Linje 5, “Søparken”, er det samme område som linje 4." in page.text
    assert coordinator.post(reverse("areas"), {"lines": "", "laes": "1"}).status_code == 422
    assert names(programme) == NAMES


def test_what_is_posted_is_saved_and_shown(coordinator, programme, areas, yusuf):
    coordinator.post(reverse("areas"), {"lines": f"Nyvej & Co = <b>\n{LINES}"})
    page = coordinator.get(reverse("areas")).text
    assert "Nyvej &amp; Co" in page and "også &lt;b&gt;" in page
