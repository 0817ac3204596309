"""In the order of the committee's table of April 2019."""

from django.db import models


class Status(models.TextChoices):
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
        return {"agreement": "Aftale om kommende …", "clarification": "Afklaring"}.get(
            self.value, self.label
        )

    @property
    def in_progress(self):
        return self not in ENDED


ENDED = (Status.COMPLETED, Status.DROPPED_OUT)


def education_work_completed():
    """Those of the 2019 report."""
    return [Status.EDUCATION.value, Status.WORK.value, Status.COMPLETED.value]
