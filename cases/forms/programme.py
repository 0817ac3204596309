"""Forms of the page Indsatsen: meeting topics and substitutions."""

from contextlib import contextmanager

from django import forms

from cases.models import FieldChange, Membership, Substitution, Topic
from cases.models.field_change import TOPICS
from web.dates import today
from web.forms import BaseFormMixin, DateInput, PlainForm, layout, select


@contextmanager
def recorded_topics(programme, by):
    """Record the topics in use, in order, as they read before and after the block."""

    def topics():
        return ", ".join(topic.name for topic in programme.topics.filter(in_use=True))

    before = topics()
    yield
    FieldChange.objects.record(programme, {TOPICS: (before, topics())}, by=by)


class TopicForm(BaseFormMixin, forms.ModelForm):
    """A new topic, placed last in the list."""

    helper = layout("name")

    class Meta:
        model = Topic
        fields = ["name"]
        labels = {"name": "Nyt emne"}
        error_messages = {"name": {"required": "Skriv, hvad emnet hedder."}}

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        last = programme.topics.order_by("-position").first()
        self.instance.position = last.position + 1 if last else 0

    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        if self.instance.programme.topics.filter(name__iexact=name).exists():
            raise forms.ValidationError("Emnet findes allerede.")
        if ";" in name:  # separates topics in a spreadsheet cell
            raise forms.ValidationError("Skriv emnet uden semikolon.")
        return name

    def record(self, by):
        with recorded_topics(self.instance.programme, by):
            self.save()
        return []  # it can be taken out of use


class SubstitutionForm(BaseFormMixin, forms.ModelForm):
    helper = layout("mentor", "substitute", "starts_on", "ends_on")

    class Meta:
        model = Substitution
        fields = ["mentor", "substitute", "starts_on", "ends_on"]
        labels = {
            "mentor": "Hvem er væk?",
            "substitute": "Vikar",
            "starts_on": "Fra",
            "ends_on": "Til og med",
        }
        widgets = {"starts_on": DateInput, "ends_on": DateInput}
        error_messages = {
            "mentor": {"required": "Vælg, hvem der er væk."},
            "substitute": {"required": "Vælg en vikar."},
            "starts_on": {"required": "Vælg den første dag."},
            "ends_on": {"required": "Vælg den sidste dag."},
        }

    def __init__(self, *args, programme, **kwargs):
        kwargs["initial"] = {"starts_on": today()}
        super().__init__(*args, **kwargs)
        self.instance.programme = programme
        for name in ("mentor", "substitute"):
            self.fields[name].queryset = Membership.objects.mentors_of(programme, today())
            self.fields[name].empty_label = "Vælg"

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Vælg samme dag som den første, eller en senere.")
        if data.get("mentor") and data.get("mentor") == data.get("substitute"):
            self.add_error("substitute", "Vælg en anden end mentor selv.")
        return data

    def record(self, by):
        self.instance.recorded_by = by
        return [self.save()]


class SubstituteSightForm(PlainForm):
    WHOLE = "alt"

    weeks = forms.ChoiceField(
        label="En vikar kan læse",
        widget=select(),
        error_messages={"required": "Vælg, hvor meget en vikar kan læse."},
    )
    helper = layout("weeks")

    def __init__(self, *args, programme, **kwargs):
        self.programme, stored = programme, programme.substitute_sees_weeks
        kwargs["initial"] = {"weeks": self.WHOLE if stored is None else str(stored)}
        super().__init__(*args, **kwargs)
        offered = sorted({2, 4, 8, 12, 26} | ({stored} - {None}))
        self.fields["weeks"].choices = [
            *((str(weeks), f"{weeks} uger før vikariatet") for weeks in offered),
            (self.WHOLE, "Hele historien"),
        ]

    def record(self, by):
        words = dict(self.fields["weeks"].choices)
        before, after = self.initial["weeks"], self.cleaned_data["weeks"]
        weeks = None if after == self.WHOLE else int(after)
        FieldChange.objects.change_setting(
            self.programme,
            "substitute_sees_weeks",
            weeks,
            (words[before], words[after]),
            by=by,
            logged="all" if weeks is None else weeks,
        )
        return []  # the page shows what to change back
