"""Fields and layout that more than one form uses."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from web.dates import today


class DateInput(forms.DateInput):
    """The browser's own date field; it speaks ISO whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs={"class": "date", **(attrs or {})}, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs={"class": "date", **(attrs or {})}, format="%H:%M")


def radios():
    """Radio buttons that the style sheet shows as chips."""
    return forms.RadioSelect(attrs={"class": "btn-check"})


def checkboxes():
    return forms.CheckboxSelectMultiple(attrs={"class": "btn-check"})


def select():
    return forms.Select(attrs={"class": "form-select"})


class Chips(Field):
    """Radio buttons or check boxes as chips, in a fieldset with legend, hint and error."""

    template = "crispy/chips.html"


def layout(*fields):
    """A helper for `{% crispy form %}` inside a form written in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True  # the template writes it, beside its <form>
    helper.layout = Layout(*fields)
    return helper


class BaseFormMixin:
    """What every form of ours has: no browser's own messages, and "(frivilligt)" at what may stay empty.

    A choice between radio buttons always has an answer, so it is not marked.
    """

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
    """A form that is no model's."""


class ObjectChoiceField(forms.ChoiceField):
    """One of some rows, or none of them: a choice to be made, so that nobody gets "none" by not looking."""

    widget = forms.RadioSelect

    def __init__(self, *, none, **kwargs):
        """`none`: the word for none of them."""
        super().__init__(widget=radios(), **kwargs)
        self.none = none

    def offer(self, rows):
        """The rows to choose between; each shows as its `str`."""
        self.rows = {str(row.pk): row for row in rows}
        self.choices = [*((key, str(row)) for key, row in self.rows.items()), ("ingen", self.none)]

    def clean(self, value):
        """The row chosen, None for none of them."""
        return self.rows.get(super().clean(value))


class FutureDateField(forms.DateField):
    """Today or a day to come."""

    widget = DateInput

    def validate(self, value):
        super().validate(value)
        if value and value < today():
            raise ValidationError("Vælg i dag eller en dag, der kommer.", code="in_the_past")
