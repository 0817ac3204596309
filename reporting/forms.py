from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from cases.models.second_person import Answer
from reporting.issue import HEADINGS, Edition, sent_to
from reporting.issuing import NotIssued, issue_in_transaction
from reporting.models import Decision, ReportDraft, ReportWithdrawal
from reporting.names import names_in_texts, who_is_named, who_may_be_named
from reporting.params import ACCEPTED, DAY, FINGERPRINT, NOT_THE_MENTEE
from reporting.pdf import PDFUnavailable
from reporting.pdf_process import PDFNotFinished
from reporting.receivers import RECEIVERS
from reporting.status_report import ReportUnavailable
from web.dates import long_date, today
from web.forms import (
    BaseFormMixin,
    Chips,
    DateInput,
    NotSaved,
    PlainForm,
    checkboxes,
    layout,
    radios,
)
from web.validators import not_in_the_future


class DayInput(DateInput):
    """Renders only ISO dates; browsers accept no other value."""

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
        error_messages={
            "required": "Vælg en dag.",
            "invalid": "Den dag findes ikke. Skriv den som 01.03.2019.",
        },
    )


def since_the_start(day, programme):
    """Raise ValidationError before the programme's first day."""
    if day < programme.starts_on:
        start = long_date(programme.starts_on)
        raise ValidationError(
            f"Indsatsen begyndte {start}. Vælg den dag eller en senere.", code="before_start"
        )
    return day


def valid_report_day(day, programme):
    """As since_the_start, but also raise for a day in the future."""
    not_in_the_future(day)
    return since_the_start(day, programme)


class DayForm(PlainForm):
    """The day of `?pr=2019-03-01` or `?pr=01.03.2019`; without it, today."""

    pr = day_field("Pr.")  # params.DAY

    def __init__(self, data, *, programme):
        self.programme = programme
        super().__init__(self.answers(data))

    def answers(self, data):
        return {DAY: self.iso(data.get(DAY)) or today().isoformat()}

    @property
    def chosen_day(self):
        return self.cleaned_data.get(DAY) if self.is_valid() else None

    def iso(self, text):
        """Return None for no text; an invalid text unchanged."""
        try:
            day = self.base_fields[DAY].to_python(text)
        except ValidationError:
            return text
        return day and day.isoformat()

    def clean_pr(self):
        return valid_report_day(self.cleaned_data[DAY], self.programme)


class ReportDayForm(DayForm):
    pr = day_field(
        "Statusrapport pr.",
        "Rapporten viser, hvad der gjaldt den dag, som registeret kender det nu.",
    )


class BeginReportForm(ReportDayForm):
    """Asked for, never today by itself."""

    def answers(self, data):
        return {DAY: self.iso(data.get(DAY))}


TEXT_HELP = {
    "recommendation": "Det, forvaltningen indstiller til udvalget. Står på rapportens første side.",
    "economy": "For eksempel om sagen har økonomiske konsekvenser for kommunen.",
}


class DraftForm(BaseFormMixin, forms.ModelForm):
    """A correction cannot change day, edition or receivers."""

    to = forms.MultipleChoiceField(
        label="Til",
        choices=[(code, name.capitalize()) for code, name in RECEIVERS.items()],
        widget=checkboxes(),
        error_messages={"required": "Vælg, hvem rapporten er til."},
    )
    revision = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    of_correction = ("change", "withdraws", "withdrawal_reason")
    asked_at_times = of_correction  # not marked as optional
    layout_order = ("revision", "on", "edition", "to", *of_correction, *HEADINGS)

    class Meta:
        model = ReportDraft
        fields = [
            "on",
            "edition",
            "change",
            "withdraws",
            "withdrawal_reason",
            *HEADINGS,
        ]
        widgets = {key: forms.Textarea(attrs={"rows": 5}) for key in HEADINGS} | {
            "on": DayInput,
            "edition": radios(),
        }
        help_texts = TEXT_HELP | {
            "edition": "Den åbne udgave er til en offentlig dagsorden: små tal lægges sammen. Den "
            "fulde har tal om få unge og må ikke offentliggøres.",
            "withdraws": "Udvalg og følgegruppe kan så ikke hente den, heller ikke versionerne før "
            "den. Tallene bliver stående i listen.",
            "withdrawal_reason": "Læserne ser det på den gamle udgaves side.",
            "change": "Én sætning, som kommer til at stå i rapporten.",
        }
        labels = {
            "edition": "Udgave",
            "on": "Statusrapport pr.",
            "change": "Hvad retter den nye version?",
            "withdraws": "Den forrige udgave skal ikke kunne læses længere",
            "withdrawal_reason": "Hvorfor ikke?",
        }

    def __init__(self, *args, instance, **kwargs):
        kwargs["initial"] = {"to": sent_to(instance), "revision": instance.revision}
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["on"].error_messages = {
            "required": "Vælg en dag.",
            "invalid": "Den dag findes ikke.",
        }
        if instance.corrects_id:
            for name in ("on", "edition", "to"):
                del self.fields[name]
            self.fields["change"].required = True
            self.fields["change"].error_messages = {
                "required": "Skriv, hvad den nye version retter."
            }
        else:
            self.fields["edition"].choices = [
                (edition.value, edition.label.capitalize())
                for edition in (Edition.OPEN, Edition.FULL)
            ]
            for name in self.of_correction:
                del self.fields[name]
        self.helper = layout(
            *(
                Chips(name) if name in ("edition", "to") else name
                for name in self.layout_order
                if name in self.fields
            )
        )

    def clean_on(self):
        return valid_report_day(self.cleaned_data["on"], self.instance.programme)

    def clean(self):
        data = super().clean()
        if "to" in self.fields:
            for code in RECEIVERS:
                setattr(self.instance, f"to_{code}", code in data.get("to", ()))
        if data.get("withdraws") and not data.get("withdrawal_reason"):
            self.add_error("withdrawal_reason", "Skriv, hvorfor den ikke skal kunne læses længere.")
        return data

    def record(self, by):
        """Raise NotSaved if another revision was saved first."""
        draft = self.save(commit=False)
        draft.revision = self.cleaned_data["revision"]
        if not draft.save_revision(by=by):
            raise NotSaved
        return []


