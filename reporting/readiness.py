from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html

from cases.definitions import definitions_of
from cases.models import Agreement
from web.danish import listed

from .sentences import counted


@dataclass(frozen=True)
class Check:
    """`blocks`: a failure prevents issuing; others are ticked and printed as caveats.

    `open_sentence`: the caveat without its number, which is of few people. `acceptance`: what is
    ticked about a failure that is not printed.
    """

    sentence: str
    passed: bool
    blocks: bool = False
    url: str = ""
    link_text: str = "Se hvem"
    open_sentence: str = ""
    acceptance: str = ""

    @property
    def with_link(self):
        """Link from a failure to where it can be mended."""
        if self.passed or not self.url:
            return self.sentence
        return format_html('{}. <a href="{}">{}</a>', self.sentence, self.url, self.link_text)


def draft_checks(report, register, programme):
    """One query."""
    day = f"?pr={report.on.isoformat()}"
    missing, attention = f"{reverse('missing_data')}{day}", f"{reverse('overview')}{day}#obs"
    return [
        sum_check(report, missing),
        area_and_mentor_check(report, missing),
        overdue_agreements_check(report, register, attention),
        old_statuses_check(report, register, programme, attention),
    ]


def sum_check(report, url):
    parts = f"{report.in_progress} + {report.completed} + {report.dropped_out}"
    if report.adds_up:
        return Check(f"Tallene stemmer: {parts} = {report.enrolled}", True, blocks=True)
    sentence = f"Tallene stemmer ikke: {parts} er ikke {report.enrolled}"
    return Check(sentence, False, blocks=True, url=url)


def area_and_mentor_check(report, url):
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
    open_sentence = "Nogle i forløb mangler boligområde eller mentor"
    return Check(listed(missing), False, url=url, open_sentence=open_sentence)


def overdue_agreements_check(report, register, url):
    people = [person.id for person in register.in_progress(report.on)]
    count = Agreement.objects.overdue(on=report.on).filter(mentee__in=people).count()
    if not count:
        return Check("Ingen aftaler er overskredet", True)
    sentence = f"{counted(count, 'aftale', 'aftaler')} er overskredet"
    return Check(sentence, False, url=url, open_sentence="Nogle aftaler er overskredet")


def old_statuses_check(report, register, programme, url):
    definitions = definitions_of(programme)
    days = definitions.expectation(report.on).review_after_days
    count = len(register.stuck(report.on, definitions.goal(report.on).goal_set, days))
    end = f"på vejen mod målet er ældre end {days} dage"
    if not count:
        return Check(f"Ingen statusser {end}", True)
    sentence = f"{counted(count, 'status', 'statusser')} {end}"
    return Check(sentence, False, url=url, open_sentence=f"Nogle statusser {end}")
