"""The nine statuses, in the order of the table the school committee read on 3 April 2019."""

from django.db import models


class Status(models.TextChoices):
    """What a young person does. Exclusive: on any day a mentee has exactly one."""

    SCHOOL = "school", "Skole"
    EDUCATION = "education", "Uddannelse"
    YOUTH_CENTRE = "youth_centre", "Ungecenter"
    INTERNSHIP = "internship", "Praktik"
    WORK = "work", "Arbejde"
    AGREEMENT = "agreement", "Aftale om kommende uddannelse/job/praktik"
    CLARIFICATION = "clarification", "Afklaring, fx psykiatrien"
    COMPLETED = "completed", "Afsluttet"
    DROPPED_OUT = "dropped_out", "Frafald"

    @property
    def short(self):
        """The word for narrow places: a badge in a list, a segment of the status line."""
        return {"agreement": "Aftale om kommende …", "clarification": "Afklaring"}.get(
            self.value, self.label
        )

    @property
    def in_progress(self):
        """In progress is whoever has neither completed nor dropped out."""
        return self not in ENDED


ENDED = (Status.COMPLETED, Status.DROPPED_OUT)


def education_work_completed():
    """The goal's own statuses when a programme says nothing else: the reading of 2019, 10 of 26."""
    return [Status.EDUCATION.value, Status.WORK.value, Status.COMPLETED.value]
