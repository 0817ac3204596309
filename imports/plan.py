from dataclasses import dataclass, field
from typing import NamedTuple

from cases.models import Match, Residence, StatusChange

from .layout import SHEETS


@dataclass
class Count:
    new: int = 0
    known: int = 0
    no_longer: int = 0  # of the known: withdrawn or corrected since


@dataclass
class Plan:
    mentees: list = field(default_factory=list)
    facts: dict = field(default_factory=lambda: {StatusChange: [], Residence: [], Match: []})
    meetings: list = field(default_factory=list)  # (Meeting, [(Attendance, topics)])
    counts: dict = field(default_factory=lambda: {sheet.name: Count() for sheet in SHEETS})
    possible_duplicates: int = 0  # new meetings on a day when a mentee has another


class PlannedFact(NamedTuple):
    sheet: str
    row: int
    value: object
