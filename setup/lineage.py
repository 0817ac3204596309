"""The programmes that one continues, each with what was published about it."""

from typing import NamedTuple

from cases.key_figures import key_figures_of


class Stage(NamedTuple):
    name: str
    years: str  # '2014–2017'; 'fra 2018' of one without an end
    figures: list  # KeyFigures; none of the programme itself, whose own pages show them
    is_current: bool


def lineage_of(programme):
    """Stages, the earliest first; none of a programme that continues nothing."""
    if programme is None or programme.predecessor_id is None:
        return []
    return [
        Stage(
            stage.name,
            years(stage),
            [] if stage == programme else [kind.newest for kind in key_figures_of(stage)],
            stage == programme,
        )
        for stage in programme.lineage()
    ]


def years(programme):
    first, last = programme.starts_on.year, programme.ends_on and programme.ends_on.year
    if last is None:
        return f"fra {first}"
    return str(first) if first == last else f"{first}–{last}"
