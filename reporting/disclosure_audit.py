"""The open edition asked again before it is issued, from what it prints and in another way than it was made.

`reporting/disclosure.py` decides what to print; this reads what was printed as a stranger would: every line as a set of
statuses or of areas, every table against every table before it. It shares no code with the rule.
"""

from dataclasses import dataclass

from cases.models import Status

ELSEWHERE = None  # those who live in none of the areas: no area's name
HEALTH = {Status.CLARIFICATION}


@dataclass(frozen=True)
class Line:
    """Who stands in a line of a table (statuses, or names of areas), and how many they are."""

    who: frozenset
    count: int


def is_safe(report, previous=()):
    """Whether the OpenReport may be issued after the OpenReports `previous`, all that were ever issued."""
    return not findings(report, previous)


def findings(report, previous=()):
    """What is wrong with the OpenReport, a Danish sentence each; empty when it may be issued."""
    found = []
    counts = {group.kind: group.count for group in report.groups}
    if not report.adds_up or counts.get("goal") != report.goal.count:
        found.append("Tallene stemmer ikke.")
    issued = {(one.on, one.enrolled, one.goal.count) for one in (*previous, report)}
    if any((point.on, point.enrolled, point.in_goal) not in issued for point in report.trend):
        found.append("Udviklingen viser tal, der ikke har stået i en åben rapport.")
    if report.enrolled is not None and report.enrolled < 2 * report.threshold:
        found.append("Der er for få indskrevne til, at tal kan vises.")
    return found + about_groups(report, previous) + about_areas(report, previous)


def about_groups(report, previous):
    """What is wrong with the table of groups."""
    lines, goal, few = group_lines(report), frozenset(report.goal.statuses), few_of(report)
    kinds = {group.kind: group.count for group in report.groups}
    found = []
    if any(0 < line.count < report.threshold for line in lines):
        found.append(f"En gruppe er {few}.")
    if kinds.keys() >= {"way", "out"} and kinds["way"] + kinds["out"] < 2 * report.threshold:
        found.append("På vej og frafald er tilsammen for få til at stå hver for sig.")
    if any(line.who == HEALTH for line in lines):
        found.append("Afklaring står alene.")
    for earlier in previous:
        before, former = group_lines(earlier), frozenset(earlier.goal.statuses)
        if not lines or not before:
            continue
        public = {goal, frozenset(Status) - goal} if goal == former else set()
        if tell_of_few(lines, before, report.threshold, public):
            found.append(f"Grupperne her og {pr(earlier)} fortæller tilsammen om {few}.")
        if goal ^ former == HEALTH:
            found.append(f"Afklaring kan regnes ud af målet her og {pr(earlier)}.")
        if not (goal <= former or former <= goal):
            found.append(f"Målet er defineret på tværs af målet {pr(earlier)}.")
    return found


def about_areas(report, previous):
    """What is wrong with the table of areas."""
    lines, few = area_lines(report), few_of(report)
    found = []
    if any(0 < line.count < report.threshold for line in lines):
        found.append(f"Et boligområde er {few}.")
    for earlier in previous:
        if (
            lines
            and earlier.areas
            and tell_of_few(*with_all_areas(lines, area_lines(earlier)), report.threshold)
        ):
            found.append(f"Boligområderne her og {pr(earlier)} fortæller tilsammen om {few}.")
    if lines and any(
        area.name not in report.area_names for earlier in previous for area in earlier.areas
    ):
        found.append("Et boligområde, der er vist før, hedder noget andet nu.")
    latest = {
        area.name: Line(frozenset({area.name}), area.enrolled)
        for earlier in previous
        for area in earlier.areas
    }
    if lines and holds_few(
        with_all_areas(lines, latest.values())[0][-1], latest.values(), report.threshold
    ):
        found.append(f"Boligområderne i de tidligere rapporter fortæller tilsammen om {few}.")
    return found


def few_of(report):
    return f"færre end {report.threshold} unge"


def pr(report):
    return f"i rapporten pr. {report.on:%d.%m.%Y}"


def group_lines(report):
    """The Lines of the table of groups."""
    goal = frozenset(report.goal.statuses)
    others = frozenset(Status) - goal
    out = others & {Status.DROPPED_OUT}
    who = {"goal": goal, "other": others, "out": out, "way": others - out}
    return [Line(who[group.kind], group.count) for group in report.groups]


def area_lines(report):
    """The Lines of the table of areas, the last of them everybody elsewhere; none without a table."""
    own = [Line(frozenset({area.name}), area.enrolled) for area in report.areas]
    rest = Line(frozenset({ELSEWHERE, *report.merged_areas}), report.rest) if own else None
    return [*own, rest] if own else []


def with_all_areas(*tables):
    """The tables over the same areas: one that a table does not know lies elsewhere in it."""
    everywhere = frozenset().union(*(line.who for table in tables for line in table))
    return [[grown(line, everywhere, table) for line in table] for table in tables]


def grown(line, everywhere, table):
    missing = everywhere - frozenset().union(*(other.who for other in table))
    return Line(line.who | missing, line.count) if ELSEWHERE in line.who else line


def tell_of_few(lines, before, threshold, public=()):
    """Whether two tables tell about few people: how a set in both has changed, or what a line holds beyond others."""
    same = sets_in_both(lines, before)
    changes = [
        total(lines, who) - total(before, who)
        for who in same
        if len(same) > 1 and who not in public
    ]
    return any(0 < abs(change) < threshold for change in changes) or any(
        holds_few(line, other, threshold)
        for table, other in ((lines, before), (before, lines))
        for line in table
        if line.who not in public
    )


def sets_in_both(lines, before):
    """The smallest sets that are made of whole lines in either table."""
    found = []
    for line in [*lines, *before]:
        touched = [who for who in found if who & line.who]
        found = [who for who in found if who not in touched] + [line.who.union(*touched)]
    return found


def total(lines, who):
    return sum(line.count for line in lines if line.who <= who)


def holds_few(line, others, threshold):
    """Whether the line holds lines of another table, and a few people besides, or fewer than they are.

    Where those lines are all of it, each may be the one that has changed.
    """
    inside = [other for other in others if other.who < line.who]
    left = line.count - sum(other.count for other in inside)
    if line.who.difference(*(other.who for other in inside)):
        remainders = [left] if inside else []
    else:
        remainders = [left + other.count for other in inside]
    return any(remainder != 0 and remainder < threshold for remainder in remainders)
