"""What the open edition may print: lines are merged until no number in it is about fewer people than the threshold.

Pure: counts, and what earlier open editions printed, go in; what may stand as a line of its own comes out. The rule in
words is in docs/figures.md ("The open edition"), why it is so in docs/decisions/017. The rule is public: whoever knows
it and reads that something was merged must still be left with at least as many possible values as the threshold.
"""

from collections.abc import Mapping
from itertools import product
from typing import NamedTuple


class Areas(NamedTuple):
    """A printed table of areas: those with a line of their own; everybody else stands in one line, the rest."""

    total: int
    own: Mapping[str, int]

    @property
    def rest(self):
        return self.apart_from(self.own)

    def apart_from(self, names):
        """How many live in none of the areas `names`, all of which have a line of their own."""
        return self.total - sum(self.own[name] for name in names)


class Groups(NamedTuple):
    """A printed table of groups: how many have one of the statuses in each set. `goal` is the goal's own set."""

    goal: frozenset[str]
    lines: Mapping[frozenset[str], int]

    @property
    def readable(self):
        """Every set of statuses whose count can be read off or added up, with the count."""
        found = {frozenset(): 0}
        for statuses, count in self.lines.items():
            found |= {known | statuses: number + count for known, number in found.items()}
        return found


def is_small(number, threshold):
    """Whether a count, or a difference of counts, is about some people, but fewer than the threshold."""
    return 0 < abs(number) < threshold


def is_short(apart, threshold):
    """Whether what is left of a whole, when a part known from another table is taken from it, tells about few people.

    Less than nothing does too: then some of that part have left the whole.
    """
    return apart != 0 and apart < threshold


def may_show(total, threshold):
    """Whether a whole of so many people may be shown at all, or shown in parts: it has room for two of the smallest."""
    return total >= 2 * threshold


def may_split(parts, threshold):
    """Whether a whole may be shown in parts of these sizes."""
    return may_show(sum(parts), threshold) and not any(is_small(part, threshold) for part in parts)


# --- groups of statuses ---


def finest(splits, groups_of, before, threshold, never_alone):
    """The finest of the `splits` that may be printed, as Groups; None when not even the first may.

    `splits` are tuples of sets of statuses, each dividing one set of the split before it; `groups_of(split)` counts it.
    `before` are the Groups earlier editions printed. `never_alone` is a set of statuses no number may be about.
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
            or any(tells_of_few(groups, earlier, threshold, never_alone) for earlier in before)
        ):
            break
        shown = groups
    return shown


def tells_of_few(groups, earlier, threshold, never_alone):
    """Whether the two tables of Groups, side by side, tell about fewer people than the threshold.

    Of the whole programme the change is public: how many more are enrolled, in the goal, and not in the goal.
    """
    if groups.goal == earlier.goal:
        whole_programme = {groups.goal, frozenset().union(*groups.lines) - groups.goal}
        comparable = groups.lines.keys() & earlier.lines.keys() - whole_programme
        return any(
            is_small(groups.lines[one] - earlier.lines[one], threshold) for one in comparable
        )
    return another_goal_tells(groups, earlier, threshold, never_alone)


def another_goal_tells(groups, earlier, threshold, never_alone):
    """The same where the goal was defined otherwise: subtracted, two goal figures may be the count of one status.

    Definitions that contain one another are compared; where they cross, three of them could be solved together.
    """
    if not (groups.goal < earlier.goal or earlier.goal < groups.goal):
        return True
    everybody = frozenset().union(*groups.lines)
    for (one, count), (other, number) in product(groups.readable.items(), earlier.readable.items()):
        if one == other:
            tells = one != everybody and is_small(count - number, threshold)
        else:
            apart = count - number if other < one else number - count
            tells = (one < other or other < one) and (
                one ^ other == never_alone or is_short(apart, threshold)
            )
        if tells:
            return True
    return False


# --- areas ---


def areas_with_a_line(counts, total, before, threshold):
    """The Areas to print; None when no area may have a line of its own.

    `counts` are the people enrolled in each area, in the programme's order; `total` also has those who live in none.
    `before` are the Areas that earlier editions printed, oldest first.
    """
    own = [name for name, count in counts.items() if count >= threshold]
    while own and may_show(total, threshold):
        areas = with_the_empty(own, counts, total)
        name = next_to_merge(areas, before, threshold)
        if name is None:
            return areas
        own.remove(name if name in own else own[-1])
    return None


def with_the_empty(own, counts, total):
    """The Areas, those with nobody among them when there is no rest: beside a rest, a 0 would tell who is in it."""
    complete = sum(counts[name] for name in own) == total
    return Areas(
        total,
        {name: count for name, count in counts.items() if name in own or (complete and not count)},
    )


def next_to_merge(areas, before, threshold):
    """The area that gives up its line next: the last in order, or one that changed by few; None when all may stand.

    The rest comes first, so that editions before can only take away lines that would stand without them.
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
    if any(left_over_tells(areas, earlier, threshold) for earlier in before):
        return last
    return last if latest and is_short(areas.rest - sum(latest.values()), threshold) else None


def left_over_tells(areas, earlier, threshold):
    """Whether two tables tell about few of those who live in no area that has a line in both."""
    common = areas.own.keys() & earlier.own.keys()
    change = areas.apart_from(common) - earlier.apart_from(common)
    remainders = [*remaining(areas, earlier), *remaining(earlier, areas)]
    return bool(common and is_small(change, threshold)) or any(
        is_short(left, threshold) for left in remainders
    )


def remaining(areas, other):
    """What remains of the rest when those lines of the other table are taken from it that lie in it.

    Where they are all of it, one of them is left out, each in its turn: as if only that one had changed.
    """
    inside = [count for name, count in other.own.items() if name not in areas.own]
    if areas.own.keys() <= other.own.keys():
        inside.append(other.rest)
        return [areas.rest - sum(inside) + left_out for left_out in inside]
    return [areas.rest - sum(inside)] if inside else []
