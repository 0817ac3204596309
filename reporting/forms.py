"""The day a page or a report is about, and the view of Overblik."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from reporting.issue import HEADINGS, Edition, sent_to
from reporting.models import Decision, ReportDraft
from web.dates import long_date, today
from web.forms import BaseFormMixin, Chips, DateInput, PlainForm, checkboxes, layout, radios
from web.spreadsheets import NOT_XML


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


def since_the_start(day, programme):
    """The day, which is the programme's first or later; ValidationError where it is not."""
    if day < programme.starts_on:
        start = long_date(programme.starts_on)
        raise ValidationError(
            f"Indsatsen begyndte {start}. Vælg den dag eller en senere.", code="before_start"
        )
    return day


def within(day, programme):
    """The day, which is one of the programme's up to today; ValidationError where it is not."""
    if day > today():
        raise ValidationError(
            "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag.", code="in_the_future"
        )
    return since_the_start(day, programme)


class DayForm(PlainForm):
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
        return within(self.cleaned_data["pr"], self.programme)


class ReportDayForm(DayForm):
    """The same, as a question: which day is the status report to be about."""

    pr = day_field(
        "Statusrapport pr.",
        "Rapporten viser, hvad der gjaldt den dag, som registeret kender det nu.",
    )


TEXT_HELP = {
    "recommendation": "Det, forvaltningen indstiller til udvalget. Står på rapportens første side.",
    "economy": "For eksempel om sagen har økonomiske konsekvenser for kommunen.",
}


class DraftForm(BaseFormMixin, forms.ModelForm):
    """A report being written: the day, the edition, who it is for, the texts; of a correction what it corrects."""

    to = forms.MultipleChoiceField(
        label="Til",
        choices=[("committee", "Skoleudvalget"), ("follow_group", "Følgegruppen")],
        widget=checkboxes(),
        error_messages={"required": "Vælg, hvem rapporten er til."},
    )
    revision = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    in_order = ("revision", "on", "edition", "to", "change", *HEADINGS)

    class Meta:
        model = ReportDraft
        fields = ["on", "edition", "change", *HEADINGS]
        widgets = {key: forms.Textarea(attrs={"rows": 5}) for key in HEADINGS} | {
            "on": DayInput,
            "edition": radios(),
        }
        help_texts = TEXT_HELP | {
            "edition": "Den åbne udgave kan stå på en offentlig dagsorden: små tal lægges sammen, så ingen kan kendes.",
            "change": "Én sætning, som kommer til at stå i rapporten.",
        }
        labels = {
            "edition": "Udgave",
            "on": "Statusrapport pr.",
            "change": "Hvad retter den nye version?",
        }

    def __init__(self, *args, instance, **kwargs):
        super().__init__(
            *args,
            instance=instance,
            initial={"to": sent_to(instance), "revision": instance.revision},
            **kwargs,
        )
        self.fields["on"].error_messages = {
            "required": "Vælg en dag.",
            "invalid": "Den dag findes ikke.",
        }
        if instance.corrects_id:
            for name in ("on", "edition", "to"):  # a correction is of the same report
                del self.fields[name]
            self.fields["change"].required = True
            self.fields["change"].error_messages = {
                "required": "Skriv, hvad den nye version retter."
            }
        else:
            self.fields["edition"].choices = [
                (code, word.capitalize()) for code, word in Edition.choices
            ]
            del self.fields["change"]
        self.helper = layout(
            *(
                Chips(name) if name in ("edition", "to") else name
                for name in self.in_order
                if name in self.fields
            )
        )

    def clean_on(self):
        return within(self.cleaned_data["on"], self.instance.programme)

    def clean(self):
        data = super().clean()
        for key in {*HEADINGS, "change"} & data.keys():
            data[key] = NOT_XML.sub("", data[key])  # pasted unseen, and no Word file can hold it
        if "to" in self.fields:
            for who in ("committee", "follow_group"):
                setattr(self.instance, f"to_{who}", who in data.get("to", ()))
        return data


class DecisionForm(BaseFormMixin, forms.ModelForm):
    """What the committee decided, from its minutes."""

    helper = layout("decided_on", "text", "absent")

    class Meta:
        model = Decision
        fields = ["decided_on", "text", "absent"]
        widgets = {"decided_on": DateInput, "text": forms.Textarea(attrs={"rows": 3})}
        labels = {"decided_on": "Mødedato", "text": "Beslutning", "absent": "Fraværende"}
        error_messages = {
            "decided_on": {"required": "Vælg mødets dag.", "invalid": "Den dag findes ikke."},
            "text": {"required": "Skriv, hvad udvalget besluttede."},
        }
