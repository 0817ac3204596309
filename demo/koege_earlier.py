"""What Køge's programme of 2018 continues: published figures only, nobody is invented for them.

The project description names the pilot's 13 and the 40 planned; the evaluation of December 2016
counts 30 who took part and 27 who were held or had begun. None says when each began, who they were
or had which status: no rows.
"""

from datetime import date
from typing import NamedTuple

from cases.models import HousingArea, KeyFigure, Programme

from .town import AREAS

DESCRIPTION = "Projektbeskrivelse for Unge Mænd med Mål, 2014"
EVALUATION = "SocialRespons: Nye mål i livet, evaluering, december 2016"


class Earlier(NamedTuple):
    """Known by its published figures: [(what, value, source)]."""

    SLUG: str
    name: str
    starts_on: date
    ends_on: date
    areas: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    continues: str = ""  # slug

    def build(self, users, today):
        """The same whatever day it is."""
        programme = Programme(
            name=self.name,
            slug=self.SLUG,
            sender="Boligsocialt Fællessekretariat",
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            predecessor=Programme.objects.filter(slug=self.continues).first(),
        )
        programme.save(expectations={"expected_gender": "male"})
        HousingArea.objects.bulk_create(
            HousingArea(programme=programme, name=name, aliases=AREAS[name], position=position)
            for position, name in enumerate(self.areas)
        )
        KeyFigure.objects.bulk_create(
            KeyFigure(programme=programme, what=what, value=value, source=source, position=position)
            for position, (what, value, source) in enumerate(self.figures)
        )


# No paper gives the pilot's days, or the project's first one: estimated from the midway evaluation
# of 2014. The project ran until April 2017.
PILOT = Earlier(
    "koege-pilot",
    "Unge Mænd med Mål, pilotprojekt i Hastrupparken",
    date(2013, 1, 1),
    date(2014, 12, 31),
    ("Hastrupparken",),
    (
        (
            "Unge støttet i at påbegynde og fastholde uddannelse og job",
            "13",
            f"{DESCRIPTION} (pilotens år er anslået)",
        ),
    ),
)
PROJECT = Earlier(
    "koege-2014",
    "Unge Mænd med Mål",
    date(2014, 1, 1),
    date(2017, 4, 30),
    tuple(AREAS),
    (
        ("Planlagte unge", "40", DESCRIPTION),
        ("Unge, der har været med", "30", EVALUATION),
        ("Fastholdt i eller begyndt på skole, uddannelse eller job", "27", EVALUATION),
    ),
    PILOT.SLUG,
)
