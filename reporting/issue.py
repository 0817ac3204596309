"""What makes a status report an issued one: its edition, to whom it went, its number, and the texts beside the figures.

A value, as the report is: page, PDF, DOCX and text are drawn from the two together, now or in ten years.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models

# The committee's own headings, in its agenda's order.
HEADINGS = {
    "recommendation": "Indstilling",
    "assessment": "Baggrund og vurdering",
    "supplementary": "Supplerende mentorindsatser",
    "perspectives": "Fremtidige perspektiver",
    "economy": "Økonomi",
}


class Edition(models.TextChoices):
    FULL = "full", "fuld udgave"
    OPEN = "open", "åben udgave"


@dataclass(frozen=True)
class Issue:
    """One issue of a report. `number` is '2019-1', empty in a draft; `change` says what a later version corrects."""

    edition: Edition = Edition.FULL
    number: str = ""
    version: int = 1
    issued_on: date | None = None
    to: tuple[str, ...] = ("committee",)  # and "follow_group"
    texts: tuple[tuple[str, str], ...] = ()  # of (key in HEADINGS, text); none of them is empty
    remarks: tuple[
        str, ...
    ] = ()  # what should have held and did not, as the one who issued it has seen
    change: str = ""

    @property
    def is_draft(self):
        return not self.number

    @property
    def name(self):
        """'2019-1', '2019-1, version 2'; empty in a draft."""
        return f"{self.number}, version {self.version}" if self.version > 1 else self.number

    @property
    def docline(self):
        """'Statusrapport 2019-1, version 2, fuld udgave', 'Statusrapport, fuld udgave, kladde'"""
        draft = ", kladde" if self.is_draft else ""
        return f"Statusrapport{' ' if self.name else ''}{self.name}, {self.edition.label}{draft}"

    @property
    def recommendation(self):
        """The Indstilling, which stands on page 1; empty without one."""
        return dict(self.texts).get("recommendation", "")

    @property
    def further_texts(self):
        """[(heading, text)] of the other texts."""
        return [(HEADINGS[key], text) for key, text in self.texts if key != "recommendation"]


def sent_to(row):
    """Of a draft or an issued report: the codes of those it is for."""
    return tuple(who for who in ("committee", "follow_group") if getattr(row, f"to_{who}"))


DRAFT = Issue()


def draft_of(report):
    """The Issue of a report that nobody has issued yet, of the report's own edition."""
    return Issue(Edition(report.edition))
