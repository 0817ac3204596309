"""An attacker who reads all open editions is left with `threshold` values of every small count.

An edition is solved alone: where it is unknown who has changed since, any table may follow any
other of no more people. Editions known to be about unchanged people are solved together. In
between, numbers are subtracted: a difference of 1 to threshold - 1 fails.

`make test` tries 2,000 programmes, `make test-long` 20,000; `ATTACKS` and `ATTACK_SEED` set number
and first seed. A failure names the seed: `random_programme(seed)` makes it again.
"""

import io
import os
from collections import Counter
from functools import partial

import pypdf
import pytest
from django.template.loader import render_to_string

from cases.models import Status
from reporting import disclosure, open_report
from reporting.disclosure_audit import findings
from reporting.issue import draft_of
from reporting.open_report import OpenReport
from reporting.pdf import render_pdf, report_html
from reporting.plain_text import as_text
from reporting.tests.attacker import (
    STATUSES,
    Reading,
    bounds,
    numbers_by_difference,
    only_around,
    problem,
    problem_of_two,
    read_json,
    read_text,
)

from .examples import REPORT_2019
from .random_registers import AREAS, random_programme
from .texts import flat, visible_text

pytestmark = pytest.mark.one_database

ATTACKS = int(os.environ.get("ATTACKS", "2000"))
SEED = int(os.environ.get("ATTACK_SEED", "2019"))
AT_ONCE = 500  # programmes in one linear program
EVERYWHERE = frozenset({*AREAS, None})


def page(report):
    return visible_text(
        render_to_string(
            "reporting/_open_report_sheet.html", {"report": report, "issue": draft_of(report)}
        )
    )


def print_out(report):
    pdf = pypdf.PdfReader(io.BytesIO(render_pdf(report)))
    return flat(" ".join(page.extract_text() for page in pdf.pages))


def targets(register):
    """Yield (statuses, areas): every status and group, in every area and in all."""
    goal = frozenset(register.goal)
    groups = {goal, STATUSES - goal, STATUSES - goal - {Status.DROPPED_OUT}}
    for statuses in {frozenset({status}) for status in Status} | groups:
        for areas in [frozenset({area}) for area in EVERYWHERE] + [EVERYWHERE]:
            yield statuses, areas


def attacks(programme, readings, threshold):
    """Yield (Problem, count, label) for every small count.

    Each edition alone, and all together where nobody changed.
    """
    for number, (register, reading) in enumerate(zip(programme.registers, readings, strict=True)):
        for statuses, areas in small(register, threshold):
            if reading.enrolled is not None:
                seen = only_around(reading, statuses, areas)
                yield (
                    problem([seen], statuses, areas, EVERYWHERE),
                    register.count(statuses, areas),
                    (number, statuses, areas),
                )
    shown = [reading for reading in readings if reading.enrolled is not None]
    if programme.unchanged and len(shown) > 1:
        register = programme.registers[0]
        for statuses, areas in small(register, threshold):
            yield (
                problem(shown, statuses, areas, EVERYWHERE),
                register.count(statuses, areas),
                ("all", statuses, areas),
            )


def small(register, threshold):
    return [
        (statuses, areas)
        for statuses, areas in targets(register)
        if 0 < register.count(statuses, areas) < threshold
    ]


def broken(seeds, read=page, build=OpenReport.build):
    """Return a line of text for each small count found out in the programmes of the seeds."""
    result, wanted = [], []
    for seed in seeds:
        programme = random_programme(seed)
        editions = programme.editions(build)
        readings = [read_text(read(edition), AREAS) for edition in editions]
        threshold = max(programme.threshold, open_report.LEAST_THRESHOLD)
        wanted += [(seed, threshold, *attack) for attack in attacks(programme, readings, threshold)]
        result += [
            f"seed {seed}: editions {before} and {now} differ by {number}"
            for now in range(len(readings))
            for before in range(now)
            for number in numbers_by_difference(readings[now], readings[before], EVERYWHERE)
            if 0 < abs(number) < threshold
        ]
    solved = bounds(attack for _, _, attack, _, _ in wanted)
    for seed, threshold, attack, count, what in wanted:
        least, most = solved[attack]
        assert least <= count <= most, f"seed {seed}: the attacker is wrong about {what}"
        if most - least + 1 < threshold:
            result.append(f"seed {seed}: {what} is {least} to {most}")
    return result


