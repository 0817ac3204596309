"""Areas renamed and taken out of use: reports of earlier days say what was then."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cases.models import AreaSpell
from reporting.status_report import StatusReport
from web.dates import today

DAY = date(2026, 6, 1)


def names(programme, on, known_at=None):
    programme.refresh_from_db()
    report = StatusReport.build(programme, on=on, known_at=known_at)
    return [area.name for area in report.areas]


@pytest.fixture
def resident(enrol, areas, mette):
    return enrol("Beboer", on=date(2026, 2, 1), area=areas[0], mentor=mette)


def test_a_report_says_the_name_of_its_day(programme, resident, areas, torben):
    first, *others = names(programme, DAY)
    before = timezone.now()
    areas[0].rename("Nyparken", on=DAY, by=torben)
    assert names(programme, DAY) == ["Nyparken", *others]
    assert names(programme, DAY - timedelta(days=1)) == [first, *others]
    assert names(programme, DAY, before) == [first, *others]

    areas[0].rename(first, on=DAY + timedelta(days=30), by=torben)
    assert names(programme, today()) == [first, *others]
    assert names(programme, DAY) == ["Nyparken", *others]
    assert names(programme, DAY - timedelta(days=1)) == [first, *others]
    areas[0].refresh_from_db()
    assert areas[0].aliases == ["Nyparken"]


def test_renamed_and_back_on_the_same_day_leaves_nothing(programme, resident, areas, torben):
    before = names(programme, DAY)
    for name in ("Nyparken", before[0]):
        areas[0].rename(name, on=DAY, by=torben)
    for day in (DAY - timedelta(days=1), DAY, today()):
        assert names(programme, day) == before


def test_out_of_use_it_is_listed_while_anybody_lives_there(
    programme, resident, areas, torben, mette
):
    everywhere = names(programme, DAY)
    for area in (areas[0], areas[3]):
        area.put_in_use(False, on=DAY, by=torben)
    assert names(programme, DAY) == everywhere[:3]  # nobody lives in the last one
    assert names(programme, DAY - timedelta(days=1)) == everywhere
    resident.move(areas[1], on=DAY + timedelta(days=1), by=mette)
    assert names(programme, today()) == everywhere[1:3]
    areas[3].put_in_use(True, on=DAY + timedelta(days=9), by=torben)
    assert names(programme, today()) == everywhere[1:]
    assert names(programme, DAY) == everywhere[:3]
    assert AreaSpell.objects.count() == 3
