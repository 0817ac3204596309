"""Others may change the row meanwhile: only what the user changed is saved."""

from django import forms
from django.core import signing

from web.dates import long_date

SALT = "cases.forms.merging"


class MergingForm(forms.Form):
    """Mixin for a ModelForm. `drawn` holds the values the form was drawn with, signed.

    A field the user did not touch keeps what is stored now. A field that both have changed to
    different values is an error, which shows what is stored; sent again, the user's value counts.
    The form then has `is_conflict`. A subclass gives `value_of(name)`, the stored value of a field.
    """

    drawn = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_conflict = False
        self.stored = {name: self.value_of(name) for name in self.fields if name != "drawn"}
        self.initial["drawn"] = self.signed(self.stored)

    def value_of(self, name):
        raise NotImplementedError

    @staticmethod
    def signed(values):
        return signing.dumps({name: code_of(value) for name, value in values.items()}, salt=SALT)

    def clean(self):
        try:
            drawn = signing.loads(self.data.get("drawn", ""), salt=SALT)
        except signing.BadSignature:  # no values to compare with
            drawn = {name: code_of(value) for name, value in self.stored.items()}
        for name, stored in self.stored.items():
            if name not in self.cleaned_data or code_of(stored) == drawn.get(name):
                continue
            posted = code_of(self.cleaned_data[name])
            if posted == drawn.get(name):
                self.cleaned_data[name] = stored
            elif posted != code_of(stored):
                self.is_conflict = True
                drawn[name] = code_of(stored)  # sent again, the user's value counts
                shown = self.shown(name, stored) or "ingenting"
                self.add_error(
                    name,
                    f"Feltet er rettet imens. Nu står der: {shown}. Gem igen for at bruge dit.",
                )
        if self.is_conflict:
            self.data = self.data.copy()
            self.data["drawn"] = signing.dumps(drawn, salt=SALT)
        return super().clean()

    def changes(self):
        """{field: (before, after)} as texts of the screen."""
        return {
            name: (self.shown(name, stored), self.shown(name, self.cleaned_data[name]))
            for name, stored in self.stored.items()
            if code_of(stored) != code_of(self.cleaned_data[name])
        }

    def shown(self, name, value):
        if value in (None, "", []):
            return ""
        field = self.fields[name]
        if isinstance(field, forms.DateField):
            return long_date(value)
        if isinstance(field, forms.MultipleChoiceField):
            return ", ".join(label for code, label in field.choices if code in value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return dict(field.choices)[value]
        return str(value)


def code_of(value):
    """Equal values have equal texts, whatever field they come from."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ",".join(sorted(value))
    return str(getattr(value, "pk", value)).replace("\r\n", "\n").strip()
