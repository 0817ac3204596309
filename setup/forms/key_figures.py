"""Forms of the page Nøgletal."""

from django import forms
from django.core.exceptions import ValidationError

from cases.key_figures import kind_of
from cases.models import FieldChange, KeyFigure
from cases.models.field_change import KEY_FIGURES
from web.dates import long_date
from web.forms import BaseFormMixin, DateInput, PlainForm, layout, select
from web.validators import valid_text


def words(figure):
    area = f", {figure.area}" if figure.area else ""
    day = f" ({long_date(figure.published_on)})" if figure.published_on else ""
    return f"{figure.what}{area}: {figure.value}{day}"


class KeyFigureForm(BaseFormMixin, forms.ModelForm):
    """A published figure; one of a kind that stands there already becomes the newest of it."""

    helper = layout(
        *("what", "area", "value", "municipality"),
        *("period", "published_on", "source", "source_url"),
    )

    class Meta:
        model = KeyFigure
        fields = [
            *("what", "area", "value", "municipality"),
            *("period", "published_on", "source", "source_url"),
        ]
        labels = {
            "what": "Hvad",
            "area": "Boligområde",
            "value": "Tal",
            "municipality": "Tallet for hele kommunen",
            "period": "Periode",
            "published_on": "Offentliggjort",
            "source": "Kilde",
            "source_url": "Kildens adresse",
        }
        help_texts = {
            "what": "Skriv det samme som sidst, hvis tallet er nyt, så står det nyeste øverst.",
            "area": "",
            "value": "Som det står i kilden, fx ca. 40 %.",
            "period": "Fx 2025 eller 1. kvartal 2026.",
            "source_url": "Begynder med https://.",
        }
        widgets = {"area": select(), "published_on": DateInput, "source_url": forms.URLInput}
        error_messages = {
            "what": {"required": "Skriv, hvad tallet er."},
            "value": {"required": "Skriv tallet."},
            "source": {"required": "Skriv, hvor tallet kommer fra."},
            "published_on": {"invalid": "Den dag findes ikke."},
        }

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.programme = self.programme = programme
        self.fields["area"].queryset = programme.areas.offered()
        self.fields["area"].empty_label = "Alle områderne under ét"

    def clean(self):
        data = super().clean()
        if not self.errors:
            same = ("value", "municipality", "period", "published_on", "source")
            for figure in self.of_its_kind():
                if all(getattr(figure, name) == data[name] for name in same):
                    raise ValidationError("Tallet står her allerede.", code="the_same")
        return data

    def of_its_kind(self):
        kind = kind_of(self.cleaned_data["what"], self.instance.area_id)
        rows = self.programme.key_figures.known()
        return [figure for figure in rows if kind_of(figure.what, figure.area_id) == kind]

    def record(self, by):
        figure, earlier = self.instance, self.of_its_kind()
        last = self.programme.key_figures.order_by("position").last()
        figure.position = earlier[0].position if earlier else last.position + 1 if last else 0
        figure.recorded_by = by
        self.save()
        FieldChange.objects.record(self.programme, {KEY_FIGURES: ("", words(figure))}, by=by)
        return []  # it is withdrawn on the page


class WithdrawKeyFigureForm(PlainForm):
    reason = forms.CharField(
        validators=[valid_text],
        label="Hvorfor trækkes tallet tilbage?",
        max_length=300,
        error_messages={"required": "Skriv, hvorfor tallet trækkes tilbage."},
    )
    helper = layout("reason")

    def __init__(self, *args, figure, **kwargs):
        super().__init__(*args, **kwargs)
        self.figure = figure

    def record(self, by):
        self.figure.withdraw(by=by, reason=self.cleaned_data["reason"])
        FieldChange.objects.record(
            self.figure.programme, {KEY_FIGURES: (words(self.figure), "")}, by=by
        )
        return []
