"""The housing areas of a day, kept at the programme's version (decision 028)."""

from datetime import date, datetime
from typing import NamedTuple

from cases import questions
from web.versioned_cache import VersionedCache

HISTORIES = VersionedCache(50)


class AreaOn(NamedTuple):
    pk: int
    name: str
    in_use: bool


class Spell(NamedTuple):
    """As the AreaSpell."""

    name: str
    in_use: bool
    until: date
    recorded_at: datetime


class AreaHistory(NamedTuple):
    areas: list  # AreaOns since the last spell, in their order
    spells: dict  # {key: its Spells, the earliest first}

    def on(self, day, known_at=None):
        """Return an AreaOn for each area, as known at `known_at` (None: now)."""
        return [self.one_on(area, day, known_at) for area in self.areas]

    def one_on(self, area, day, known_at):
        for spell in self.spells[area.pk]:
            if spell.until > day or (known_at and spell.recorded_at > known_at):
                return AreaOn(area.pk, spell.name, spell.in_use)
        return area

    def keys(self):
        """{name: key}, also of names before; a name of several areas is left out."""
        keys = {}
        for area in self.areas:
            for name in (area.name, *(spell.name for spell in self.spells[area.pk])):
                keys.setdefault(name, set()).add(area.pk)
        return {name: min(pks) for name, pks in keys.items() if len(pks) == 1}

    def last_change(self, on):
        """When a spell that ended by the day was last recorded; None: never."""
        spells = (spell for spells in self.spells.values() for spell in spells)
        return max((spell.recorded_at for spell in spells if spell.until <= on), default=None)


def area_history(programme):
    """One query if it is not kept."""

    def build():
        areas, spells = {}, {}
        for pk, name, in_use, *spell in questions.areas(programme=programme.pk):
            areas[pk] = AreaOn(pk, name, in_use)
            known = spells.setdefault(pk, [])
            if spell[0] is not None:
                known.append(Spell(*spell))
        return AreaHistory(list(areas.values()), spells)

    return HISTORIES.read_one(programme.pk, programme.version, build)
