"""The attacker: sees the text of open editions and nothing else, and solves for the people behind the numbers.

What he reads in an edition becomes linear equations in a table of statuses x areas; the smallest and the largest value
of any part of it come from linear programming (scipy, HiGHS). He knows the programme's areas and the nine statuses.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from html import unescape

import numpy
from scipy.optimize import linprog
from scipy.sparse import coo_array

from cases.models import Status

STATUSES = frozenset(Status)
REST = ("Øvrige områder", "Uden for områderne")


@dataclass(frozen=True)
class Reading:
    """What one edition says: disjoint sets of statuses, disjoint sets of areas (None: elsewhere), with their counts.

    `enrolled` None: it says nothing.
    """

    enrolled: int | None
    goal: frozenset
    groups: tuple[tuple[frozenset, int], ...]
    areas: tuple[tuple[frozenset, int], ...]


def visible_text(html):
    """The text of a page as it is read: tags and the texts of drawings aside, white space collapsed."""
    text = re.sub(r"<(b|/b|wbr)>", "", html)
    return flat(unescape(re.sub(r"<[^>]+>", " ", text)))


def flat(text):
    """The text with its white space collapsed, and without the rules that plain text draws."""
    return " ".join(word for word in text.split() if word.strip("-"))


def read_text(text, areas):
    """The Reading of the flat text of a page or a PDF. `areas` are all that have a name, which everybody knows."""
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
    elsewhere = frozenset({None, *areas}).difference(*(who for who, _ in own))
    return Reading(enrolled, goal, groups, tuple((who or elsewhere, count) for who, count in own))


def lines_between(head, foot, text, words):
    """The lines of a table in the text: for each of the `words` that stands before a number, the set it means."""
    if head not in text:
        return ()
    region = text[text.index(head) + len(head) :]
    region = region[: re.search(foot, region).start()]
    found = [
        (who, re.search(rf"(?:^|\d ){re.escape(word)} (\d+)\b", region))
        for word, who in words.items()
    ]
    return tuple((who, int(match[1])) for who, match in found if match)


def labels(goal):
    """What the lines of the table of groups may be called, and the statuses each label means."""
    others = STATUSES - goal
    out = others & {Status.DROPPED_OUT}
    way = "På vej" if Status.COMPLETED in goal else "På vej eller afsluttet"
    merged = (
        "På vej eller frafald" if Status.COMPLETED in goal else "På vej, afsluttet eller frafald"
    )
    return {"I uddannelse eller arbejde": goal, way: others - out, "Frafald": out, merged: others}


def read_json(text, areas):
    """The Reading of an edition's JSON."""
    data = json.loads(text)
    goal = frozenset(Status(status) for status in data["goal"]["statuses"])
    others = STATUSES - goal
    out = others & {Status.DROPPED_OUT}
    kinds = {"goal": goal, "other": others, "out": out, "way": others - out}
    own = tuple((frozenset({area["name"]}), area["enrolled"]) for area in data["areas"])
    rest = data["enrolled"] - sum(count for _, count in own) if own else 0
    elsewhere = frozenset({None, *areas}).difference(*(who for who, _ in own))
    return Reading(
        data["enrolled"],
        goal,
        tuple((kinds[group["kind"]], group["count"]) for group in data["groups"]),
        (*own, (elsewhere, rest)) if rest else own,
    )


# --- solving ---


@dataclass(frozen=True)
class Problem:
    """Find the bounds of one cell of a table of counts. `equations`: (cells, their sum)."""

    cells: int
    equations: tuple[tuple[tuple[int, ...], int], ...]
    target: tuple[int, ...]


