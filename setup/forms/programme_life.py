"""Forms of a programme's beginning and end."""

from crispy_forms.layout import HTML, Div
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery

from cases.models import FieldChange, Mentee, Status, StatusChange, Transfer
from cases.models.status import ENDED
from cases.roles import programmes_where
from setup import params
from setup.copying import copy_programme
from setup.forms.programme import ProgrammeForm, in_words, not_too_late
from web.dates import today
from web.forms import DateInput, PlainForm, layout, select

RUN = "cases.run_programme"


def open_courses(programme, user):
    """Mentees in progress today whom the user may see, by name; the moved left out."""
    status = StatusChange.objects.in_force(on=today()).filter(mentee=OuterRef("pk"))
    visible = Mentee.objects.visible_to(user).filter(programme=programme, left_for=None)
    return (
        visible.annotate(status_now=Subquery(status.values("status")[:1]))
        .exclude(status_now__in=ENDED)
        .order_by("name", "pk")
    )


class ClosingForm(PlainForm):
    ends_on = forms.DateField(
        label="Sidste dag",
        widget=DateInput,
        error_messages={"required": "Vælg den sidste dag."},
    )

    def __init__(self, *args, programme, user, **kwargs):
        self.programme = programme
        kwargs["initial"] = {"ends_on": programme.ends_on or today()}
        super().__init__(*args, **kwargs)
        self.mentees = list(open_courses(programme, user))
        others = [other for other in programmes_where(user, RUN) if other != programme]
        self.programmes = {str(other.pk): other for other in others}
        for mentee in self.mentees:
            self.fields[self.name_of(mentee)] = forms.ChoiceField(
                label=mentee.name,
                required=False,
                widget=select(),
                choices=[
                    ("", "Hold forløbet åbent"),
                    (Status.COMPLETED.value, "Afsluttet"),
                    (Status.DROPPED_OUT.value, "Frafald"),
                    *((key, f"Flyt til {other}") for key, other in self.programmes.items()),
                ],
            )
        courses = [self.name_of(mentee) for mentee in self.mentees]
        heading = HTML('<h2 class="mt-4">Unge i forløb</h2>')
        self.helper = layout(
            "ends_on", *([heading, Div(*courses, css_class="courses")] if courses else [])
        )

    def name_of(self, mentee):
        return f"{params.COURSE}-{mentee.pk}"

    def answers(self):
        """[(Mentee, what was chosen)] of those who do not stay open."""
        chosen = [(m, self.cleaned_data.get(self.name_of(m))) for m in self.mentees]
        return [(mentee, answer) for mentee, answer in chosen if answer]

    def clean_ends_on(self):
        ends_on = self.cleaned_data["ends_on"]
        if ends_on < self.programme.starts_on:
            raise ValidationError("Indsatsen kan ikke slutte, før den begynder.")
        if self.programme.meetings.known().filter(held_on__gt=ends_on).exists():
            raise ValidationError("Der er logget møder efter den dag. Vælg en senere dag.")
        if self.programme.mentees.filter(enrolled_on__gt=ends_on).exists():
            raise ValidationError("Der er indskrevet unge efter den dag. Vælg en senere dag.")
        not_too_late(ends_on)
        return ends_on

    def clean(self):
        data = super().clean()
        if ends_on := data.get("ends_on"):
            for mentee, answer in self.answers():
                self.check(mentee, answer, ends_on)
            if still_open := len(self.mentees) - len(self.answers()):
                self.warn(still_open_sentence(still_open), params.KEEP_OPEN)
        return data

    def check(self, mentee, answer, ends_on):
        """Add an error unless the course can be closed, or moved, as of the last day."""
        name = self.name_of(mentee)
        if ends_on > today():
            self.add_error(name, "Det kan først skrives, når den sidste dag er der.")
        elif answer in self.programmes and ends_on == today():
            self.add_error(name, "Flyt først dagen efter den sidste dag.")
        elif StatusChange.objects.known().filter(mentee=mentee, effective_on__gt=ends_on).exists():
            self.add_error(name, "Der står en status fra en senere dag.")

    def record(self, by):
        """Raise ValidationError, about a named young person, if one cannot be moved."""
        ends_on = self.cleaned_data["ends_on"]
        if ends_on != self.programme.ends_on:
            words = in_words(self.programme.ends_on), in_words(ends_on)
            FieldChange.objects.change_setting(self.programme, "ends_on", ends_on, words, by=by)
        for mentee, answer in self.answers():
            if answer in self.programmes:
                other = self.programmes[answer]
                Transfer.objects.move(mentee, other, last_day=ends_on, by=by)
            else:
                mentee.change_status(answer, on=ends_on, by=by)
        return []  # each status can be withdrawn, and the programme reopened


def still_open_sentence(count):
    if count == 1:
        return "Et forløb bliver stående åbent. Der kan ikke logges møder efter den sidste dag."
    return f"{count} forløb bliver stående åbne. Der kan ikke logges møder efter den sidste dag."


class PredecessorForm(PlainForm):
    predecessor = forms.ChoiceField(label="Fortsætter", required=False, widget=select())
    helper = layout("predecessor")

    def __init__(self, *args, programme, user, **kwargs):
        self.programme, self.stored = programme, programme.predecessor
        kwargs["initial"] = {"predecessor": programme.predecessor_id or ""}
        super().__init__(*args, **kwargs)
        offered = {*programmes_where(user, RUN), *filter(None, [self.stored])}
        self.offered = {
            str(other.pk): other
            for other in sorted(offered, key=lambda other: (other.starts_on, other.name))
            if programme not in other.lineage()
        }
        self.fields["predecessor"].choices = [
            ("", "Ingen tidligere indsats"),
            *((key, other.name) for key, other in self.offered.items()),
        ]

    def record(self, by):
        other = self.offered.get(self.cleaned_data["predecessor"])
        words = str(self.stored or ""), str(other or "")
        if other != self.stored:
            FieldChange.objects.change_setting(
                self.programme, "predecessor", other, words, by=by, logged=other and other.slug
            )
        return []


class CopyForm(ProgrammeForm):
    """A new programme with the settings of `source`, and nobody in it but its coordinator."""

    continues = forms.BooleanField(
        label="Den nye indsats fortsætter den gamle", required=False, initial=True
    )
    helper = layout("name", "starts_on", "continues")

    class Meta(ProgrammeForm.Meta):
        fields = ["name", "starts_on"]
        labels = {"name": "Navn på den nye indsats", "starts_on": "Begynder"}

    def __init__(self, *args, source, **kwargs):
        super().__init__(*args, **kwargs)
        self.source = source

    def record(self, by):
        """Nothing to undo: it stays empty until it is used."""
        data = self.cleaned_data
        self.programme = copy_programme(
            self.source, data["name"], data["starts_on"], continues=data["continues"], by=by
        )
        return []
