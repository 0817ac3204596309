"""The sentences of the open edition. What is not shown is said in words that give one reason for all cases, so that the
reason tells nothing either.
"""

from cases.models import Status
from web.danish import listed, signed
from web.dates import long_date

from .sentences import counted, either, places

REST = "Øvrige områder"


def few(report):
    """'færre end 5 unge'"""
    return f"færre end {report.threshold} unge"


def label(group, report):
    """What a line of the table of groups is called. Who completed is on the way where that is not part of the goal."""
    finished = [] if Status.COMPLETED in report.goal.statuses else ["afsluttet"]
    words = {
        "goal": ["i uddannelse eller arbejde"],
        "way": ["på vej", *finished],
        "out": ["frafald"],
        "other": ["på vej", *finished, "frafald"],
    }[group.kind]
    text = either(words)
    return text[0].upper() + text[1:]


def in_a_sentence(group, report):
    """The label inside a sentence."""
    text = label(group, report)
    return text[0].lower() + text[1:]


def who_counts_in_open(report):
    """'Målet tæller unge med status Uddannelse, Arbejde eller Afsluttet.'"""
    return (
        f"Målet tæller unge med status {either([status.label for status in report.goal.statuses])}."
    )


def goal_not_shown(report):
    """Why there is no goal figure."""
    return (
        "Hvor mange der er i uddannelse eller arbejde, vises ikke. "
        f"Tallet, eller hvad der kan regnes ud af det, ville handle om {few(report)}."
    )


def areas_not_shown(report):
    """Why there is no table of areas."""
    return (
        f"Antallet af unge fra {listed(report.area_names)} vises ikke. "
        f"Et af tallene, eller forskellen til en tidligere rapport, ville handle om {few(report)}."
    )


def rest_label(report):
    """What the line of everybody else is called."""
    return REST if report.merged_areas else "Uden for områderne"


def rest_note(report):
    """Who stands in the line of everybody else; empty where every area has its own line."""
    if not report.merged_areas:
        return ""
    return f"{REST} er {listed([*report.merged_areas, 'unge, der bor uden for områderne'])}."


def contact_not_shown(report):
    """Why there is no percentage of weekly contacts."""
    return f"Vises ikke. Der er endnu for få hele uger at tælle, eller tallet ville handle om {few(report)}."


def contact_in_open(contact):
    """'af de forventede ugentlige kontakter blev til et møde.'"""
    return "af de forventede ugentlige kontakter blev til et møde."


def merging(report):
    """The rule, for whoever wonders why lines are missing."""
    return (
        f"Grupper og boligområder på 1–{report.threshold - 1} unge vises ikke hver for sig, heller ikke som forskel "
        "til en tidligere åben rapport."
    )


def changed(change):
    """'+4 i uddannelse eller arbejde og +6 indskrevet siden rapporten pr. 1. december 2018.'"""
    return (
        f"{signed(change.in_goal)} i uddannelse eller arbejde og {signed(change.enrolled)} indskrevet "
        f"{change_in_open(change)}."
    )


def change_in_open(change):
    """'siden rapporten pr. 1. december 2018'"""
    return f"siden rapporten pr. {long_date(change.since)}"


def open_picture(report):
    """What the picture of the dots shows, for those who do not see it."""
    parts = [f"{group.count} {in_a_sentence(group, report)}" for group in report.groups] or [
        "alle tegnet ens"
    ]
    parts += [places(report)] if places(report) else []
    return f"{counted(report.enrolled, 'ung', 'unge')}: {', '.join(parts)}. Målet er {report.goal.goal}."
