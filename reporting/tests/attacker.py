"""An attacker who sees only the text of open editions and solves for the people behind the numbers.

The lines of an edition become linear equations in a table of statuses x areas; linear programming
(scipy, HiGHS) gives the smallest and largest value of any part of it. The programme's areas and the
nine statuses are known.
"""

import json
import re
from dataclasses import dataclass
from functools import cache

import numpy
from scipy.optimize import linprog
from scipy.sparse import coo_array

from cases.models import Status

STATUSES = frozenset(Status)
REST = ("Øvrige områder", "Uden for områderne")


@dataclass(frozen=True)
class Reading:
    """What one edition says: disjoint sets of statuses and of areas (None: elsewhere), with counts.

    `enrolled` None: it says nothing.
    """

    enrolled: int | None
    goal: frozenset
    groups: tuple[tuple[frozenset, int], ...]
    areas: tuple[tuple[frozenset, int], ...]


def read_text(text, areas):
    """Return the Reading of a page's or PDF's flat text. `areas`: all names, which are public."""
    defined = re.search(r"Målet tæller unge med status (.*?)\. (?:Der|Målet|Hvor|Grupper)", text)[1]
    defined = defined.replace(" ", "")  # a line may break anywhere
    goal = frozenset(status for status in Status if status.label.replace(" ", "") in defined)
    if answer := re.search(r"(\d+) af (\d+) unge er i uddannelse eller arbejde pr\.", text):
        met, enrolled = (int(number) for number in answer.groups())
    elif answer := re.search(r"(\d+) unge er indskrevet pr\.", text):
        met, enrolled = None, int(answer[1])
    else:
        return Reading(None, goal, (), ())
    groups = lines_between("Gruppe Antal ", " = | er ikke ", text, labels(goal))
    assert met is None or dict(groups).get(goal, met) == met
    places = {area: frozenset({area}) for area in areas}
    own = lines_between(
        "Boligområde Antal ", "I alt ", text, places | dict.fromkeys(REST, frozenset())
    )
    elsewhere = frozenset({None, *areas}).difference(*(members for members, _ in own))
    return Reading(
        enrolled, goal, groups, tuple((members or elsewhere, count) for members, count in own)
    )


def lines_between(head, foot, text, words):
    """Return (set, number) for each of the `words` ({label: set}) followed by a number."""
    if head not in text:
        return ()
    region = text[text.index(head) + len(head) :]
    region = region[: re.search(foot, region).start()]
    matches = [
        (members, re.search(rf"(?:^|\d ){re.escape(word)} (\d+)\b", region))
        for word, members in words.items()
    ]
    return tuple((members, int(match[1])) for members, match in matches if match)


def labels(goal):
    """{label of a line of the table of groups: statuses it means}"""
    others = STATUSES - goal
    out = others & {Status.DROPPED_OUT}
    way = "På vej" if Status.COMPLETED in goal else "På vej eller afsluttet"
    merged = (
        "På vej eller frafald" if Status.COMPLETED in goal else "På vej, afsluttet eller frafald"
    )
    return {"I uddannelse eller arbejde": goal, way: others - out, "Frafald": out, merged: others}


def read_json(text, areas):
    data = json.loads(text)
    goal = frozenset(Status(status) for status in data["goal"]["statuses"])
    others = STATUSES - goal
    out = others & {Status.DROPPED_OUT}
    kinds = {"goal": goal, "other": others, "out": out, "way": others - out}
    own = tuple((frozenset({area["name"]}), area["enrolled"]) for area in data["areas"])
    rest = data["enrolled"] - sum(count for _, count in own) if own else 0
    elsewhere = frozenset({None, *areas}).difference(*(members for members, _ in own))
    return Reading(
        data["enrolled"],
        goal,
        tuple((kinds[group["kind"]], group["count"]) for group in data["groups"]),
        (*own, (elsewhere, rest)) if rest else own,
    )


# --- solving ---


@dataclass(frozen=True)
class Problem:
    """Find the bounds of a part of a table of counts. `equations`: (cells, their sum)."""

    cells: int
    equations: tuple[tuple[tuple[int, ...], int], ...]
    target: tuple[int, ...]


def problem(readings, statuses, areas, everywhere):
    """Return the Problem of how many have one of the `statuses` and live in one of the `areas`.

    All `readings` are of one table. Statuses nothing distinguishes share a row, areas a column.
    """
    rows = atoms(STATUSES, [statuses, *(members for r in readings for members, _ in r.groups)])
    columns = atoms(everywhere, [areas, *(members for r in readings for members, _ in r.areas)])
    cells = [(row, column) for row in rows for column in columns]

    def where(some_statuses, some_areas):
        return tuple(
            n
            for n, (row, column) in enumerate(cells)
            if row <= some_statuses and column <= some_areas
        )

    equations = []
    for reading in readings:
        equations.append((where(STATUSES, everywhere), reading.enrolled))
        equations += [(where(members, everywhere), count) for members, count in reading.groups]
        equations += [(where(STATUSES, members), count) for members, count in reading.areas]
    return Problem(len(cells), tuple(dict.fromkeys(equations)), where(statuses, areas))


