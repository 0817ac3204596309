"""CPR numbers are found however they are written, and ordinary numbers are let through."""

import random
import time
from itertools import product

import pytest

from web.cpr import has_cpr
from web.tests.ordinary_notes import ordinary_notes

DATES = ("{d}{m}{y}", "{d}{m}20{y}", "{d}.{m}.{y}", "{d}-{m}-{y}", "{d} {m} {y}", "{d}/{m}-{y}",
         "{d}.{m}.20{y}", "{d}. {m}. {y}")  # fmt: skip
DASHES = ("-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\uff0d")
SEPARATORS = (*DASHES, " ", "  ", " - ", "\u00a0", "\u2009", ".", "/", ",", ":", "_", "\t", "\n",
              "\u200b-\u200b", " \u00ad", "\u2060-", "\u202d-\u202c")  # fmt: skip
ENDS = ("1234", "****", "xxxx", "XXXX", "12xx", "××××", "••••")
AS_TYPED = (
    *("010107 - 1234", "010107  1234", "010107‑1234", "010107−1234", "010107—1234", "010107/1234"),
    *("010107.1234", "01.01.07-1234", "01 01 07 1234", "01-01-07-1234", "01012007-1234"),
    *("610107-1234", "010107-****", "0101071234", "010120071234", "01 01 07 12 34", "01.01.071234"),
    *("010107\u00ad1234", "(010107) 1234", "cpr010107-1234", "2007-01-01-1234"),
    *("٠١٠١٠٧-١٢٣٤", "０１０１０７－１２３４", "0\ufe0f\u20e310107-1234", "20070101-1234"),
    *("Yusuf (010107-1234) og Ali", "f. 010107-1234, Køge", "010107‐1234 010208‐2345"),
)  # fmt: skip


def spellings():
    for day, style, separator, end in product(("01", "31", "61", "91"), DATES, SEPARATORS, ENDS):
        yield style.format(d=day, m="12", y="07") + separator + end


def test_every_spelling_is_found():
    every = list(spellings())
    assert len(every) > 5_000
    assert [text for text in every if not has_cpr(f"Han har {text} og bor her")] == []


@pytest.mark.parametrize("text", AS_TYPED)
def test_spellings_that_were_typed(text):
    assert has_cpr(text)


@pytest.mark.parametrize("seed", range(5))
def test_two_thousand_ordinary_notes_are_let_through(seed):
    notes = ordinary_notes(random.Random(seed), 2_000)  # noqa: S311
    assert [note for note in notes if has_cpr(note)] == []


@pytest.mark.parametrize(
    "text",
    [
        "12.03.2019 kl. 14:30",
        "+45 21 43 65 87",
        "20 12 34 56 21 43 65 87",
        "kl. 1030-1145",
        "2018-2019",
        "f. 120307, 4600 Køge",
        "Vi mødtes 12.03.19. 1500 kr. var for meget",
        "01.08.2018-31.07.2019",
        "01-08-18-31-07-19",
        "2018-12-03 14:30:00",
        "2018-12-03 141200",
        "03-08-2025-06-09-2025",
        "73 10 85 27 23/5",
        "990107-1234",
        "011307-1234",
        "010107-12345",
    ],
)
def test_what_only_looks_like_one(text):
    assert not has_cpr(text)


@pytest.mark.parametrize("text", ["12.03.2019 1430", "120319 1430", "ordre 1003388394"])
def test_a_day_and_four_digits_are_taken_for_one(text):
    """Nothing tells them apart; "kl." between the two does."""
    assert has_cpr(text)


@pytest.mark.parametrize(
    "text", ["0" * 100_000, "01 " * 40_000, "010107" + " " * 100_000, "01.01.07" * 20_000]
)
def test_a_long_text_takes_no_time(text):
    begun = time.process_time()
    has_cpr(text + "æ")
    assert time.process_time() - begun < 1
