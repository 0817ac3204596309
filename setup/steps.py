"""The seven steps of setting a programme up in the browser."""

from typing import NamedTuple

from django.urls import reverse


class Step(NamedTuple):
    name: str  # URL name
    word: str

    @property
    def number(self):
        return STEPS.index(self) + 1

    @property
    def url(self):
        return reverse(self.name)

    @property
    def next(self):
        """None after the last."""
        return next(iter(STEPS[self.number :]), None)


NAME = Step("setup_name", "Navn og dage")
AREAS = Step("setup_areas", "Boligområder")
GOAL = Step("setup_goal", "Målet")
PEOPLE = Step("setup_people", "Personer")
PARTNERS = Step("setup_partners", "Partnere")
PRIVACY = Step("setup_privacy", "Persondata")
BEGIN = Step("setup_begin", "Begynd")
STEPS = (NAME, AREAS, GOAL, PEOPLE, PARTNERS, PRIVACY, BEGIN)
