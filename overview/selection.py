"""Which young people Overblik is about: everybody, those of an area, those of a mentor; and how an address says so.

Area and mentor are those of the page's day, and the people chosen are followed from there: an earlier day compared with
shows where the same people stood then.
"""

from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from django.utils.crypto import salted_hmac
from django.utils.text import slugify

from reporting.status_report import OUTSIDE
from web.danish import danish_order, fold

NO_MENTOR = "Ingen mentor"


class Choice(NamedTuple):
    """An area or a mentor one can choose; `pk` None is "in no area" and "without a mentor"."""

    key: str  # what the address says
    name: str
    pk: int | None


def area_choices(areas):
    """The areas, and "outside", by the name in letters an address can hold: 'soeparken'."""
    choices = {"udenfor": Choice("udenfor", OUTSIDE, None)}
    for area in areas:
        slug = slugify(fold(area.name)) or "omraade"
        key = next(
            key for n in count(1) if (key := slug if n == 1 else f"{slug}-{n}") not in choices
        )
        choices[key] = Choice(key, area.name, area.pk)
    outside = choices.pop("udenfor")
    return [*choices.values(), outside]


def mentor_choices(programme, names):
    """The mentors {pk: name} by name, and "none". The address holds neither name, e-mail nor counter."""
    mentors = [Choice(mentor_key(programme, pk), name, pk) for pk, name in names.items()]
    return [
        *sorted(mentors, key=lambda mentor: danish_order(mentor.name)),
        Choice("ingen", NO_MENTOR, None),
    ]


def mentor_key(programme, pk):
    """The word a mentor goes by in this programme's addresses; the same as long as the site's secret key is."""
    return salted_hmac(
        "reporting.mentor", f"{programme.slug} {pk}", algorithm="sha256"
    ).hexdigest()[:16]


@dataclass(frozen=True)
class Selection:
    """The area and the mentor chosen, None where it is everybody."""

    area: Choice | None = None
    mentor: Choice | None = None

    def __bool__(self):
        """Whether anybody is left out."""
        return bool(self.area or self.mentor)

    def of(self, register, on):
        """The Register with only those chosen, by their area and mentor on the day."""
        if not self:
            return register
        kept = [
            person
            for person in register.people
            if (not self.area or person.areas.on(on) == self.area.pk)
            and (not self.mentor or person.mentors.on(on) == self.mentor.pk)
        ]
        return replace(register, people=tuple(kept))

    @property
    def words(self):
        """' i Hastrupparken hos Mette Sørensen', with the space before it; empty for everybody."""
        area = self.area and (f" i {self.area.name}" if self.area.pk else " uden for områderne")
        mentor = self.mentor and (f" hos {self.mentor.name}" if self.mentor.pk else " uden mentor")
        return f"{area or ''}{mentor or ''}"