class IssueForm(PlainForm):
    set = forms.CharField(required=False)  # params.FINGERPRINT
    forbehold = forms.BooleanField(required=False)  # params.ACCEPTED

    def __init__(self, data, *, draft, drawing):
        super().__init__(data)
        self.draft, self.drawing = draft, drawing

    def record(self, by):
        """Raise NotSaved, with a warning that says why; WorkFirst if `drawing` is not its PDF."""
        fingerprint, ticked = self.cleaned_data[FINGERPRINT], self.cleaned_data[ACCEPTED]
        try:
            return issue_in_transaction(
                self.draft, self.drawing, by=by, fingerprint=fingerprint, ticked=ticked
            )
        except NotIssued as error:
            self.warn(error.messages[0])
        except ReportUnavailable as error:
            self.warn(str(error))
        except PDFUnavailable:
            self.warn("Rapporten er ikke udsendt: denne maskine kan ikke lave PDF.")
        except PDFNotFinished:
            self.warn("Rapporten er ikke udsendt: PDF'en blev ikke færdig. Prøv igen om lidt.")
        raise NotSaved


class WithoutNamesMixin:
    """Refuses a young person's name in the form's texts, and asks about a given name.

    Set `self.programme` before the form is read.
    """

    def clean(self):
        data = super().clean()
        labels = self.Meta.labels
        texts = {name: data[name] for name in labels if isinstance(data.get(name), str)}
        found = names_in_texts(self.programme, texts)
        for name, each in found.items():
            if each.named:
                self.add_error(name, f"{who_is_named({labels[name]: each})}.")
        of_label = {labels[name]: each for name, each in found.items()}
        for word, sentence in who_may_be_named(of_label).items():
            question = f"{sentence}. Er det en anden, så gem igen."
            self.warn(question, f"{NOT_THE_MENTEE}{word}")
        return data


class DecisionForm(WithoutNamesMixin, BaseFormMixin, forms.ModelForm):
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

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.report, self.programme = report, report.programme

    def record(self, by):
        self.instance.recorded_by = by
        self.save()
        return []  # the next decision recorded is the one that holds


class WithdrawalForm(WithoutNamesMixin, BaseFormMixin, forms.ModelForm):
    helper = layout("reason")

    class Meta:
        model = ReportWithdrawal
        fields = ["reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        labels = {"reason": "Hvorfor skal rapporten ikke kunne læses længere?"}
        help_texts = {"reason": "Udvalg og følgegruppe kan læse det. Nævn ingen ved navn."}
        error_messages = {"reason": {"required": "Skriv hvorfor."}}

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.report, self.programme = report, report.programme

    def clean(self):
        if self.instance.report.withdrawals.exclude(answer=Answer.DROPPED).exists():
            raise ValidationError("Det er allerede foreslået, at rapporten trækkes tilbage.")
        return super().clean()

    def record(self, by):
        self.instance.recorded_by = by
        self.save()
        return []  # it is dropped on its own page
