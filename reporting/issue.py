"""Edition, recipients, number and texts of a report."""

from dataclasses import dataclass
from datetime import date

from django.db import models

# In the order of the committee's agenda.
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


FILE_ENDING = {Edition.FULL: "fuld", Edition.OPEN: "aaben"}
NOT_PUBLIC = "Fuld udgave. Ikke til offentliggørelse"


@dataclass(frozen=True)
class Issue:
    """`number`: '2019-1', or '' in a draft. `change`: what the version corrects."""

    # The repr is part of the PDF's identifier (reporting/pdf.py): the class name, the names of the
    # fields and their order must not change.

    edition: Edition = Edition.FULL
    number: str = ""
    version: int = 1
    issued_on: date | None = None
    to: tuple[str, ...] = ("committee",)  # and "follow_group"
    texts: tuple[tuple[str, str], ...] = ()  # (key in HEADINGS, text)
    remarks: tuple[str, ...] = ()  # accepted caveats
    change: str = ""

    @property
    def is_draft(self):
        return not self.number

    @property
    def name(self):
        """'2019-1, version 2'"""
        return f"{self.number}, version {self.version}" if self.version > 1 else self.number

    @property
    def docline(self):
        draft = ", kladde" if self.is_draft else ""
        return f"Statusrapport{' ' if self.name else ''}{self.name}, {self.edition.label}{draft}"

    @property
    def recommendation(self):
        return dict(self.texts).get("recommendation", "")

    @property
    def further_texts(self):
        """[(heading, text)]"""
        return [(HEADINGS[key], text) for key, text in self.texts if key != "recommendation"]


def sent_to(row):
    return tuple(who for who in ("committee", "follow_group") if getattr(row, f"to_{who}"))


DRAFT = Issue()


def draft_of(report):
    return Issue(Edition(report.edition))
