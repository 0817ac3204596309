import django_filters
from django import forms

from cases import params
from cases.models import Match, Status
from cases.models.status import ENDED
from cases.programme_names import names_of
from cases.running_mentors import RunningMentors
from web.danish import has_words
from web.forms import select


class MenteeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Navn",
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "class": "form-control",
                "form": "find-navn",
            }
        ),
    )
    # django-filter takes the parameter's name from the attribute, hence the Danish word.
    omraade = django_filters.ChoiceFilter(label="Boligområde", empty_label="Alle", widget=select())
    status = django_filters.ChoiceFilter(label="Status", empty_label=None, widget=select())
    mentor = django_filters.ChoiceFilter(label="Mentor", empty_label="Alle", widget=select())

    def __init__(self, data, *, programme, mentors, **kwargs):
        """`mentors`: [(pk, name)]; if empty, there is no such filter."""
        self.programme, data = programme, data.copy()
        data.setdefault(params.STATUS, params.IN_PROGRESS)
        super().__init__(data, **kwargs)
        self.filters[params.AREA].extra["choices"] = [*names_of(programme).areas.items()]
        self.filters[params.STATUS].extra["choices"] = [
            (params.IN_PROGRESS, "I forløb"),
            (params.ANY_STATUS, "Alle"),
            *Status.choices,
        ]
        if mentors:
            self.filters[params.MENTOR].extra["choices"] = [
                *mentors,
                (params.WITHOUT_MENTOR, Match.NO_MENTOR),
            ]
        else:
            del self.filters[params.MENTOR]

    def select(self, people, on):
        """Return Persons; a field that is not valid is left out."""
        self.form.is_valid()
        chosen = self.form.cleaned_data
        tests = []
        if text := chosen.get("q"):
            tests.append(lambda person: has_words(person.name, text))
        if area := chosen.get(params.AREA):
            tests.append(lambda person: str(person.areas.on(on)) == area)
        if mentor := chosen.get(params.MENTOR):
            if mentor == params.WITHOUT_MENTOR:
                is_without = RunningMentors(self.programme, on).is_without
                tests.append(lambda person: is_without(person.mentors.on(on)))
            else:
                tests.append(lambda person: person.mentors.on(on) == int(mentor))
        status = chosen.get(params.STATUS)
        if status == params.IN_PROGRESS:
            tests.append(lambda person: person.status(on) not in ENDED)
        elif status and status != params.ANY_STATUS:
            tests.append(lambda person: person.status(on) == status)
        return [person for person in people if all(test(person) for test in tests)]

    @property
    def is_narrowed(self):
        return any(
            value
            for name, value in self.form.data.items()
            if (name, value) != (params.STATUS, params.IN_PROGRESS)
        )
