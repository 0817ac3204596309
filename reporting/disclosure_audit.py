"""Audits an open edition before it is issued. Shares no code with disclosure.py."""

from dataclasses import dataclass

from cases.models import Status

from .open_sentences import fewer_than_threshold

ELSEWHERE = None  # in no area
HEALTH = {Status.CLARIFICATION}


@dataclass(frozen=True)
class Line:
    members: frozenset
    count: int


def findings(report, previous=()):
    """Return Danish sentences; none if it may be issued after `previous`."""
    result = []
    counts = {group.kind: group.count for group in report.groups}
    if not report.adds_up or counts.get("goal") != report.goal.count:
        result.append("Tallene stemmer ikke.")
    printed = {(r.on, r.enrolled, r.goal.count) for r in (*previous, report)}
    if any((point.on, point.enrolled, point.in_goal) not in printed for point in report.trend):
        result.append("Udviklingen viser tal, der ikke har stået i en åben rapport.")
    if report.enrolled is not None and report.enrolled < 2 * report.threshold:
        result.append("Der er for få indskrevne til, at tal kan vises.")
    return result + group_findings(report, previous) + area_findings(report, previous)


def group_findings(report, previous):
    lines, few = group_lines(report), fewer_than_threshold(report)
    goal = frozenset(report.goal.statuses)
    kinds = {group.kind: group.count for group in report.groups}
    result = []
    if any(0 < line.count < report.threshold for line in lines):
        result.append(f"En gruppe er {few}.")
    if kinds.keys() >= {"way", "out"} and kinds["way"] + kinds["out"] < 2 * report.threshold:
        result.append("På vej og frafald er tilsammen for få til at stå hver for sig.")
    if any(line.members == HEALTH for line in lines):
        result.append("Afklaring står alene.")
    for earlier in previous:
        before, former = group_lines(earlier), frozenset(earlier.goal.statuses)
        if not lines or not before:
            continue
        public = {goal, frozenset(Status) - goal} if goal == former else set()
        if reveal_small_group(lines, before, report.threshold, public):
            result.append(f"Grupperne her og {of_day(earlier)} fortæller tilsammen om {few}.")
        if goal ^ former == HEALTH:
            result.append(f"Afklaring kan regnes ud af målet her og {of_day(earlier)}.")
        if not (goal <= former or former <= goal):
            result.append(f"Målet er defineret på tværs af målet {of_day(earlier)}.")
    return result


def area_findings(report, previous):
    lines, few = area_lines(report), fewer_than_threshold(report)
    result = []
    if any(0 < line.count < report.threshold for line in lines):
        result.append(f"Et boligområde er {few}.")
    for earlier in previous:
        if (
            lines
            and earlier.areas
            and reveal_small_group(*with_all_areas(lines, area_lines(earlier)), report.threshold)
        ):
            result.append(f"Boligområderne her og {of_day(earlier)} fortæller tilsammen om {few}.")
    if lines and any(
        area.name not in report.area_names for earlier in previous for area in earlier.areas
    ):
        result.append("Et boligområde, der er vist før, hedder noget andet nu.")
    latest = {
        area.name: Line(frozenset({area.name}), area.enrolled)
        for earlier in previous
        for area in earlier.areas
    }
    if lines and leaves_small_group(
        with_all_areas(lines, latest.values())[0][-1], latest.values(), report.threshold
    ):
        result.append(f"Boligområderne i de tidligere rapporter fortæller tilsammen om {few}.")
    return result


def of_day(report):
    return f"i rapporten pr. {report.on:%d.%m.%Y}"


def group_lines(report):
    goal = frozenset(report.goal.statuses)
    others = frozenset(Status) - goal
    out = others & {Status.DROPPED_OUT}
    members = {"goal": goal, "other": others, "out": out, "way": others - out}
    return [Line(members[group.kind], group.count) for group in report.groups]


def area_lines(report):
    """The rest comes last."""
    own = [Line(frozenset({area.name}), area.enrolled) for area in report.areas]
    rest = Line(frozenset({ELSEWHERE, *report.merged_areas}), report.rest) if own else None
    return [*own, rest] if own else []


def with_all_areas(*tables):
    """Areas unknown to a table are part of its rest."""
    everywhere = frozenset().union(*(line.members for table in tables for line in table))
    return [[with_unknown_areas(line, everywhere, table) for line in table] for table in tables]


def with_unknown_areas(line, everywhere, table):
    missing = everywhere - frozenset().union(*(other.members for other in table))
    return Line(line.members | missing, line.count) if ELSEWHERE in line.members else line


def reveal_small_group(lines, before, threshold, public=()):
    """By a set in both that changed, or by subtracting lines inside a line."""
    same = common_sets(lines, before)
    changes = [
        total(lines, members) - total(before, members)
        for members in same
        if len(same) > 1 and members not in public
    ]
    return any(0 < abs(change) < threshold for change in changes) or any(
        leaves_small_group(line, other, threshold)
        for table, other in ((lines, before), (before, lines))
        for line in table
        if line.members not in public
    )


def common_sets(lines, before):
    """Return the smallest unions of whole lines in both tables."""
    result = []
    for line in [*lines, *before]:
        touched = [members for members in result if members & line.members]
        result = [members for members in result if members not in touched] + [
            line.members.union(*touched)
        ]
    return result


def total(lines, members):
    return sum(line.count for line in lines if line.members <= members)


def leaves_small_group(line, others, threshold):
    """If the others are all of it, each is left out in turn, as the one that changed."""
    inside = [other for other in others if other.members < line.members]
    left = line.count - sum(other.count for other in inside)
    if line.members.difference(*(other.members for other in inside)):
        remainders = [left] if inside else []
    else:
        remainders = [left + other.count for other in inside]
    return any(remainder != 0 and remainder < threshold for remainder in remainders)
