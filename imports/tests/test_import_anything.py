"""Whatever a file holds, nothing raises, and what is refused changes nothing."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Mentee
from imports.importing import import_files
from imports.layout import SHEETS
from imports.reading import read_files
from imports.tests import sheets
from imports.tests.sheets import HIS_MEETING, HIS_STATUS, YUSUF

pytestmark = pytest.mark.django_db
ROWS = {"unge": YUSUF, "statusser": HIS_STATUS, "moeder": HIS_MEETING}
LIMITS = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}

texts = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30
)
NASTY = [
    *("", " ", "=1/0", "#REF!", "7", "0", "-1", "1e400", "NaN", "9" * 400, "x" * 5000, "2026-02-30",
      "0000-00-00"),
    *("01.01.0001", "9999-12-31", "1.1.10000", "²", "١٢٣", "_x0000_", "_xD800_", "\u202e",
      "{{ 7*7 }}", "<script>"),
    *(";", ",", "ß", "İ"),
    *(True, 0, -1, 7, 10**15, 1e300, 0.1),
    *(date(1900, 1, 1), date(9999, 12, 31), datetime(2026, 2, 2, 13, 5)),
    *(time(1, 30), timedelta(hours=30)),
]  # fmt: skip
cells = st.one_of(
    st.sampled_from(NASTY), texts, st.integers(), st.dates(min_value=date(1900, 3, 1))
)


@pytest.fixture
def anything(programme, torben, mette, areas):
    """anything(name, bytes): the Outcome of an import."""
    return lambda name, content: import_files(programme, [(name, content)], by=torben)


@settings(max_examples=60, **LIMITS)
@given(data=st.data())
def test_any_cell_of_a_right_file(anything, data):
    rows = {name: list(row) for name, row in ROWS.items()}
    for name in data.draw(st.lists(st.sampled_from(sorted(rows)), min_size=1, max_size=3)):
        rows[name][data.draw(st.integers(0, len(rows[name]) - 1))] = data.draw(cells)
    before = Mentee.objects.count()
    outcome = anything("a.xlsx", sheets.right(**{name: [row] for name, row in rows.items()}))
    assert outcome.written != bool(outcome.problems)
    assert outcome.written or Mentee.objects.count() == before


@settings(max_examples=60, **LIMITS)
@given(
    table=st.lists(st.lists(cells, max_size=12), max_size=5),
    name=st.sampled_from([s.name for s in SHEETS]),
)
def test_any_table(anything, name, table):
    headings = [column.heading for column in next(s for s in SHEETS if s.name == name).columns]
    assert anything("a.xlsx", sheets.workbook(**{name: [headings, *table]})).problems
    assert not Mentee.objects.exists()


@settings(max_examples=150, **LIMITS)
@given(
    content=st.binary(max_size=300),
    start=st.sampled_from([b"", b"PK", b"PK\x03\x04", b"n\xf8gle;navn\r\n"]),
)
def test_any_bytes(anything, content, start):
    for name in ("a.xlsx", "unge.csv"):
        assert anything(name, start + content).problems


@settings(max_examples=80, **LIMITS)
@given(place=st.floats(0, 0.999), length=st.integers(1, 60), byte=st.integers(0, 255))
def test_any_damage_to_a_workbook(place, length, byte):
    content = bytearray(RIGHT)
    start = int(place * len(content))
    content[start : start + length] = bytes([byte]) * min(length, len(content) - start)
    tables, problems = read_files([("a.xlsx", bytes(content))])
    assert problems or set(tables) == set(ROWS)


RIGHT = sheets.right()