@pytest.mark.slow
def test_nobody_is_found_behind_the_pages():
    print(f"{ATTACKS} programmes from seed {SEED}")
    for start in range(SEED, SEED + ATTACKS, AT_ONCE):
        assert not broken(range(start, min(start + AT_ONCE, SEED + ATTACKS)))


def as_read(reading):
    """Return the Reading with unordered lines."""
    return reading.enrolled, reading.goal, set(reading.groups), set(reading.areas)


def test_text_and_json_say_what_the_page_says():
    for seed in range(SEED, SEED + 300):
        for edition in random_programme(seed).editions():
            seen = as_read(read_text(page(edition), AREAS))
            assert as_read(read_json(edition.to_json(), AREAS)) == seen, f"seed {seed}"
            assert as_read(read_text(flat(as_text(edition)), AREAS)) == seen, f"seed {seed}"


@pytest.mark.slow
def test_the_pdf_says_what_the_page_says():
    for seed in range(SEED, SEED + 6):
        edition = random_programme(seed).editions()[-1]
        assert as_read(read_text(print_out(edition), AREAS)) == as_read(
            read_text(page(edition), AREAS)
        ), f"seed {seed}"


# --- the attacker is worth something ---


def test_the_attacker_finds_every_count_of_the_full_edition():
    """Every status and area of 2019 exactly, from the text; the cells between them are bounded."""
    text = visible_text(report_html(REPORT_2019))
    numbers = Counter()
    for row in REPORT_2019.rows:
        assert f"{row.label} {row.count} " in text
        numbers[row.status] = row.count
    lines = tuple((frozenset({status}), count) for status, count in numbers.items())
    homes = tuple((frozenset({area.name}), area.enrolled) for area in REPORT_2019.areas)
    reading = Reading(26, frozenset(REPORT_2019.goal.statuses), lines, homes)
    wanted = {
        status: problem([reading], frozenset({status}), EVERYWHERE, EVERYWHERE) for status in Status
    }
    solved = bounds(wanted.values())
    for row in REPORT_2019.rows:
        assert solved[wanted[row.status]] == (row.count, row.count)
    cell = problem(
        [reading], frozenset({Status.YOUTH_CENTRE}), frozenset({"Karlemoseparken"}), EVERYWHERE
    )
    assert bounds([cell])[cell] == (0, 7)


def test_leaving_lines_out_leaves_the_bounds_as_they_are():
    """`only_around` makes problems small and alike; it must not weaken the attacker."""
    for seed in range(SEED, SEED + 25):
        programme = random_programme(seed)
        reading, register = read_text(page(programme.editions()[0]), AREAS), programme.registers[0]
        if reading.enrolled is None:
            continue
        pairs = [
            (
                problem([reading], *what, EVERYWHERE),
                problem([only_around(reading, *what)], *what, EVERYWHERE),
            )
            for what in targets(register)
        ]
        solved = bounds(each for pair in pairs for each in pair)
        assert all(solved[whole] == solved[part] for whole, part in pairs), f"seed {seed}"


# --- if it is known how many people changed: more than is promised (docs/decisions/017) ---


def prints_a_zero(reading):
    """Whether a 0 is printed, or follows because all areas have their line."""
    named = sum(count for members, count in reading.areas if None not in members)
    return (
        any(not count for _, count in (*reading.groups, *reading.areas))
        or named == reading.enrolled
    )


