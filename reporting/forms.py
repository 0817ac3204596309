"""The day a page or a report is about."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cases.dates import long_date, today
from cases.forms.fields import DateInput, Plain


class DayInput(DateInput):
    """Shows a day or nothing: a browser's date field takes no other text."""

    def format_value(self, value):
        try:
            return date.fromisoformat(super().format_value(value)).isoformat()
        except (TypeError, ValueError):
            return None


def day_field(label, help_text=""):
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=DayInput,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages={"invalid": "Den dag findes ikke. Skriv den som 01.03.2019."},
    )


class DayForm(Plain):
    """`?pr=2019-03-01` or `01.03.2019`, without it today: a day from the programme's first to today."""

    pr = day_field("Pr.")

    def __init__(self, data, *, programme):
        self.programme = programme
        super().__init__({"pr": self.iso(data.get("pr"))})

    @property
    def day(self):
        """The chosen day; None when it cannot be shown, and then the field says why."""
        return self.cleaned_data.get("pr") if self.is_valid() else None

    def iso(self, text):
        """The day as the browser's field shows it; what is no day is left as it is."""
        try:
            return (self.base_fields["pr"].to_python(text) or today()).isoformat()
        except ValidationError:
            return text

    def clean_pr(self):
        day = self.cleaned_data["pr"]
        if day > today():
            raise ValidationError("Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag.", code="in_the_future")
        if day < self.programme.starts_on:
            start = long_date(self.programme.starts_on)
            raise ValidationError(f"Indsatsen begyndte {start}. Vælg den dag eller en senere.", code="before_start")
        return day


class ReportDayForm(DayForm):
    """The same, as a question: which day is the status report to be about."""

    pr = day_field("Statusrapport pr.", "Rapporten viser, hvad der gjaldt den dag, som registeret kender det nu.")
