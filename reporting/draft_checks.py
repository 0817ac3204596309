"""What the coordinator should look at before a draft is issued: one sentence a check, good or bad."""

from dataclasses import dataclass

from cases.danish import listed
from cases.models import Agreement

from .words import counted


@dataclass(frozen=True)
class Check:
    words: str
    passed: bool


def draft_checks(report, register, programme):
    """The Checks of the StatusReport, made from the Register. One query."""
    return [
        adds_up(report),
        nobody_without(report),
        overdue(report, register),
        old_statuses(report, register, programme),
    ]


def adds_up(report):
    """'Tallene stemmer: 25 + 1 + 0 = 26'"""
    parts = f"{report.in_progress} + {report.completed} + {report.dropped_out}"
    if report.adds_up:
        return Check(f"Tallene stemmer: {parts} = {report.enrolled}", True)
    return Check(f"Tallene stemmer ikke: {parts} er ikke {report.enrolled}", False)


def nobody_without(report):
    """Whether everybody in progress had an area and a mentor."""
    sources = report.sources
    missing = [
        f"{counted(count, 'ung', 'unge')} i forløb har {what}"
        for count, what in ((sources.without_area, "intet boligområde"), (sources.without_mentor, "ingen mentor"))
        if count
    ]
    return Check(listed(missing) if missing else "Alle i forløb har boligområde og mentor", not missing)


def overdue(report, register):
    """Whether agreements with somebody in progress are past their day."""
    people = [person.id for person in register.in_progress(report.on)]
    count = Agreement.objects.overdue(on=report.on).filter(mentee__in=people).count()
    words = f"{counted(count, 'aftale', 'aftaler')} er overskredet" if count else "Ingen aftaler er overskredet"
    return Check(words, not count)


def old_statuses(report, register, programme):
    """Whether statuses on the way stand unchanged for longer than the programme allows."""
    count, days = len(register.stuck(report.on, programme)), programme.review_after_days
    who = counted(count, "status", "statusser") if count else "Ingen statusser"
    return Check(f"{who} på vejen mod målet er ældre end {days} dage", not count)
