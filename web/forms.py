"""Base forms, fields and widgets."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from web.dates import today


class DateInput(forms.DateInput):
    """Its value is ISO in every language."""

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


class Chips(Field):
    template = "crispy/chips.html"


def layout(*fields):
    """A crispy helper; the template writes <form> and CSRF token."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


class BaseFormMixin:
    """Server-side validation; marks optional fields, except radio buttons."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            unmarked = name in getattr(self, "asked_at_times", ()) or isinstance(
                field.widget, forms.RadioSelect
            )
            if not (field.required or unmarked):
                field.label = format_html("{} <small>(frivilligt)</small>", field.label)


class PlainForm(BaseFormMixin, forms.Form):
    """A form without a model."""


class ObjectChoiceField(forms.ChoiceField):
    """Required radio choice of an object or explicitly none."""

    widget = forms.RadioSelect

    def __init__(self, *, none, **kwargs):
        """`none`: label of no object."""
        super().__init__(widget=radios(), **kwargs)
        self.none = none

    def offer(self, rows):
        """Set the objects to choose from."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [*((key, str(row)) for key, row in self.rows.items()), ("ingen", self.none)]

    def clean(self, value):
        """Return the object or None."""
        return self.rows.get(super().clean(value))


class FutureDateField(forms.DateField):
    """Today or later."""

    widget = DateInput

    def validate(self, value):
        super().validate(value)
        if value and value < today():
            raise ValidationError("Vælg i dag eller en dag, der kommer.", code="in_the_past")
