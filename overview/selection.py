"""The chosen young people: of an area, of a mentor, or all.

Area and mentor are those of the page's day, also for earlier days.
"""

from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from django.utils.crypto import salted_hmac
from django.utils.text import slugify

from cases.models import Match
from cases.running_mentors import RunningMentors
from overview import params
from reporting.status_report import OUTSIDE
from web.danish import danish_order, fold

NO_MENTOR = Match.NO_MENTOR


class Choice(NamedTuple):
    key: str  # in the URL
    name: str
    pk: int | None  # None: no area, no mentor


def area_choices(areas):
    """`areas`: {key: name}. The keys of choices are unique slugs: 'soeparken'."""
    outside = Choice(params.OUTSIDE_AREAS, OUTSIDE, None)
    choices = {outside.key: outside}
    for pk, name in areas.items():
        slug = slugify(fold(name)) or "omraade"
        keys = (slug if n == 1 else f"{slug}-{n}" for n in count(1))
        key = next(key for key in keys if key not in choices)
        choices[key] = Choice(key, name, pk)
    del choices[outside.key]
    return [*choices.values(), outside]


def mentor_choices(programme, names):
    mentors = [Choice(mentor_key(programme, pk), name, pk) for pk, name in names.items()]
    mentors.sort(key=lambda mentor: danish_order(mentor.name))
    return [*mentors, Choice(params.WITHOUT_MENTOR, NO_MENTOR, None)]


def mentor_key(programme, pk):
    """Keep names and numbers out of URLs. Changes with SECRET_KEY."""
    value = f"{programme.slug} {pk}"
    return salted_hmac("reporting.mentor", value, algorithm="sha256").hexdigest()[:16]


@dataclass(frozen=True)
class Selection:
    """False if nobody is left out."""

    area: Choice | None = None
    mentor: Choice | None = None

    def __bool__(self):
        return bool(self.area or self.mentor)

    def filter(self, register, programme, on):
        """Without a mentor: also those whose mentor has stopped."""
        if not self:
            return register
        mentors = RunningMentors(programme, on)

        def has(mentor):
            return (
                mentors.is_without(mentor) if self.mentor.pk is None else mentor == self.mentor.pk
            )

        people = [
            person
            for person in register.people
            if (not self.area or person.areas.on(on) == self.area.pk)
            and (not self.mentor or has(person.mentors.on(on)))
        ]
        return replace(register, people=tuple(people))

    @property
    def phrase(self):
        """'i Hastrupparken hos Mette Sørensen'; empty for everybody."""
        parts = []
        if self.area:
            parts.append(f"i {self.area.name}" if self.area.pk else OUTSIDE.lower())
        if self.mentor:
            parts.append(f"hos {self.mentor.name}" if self.mentor.pk else "uden mentor")
        return " ".join(parts)
