"""Logging a meeting: everything is answered already, in the order one would say it; only the note is typed."""

import uuid
from datetime import date, timedelta

from django import forms
from django.db.models import Count, Q
from django.utils.html import format_html

from cases import badges
from cases.models import Attendance, AttendanceOutcome, Meeting, MeetingFormat, Topic
from cases.weekly_contact import MARK_OF
from web.danish import listed
from web.dates import today
from web.forms import DateInput, PlainForm, checkboxes, radios
from web.validators import no_cpr, ways_to_reach_others

MINUTES = (15, 30, 45, 60, 90)
USUAL_MINUTES = 45
HABIT = timedelta(days=90)  # so far back a mentor's most used topics are counted


def outcome_choices():
    return [
        (o.value, format_html("{}{}", badges.mark(MARK_OF[o]), o.label)) for o in AttendanceOutcome
    ]


class MeetingForm(PlainForm):
    """When, how long and how; true for everybody who took part.

    The chips "I dag" and "I går" carry their date, so that a form left open over midnight means the day it said.
    """

    submit_key = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.ChoiceField(label="Hvornår?", widget=radios())
    held_on = forms.DateField(label="Dato", required=False, widget=DateInput)
    minutes = forms.ChoiceField(
        label="Hvor længe?", help_text="Minutter, cirka", required=False, widget=radios()
    )
    minutes_other = forms.IntegerField(
        label="Antal minutter",
        required=False,
        min_value=1,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Skriv et helt antal minutter."},
    )
    form = forms.ChoiceField(label="Hvordan mødtes I?", choices=MeetingFormat, widget=radios())

    def __init__(self, data=None, *, meeting=None, usual=None, on=None, **kwargs):
        """`meeting`: the one to correct. `usual`: the last one held with the young person, to propose its habits."""
        self.on = on or today()
        self.chips = {
            self.on.isoformat(): "I dag",
            (self.on - timedelta(days=1)).isoformat(): "I går",
        }
        super().__init__(
            self._with_other_day(data), initial=self._initial(meeting, usual), **kwargs
        )
        self.fields["day"].choices = [*self.chips.items(), ("other", "Anden dag")]
        self.fields["minutes"].choices = [*((str(m), str(m)) for m in MINUTES), ("other", "Andet")]

    def _with_other_day(self, data):
        """A chip's date from before midnight is another day now."""
        try:
            day = date.fromisoformat((data or {}).get("day", ""))
        except ValueError:
            return data
        if day.isoformat() in self.chips:
            return data
        data = data.copy()
        data["day"], data["held_on"] = "other", day.isoformat()
        return data

    def _initial(self, meeting, usual):
        habit = meeting or usual
        minutes = habit.minutes if habit else USUAL_MINUTES
        initial = {
            "submit_key": uuid.uuid4(),
            "day": self.on.isoformat(),
            "minutes": str(minutes)
            if minutes in MINUTES
            else "other"
            if minutes
            else str(USUAL_MINUTES),
            "minutes_other": None if minutes in MINUTES else minutes,
            "form": habit.form if habit else MeetingFormat.AREA,
        }
        if meeting:
            day = meeting.held_on.isoformat()
            initial |= {"day": day if day in self.chips else "other", "held_on": meeting.held_on}
            if meeting.minutes is None:
                initial["minutes"] = ""
        return initial

    def clean(self):
        data = super().clean()
        day = data.get("day")
        if day in self.chips:
            data["held_on"] = date.fromisoformat(day)
        elif day == "other" and not data.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", "Vælg datoen.")
        if data.get("minutes") == "other":
            if not data.get("minutes_other") and "minutes_other" not in self.errors:
                self.add_error("minutes_other", "Skriv, hvor mange minutter.")
        else:
            data["minutes_other"] = int(data["minutes"]) if data.get("minutes") else None
        return data

    def meeting(self, programme, held_by, was_held, replaces=None):
        """The Meeting the form describes, not written yet. One nobody came to has no minutes."""
        data = self.cleaned_data
        return Meeting(
            programme=programme,
            held_on=data["held_on"],
            minutes=data["minutes_other"] if was_held else None,
            form=data["form"],
            place=replaces.place if replaces else "",
            held_by=held_by,
            submit_key=data["submit_key"],
            replaces=replaces,
        )


class AttendanceForm(PlainForm):
    """How it went with one young person. The note stands on that person's page only."""

    outcome = forms.ChoiceField(label="Hvordan gik det?", widget=radios())
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=4000,
        validators=[no_cpr],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    keep_reach = forms.BooleanField(
        label="Det er den unges eget. Gem noten, som den er.", required=False
    )
    topics = forms.ModelMultipleChoiceField(
        label="Emner",
        queryset=Topic.objects.none(),
        required=False,
        widget=checkboxes(),
    )

    def __init__(self, data=None, *, mentee, mentor=None, attendance=None, **kwargs):
        """`mentor`: whose most used topics come first (None: the programme's order). `attendance`: one to correct."""
        self.mentee = mentee
        self.asks_about_reach = False
        initial = {"outcome": AttendanceOutcome.MET}
        topics = mentee.programme.topics.filter(in_use=True)
        if attendance:
            initial = {
                "outcome": attendance.outcome,
                "note": attendance.note,
                "topics": attendance.topics.all(),
            }
            topics = (topics | Topic.objects.filter(attendance=attendance)).distinct()
        if mentor:
            lately = Q(
                attendance__meeting__held_by=mentor,
                attendance__meeting__held_on__gte=today() - HABIT,
            )
            topics = topics.annotate(used=Count("attendance", filter=lately)).order_by(
                "-used", "position", "name"
            )
        super().__init__(data, initial=initial, **kwargs)
        self.fields["outcome"].choices = outcome_choices()
        self.fields["topics"].queryset = topics
        self.fields[
            "note"
        ].help_text = f"Kort og nøgternt. {mentee.given_name} kan bede om at læse den. Ingen CPR-numre, ingen navne på andre."

    def clean(self):
        data = super().clean()
        found = ways_to_reach_others(
            data.get("note", ""), own=(self.mentee.phone, self.mentee.email)
        )
        if found:
            self.asks_about_reach = True
            if not data.get("keep_reach"):
                self.add_error(
                    "note",
                    f"Noten ser ud til at indeholde et nummer eller en mailadresse: {listed(found)}. "
                    "Er det en andens, så fjern det.",
                )
        return data

    @property
    def was_held(self):
        return self.cleaned_data["outcome"] == AttendanceOutcome.MET

    def attendance(self, topics=None):
        """(Attendance, topics), not written yet; `topics` instead of the form's own, for a group."""
        data = self.cleaned_data
        attendance = Attendance(mentee=self.mentee, outcome=data["outcome"], note=data["note"])
        return attendance, data["topics"] if topics is None else topics


class CompanionForm(AttendanceForm):
    """One more young person at a group's meeting: an outcome and a private note; the topics are the meeting's."""

    def __init__(self, data=None, *, mentee, **kwargs):
        super().__init__(data, mentee=mentee, prefix=str(mentee.uuid), **kwargs)
        del self.fields["topics"]
