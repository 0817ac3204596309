from itertools import pairwise

from cases.models import Gender, Status
from web.danish import listed
from web.dates import long_date

from .transitions import NEW

GENDERS = {
    Gender.MALE: ("dreng", "drenge"),
    Gender.FEMALE: ("pige", "piger"),
    Gender.OTHER: ("af andet køn", "af andet køn"),
}


def counted(number, one, many):
    """'1 ung', '2 unge'"""
    return f"{number} {one if number == 1 else many}"


def joined_with_or(names):
    *most, last = names
    return f"{', '.join(most)} eller {last}" if most else last


def who_counts(report):
    counts = joined_with_or(
        [f"{status.label} ({report.row(status).count})" for status in report.goal.statuses]
    )
    return f"Målet tæller unge med status {counts}."


def other_way(neighbour):
    return f"hvis {neighbour.status.label} {'også' if neighbour.included else 'ikke'} tæller med"


def goal_gap(goal):
    return (
        f"Der mangler {goal.missing}, før målet på {goal.goal} er nået."
        if goal.missing
        else "Målet er nået."
    )


def goal_changes(goals):
    """['Fra 1. december 2026 er målet 35 af 50, før 30 af 40.'] of GoalSpells, or None."""
    return [goal_change(before, after) for before, after in pairwise(goals or ())]


def goal_change(before, after):
    parts = []
    if (before.goal, before.target) != (after.goal, after.target):
        parts.append(
            f"er målet {after.goal} af {after.target}, før {before.goal} af {before.target}"
        )
    if before.statuses != after.statuses:
        now, then = (
            joined_with_or([status.short.rstrip(" …") for status in spell.statuses])
            for spell in (after, before)
        )
        parts.append(f"tæller målet {now}, før {then}")
    return f"Fra {long_date(after.since)} {', og '.join(parts)}."


def rings(report):
    completed = Status.COMPLETED not in report.goal.statuses and report.completed
    return "på vej eller afsluttet" if completed else "på vej"


def struck_rings(report):
    return report.enrolled - report.goal.count - report.on_the_way


def free_places(report):
    """'14 ledige pladser af 40'; empty if none is free."""
    free = report.goal.target - report.enrolled
    if free < 0:
        return f"{-free} flere end de {report.goal.target} pladser"
    return (
        f"{counted(free, 'ledig plads', 'ledige pladser')} af {report.goal.target}" if free else ""
    )


def picture(report):
    """Text alternative."""
    parts = [
        f"{report.goal.count} i uddannelse eller arbejde",
        f"{report.on_the_way} {rings(report)}",
    ]
    if struck_rings(report):
        parts.append(f"{struck_rings(report)} frafald")
    if free_places(report):
        parts.append(free_places(report))
    goal = f" Målet er {report.goal.goal}." if report.goal.goal else ""
    return f"{counted(report.enrolled, 'ung', 'unge')}: {', '.join(parts)}.{goal}"


def sexes(report):
    return (
        listed([counted(count, *GENDERS[gender]) for gender, count in report.sexes])
        if report.sexes
        else ""
    )


def ages(report):
    """'16–27', '17'"""
    if not report.ages:
        return ""
    youngest, oldest = report.ages
    return str(youngest) if youngest == oldest else f"{youngest}–{oldest}"


def people_in_progress(report):
    if not report.sexes or not report.ages:
        return "Ingen er i forløb den dag."
    who = "Den ene" if report.in_progress == 1 else f"De {report.in_progress}"
    return f"{who} i forløb er {sexes(report)} på {ages(report)} år."


def does_not_add_up(report):
    """Replaces the control line."""
    without = report.enrolled - report.in_progress - report.completed - report.dropped_out
    why = (
        f" {counted(without, 'ung mangler', 'unge mangler')} en status den dag."
        if without > 0
        else ""
    )
    return f"Tallene stemmer ikke: {report.control_line}.{why}"


def empty_areas(report):
    names = [area.name for area in report.areas if not area.enrolled]
    return f"Ingen unge fra {joined_with_or(names)} er indskrevet." if names else ""


def move_from(move):
    return in_short(move.before) if move.before else NEW


def in_short(status):
    return status.short.rstrip(" …")


def receivers(report, issue):
    names = {"committee": report.committee, "follow_group": "følgegruppen"}
    return listed([names[who] for who in issue.to])


def edition_line(issue):
    return issue.docline.removeprefix("Statusrapport").lstrip(" ,")


def weeks(contact):
    first, last = contact.first, contact.last
    until = f"uge {last.number} i {last.year}"
    if contact.weeks == 1:
        return f"1 hel uge, {until}"
    since = f"uge {first.number}" + (f" i {first.year}" if first.year != last.year else "")
    return f"{contact.weeks} hele uger, {since} til {until}"


def contact(summary):
    if not summary.expected:
        return "Der var ingen forventede kontakter i de uger."
    expected = "forventet kontakt" if summary.expected == 1 else "forventede kontakter"
    return f"{expected} blev til et møde, det er {summary.percent}\N{NO-BREAK SPACE}%."


def counted_from(report):
    sources = report.sources
    return (
        f"{counted(report.enrolled, 'ung', 'unge')}, "
        f"{counted(sources.status_changes, 'status', 'statusser')} "
        f"og {counted(sources.meetings, 'møde', 'møder')}."
    )


def gaps(report):
    sources = report.sources
    parts = [
        f"{counted(count, 'ung', 'unge')} i forløb {words}"
        for count, words in (
            (sources.without_area, "stod uden boligområde"),
            (sources.without_mentor, "stod uden mentor"),
        )
        if count
    ]
    return f"{listed(parts)}." if parts else "Alle i forløb havde boligområde og mentor den dag."


def since_last(report):
    """(change, sentence) since the previous report or trend day; or None."""
    if report.since and set(report.since.goal_statuses) != set(report.goal.statuses):
        return None
    if report.since:
        since = f"siden rapport {report.since.number}, {long_date(report.since.on)}"
        return report.goal.count - report.since.in_goal, f"i uddannelse eller arbejde {since}"
    if len(report.trend) < 2:
        return None
    before, now = report.trend[-2:]
    if any(before.on < spell.since <= now.on for spell in report.goals[1:]):
        return None
    return now.in_goal - before.in_goal, f"i uddannelse eller arbejde siden {long_date(before.on)}"
