"""The day a page or a report is about, and the view of Overblik."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cases.dates import long_date, today
from cases.filters import select
from cases.forms.fields import DateInput, Plain
from reporting.selection import Selection


class DayInput(DateInput):
    """Shows a day or nothing: a browser's date field takes no other text."""

    def format_value(self, value):
        try:
            return date.fromisoformat(super().format_value(value)).isoformat()
        except (TypeError, ValueError):
            return None


def day_field(label, help_text="", required=True):
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=DayInput,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": "Den dag findes ikke. Skriv den som 01.03.2019."},
    )


UNKNOWN_AREA = {"invalid_choice": "Det boligområde findes ikke i indsatsen. Vælg et andet."}
UNKNOWN_MENTOR = {"invalid_choice": "Den mentor findes ikke i indsatsen. Vælg en anden."}
BY_AREA = "omraade"  # the rows of the heat map; otherwise mentors


class DayForm(Plain):
    """`?pr=2019-03-01` or `01.03.2019`, without it today: a day from the programme's first to today."""

    pr = day_field("Pr.")

    def __init__(self, data, *, programme):
        self.programme = programme
        super().__init__(self.answers(data))

    def answers(self, data):
        """What the address says, with the days as the browser's fields show them; without a day it is today."""
        return {"pr": self.iso(data.get("pr")) or today().isoformat()}

    @property
    def day(self):
        """The chosen day; None when it cannot be shown, and then the field says why."""
        return self.cleaned_data.get("pr") if self.is_valid() else None

    def iso(self, text):
        """The day as the browser's field shows it, None for no text; what is no day is left as it is."""
        try:
            day = self.base_fields["pr"].to_python(text)
        except ValidationError:
            return text
        return day and day.isoformat()

    def clean_pr(self):
        day = self.cleaned_data["pr"]
        if day > today():
            raise ValidationError("Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag.", code="in_the_future")
        return self.since_the_start(day)

    def since_the_start(self, day):
        if day < self.programme.starts_on:
            start = long_date(self.programme.starts_on)
            raise ValidationError(f"Indsatsen begyndte {start}. Vælg den dag eller en senere.", code="before_start")
        return day


class OverviewForm(DayForm):
    """The view as the address says it: `pr`, `mod` (the day compared with), `omraade`, `mentor`, `kontakt`.

    What it does not know, a renamed area or another programme's mentor, is an error at its field and never everybody.
    """

    asked_at_times = ("mod", "omraade", "mentor", "kontakt")  # empty has a meaning, so they are not marked

    mod = day_field("Sammenlign med", "Uden dag: tre måneder før.", required=False)
    omraade = forms.ChoiceField(label="Boligområde", required=False, widget=select(), error_messages=UNKNOWN_AREA)
    mentor = forms.ChoiceField(label="Mentor", required=False, widget=select(), error_messages=UNKNOWN_MENTOR)
    kontakt = forms.CharField(required=False, widget=forms.HiddenInput)  # chosen beside the heat map

    def __init__(self, data, *, programme, areas, mentors):
        """`areas` and `mentors` are the Choices (reporting/selection.py)."""
        self.chosen = {"omraade": {c.key: c for c in areas}, "mentor": {c.key: c for c in mentors}}
        super().__init__(data, programme=programme)
        for name, choices in self.chosen.items():
            self.fields[name].choices = [("", "Alle"), *((choice.key, choice.name) for choice in choices.values())]

    def answers(self, data):
        others = {name: data.get(name) for name in ("omraade", "mentor", "kontakt")}
        return super().answers(data) | {"mod": self.iso(data.get("mod"))} | others

    def clean_mod(self):
        day = self.cleaned_data["mod"]
        if day is None:
            return None
        if (on := self.cleaned_data.get("pr")) and day >= on:
            raise ValidationError(f"Vælg en dag før {long_date(on)}.", code="not_earlier")
        return self.since_the_start(day)

    def clean(self):
        if self.cleaned_data.get("kontakt") not in ("", "mentor", BY_AREA):
            raise ValidationError("Ugentlig kontakt vises for mentorer eller for boligområder.", code="unknown_rows")

    @property
    def selection(self):
        """The Selection; only of a valid form."""
        area, mentor = (self.chosen[name].get(self.cleaned_data[name]) for name in ("omraade", "mentor"))
        return Selection(area, mentor)

    @property
    def said(self):
        """The parameters that bring this view back, also to a colleague who has another programme before him."""
        return {"indsats": self.programme.slug} | {name: self.data[name] for name in self.fields if self.data.get(name)}

    @property
    def is_unfolded(self):
        """Whether more than the day is asked about, or went wrong."""
        return any(self.data.get(name) or self.errors.get(name) for name in ("mod", "omraade", "mentor"))


class ReportDayForm(DayForm):
    """The same, as a question: which day is the status report to be about."""

    pr = day_field("Statusrapport pr.", "Rapporten viser, hvad der gjaldt den dag, som registeret kender det nu.")
