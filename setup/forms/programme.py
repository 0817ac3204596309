"""Forms of a programme's name and dates, of what its letter says, and of opening it."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.models import FieldChange, Membership, Programme, Role
from cases.roles import programmes_where
from setup.checklist import checklist
from setup.copying import copy_rows, copy_texts, free_slug
from web import security_log
from web.dates import long_date, today, years_after
from web.forms import BaseFormMixin, Chips, DateInput, PlainForm, layout, radios, select
from web.validators import not_far_ahead

EARLIEST_YEAR = 2000
FURTHEST_YEARS = 10
TAKEN = "Der er allerede en indsats med det navn."


def in_words(value):
    """A value of a Programme's field as the screen shows it."""
    if value is None:
        return ""
    return long_date(value) if hasattr(value, "year") else str(value)


def not_too_late(ends_on):
    """Raise ValidationError for a last day that is a slip of the keyboard."""
    if ends_on > years_after(today(), FURTHEST_YEARS):
        raise ValidationError("Vælg en dag inden for de næste ti år.")


class ProgrammeForm(BaseFormMixin, forms.ModelForm):
    """A new programme, or other words and days for one.

    The days can be changed while nobody is enrolled; later the last one has a page of its own.
    """

    helper = layout("name", "sender", "committee", "starts_on", "ends_on")

    class Meta:
        model = Programme
        fields = ["name", "sender", "committee", "starts_on", "ends_on"]
        labels = {
            "name": "Hvad hedder indsatsen?",
            "sender": "Afsender",
            "committee": "Udvalg",
            "starts_on": "Begynder",
            "ends_on": "Slutter",
        }
        help_texts = {
            "sender": "Hvem rapporten kommer fra, fx Boligsocialt Fællessekretariat.",
            "committee": "Hvem der læser rapporten.",
            "ends_on": "Den sidste dag, hvis I kender den.",
        }
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        error_messages = {
            "name": {"required": "Skriv, hvad indsatsen hedder."},
            "committee": {"required": "Skriv, hvem der læser rapporten."},
            "starts_on": {"required": "Vælg den første dag.", "invalid": "Den dag findes ikke."},
            "ends_on": {"invalid": "Den dag findes ikke."},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = {name: getattr(self.instance, name) for name in self._meta.fields}
        if self.instance.pk and self.instance.mentees.exists():
            for name in ("starts_on", "ends_on"):
                self.fields[name].disabled = True

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        others = Programme.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if name.casefold() in map(str.casefold, others):  # SQLite compares æ, ø, å by case
            raise ValidationError(TAKEN)
        return name

    def clean_starts_on(self):
        starts_on = self.cleaned_data["starts_on"]
        if starts_on.year < EARLIEST_YEAR:
            raise ValidationError("Ret årstallet.")
        not_far_ahead(starts_on)
        return starts_on

    def clean_ends_on(self):
        if ends_on := self.cleaned_data["ends_on"]:
            not_too_late(ends_on)
        return self.cleaned_data["ends_on"]

    def record(self, by):
        if self.instance.pk:
            record_changes(self, by)
        else:
            begin_programme(self.instance, by)
        return []  # it can be written anew


def record_changes(form, by):
    """Write each changed field of the form's programme, with a trace."""
    for name in form.changed_data:
        value = form.cleaned_data[name]
        words = in_words(form.before[name]), in_words(value)
        FieldChange.objects.change_setting(
            form.instance, name, value, words, by=by, logged="changed"
        )


def begin_programme(programme, by):
    """Save a new programme, still to be set up, with `by` as its operator.

    Raise ValidationError if another one has taken the name meanwhile.
    """
    programme.slug, programme.set_up_at = free_slug(programme.name), None
    try:
        with transaction.atomic():
            programme.save()
    except IntegrityError as error:
        raise ValidationError({"name": TAKEN}) from error
    Membership.objects.create(
        programme=programme, user=by, role=Role.OPERATOR, starts_on=today(), recorded_by=by
    )
    security_log.record_after_commit(
        "setting_changed", programme=programme.slug, setting="programme", value="begun"
    )


class PrivacyForm(BaseFormMixin, forms.ModelForm):
    """What the letter about personal data says of this programme (GDPR art. 13)."""

    helper = layout("data_controller", "dpo_contact", "retention")

    class Meta:
        model = Programme
        fields = ["data_controller", "dpo_contact", "retention"]
        labels = {
            "data_controller": "Dataansvarlig",
            "dpo_contact": "Databeskyttelsesrådgiver",
            "retention": "Hvor længe gemmes oplysningerne?",
        }
        help_texts = {
            "data_controller": "Den myndighed, der har ansvaret, fx Køge Kommune.",
            "dpo_contact": "E-mail eller telefon, som unge og deres forældre kan bruge.",
            "retention": "Med brevets ord, fx: Fem år efter forløbets sidste dag.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.before = {name: getattr(self.instance, name) for name in self._meta.fields}

    def record(self, by):
        record_changes(self, by)
        return []  # it can be written anew


class BeginForm(PlainForm):
    """Open the programme: empty, for a spreadsheet, or with the set-up of an earlier one."""

    EMPTY, SPREADSHEET, COPY = "tomt", "regneark", "kopi"

    start = forms.ChoiceField(
        label="Hvad begynder I med?",
        widget=radios(),
        choices=[
            (EMPTY, "Et tomt register"),
            (SPREADSHEET, "Vores regneark"),
            (COPY, "Opsætningen fra en tidligere indsats"),
        ],
        error_messages={
            "required": "Vælg, hvad I begynder med.",
            "invalid_choice": "Vælg mellem de tre.",
        },
    )
    source = forms.ChoiceField(label="Tidligere indsats", required=False, widget=select())
    helper = layout(Chips("start"), "source")

    def __init__(self, *args, programme, user, **kwargs):
        self.programme = programme
        kwargs["initial"] = {"start": self.EMPTY}
        super().__init__(*args, **kwargs)
        others = [other for other in programmes_where(user, "setup.set_up") if other != programme]
        self.sources = {str(other.pk): other for other in others}
        self.fields["source"].choices = [
            ("", "Vælg"),
            *((key, other.name) for key, other in self.sources.items()),
        ]
        if not self.sources:
            self.fields["start"].choices = self.fields["start"].choices[:2]
            del self.fields["source"]
            self.helper = layout(Chips("start"))

    @property
    def source_programme(self):
        """The Programme to copy, or None."""
        if self.cleaned_data.get("start") != self.COPY:
            return None
        return self.sources.get(self.cleaned_data.get("source"))

    def clean(self):
        data = super().clean()
        copies = data.get("start") == self.COPY
        if copies and not self.errors and self.source_programme is None:
            self.add_error("source", "Vælg, hvilken indsats I vil bruge.")
        return data

    def record(self, by):
        """Raise ValidationError if what must come first is missing, also after the copy."""
        programme = self.programme
        if source := self.source_programme:
            copy_rows(source, programme)
            copy_texts(source, programme, by)
        programme.refresh_from_db()
        if lacks := [check for check in checklist(programme) if check.comes_first]:
            raise ValidationError([f"{check.step.word}: {check.sentence}" for check in lacks])
        if programme.set_up_at is None:
            FieldChange.objects.change_setting(
                programme, "set_up_at", timezone.now(), ("", "ja"), by=by, logged="opened"
            )
        return []
