"""The form of Overblik: day, comparison day, area and mentor, read from the address."""

from django import forms
from django.core.exceptions import ValidationError

from overview.selection import Selection
from reporting.forms import DayForm, day_field, since_the_start
from web.dates import long_date
from web.forms import select

UNKNOWN_AREA = {"invalid_choice": "Det boligområde findes ikke i indsatsen. Vælg et andet."}


UNKNOWN_MENTOR = {"invalid_choice": "Den mentor findes ikke i indsatsen. Vælg en anden."}


BY_AREA = "omraade"  # the rows of the heat map; otherwise mentors


class OverviewForm(DayForm):
    """The view as the address says it: `pr`, `mod` (the day compared with), `omraade`, `mentor`, `kontakt`.

    What it does not know, a renamed area or another programme's mentor, is an error at its field and never everybody.
    """

    asked_at_times = (
        "mod",
        "omraade",
        "mentor",
        "kontakt",
    )  # empty has a meaning, so they are not marked

    mod = day_field("Sammenlign med", "Uden dag: tre måneder før.", required=False)
    omraade = forms.ChoiceField(
        label="Boligområde", required=False, widget=select(), error_messages=UNKNOWN_AREA
    )
    mentor = forms.ChoiceField(
        label="Mentor", required=False, widget=select(), error_messages=UNKNOWN_MENTOR
    )
    kontakt = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # chosen beside the heat map

    def __init__(self, data, *, programme, areas, mentors):
        """`areas` and `mentors` are the Choices (overview/selection.py)."""
        self.chosen = {"omraade": {c.key: c for c in areas}, "mentor": {c.key: c for c in mentors}}
        super().__init__(data, programme=programme)
        for name, choices in self.chosen.items():
            self.fields[name].choices = [
                ("", "Alle"),
                *((choice.key, choice.name) for choice in choices.values()),
            ]

    def answers(self, data):
        others = {name: data.get(name) for name in ("omraade", "mentor", "kontakt")}
        return super().answers(data) | {"mod": self.iso(data.get("mod"))} | others

    def clean_mod(self):
        day = self.cleaned_data["mod"]
        if day is None:
            return None
        if (on := self.cleaned_data.get("pr")) and day >= on:
            raise ValidationError(f"Vælg en dag før {long_date(on)}.", code="not_earlier")
        return since_the_start(day, self.programme)

    def clean(self):
        if self.cleaned_data.get("kontakt") not in ("", "mentor", BY_AREA):
            raise ValidationError(
                "Ugentlig kontakt vises for mentorer eller for boligområder.", code="unknown_rows"
            )

    @property
    def selection(self):
        """The Selection; only of a valid form."""
        area, mentor = (
            self.chosen[name].get(self.cleaned_data[name]) for name in ("omraade", "mentor")
        )
        return Selection(area, mentor)

    @property
    def said(self):
        """The parameters that bring this view back, also to a colleague who has another programme before him."""
        return {"indsats": self.programme.slug} | {
            name: self.data[name] for name in self.fields if self.data.get(name)
        }

    @property
    def is_unfolded(self):
        """Whether more than the day is asked about, or went wrong."""
        return any(
            self.data.get(name) or self.errors.get(name) for name in ("mod", "omraade", "mentor")
        )
