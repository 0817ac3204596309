from dataclasses import dataclass
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from web.dates import today
from web.validators import not_far_ahead


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs={"class": "date", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs={"class": "date", **(attrs or {})}, format="%H:%M")


def radios():
    return forms.RadioSelect(attrs={"class": "btn-check"})


def checkboxes():
    return forms.CheckboxSelectMultiple(attrs={"class": "btn-check"})


def select():
    return forms.Select(attrs={"class": "form-select"})


def with_other_day(data, chips, other):
    """Return `data` with a date in `day` that has no chip (any more) moved to the field `other`.

    `chips`: {date as posted: label}.
    """
    try:
        day = date.fromisoformat((data or {}).get("day", "")).isoformat()
    except ValueError:
        return data
    if day in chips:
        return data
    data = data.copy()
    data["day"], data[other] = "other", day
    return data


class Chips(Field):
    template = "crispy/chips.html"


def layout(*fields):
    """The template writes <form> and CSRF token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


@dataclass(frozen=True)
class FormWarning:
    """The form is not saved before the user has accepted it.

    Posting a field called `code` accepts it; "" if something else is needed.
    """

    sentence: str
    code: str
    is_accepted: bool


class NotSaved(Exception):
    """Raised by `record` of a form whose `warnings` now say why nothing was saved."""


class BaseFormMixin:
    """Warnings, and models' errors at their fields; marks optional fields, except radio buttons."""

    use_required_attribute = False
    is_conflict = False  # an error shows what somebody else has saved meanwhile

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        self.asked = []  # also those that are accepted
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            unmarked = name in getattr(self, "asked_at_times", ()) or isinstance(
                field.widget, forms.RadioSelect
            )
            if not (field.required or unmarked):
                field.label = format_html("{} <small>(frivilligt)</small>", field.label)

    def add_error(self, field, error):
        """Also add a model's error; of a field the form does not have, to the whole form."""
        if field is not None or not hasattr(error, "error_dict"):
            super().add_error(field, error)
            return
        for name, errors in error.error_dict.items():
            super().add_error(name if name in self.fields else None, errors)

    def full_clean(self):
        self.asked = []
        super().full_clean()

    def warn(self, sentence, code="", *, again=False):
        """Ask the user to be sure. `code`: without prefix. `again`: even if it was accepted."""
        name = self.add_prefix(code) if code else ""
        self.asked.append(FormWarning(sentence, name, name in self.data and not again))

    @property
    def warnings(self):
        return [warning for warning in self.asked if not warning.is_accepted]


class PlainForm(BaseFormMixin, forms.Form):
    pass


class ObjectChoiceField(forms.ChoiceField):
    """Required choice of an object or explicitly none."""

    widget = forms.RadioSelect

    def __init__(self, *, none, **kwargs):
        super().__init__(widget=radios(), **kwargs)
        self.none = none

    def offer(self, rows):
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [*((key, str(row)) for key, row in self.rows.items()), ("ingen", self.none)]

    def clean(self, value):
        return self.rows.get(super().clean(value))


class ObjectMultipleChoiceField(forms.MultipleChoiceField):
    """Optional choice of objects.

    Keys are compared as text: Django's ModelMultipleChoiceField raises OverflowError on SQLite.
    """

    def __init__(self, **kwargs):
        super().__init__(widget=checkboxes(), required=False, **kwargs)

    def offer(self, rows):
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [(key, str(row)) for key, row in self.rows.items()]

    def clean(self, value):
        return [self.rows[key] for key in super().clean(value)]


class FutureDateField(forms.DateField):
    widget = DateInput
    default_validators = [not_far_ahead]

    def validate(self, value):
        super().validate(value)
        if value and value < today():
            raise ValidationError("Vælg i dag eller en dag, der kommer.", code="in_the_past")
