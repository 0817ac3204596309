"""What the coordinator looks at before a report is issued: one sentence a check, good or bad, and where to mend it."""

from dataclasses import dataclass

from django.urls import reverse

from cases.models import Agreement
from web.danish import listed

from .sentences import counted


@dataclass(frozen=True)
class Check:
    """`blocks`: what must hold; the rest should hold, and asks for a tick. `url` leads to what is to be mended.

    `open_words` say the same without a number, for the open edition: a number here is of few people.
    """

    words: str
    passed: bool
    blocks: bool = False
    url: str = ""
    mend: str = "Se hvem"  # the link's words
    open_words: str = ""


def draft_checks(report, register, programme):
    """The Checks of the StatusReport, made from the Register. One query."""
    day = f"?pr={report.on.isoformat()}"
    missing, attention = f"{reverse('missing_data')}{day}", f"{reverse('overview')}{day}#obs"
    return [
        adds_up(report, missing),
        nobody_without(report, missing),
        overdue(report, register, attention),
        old_statuses(report, register, programme, attention),
    ]


def adds_up(report, url):
    """'Tallene stemmer: 25 + 1 + 0 = 26'"""
    parts = f"{report.in_progress} + {report.completed} + {report.dropped_out}"
    if report.adds_up:
        return Check(f"Tallene stemmer: {parts} = {report.enrolled}", True, blocks=True)
    words = f"Tallene stemmer ikke: {parts} er ikke {report.enrolled}"
    return Check(words, False, blocks=True, url=url)


def nobody_without(report, url):
    """Whether everybody in progress had an area and a mentor."""
    sources = report.sources
    missing = [
        f"{counted(count, 'ung', 'unge')} i forløb har {what}"
        for count, what in (
            (sources.without_area, "intet boligområde"),
            (sources.without_mentor, "ingen mentor"),
        )
        if count
    ]
    if not missing:
        return Check("Alle i forløb har boligområde og mentor", True)
    open_words = "Nogle i forløb mangler boligområde eller mentor"
    return Check(listed(missing), False, url=url, open_words=open_words)


def overdue(report, register, url):
    """Whether agreements with somebody in progress are past their day."""
    people = [person.id for person in register.in_progress(report.on)]
    count = Agreement.objects.overdue(on=report.on).filter(mentee__in=people).count()
    if not count:
        return Check("Ingen aftaler er overskredet", True)
    words = f"{counted(count, 'aftale', 'aftaler')} er overskredet"
    return Check(words, False, url=url, open_words="Nogle aftaler er overskredet")


def old_statuses(report, register, programme, url):
    """Whether statuses on the way stand unchanged for longer than the programme allows."""
    count, days = len(register.stuck(report.on, programme)), programme.review_after_days
    end = f"på vejen mod målet er ældre end {days} dage"
    if not count:
        return Check(f"Ingen statusser {end}", True)
    words = f"{counted(count, 'status', 'statusser')} {end}"
    return Check(words, False, url=url, open_words=f"Nogle statusser {end}")
