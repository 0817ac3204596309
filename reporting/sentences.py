"""The sentences of a report that depend on its figures: singular and plural, what is missing, what does not add up.

Page, PDF and plain text say the same because they say it from here.
"""

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
    """'1 ung', '2 unge', '0 unge'"""
    return f"{number} {one if number == 1 else many}"


def either(words):
    """'Uddannelse, Arbejde eller Afsluttet'"""
    *most, last = words
    return f"{', '.join(most)} eller {last}" if most else last


def who_counts(report):
    """'Målet tæller unge med status Uddannelse (6), Arbejde (3) eller Afsluttet (1).'"""
    counts = either(
        [f"{status.label} ({report.row(status).count})" for status in report.goal.statuses]
    )
    return f"Målet tæller unge med status {counts}."


def other_way(neighbour):
    """'hvis Skole også tæller med'"""
    return f"hvis {neighbour.status.label} {'også' if neighbour.included else 'ikke'} tæller med"


def missing(goal):
    """How far it is to the goal."""
    return (
        f"Der mangler {goal.missing}, før målet på {goal.goal} er nået."
        if goal.missing
        else "Målet er nået."
    )


def rings(report):
    """What the rings of the picture are: whoever is enrolled and neither in the goal nor dropped out."""
    completed = Status.COMPLETED not in report.goal.statuses and report.completed
    return "på vej eller afsluttet" if completed else "på vej"


def slashed(report):
    """How many rings have a slash: those who dropped out, and do not count towards the goal."""
    return report.enrolled - report.goal.count - report.on_the_way


def places(report):
    """'14 ledige pladser af 40', '2 flere end de 40 pladser'; nothing when all places are taken."""
    free = report.goal.target - report.enrolled
    if free < 0:
        return f"{-free} flere end de {report.goal.target} pladser"
    return (
        f"{counted(free, 'ledig plads', 'ledige pladser')} af {report.goal.target}" if free else ""
    )


def picture(report):
    """What the picture of the dots shows, for those who do not see it."""
    parts = [
        f"{report.goal.count} i uddannelse eller arbejde",
        f"{report.on_the_way} {rings(report)}",
    ]
    if slashed(report):
        parts.append(f"{slashed(report)} frafald")
    if places(report):
        parts.append(places(report))
    goal = f" Målet er {report.goal.goal}." if report.goal.goal else ""
    return f"{counted(report.enrolled, 'ung', 'unge')}: {', '.join(parts)}.{goal}"


def sexes(report):
    """'23 drenge og 2 piger'; empty when nobody is in progress."""
    return (
        listed([counted(count, *GENDERS[gender]) for gender, count in report.sexes])
        if report.sexes
        else ""
    )


def ages(report):
    """'16–27', '17'; empty when nobody is in progress."""
    if not report.ages:
        return ""
    youngest, oldest = report.ages
    return str(youngest) if youngest == oldest else f"{youngest}–{oldest}"


def in_progress(report):
    """'De 25 i forløb er 23 drenge og 2 piger på 16–27 år.'"""
    if not report.sexes or not report.ages:
        return "Ingen er i forløb den dag."
    who = "Den ene" if report.in_progress == 1 else f"De {report.in_progress}"
    return f"{who} i forløb er {sexes(report)} på {ages(report)} år."


def does_not_add_up(report):
    """Why the report cannot be used; in place of the control line."""
    without = report.enrolled - report.in_progress - report.completed - report.dropped_out
    why = (
        f" {counted(without, 'ung mangler', 'unge mangler')} en status den dag."
        if without > 0
        else ""
    )
    return f"Tallene stemmer ikke: {report.control_line}.{why}"


def empty_areas(report):
    """'Ingen unge fra Søparken er indskrevet.'; empty when every area has somebody."""
    names = [area.name for area in report.areas if not area.enrolled]
    return f"Ingen unge fra {either(names)} er indskrevet." if names else ""


def move_from(move):
    """'Skole', 'Nyindskrevet'"""
    return in_short(move.before) if move.before else NEW


def in_short(status):
    """'Skole', 'Aftale om kommende'"""
    return status.short.rstrip(" …")


def receivers(report, issue):
    """'Skoleudvalget', 'Skoleudvalget og følgegruppen'"""
    names = {"committee": report.committee, "follow_group": "følgegruppen"}
    return listed([names[who] for who in issue.to])


def edition_line(issue):
    """'2019-1, fuld udgave', 'fuld udgave, kladde'"""
    return issue.docline.removeprefix("Statusrapport").lstrip(" ,")


def weeks(contact):
    """'12 hele uger, uge 49 i 2018 til uge 8 i 2019'"""
    first, last = contact.first, contact.last
    until = f"uge {last.number} i {last.year}"
    if contact.weeks == 1:
        return f"1 hel uge, {until}"
    since = f"uge {first.number}" + (f" i {first.year}" if first.year != last.year else "")
    return f"{contact.weeks} hele uger, {since} til {until}"


def contact(summary):
    """What became of the expected weekly contacts, the first number aside: it stands large above the sentence."""
    if not summary.expected:
        return "Der var ingen forventede kontakter i de uger."
    expected = "forventet kontakt" if summary.expected == 1 else "forventede kontakter"
    return f"{expected} blev til et møde, det er {summary.percent}\N{NO-BREAK SPACE}%."


def counted_from(report):
    """'26 unge, 61 statusser og 412 møder.'"""
    sources = report.sources
    return (
        f"{counted(report.enrolled, 'ung', 'unge')}, {counted(sources.status_changes, 'status', 'statusser')} "
        f"og {counted(sources.meetings, 'møde', 'møder')}."
    )


def gaps(report):
    """Whom in progress the register knew no area or no mentor of."""
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
    """(how many more in the goal, 'i uddannelse eller arbejde siden 1. december 2018'); None without an earlier day, or
    where the goal was defined otherwise then.

    Since the last report where one was issued, else since the trend's last day before this one.
    """
    if report.since and set(report.since.goal_statuses) != set(report.goal.statuses):
        return None  # the goal is another one now
    if report.since:
        since = f"siden rapport {report.since.number}, {long_date(report.since.on)}"
        return report.goal.count - report.since.in_goal, f"i uddannelse eller arbejde {since}"
    if len(report.trend) < 2:
        return None
    before, now = report.trend[-2:]
    return now.in_goal - before.in_goal, f"i uddannelse eller arbejde siden {long_date(before.on)}"
