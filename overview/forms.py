from django import forms
from django.core.exceptions import ValidationError

from overview import params
from overview.selection import Selection
from reporting.forms import DayForm, day_field, since_the_start
from web.dates import long_date
from web.forms import select

UNKNOWN_AREA = {"invalid_choice": "Det boligområde findes ikke i indsatsen. Vælg et andet."}
UNKNOWN_MENTOR = {"invalid_choice": "Den mentor findes ikke i indsatsen. Vælg en anden."}


class OverviewForm(DayForm):
    """A renamed area is an error, never everybody."""

    # Named as the GET parameters.
    mod = day_field("Sammenlign med", "Uden dag: tre måneder før.", required=False)
    omraade = forms.ChoiceField(
        label="Boligområde", required=False, widget=select(), error_messages=UNKNOWN_AREA
    )
    mentor = forms.ChoiceField(
        label="Mentor", required=False, widget=select(), error_messages=UNKNOWN_MENTOR
    )
    kontakt = forms.CharField(required=False, widget=forms.HiddenInput)

    # Empty has a meaning: not "(frivilligt)".
    asked_at_times = (params.COMPARED_WITH, params.AREA, params.MENTOR, params.CONTACT_ROWS)

    def __init__(self, data, *, programme, areas, mentors, compares=True):
        """`areas`, `mentors`: Choices. `compares`: shows COMPARED_WITH."""
        self.compares = compares
        self.chosen = {
            params.AREA: {area.key: area for area in areas},
            params.MENTOR: {mentor.key: mentor for mentor in mentors},
        }
        super().__init__(data, programme=programme)
        for name, choices in self.chosen.items():
            names = [(choice.key, choice.name) for choice in choices.values()]
            self.fields[name].choices = [("", "Alle"), *names]

    def answers(self, data):
        names = (params.AREA, params.MENTOR, params.CONTACT_ROWS)
        others = {name: data.get(name) for name in names}
        compared_with = {params.COMPARED_WITH: self.iso(data.get(params.COMPARED_WITH))}
        return super().answers(data) | compared_with | others

    def clean_mod(self):
        day = self.cleaned_data[params.COMPARED_WITH]
        if day is None:
            return None
        if (on := self.cleaned_data.get(params.DAY)) and day >= on:
            raise ValidationError(f"Vælg en dag før {long_date(on)}.", code="not_earlier")
        return since_the_start(day, self.programme)

    def clean(self):
        rows = self.cleaned_data.get(params.CONTACT_ROWS)
        if rows not in ("", params.BY_MENTOR, params.BY_AREA):
            raise ValidationError(
                "Ugentlig kontakt vises for mentorer eller for boligområder.", code="unknown_rows"
            )

    @property
    def selection(self):
        area, mentor = (
            choices.get(self.cleaned_data[name]) for name, choices in self.chosen.items()
        )
        return Selection(area, mentor)

    @property
    def by_area(self):
        return self.cleaned_data[params.CONTACT_ROWS] == params.BY_AREA

    @property
    def parameters(self):
        values = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return {params.PROGRAMME: self.programme.slug} | values

    @property
    def is_unfolded(self):
        names = (params.COMPARED_WITH, params.AREA, params.MENTOR)
        return any(self.data.get(name) or self.errors.get(name) for name in names)

    @property
    def fold_label(self):
        return "Vælg boligområde, mentor" + (", sammenligning" if self.compares else "")

    @property
    def folded_fields(self):
        """A wrong COMPARED_WITH is shown even where the page does not compare."""
        fields = [field for field in self.visible_fields() if field.name != params.DAY]
        if self.compares or self.errors.get(params.COMPARED_WITH):
            return fields
        return [field for field in fields if field.name != params.COMPARED_WITH]

    @property
    def contact_rows_field(self):
        field = self[params.CONTACT_ROWS]
        return field if field.value() and not self.non_field_errors() else ""