def problem_of_two(before, now, changed, later, statuses, areas, everywhere):
    """Return the Problem for one of two editions if `changed` people changed.

    `later`: the second edition. The unknowns: how many went from each cell to each cell, then how
    many came to each, then a rest of changes.
    """
    rows = atoms(
        STATUSES,
        [statuses, *(members for reading in (before, now) for members, _ in reading.groups)],
    )
    columns = atoms(
        everywhere, [areas, *(members for reading in (before, now) for members, _ in reading.areas)]
    )
    cells = [(row, column) for row in rows for column in columns]
    many = len(cells)

    def where(second, some_statuses, some_areas):
        here = [
            n
            for n, (row, column) in enumerate(cells)
            if row <= some_statuses and column <= some_areas
        ]
        if not second:
            return tuple(many * n + to for n in here for to in range(many))
        return tuple(many * start + n for start in range(many + 1) for n in here)

    went = [many * n + to for n in range(many) for to in range(many) if n != to]
    equations = [((*went, many**2 + many), changed)]
    for second, reading in enumerate((before, now)):
        equations.append((where(second, STATUSES, everywhere), reading.enrolled))
        equations += [
            (where(second, members, everywhere), count) for members, count in reading.groups
        ]
        equations += [(where(second, STATUSES, members), count) for members, count in reading.areas]
    return Problem(many**2 + many + 1, tuple(equations), where(later, statuses, areas))


def atoms(everything, sets):
    """Cut `everything` into the parts that no set of `sets` divides."""
    parts = {}
    for member in everything:
        parts.setdefault(tuple(member in part for part in sets), set()).add(member)
    return [frozenset(parts[key]) for key in sorted(parts)]


def only_around(reading, statuses, areas):
    """Drop the lines that add nothing about the target: those beside the only one holding it."""

    def around(lines, target):
        touched = [(members, count) for members, count in lines if members & target]
        return tuple(touched) if len(touched) == 1 else lines

    return Reading(
        reading.enrolled,
        reading.goal,
        around(reading.groups, statuses),
        around(reading.areas, areas),
    )


def bounds(problems):
    """Return {Problem: (smallest, largest)}.

    All problems are solved as one linear program, minimised once and maximised once.
    """
    problems = list(dict.fromkeys(problems))
    if not problems:
        return {}
    rows, columns, sums, offsets, offset = [], [], [], [], 0
    for item in problems:
        offsets.append(offset)
        for cells, count in item.equations:
            rows += [len(sums)] * len(cells)
            columns += [offset + cell for cell in cells]
            sums.append(count)
        offset += item.cells
    wanted = numpy.zeros(offset)
    for item, start in zip(problems, offsets, strict=True):
        wanted[[start + cell for cell in item.target]] = 1
    equations = coo_array(
        (numpy.ones(len(rows)), (rows, columns)), shape=(len(sums), offset)
    ).tocsr()
    ends = []
    for sign in (1, -1):
        solved = linprog(sign * wanted, A_eq=equations, b_eq=sums, method="highs")
        assert solved.success, solved.message
        ends.append(solved.x)
    least, most = (
        [
            end[[start + cell for cell in item.target]].sum()
            for item, start in zip(problems, offsets, strict=True)
        ]
        for end in ends
    )
    return {
        item: (int(numpy.ceil(low - 1e-6)), int(numpy.floor(high + 1e-6)))
        for item, low, high in zip(problems, least, most, strict=True)
    }


# --- subtracting ---


def numbers_by_difference(now, before, everywhere):
    """Yield the numbers that two Readings reveal, by brute force over all sets of areas.

    The change of every smallest set of areas both can count; a line minus the other's lines inside
    it; for the same goal, the change of each group that is not the goal or everybody else.
    """
    here, there = countable(now.areas), countable(before.areas)
    both = [members for members in here.keys() & there.keys() if members and members != everywhere]
    for members in both:
        if not any(other < members for other in both):
            yield here[members] - there[members]
    for lines, others in ((now.areas, there), (before.areas, here)):
        for members, count in lines:
            yield from (
                count - number for inside, number in others.items() if inside and inside < members
            )
    if now.goal == before.goal:
        for members, count in now.groups:
            if members not in (now.goal, STATUSES - now.goal):
                yield from (count - number for other, number in before.groups if other == members)


@cache
def countable(lines):
    """{set: count} of every set that can be counted by adding lines."""
    result = {frozenset(): 0}
    for members, count in lines:
        result |= {known | members: number + count for known, number in result.items()}
    return result
