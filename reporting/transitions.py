from collections import defaultdict
from dataclasses import dataclass

from cases.models import Status

NEW, NONE = "Nyindskrevet", "Ingen status"
ORDER = {status: n for n, status in enumerate(Status)}


@dataclass(frozen=True)
class Transition:
    """None: no status recorded. NEW: not enrolled yet."""

    before: Status | str | None
    after: Status | None
    people: tuple

    @property
    def count(self):
        return len(self.people)


@dataclass(frozen=True)
class Transitions:
    moves: tuple[Transition, ...]
    unchanged: int

    @property
    def moved(self):
        return sum(move.count for move in self.moves)


def transitions_between(register, before, on):
    pairs, unchanged = defaultdict(list), 0
    for person in register.enrolled(on):
        first = person.status(before) if person.enrolled_on <= before else NEW
        last = person.status(on)
        if first == last:
            unchanged += 1
        else:
            pairs[first, last].append(person)
    moves = [Transition(*pair, tuple(those)) for pair, those in pairs.items()]
    moves.sort(
        key=lambda move: (-move.count, ORDER.get(move.before, -1), ORDER.get(move.after, -1))
    )
    return Transitions(tuple(moves), unchanged)
