"""Filters of the mentee list."""

import django_filters
from django import forms

from cases import params
from cases.models import Match, Status
from cases.models.status import ENDED
from web.forms import select


class MenteeFilter(django_filters.FilterSet):
    """Filters over a queryset annotated by `as_of`."""

    q = django_filters.CharFilter(
        label="Navn",
        method="named_like",
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
    omraade = django_filters.ChoiceFilter(
        label="Boligområde", field_name="area_id", empty_label="Alle", widget=select()
    )
    status = django_filters.ChoiceFilter(
        label="Status", method="with_status", empty_label=None, widget=select()
    )
    mentor = django_filters.ChoiceFilter(
        label="Mentor", method="with_mentor", empty_label="Alle", widget=select()
    )

    def __init__(self, data, *, programme, mentors, **kwargs):
        """`mentors`: [(pk, name)] to choose between; if empty, there is no such filter."""
        data = data.copy()
        data.setdefault(params.STATUS, params.IN_PROGRESS)
        super().__init__(data, **kwargs)
        self.filters[params.AREA].extra["choices"] = [
            (area.pk, area.name) for area in programme.areas.all()
        ]
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

    def named_like(self, mentees, name, text):
        return mentees.named_like(text)

    def with_status(self, mentees, name, status):
        if status == params.IN_PROGRESS:
            return mentees.exclude(status__in=ENDED)
        return mentees if status == params.ANY_STATUS else mentees.filter(status=status)

    def with_mentor(self, mentees, name, mentor):
        return mentees.filter(mentor_id=None if mentor == params.WITHOUT_MENTOR else mentor)

    @property
    def is_narrowed(self):
        """True if any filter differs from the default, status "in progress"."""
        return any(
            value
            for name, value in self.form.data.items()
            if (name, value) != (params.STATUS, params.IN_PROGRESS)
        )
