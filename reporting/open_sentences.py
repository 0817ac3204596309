"""Sentences of the open edition. One reason for all that is hidden reveals nothing."""

from cases.models import Status
from web.danish import listed, signed
from web.dates import long_date

from .sentences import counted, free_places, joined_with_or
from .status_report import OUTSIDE

REST = "Øvrige områder"


def fewer_than_threshold(report):
    return f"færre end {report.threshold} unge"


def label(group, report):
    """The completed are on the way unless they count in the goal."""
    finished = [] if Status.COMPLETED in report.goal.statuses else ["afsluttet"]
    labels = {
        "goal": ["i uddannelse eller arbejde"],
        "way": ["på vej", *finished],
        "out": ["frafald"],
        "other": ["på vej", *finished, "frafald"],
    }[group.kind]
    text = joined_with_or(labels)
    return text[0].upper() + text[1:]


def group_in_a_sentence(group, report):
    text = label(group, report)
    return text[0].lower() + text[1:]


def who_counts_in_open(report):
    statuses = joined_with_or([status.label for status in report.goal.statuses])
    return f"Målet tæller unge med status {statuses}."


def goal_not_shown(report):
    return (
        "Hvor mange der er i uddannelse eller arbejde, vises ikke. "
        "Tallet, eller hvad der kan regnes ud af det, ville handle om "
        f"{fewer_than_threshold(report)}."
    )


def areas_not_shown(report):
    return (
        f"Antallet af unge fra {listed(report.area_names)} vises ikke. "
        "Et af tallene, eller forskellen til en tidligere rapport, ville handle om "
        f"{fewer_than_threshold(report)}."
    )


def rest_label(report):
    return REST if report.merged_areas else OUTSIDE


def rest_note(report):
    if not report.merged_areas:
        return ""
    return f"{REST} er {listed([*report.merged_areas, 'unge, der bor uden for områderne'])}."


def contact_not_shown(report):
    return (
        "Vises ikke. Der er endnu for få hele uger at tælle, eller tallet ville handle om "
        f"{fewer_than_threshold(report)}."
    )


def contact_in_open(contact):
    return "af de forventede ugentlige kontakter blev til et møde."


def merging(report):
    return (
        f"Grupper og boligområder på 1–{report.threshold - 1} unge vises ikke hver for sig, "
        "heller ikke som forskel til en tidligere åben rapport."
    )


def changed(change):
    return (
        f"{signed(change.in_goal)} i uddannelse eller arbejde og {signed(change.enrolled)} "
        f"indskrevet {change_in_open(change)}."
    )


def change_in_open(change):
    return f"siden rapporten pr. {long_date(change.since)}"


def open_picture(report):
    """Text alternative."""
    parts = [f"{group.count} {group_in_a_sentence(group, report)}" for group in report.groups] or [
        "alle tegnet ens"
    ]
    parts += [free_places(report)] if free_places(report) else []
    people = counted(report.enrolled, "ung", "unge")
    return f"{people}: {', '.join(parts)}. Målet er {report.goal.goal}."
