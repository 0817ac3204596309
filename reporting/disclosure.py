"""What the open edition may print: lines are merged until no number is about few people.

The rule is in docs/figures.md, the reasons in docs/decisions/017. It is public: a reader who sees
what was merged must be left with at least `threshold` possible values.
"""

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple


class Areas(NamedTuple):
    """Everybody without a line is in the rest."""

    total: int
    own: Mapping[str, int]

    @property
    def rest(self):
        return self.outside_areas(self.own)

    def outside_areas(self, names):
        return self.total - sum(self.own[name] for name in names)


class Groups(NamedTuple):
    """Printed counts of sets of statuses."""

    goal: frozenset[str]  # its statuses
    lines: Mapping[frozenset[str], int]

    @property
    def readable(self):
        """All counts that can be added up."""
        sums = {frozenset(): 0}
        for statuses, count in self.lines.items():
            sums |= {known | statuses: number + count for known, number in sums.items()}
        return sums


def is_small(number, threshold):
    return 0 < abs(number) < threshold


def is_small_remainder(remainder, threshold):
    """Of a whole minus a known part; negative if some have left the whole."""
    return remainder != 0 and remainder < threshold


def may_show(total, threshold):
    """Whether there is room for two of the smallest groups."""
    return total >= 2 * threshold


def may_split(parts, threshold):
    return may_show(sum(parts), threshold) and not any(is_small(part, threshold) for part in parts)


def finest(splits, groups_of, before, threshold, never_alone):
    """The finest Groups that may be printed, or None.

    Each of `splits` divides a set of the one before. `never_alone`: statuses that no number may be
    about.
    """
    shown = None
    for split in splits:
        groups = groups_of(split)
        parts = [
            count
            for statuses, count in groups.lines.items()
            if not shown or statuses not in shown.lines
        ]
        if (
            not may_split(parts, threshold)
            or never_alone in groups.lines
            or any(
                reveals_small_group(groups, earlier, threshold, never_alone) for earlier in before
            )
        ):
            break
        shown = groups
    return shown


def reveals_small_group(groups, earlier, threshold, never_alone):
    """Whether comparing two printed tables does.

    Changes of the whole programme are public: enrolled, in the goal, not in it.
    """
    if groups.goal == earlier.goal:
        whole_programme = {groups.goal, frozenset().union(*groups.lines) - groups.goal}
        comparable = groups.lines.keys() & earlier.lines.keys() - whole_programme
        return any(
            is_small(groups.lines[statuses] - earlier.lines[statuses], threshold)
            for statuses in comparable
        )
    return reveals_by_other_goal(groups, earlier, threshold, never_alone)


def reveals_by_other_goal(groups, earlier, threshold, never_alone):
    """Whether subtracting the counts of two goals does.

    Goals that cross always do: three of them can be solved as equations.
    """
    if not (groups.goal < earlier.goal or earlier.goal < groups.goal):
        return True
    everybody = frozenset().union(*groups.lines)
    for (now, count), (then, number) in product(groups.readable.items(), earlier.readable.items()):
        if now == then:
            reveals = now != everybody and is_small(count - number, threshold)
        else:
            remainder = count - number if then < now else number - count
            reveals = (now < then or then < now) and (
                now ^ then == never_alone or is_small_remainder(remainder, threshold)
            )
        if reveals:
            return True
    return False


def areas_with_a_line(counts, total, before, threshold):
    """Return Areas or None. `before`: Areas printed earlier, oldest first."""
    own = [name for name, count in counts.items() if count >= threshold]
    while own and may_show(total, threshold):
        areas = with_empty_areas(own, counts, total)
        name = next_to_merge(areas, before, threshold)
        if name is None:
            return areas
        own.remove(name if name in own else own[-1])
    return None


def with_empty_areas(own, counts, total):
    """Beside a rest, a 0 would narrow down who is in it."""
    complete = sum(counts[name] for name in own) == total
    return Areas(
        total,
        {name: count for name, count in counts.items() if name in own or (complete and not count)},
    )


def next_to_merge(areas, before, threshold):
    """Return an area, or None if all may stand.

    The rest comes first, so that earlier editions can only remove lines.
    """
    last = list(areas.own)[-1]
    if is_small(areas.rest, threshold):
        return last
    for name, count in areas.own.items():
        if any(is_small(count - earlier.own.get(name, count), threshold) for earlier in before):
            return name
    latest = {
        name: count
        for earlier in before
        for name, count in earlier.own.items()
        if name not in areas.own
    }
    if any(reveals_small_rest(areas, earlier, threshold) for earlier in before):
        return last
    if latest and is_small_remainder(areas.rest - sum(latest.values()), threshold):
        return last
    return None


def reveals_small_rest(areas, earlier, threshold):
    """Whether two tables do, of those outside the areas in both."""
    common = areas.own.keys() & earlier.own.keys()
    change = areas.outside_areas(common) - earlier.outside_areas(common)
    remainders = [*remainders_beside(areas, earlier), *remainders_beside(earlier, areas)]
    return bool(common and is_small(change, threshold)) or any(
        is_small_remainder(left, threshold) for left in remainders
    )


def remainders_beside(areas, other):
    """Subtract the lines of `other` that lie inside the rest.

    If they are all of it, each is left out in turn, as if only that one had changed.
    """
    inside = [count for name, count in other.own.items() if name not in areas.own]
    if areas.own.keys() <= other.own.keys():
        inside.append(other.rest)
        return [areas.rest - sum(inside) + left_out for left_out in inside]
    return [areas.rest - sum(inside)] if inside else []