def problem(readings, statuses, areas, everywhere):
    """The Problem of how many have one of the `statuses` and live in one of the `areas`, by readings of one table.

    Statuses about which nothing sets them apart are one row, and areas one column: no equation names them singly.
    """
    rows = atoms(STATUSES, [statuses, *(who for r in readings for who, _ in r.groups)])
    columns = atoms(everywhere, [areas, *(who for r in readings for who, _ in r.areas)])
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
        equations += [(where(who, everywhere), count) for who, count in reading.groups]
        equations += [(where(STATUSES, who), count) for who, count in reading.areas]
    return Problem(len(cells), tuple(dict.fromkeys(equations)), where(statuses, areas))


def problem_of_two(before, now, changed, later, statuses, areas, everywhere):
    """The same about one of two editions (`later`: the second), for one who knows that `changed` people changed.

    The unknowns are how many went from each cell to each cell, then how many came to each, then a rest of changes.
    """
    rows = atoms(
        STATUSES, [statuses, *(who for reading in (before, now) for who, _ in reading.groups)]
    )
    columns = atoms(
        everywhere, [areas, *(who for reading in (before, now) for who, _ in reading.areas)]
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
        equations += [(where(second, who, everywhere), count) for who, count in reading.groups]
        equations += [(where(second, STATUSES, who), count) for who, count in reading.areas]
    return Problem(many**2 + many + 1, tuple(equations), where(later, statuses, areas))


def atoms(everything, sets):
    """`everything` cut into the parts that no set of `sets` divides."""
    parts = {}
    for one in everything:
        parts.setdefault(tuple(one in some for some in sets), set()).add(one)
    return [frozenset(parts[key]) for key in sorted(parts)]


def only_around(reading, statuses, areas):
    """The Reading without the lines that say nothing more about the target: those beside the one line that holds it."""

    def around(lines, target):
        touched = [(who, count) for who, count in lines if who & target]
        return tuple(touched) if len(touched) == 1 else lines

    return Reading(
        reading.enrolled,
        reading.goal,
        around(reading.groups, statuses),
        around(reading.areas, areas),
    )


def bounds(problems):
    """{Problem: (smallest, largest)}: all of them as one big linear program, minimised once and maximised once."""
    problems = list(dict.fromkeys(problems))
    if not problems:
        return {}
    rows, columns, sums, offsets, offset = [], [], [], [], 0
    for one in problems:
        offsets.append(offset)
        for cells, count in one.equations:
            rows += [len(sums)] * len(cells)
            columns += [offset + cell for cell in cells]
            sums.append(count)
        offset += one.cells
    wanted = numpy.zeros(offset)
    for one, start in zip(problems, offsets, strict=True):
        wanted[[start + cell for cell in one.target]] = 1
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
            end[[start + c for c in one.target]].sum()
            for one, start in zip(problems, offsets, strict=True)
        ]
        for end in ends
    )
    return {
        one: (int(numpy.ceil(low - 1e-6)), int(numpy.floor(high + 1e-6)))
        for one, low, high in zip(problems, least, most, strict=True)
    }


# --- subtracting ---


def told_by_difference(now, before, everywhere):
    """What two Readings tell side by side, by brute force over all sets of areas: numbers about somebody.

    The change of every smallest set of areas both can count; what a line counts beyond the other's lines inside it;
    and, for the same goal, the change of each group that is not the goal or everybody else.
    """
    here, there = countable(now.areas), countable(before.areas)
    both = [who for who in here.keys() & there.keys() if who and who != everywhere]
    for who in both:
        if not any(other < who for other in both):
            yield here[who] - there[who]
    for lines, others in ((now.areas, there), (before.areas, here)):
        for who, count in lines:
            yield from (
                count - number for inside, number in others.items() if inside and inside < who
            )
    if now.goal == before.goal:
        for who, count in now.groups:
            if who not in (now.goal, STATUSES - now.goal):
                yield from (count - number for other, number in before.groups if other == who)


@cache
def countable(lines):
    """Every set that can be counted by adding lines up, with the count."""
    found = {frozenset(): 0}
    for who, count in lines:
        found |= {known | who: number + count for known, number in found.items()}
    return found
