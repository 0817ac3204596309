"""Danish letters: the search for a name, and the order of a Danish dictionary."""

import pytest

from web.danish import danish_order, fold, has_words, listed

NAMES = ["Åse Ærø", "Søren Ørsted", "Özgür Yıldız", "André Müller", "Ågot Øst"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("åse", ["Åse Ærø"]),
        ("ÅSE", ["Åse Ærø"]),
        ("aase", ["Åse Ærø"]),
        ("ærø", ["Åse Ærø"]),
        ("ÆRØ", ["Åse Ærø"]),
        ("SØREN", ["Søren Ørsted"]),
        ("soeren", ["Søren Ørsted"]),
        ("ørst", ["Søren Ørsted"]),
        ("özgür", ["Özgür Yıldız"]),
        ("ozgur yildiz", ["Özgür Yıldız"]),
        ("andre", ["André Müller"]),
        ("müller andré", ["André Müller"]),
        ("ø", ["Åse Ærø", "Søren Ørsted", "Ågot Øst"]),
        ("A\u030agot", ["Ågot Øst"]),  # å typed as a and a ring
        ("%", []),
        ("_", []),
        ("", NAMES),
    ],
)
def test_a_name_is_found_however_it_is_typed(typed, found):
    assert {name for name in NAMES if has_words(name, typed)} == set(found)


def test_ae_oe_aa_come_last():
    words = ["Zenia", "Ærlig", "Åse", "Ørn", "Anna", "Østen", "anders"]
    assert sorted(words, key=danish_order) == [
        "anders",
        "Anna",
        "Zenia",
        "Ærlig",
        "Ørn",
        "Østen",
        "Åse",
    ]


def test_fold_is_one_case_without_accents():
    assert fold("ÅSE Ærø") == "aase aeroe"


def test_listed():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b og c"