@pytest.mark.slow
def test_knowing_how_many_changed_reveals_somebody_only_beside_a_zero():
    wanted = []
    for seed in range(SEED, SEED + 200):
        programme = random_programme(seed)
        readings = [read_text(page(edition), AREAS) for edition in programme.editions()]
        for number in range(0 if programme.unchanged else len(readings) - 1):
            pair = before, now = readings[number : number + 2]
            registers = programme.registers[number : number + 2]
            changed = sum(
                one != other
                for one, other in zip(registers[0].people, registers[1].people, strict=False)
            )
            if (
                None in (before.enrolled, now.enrolled)
                or changed > 6
                or len(before.groups) != len(now.groups)
            ):
                continue
            if any(prints_a_zero(reading) for reading in pair):
                continue
            for later, register in enumerate(registers):
                for what in small(register, programme.threshold):
                    attack = problem_of_two(before, now, changed, later, *what, EVERYWHERE)
                    wanted.append((seed, programme.threshold, attack, what))
    solved = bounds(attack for _, _, attack, _ in wanted)
    ends = [(seed, what, threshold, *solved[attack]) for seed, threshold, attack, what in wanted]
    assert len(ends) > 100
    assert not [end for end in ends if end[4] - end[3] + 1 < end[2]]


# --- rules that are not enough ---


def blank_the_small_areas(counts, total, before, threshold):
    own = {
        name: count for name, count in counts.items() if not disclosure.is_small(count, threshold)
    }
    return disclosure.Areas(total, own) if own else None


def blank_the_small_groups(splits, groups_of, before, threshold, never_alone):
    groups = groups_of(splits[-1])
    shown = {
        members: count
        for members, count in groups.lines.items()
        if not disclosure.is_small(count, threshold)
    }
    return groups._replace(lines=shown) if groups.goal in shown else None


MUTANTS = {
    "small areas are only blanked": {"areas_with_a_line": blank_the_small_areas},
    "small groups are only blanked": {"finest": blank_the_small_groups},
    "one less than the threshold is enough": {
        "is_small": lambda number, threshold: 0 < abs(number) < threshold - 1,
        "is_small_remainder": lambda apart, threshold: apart != 0 and apart < threshold - 1,
    },
    "nobody looks at members is not in the goal": {
        "may_split": lambda parts, threshold: not disclosure.is_small(parts[0], threshold)
    },
    "nobody looks at the rest of the areas": {
        "next_to_merge": lambda areas, before, threshold: None
    },
    "the groups are not held against the editions before": {
        "reveals_small_group": lambda *facts: False
    },
    "another goal is not held against the goals before": {
        "reveals_by_other_goal": lambda *facts: False
    },
    "the areas are not held against the editions before": {
        "reveals_small_rest": lambda *facts: False
    },
    "what remains of the rest is not looked at": {"remainders_beside": lambda areas, other: []},
}


@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_rule_that_is_not_enough_is_found_out(mutant, monkeypatch):
    for name, rule in MUTANTS[mutant].items():
        monkeypatch.setattr(disclosure, name, rule)
    assert soon(broken)


def soon(finds):
    """Whether `finds` finds anything in the first programmes, in batches, to stop early."""
    return any(finds(range(start, start + 40)) for start in range(SEED, SEED + 400, 40))


def test_editions_that_do_not_know_each_other_are_found_out():
    def alone(report, previous, threshold):
        return OpenReport.build(report, (), threshold)

    assert soon(partial(broken, build=alone))


# --- the check before issuing ---


def unsafe(seeds):
    for seed in seeds:
        editions = random_programme(seed).editions()
        for number, edition in enumerate(editions):
            yield from (
                f"seed {seed}: {finding}" for finding in findings(edition, editions[:number])
            )


def test_the_check_lets_every_edition_pass():
    assert not list(unsafe(range(SEED, SEED + 600)))


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_check_stops_what_the_attacker_breaks(mutant, monkeypatch):
    for name, rule in MUTANTS[mutant].items():
        monkeypatch.setattr(disclosure, name, rule)
    assert soon(lambda seeds: list(unsafe(seeds)))
