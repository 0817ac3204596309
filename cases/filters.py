"""How the list of young people is narrowed down."""

import django_filters
from django import forms

from cases.models import Status
from cases.models.status import ENDED
from web.forms import select

IN_PROGRESS = "i-forloeb"


class MenteeFilter(django_filters.FilterSet):
    """Area, status, mentor and name, over a queryset that knows what holds on the day (`as_of`)."""

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
    omraade = django_filters.ChoiceFilter(
        label="Boligområde", field_name="area_id", empty_label="Alle", widget=select()
    )
    status = django_filters.ChoiceFilter(
        label="Status", method="with_status", empty_label=None, widget=select()
    )
    mentor = django_filters.ChoiceFilter(
        label="Mentor", field_name="mentor_id", empty_label="Alle", widget=select()
    )

    def __init__(self, data, *, programme, mentors, **kwargs):
        """`mentors`: [(id, name)] to choose between; empty when the list is one mentor's own."""
        data = data.copy()
        data.setdefault("status", IN_PROGRESS)
        super().__init__(data, **kwargs)
        self.filters["omraade"].extra["choices"] = [
            (area.pk, area.name) for area in programme.areas.all()
        ]
        self.filters["status"].extra["choices"] = [
            (IN_PROGRESS, "I forløb"),
            ("alle", "Alle"),
            *Status.choices,
        ]
        if mentors:
            self.filters["mentor"].extra["choices"] = [*mentors, ("ingen", "Ingen mentor")]
            self.filters["mentor"].method = self.with_mentor
        else:
            del self.filters["mentor"]

    def named_like(self, mentees, name, text):
        return mentees.named_like(text)

    def with_status(self, mentees, name, status):
        if status == IN_PROGRESS:
            return mentees.exclude(status__in=ENDED)
        return mentees if status == "alle" else mentees.filter(status=status)

    def with_mentor(self, mentees, name, mentor):
        return (
            mentees.filter(mentor_id=None)
            if mentor == "ingen"
            else mentees.filter(mentor_id=mentor)
        )

    @property
    def is_narrowed(self):
        """Whether the reader has asked for anything but what the list begins with."""
        return any(
            value
            for name, value in self.form.data.items()
            if (name, value) != ("status", IN_PROGRESS)
        )
