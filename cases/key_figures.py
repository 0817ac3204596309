"""Key figures by kind: what is published about the same again is newer, and shown."""

from datetime import date
from typing import NamedTuple

from cases import questions
from cases.models import KeyFigure
from web.danish import simplify


class FigureKind(NamedTuple):
    newest: KeyFigure
    older: list


def kind_of(what, area):
    """`area`: the HousingArea's key; None for all of them."""
    return simplify(what), area


def key_figures_of(programme):
    """In their order; one query."""
    kinds = {}
    for figure in questions.key_figures(programme=programme.pk):
        kinds.setdefault(kind_of(figure.what, figure.area_id), []).append(figure)
    kinds = (sorted(figures, key=newness, reverse=True) for figures in kinds.values())
    return [FigureKind(newest, older) for newest, *older in kinds]


def newness(figure):
    """The day it was published decides; one without a day is older."""
    return figure.published_on or date.min, figure.recorded_at, figure.pk
