"""Naboindsatsen: a small second programme, to see that nothing crosses."""

from random import Random

from cases.models import Programme, Role

from . import meetings
from .living import days_before, starts_on
from .scenario import Scenario
from .town import set_up
from .weekly import Weekly, likely_mark

SLUG = "nabo"

PEOPLE = """
Sofus Bang   | m 18 | 210 | Søparken | signe | UUV | school (10. klasse)
  > 90 education (grundforløb 1)
Emma Thorsen | f 20 | 100 | Søparken | signe | -   | youth_centre
"""


def build(users, today):
    """Create everything up to yesterday evening."""
    programme = Programme.objects.create(
        name="Naboindsatsen", slug=SLUG, sender="Naboen", starts_on=starts_on(today)
    )
    set_up(programme, [(users["signe"], Role.MENTOR)])
    scenario = Scenario(
        programme=programme,
        until=today,
        day=days_before(today),
        coordinator=users["signe"],
        mentors={"signe": users["signe"]},
        rng=Random(2),  # noqa: S311 (a scenario, not a secret)
    )
    scenario.create_people(PEOPLE)
    meetings.create(
        scenario, Weekly(scenario, lambda person, week: likely_mark(scenario.rng, 0.8)).encounters()
    )
