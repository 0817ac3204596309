"""Forms of the page Samarbejdspartnere."""

from django import forms
from django.core.exceptions import ValidationError

from cases.models import FieldChange, Partner, PartnerContact
from cases.models.field_change import PARTNERS
from web.forms import BaseFormMixin, Chips, PlainForm, checkboxes, layout, select

Kind = Partner.Kind
# Of the project description of 2014 and the status of 2019.
USUAL = {
    "UUV": Kind.GUIDANCE,
    "SSP": Kind.CRIME_PREVENTION,
    "Ungecenteret": Kind.YOUTH_CENTRE,
    "Politi": Kind.CRIME_PREVENTION,
    "Jobcenter": Kind.YOUTH_CENTRE,
    "Center for Dansk og Integration (CDI)": Kind.INTEGRATION,
    "Foreningen Nydansker": Kind.ASSOCIATION,
    "Boligsocialt sekretariat": Kind.HOUSING,
}


def record_change(programme, before, after, by):
    """Leave a trace of a partner's change among the programme's settings."""
    FieldChange.objects.record(programme, {PARTNERS: (before, after)}, by=by)


class PartnerForm(BaseFormMixin, forms.ModelForm):
    """A new partner, or another name for one."""

    helper = layout("name", "kind")

    class Meta:
        model = Partner
        fields = ["name", "kind"]
        labels = {"name": "Navn", "kind": "Slags"}
        widgets = {"kind": select()}
        error_messages = {"name": {"required": "Skriv, hvad samarbejdspartneren hedder."}}

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.programme = self.programme = programme
        self.before = self.words() if self.instance.pk else ""

    def words(self):
        return f"{self.instance.name} ({self.instance.get_kind_display()})"

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        others = self.programme.partners.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("Samarbejdspartneren findes allerede.")
        return name

    def record(self, by):
        self.save()
        record_change(self.programme, self.before, self.words(), by)
        return []  # it can be renamed or taken out of use


class UsualPartnersForm(PlainForm):
    """Those the programme does not have, to tick."""

    names = forms.MultipleChoiceField(
        label="De sædvanlige",
        widget=checkboxes(),
        error_messages={"required": "Vælg mindst én."},
    )
    helper = layout(Chips("names"))

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.programme = programme
        had = {name.casefold() for name in programme.partners.values_list("name", flat=True)}
        self.fields["names"].choices = [
            (name, name) for name in USUAL if name.casefold() not in had
        ]

    @property
    def is_empty(self):
        return not self.fields["names"].choices

    def record(self, by):
        for name in self.cleaned_data["names"]:
            partner = Partner(programme=self.programme, name=name, kind=USUAL[name])
            partner.full_clean(exclude=["programme"])
            partner.save()
            record_change(self.programme, "", f"{name} ({partner.get_kind_display()})", by)
        return []


class UsualPartnersStepForm(UsualPartnersForm):
    """Going on without ticking anybody is allowed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["names"].required = False


class ContactForm(BaseFormMixin, forms.ModelForm):
    helper = layout("name", "title", "phone", "email")

    class Meta:
        model = PartnerContact
        fields = ["name", "title", "phone", "email"]
        labels = {"name": "Navn", "title": "Stilling", "phone": "Telefon", "email": "E-mail"}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(
                attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}
            ),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {"name": {"required": "Skriv, hvad kontaktpersonen hedder."}}

    def __init__(self, *args, partner, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.partner = partner

    def record(self, by):
        self.instance.recorded_by = by
        self.save()
        return []  # they are withdrawn on the page
