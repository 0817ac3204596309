from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from cases.models import (
    Expectation,
    GoalDefinition,
    Match,
    Meeting,
    Mentee,
    Pause,
    Residence,
    StatusChange,
)
from web.dates import long_date

from .open_sentences import label


@dataclass(frozen=True)
class Difference:
    what: str
    then: int | None  # None: not printed
    now: int | None


@dataclass(frozen=True)
class Late:
    """A record about that day, made or withdrawn later."""

    at: datetime
    by: str
    name: str  # of one or more young people, or of what decides figures
    url: str
    what: str
    why: str = ""  # of a withdrawal


def differences(then, now):
    """Compare two reports of one day and edition."""
    before, after = printed_figures(then), printed_figures(now)
    return [
        Difference(what, before.get(what), after.get(what))
        for what in dict.fromkeys([*before, *after])
        if before.get(what) != after.get(what)
    ]


def printed_figures(report):
    return (
        open_edition_figures(report) if report.edition == "open" else full_edition_figures(report)
    )


def open_edition_figures(report):
    result = {label(group, report): group.count for group in report.groups}
    result |= {f"{area.name}, indskrevet": area.enrolled for area in report.areas}
    if report.enrolled is not None:
        result["Indskrevet"] = report.enrolled
    if report.contact:
        result["Ugentlig kontakt, %"] = report.contact.percent
    return result


def full_edition_figures(report):
    result = {"Indskrevet": report.enrolled, "I uddannelse eller arbejde": report.goal.count}
    result |= {"Mål": report.goal.goal, "Pladser": report.goal.target}
    result |= {row.label: row.count for row in report.rows}
    for area in report.areas:
        result |= {f"{area.name}, indskrevet": area.enrolled, f"{area.name}, i mål": area.in_goal}
    for gender, count in report.sexes:
        result[f"{gender.label.capitalize()}, i forløb"] = count
    if report.ages:
        result |= {"Yngste i forløb, år": report.ages[0], "Ældste i forløb, år": report.ages[1]}
    if report.contact:
        result |= {f"Ugentlig kontakt: {mark.word}": count for mark, count in report.contact.tally}
    for point in report.trend:
        day = long_date(point.on)
        result |= {f"Indskrevet pr. {day}": point.enrolled, f"I mål pr. {day}": point.in_goal}
    for stay in report.stays:
        after = f"{stay.months} måneder efter"
        result |= {f"Nåede i mål, {after}": stay.reached, f"Stadig i mål, {after}": stay.still}
    sources = report.sources
    result |= {
        "Statusser i registeret": sources.status_changes,
        "Møder i registeret": sources.meetings,
    }
    result |= {"Uden boligområde": sources.without_area, "Uden mentor": sources.without_mentor}
    return result


def late_records(programme, on, known_at):
    """What is about `on` or before and was not known at `known_at`, newest first."""
    result = [*late_mentees(programme, on, known_at), *late_meetings(programme, on, known_at)]
    for kind in (GoalDefinition, Expectation):
        result += late_definitions(kind, programme, on, known_at)
    for kind in (StatusChange, Residence, Match, Pause):
        result += late_facts(kind, programme, on, known_at)
    return sorted(result, key=lambda late: late.at, reverse=True)


def recorded_or_withdrawn_after(known_at):
    return Q(recorded_at__gt=known_at) | Q(withdrawn_at__gt=known_at)


def late_mentees(programme, on, known_at):
    rows = Mentee.objects.filter(programme=programme, enrolled_on__lte=on, recorded_at__gt=known_at)
    for mentee in rows.select_related("recorded_by"):
        yield Late(
            mentee.recorded_at,
            str(mentee.recorded_by),
            mentee.name,
            mentee.get_absolute_url(),
            "Indskrevet",
        )


def late_definitions(kind, programme, on, known_at):
    """What was decided later and holds on the day; nobody, if it came with the programme."""
    rows = kind.objects.known().filter(
        programme=programme, effective_on__lte=on, answered_at__gt=known_at
    )
    for row in rows.exclude(recorded_by=None).select_related("recorded_by"):
        what = f"{kind._meta.verbose_name.capitalize()}: {row}"
        yield Late(row.answered_at, str(row.recorded_by), "Indsatsen", "", what, row.decided_by)


def late_facts(kind, programme, on, known_at):
    rows = kind.objects.filter(
        recorded_or_withdrawn_after(known_at), mentee__programme=programme, effective_on__lte=on
    )
    related = ["mentee", "recorded_by", "withdrawn_by"]
    related += [
        name for name in ("area", "mentor") if name in {field.name for field in kind._meta.fields}
    ]
    for fact in rows.select_related(*related):
        yield from entries_of_row(
            fact, known_at, fact.mentee.name, fact.mentee.get_absolute_url(), str(fact)
        )


def late_meetings(programme, on, known_at):
    rows = Meeting.objects.filter(
        recorded_or_withdrawn_after(known_at), programme=programme, held_on__lte=on
    )
    for meeting in rows.select_related("recorded_by", "withdrawn_by").prefetch_related(
        "attendances__mentee"
    ):
        people = [row.mentee for row in meeting.attendances.all()]
        outcomes = ", ".join(
            dict.fromkeys(row.get_outcome_display().lower() for row in meeting.attendances.all())
        )
        names = ", ".join(person.name for person in people)
        url = people[0].get_absolute_url() if people else ""
        yield from entries_of_row(meeting, known_at, names, url, f"{meeting}, {outcomes}")


def entries_of_row(row, known_at, name, url, what):
    if row.recorded_at > known_at:
        yield Late(row.recorded_at, str(row.recorded_by), name, url, what)
    if row.withdrawn_at and row.withdrawn_at > known_at:
        why = row.withdrawn_reason
        yield Late(
            row.withdrawn_at, str(row.withdrawn_by), name, url, f"Trukket tilbage: {what}", why
        )
