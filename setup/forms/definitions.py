"""Forms of what decides figures. Each can be a page, or a step of setting a programme up."""

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html

from cases.badges import tile
from cases.definitions import definitions_of
from cases.models import Expectation, Gender, GoalDefinition, Status
from setup import params, sentences
from setup.definition_effects import reports_otherwise
from web.dates import today
from web.forms import BaseFormMixin, Chips, DateInput, checkboxes, layout, select

DECIDED = ("decided_by", "note")
NUMBER = {"invalid": "Skriv et helt tal."}


def numbers(*names):
    return {name: NUMBER | {"required": "Skriv et tal."} for name in names}


class DatedDefinitionForm(BaseFormMixin, forms.ModelForm):
    """Begins with what holds today, and holds from today."""

    def __init__(self, *args, programme, **kwargs):
        self.programme = programme
        begins = max(today(), programme.starts_on)
        held = self.in_force(definitions_of(programme), begins)
        kwargs["initial"] = {"effective_on": begins} | held.decides
        super().__init__(*args, **kwargs)
        self.instance.programme = programme

    def clean(self):
        data = super().clean()
        if not self.errors and data.get("effective_on") and data["effective_on"] < today():
            self.ask_about_the_past()
        return data

    def ask_about_the_past(self):
        raise NotImplementedError

    def record(self, by):
        self.instance.record(by=by)
        return []  # withdrawn on its own page, and only before it begins


class GoalForm(DatedDefinitionForm):
    statuses = forms.MultipleChoiceField(
        label="Hvilke statusser tæller med?",
        widget=checkboxes(),
        error_messages={
            "required": "Vælg mindst én af de ni statusser.",
            "invalid_choice": "Vælg mellem de ni statusser.",
        },
    )
    counted = "Tallet er, hvor mange der har den status i dag."  # what `counts` are
    helper = layout(
        Div("goal", "target", css_class="pair"),
        Chips("statuses"),
        "area_target",
        "effective_on",
        *DECIDED,
    )

    class Meta:
        model = GoalDefinition
        fields = ["goal", "target", "statuses", "area_target", "effective_on", *DECIDED]
        labels = {
            "goal": "Hvor mange skal nå det?",
            "target": "Pladser",
            "area_target": "Mindst så mange unge i hvert boligområde",
            "effective_on": "Gælder fra",
            "decided_by": "Besluttet af",
            "note": "Note",
        }
        help_texts = {
            "area_target": "0, hvis I ikke har et mål for områderne.",
            "decided_by": "Fx Skoleudvalget 3.4.2019.",
        }
        widgets = {"effective_on": DateInput}
        error_messages = {
            **numbers("goal", "target", "area_target"),
            "effective_on": {"required": "Vælg en dag.", "invalid": "Den dag findes ikke."},
        }

    def __init__(self, *args, counts=None, **kwargs):
        """`counts`: {Status: how many have it today}, shown beside each."""
        super().__init__(*args, **kwargs)
        self.fields["statuses"].help_text = self.counted
        counted = set(self["statuses"].value() or ())
        self.fields["statuses"].choices = [
            (
                status.value,
                format_html(
                    '{} {} <span class="num muted">{}</span>',
                    tile(status, status.value in counted),
                    status.label,
                    counts[status] if counts else "",
                ),
            )
            for status in Status
        ]

    @staticmethod
    def in_force(definitions, on):
        return definitions.goal(on)

    def ask_about_the_past(self):
        values = {name: self.cleaned_data.get(name) for name in GoalDefinition.values}
        new = GoalDefinition(
            programme=self.programme, effective_on=self.cleaned_data["effective_on"], **values
        )
        self.warn(sentences.of_the_past(reports_otherwise(new)), params.OF_THE_PAST)


class GoalStepForm(GoalForm):
    """The goal as a step of setting a programme up."""

    counted = "Tallet er, hvor mange der havde den status i tabellen fra 1. marts 2019."

    def record(self, by):
        """Saving what holds already changes nothing, and the next step follows."""
        try:
            return super().record(by)
        except ValidationError as error:
            if getattr(error, "code", None) != "the_same":
                raise
            return []


class ExpectationForm(DatedDefinitionForm):
    expected_gender = forms.ChoiceField(
        label="Målgruppens køn",
        required=False,
        choices=[("", "Alle"), *((g.value, g.label.capitalize()) for g in Gender)],
        widget=select(),
    )
    helper = layout(
        Div("youngest", "oldest", css_class="pair"),
        "expected_gender",
        "inactive_after_days",
        "review_after_days",
        "disclosure_threshold",
        "effective_on",
        *DECIDED,
    )

    class Meta:
        model = Expectation
        fields = [*Expectation.values, "effective_on", *DECIDED]
        labels = GoalForm.Meta.labels | {
            "youngest": "Yngste, år",
            "oldest": "Ældste, år",
            "inactive_after_days": "Dage uden kontakt, før det skal ses",
            "review_after_days": "Dage med samme status, før den skal ses",
            "disclosure_threshold": "Mindste tal i åbne rapporter",
        }
        help_texts = {"disclosure_threshold": "Færre unge end det vises ikke som et tal. Mindst 3."}
        widgets = {"effective_on": DateInput}
        error_messages = {
            **numbers(*(name for name in Expectation.values if name != "expected_gender")),
            "effective_on": GoalForm.Meta.error_messages["effective_on"],
        }

    @staticmethod
    def in_force(definitions, on):
        return definitions.expectation(on)

    def ask_about_the_past(self):
        self.warn(
            "Det gælder også dage, der er gået. Udsendte rapporter bliver, som de er. En anden "
            "skal sige ja, før det gælder.",
            params.OF_THE_PAST,
        )
