"""Naboindsatsen: a small programme beside the others, to see that nothing crosses from one to another."""

from random import Random

from cases.models import Programme, Role

from . import meetings
from .living import days_before, starts_on
from .scenario import Scenario
from .town import furnish
from .weekly import Weekly, likely_mark

SLUG = "nabo"

PEOPLE = """
Sofus Bang   | m 18 | 210 | Søparken | signe | UUV | school (10. klasse) > 90 education (grundforløb 1)
Emma Thorsen | f 20 | 100 | Søparken | signe | -   | youth_centre
"""


def tell(users, today):
    """Write the programme and everything in it up to yesterday evening."""
    programme = Programme.objects.create(
        name="Naboindsatsen", slug=SLUG, sender="Naboen", starts_on=starts_on(today)
    )
    furnish(programme, [(users["signe"], Role.MENTOR)])
    story = Scenario(
        programme=programme,
        until=today,
        day=days_before(today),
        coordinator=users["signe"],
        mentors={"signe": users["signe"]},
        rng=Random(2),  # noqa: S311 (a story, not a secret)
    )
    story.people(PEOPLE)
    meetings.write(
        story, Weekly(story, lambda person, week: likely_mark(story.rng, 0.8)).encounters()
    )
