"""Logging a meeting: everything is answered already, in the order one would say it; only the note is typed."""

import uuid
from datetime import timedelta

from django import forms
from django.utils.html import format_html

from cases import drawing
from cases.careful import no_cpr
from cases.dates import short_weekday_date, today
from cases.models import Agreement, Appointment, Attendance, Form, Meeting, Outcome, Status, Topic
from cases.rhythm import MARK_OF

from .fields import ComingDay, DateInput, Plain, TimeInput, checkboxes, radios

MINUTES = (15, 30, 45, 60, 90)
USUAL_MINUTES = 45
RUNNING_DAYS = 7  # so long after an appointment, the same time next week is taken for granted


def outcome_choices():
    return [(o.value, format_html("{}{}", drawing.mark(MARK_OF[o]), o.label)) for o in Outcome]


class MeetingForm(Plain):
    """When, how long and how; true for everybody who took part."""

    submit_key = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.ChoiceField(label="Hvornår?", widget=radios())
    held_on = forms.DateField(label="Dato", required=False, widget=DateInput)
    minutes = forms.ChoiceField(label="Hvor længe?", help_text="Minutter, cirka", required=False, widget=radios())
    minutes_other = forms.IntegerField(
        label="Antal minutter",
        required=False,
        min_value=1,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Skriv et helt antal minutter."},
    )
    form = forms.ChoiceField(label="Hvordan mødtes I?", choices=Form, widget=radios())

    def __init__(self, data=None, *, meeting=None, usual=None, on=None, **kwargs):
        """`meeting`: the one to correct. `usual`: the last one held with the young person, to propose its habits."""
        self.on = on or today()
        super().__init__(data, initial=self._initial(meeting, usual), **kwargs)
        self.fields["day"].choices = [("today", "I dag"), ("yesterday", "I går"), ("other", "Anden dag")]
        self.fields["minutes"].choices = [*((str(m), str(m)) for m in MINUTES), ("other", "Andet")]

    def _initial(self, meeting, usual):
        habit = meeting or usual
        minutes = habit.minutes if habit else USUAL_MINUTES
        initial = {
            "submit_key": uuid.uuid4(),
            "day": "today",
            "minutes": str(minutes) if minutes in MINUTES else "other" if minutes else str(USUAL_MINUTES),
            "minutes_other": None if minutes in MINUTES else minutes,
            "form": habit.form if habit else Form.AREA,
        }
        if meeting:
            names = {self.on: "today", self.on - timedelta(days=1): "yesterday"}
            initial |= {"day": names.get(meeting.held_on, "other"), "held_on": meeting.held_on}
            if meeting.minutes is None:
                initial["minutes"] = ""
        return initial

    def clean(self):
        data = super().clean()
        day = data.get("day")
        if day == "other" and not data.get("held_on") and "held_on" not in self.errors:
            self.add_error("held_on", "Vælg datoen.")
        elif day in ("today", "yesterday"):
            data["held_on"] = self.on - timedelta(days=day == "yesterday")
        if data.get("minutes") == "other":
            if not data.get("minutes_other") and "minutes_other" not in self.errors:
                self.add_error("minutes_other", "Skriv, hvor mange minutter.")
        else:
            data["minutes_other"] = int(data["minutes"]) if data.get("minutes") else None
        return data

    def meeting(self, programme, held_by, replaces=None):
        """The Meeting the form describes, not written yet."""
        data = self.cleaned_data
        return Meeting(
            programme=programme,
            held_on=data["held_on"],
            minutes=data["minutes_other"],
            form=data["form"],
            place=replaces.place if replaces else "",
            held_by=held_by,
            submit_key=data["submit_key"],
            replaces=replaces,
        )


class AttendanceForm(Plain):
    """How it went with one young person. The note stands on that person's page only."""

    outcome = forms.ChoiceField(label="Hvordan gik det?", widget=radios())
    note = forms.CharField(
        label="Note", required=False, max_length=4000, validators=[no_cpr], widget=forms.Textarea(attrs={"rows": 3})
    )
    topics = forms.ModelMultipleChoiceField(
        label="Emner",
        queryset=Topic.objects.none(),
        required=False,
        widget=checkboxes(),
    )

    def __init__(self, data=None, *, mentee, attendance=None, **kwargs):
        self.mentee = mentee
        initial = {"outcome": Outcome.MET}
        topics = mentee.programme.topics.filter(in_use=True)
        if attendance:
            initial = {"outcome": attendance.outcome, "note": attendance.note, "topics": attendance.topics.all()}
            topics = (topics | Topic.objects.filter(attendance=attendance)).distinct()
        super().__init__(data, initial=initial, **kwargs)
        self.fields["outcome"].choices = outcome_choices()
        self.fields["topics"].queryset = topics
        self.fields[
            "note"
        ].help_text = (
            f"Kort og nøgternt. {mentee.given_name} kan bede om at læse den. Ingen CPR-numre, ingen navne på andre."
        )

    def attendance(self):
        """(Attendance, topics), not written yet."""
        data = self.cleaned_data
        return Attendance(mentee=self.mentee, outcome=data["outcome"], note=data["note"]), data["topics"]


class NextForm(Plain):
    """The next appointment; the same weekday and time a week on is proposed."""

    when = forms.ChoiceField(label="Næste aftale", required=False, widget=radios())
    on = ComingDay(label="Dato", required=False)
    at = forms.TimeField(label="Klokken", required=False, widget=TimeInput)
    place = forms.CharField(label="Sted", required=False, max_length=80, validators=[no_cpr])

    def __init__(self, data=None, *, planned=None, day=None, **kwargs):
        """`planned`: the latest appointment there is (None: none); `day`: today, None to read the clock."""
        self.day = day or today()
        self.planned = planned
        coming = planned is not None and planned.on > self.day
        running = planned is not None and (self.day - planned.on).days <= RUNNING_DAYS
        super().__init__(data, initial={"when": "keep" if coming else "same" if running else "none"}, **kwargs)
        self.proposal = None
        choices = [("other", "En anden tid" if planned else "Lav aftale"), ("none", "Ingen")]
        if coming:
            choices.insert(0, ("keep", self._words(planned.on, planned.at)))
        elif planned:
            weeks = (self.day - planned.on).days // 7 + 1
            self.proposal = planned.on + timedelta(weeks=weeks)
            choices.insert(0, ("same", self._words(self.proposal, planned.at)))
        self.fields["when"].choices = choices

    @staticmethod
    def _words(on, at):
        day = short_weekday_date(on).capitalize()
        return f"{day} kl. {at:%H.%M}" if at else day

    def clean(self):
        data = super().clean()
        if data.get("when") == "other" and not data.get("on") and "on" not in self.errors:
            self.add_error("on", "Vælg, hvilken dag I mødes.")
        return data

    def appointment(self, mentee):
        """The Appointment to make, None when there is nothing new to agree."""
        data = self.cleaned_data
        if data.get("when") == "same":
            return Appointment(mentee=mentee, on=self.proposal, at=self.planned.at, place=self.planned.place)
        if data.get("when") == "other":
            return Appointment(mentee=mentee, on=data["on"], at=data["at"], place=data["place"])
        return None


class HappenedForm(Plain):
    """ "Er der sket noget?": a new status or a new agreement in the same save."""

    status = forms.ChoiceField(label="Ny status", required=False)
    detail = forms.CharField(label="Uddybning", required=False, max_length=120, validators=[no_cpr])
    what = forms.CharField(
        label="Ny aftale",
        required=False,
        max_length=200,
        validators=[no_cpr],
    )
    responsible = forms.ChoiceField(
        label="Hvem gør det", choices=Agreement.Responsible, required=False, initial=Agreement.Responsible.MENTEE
    )
    due_on = ComingDay(label="Senest", required=False)

    def __init__(self, data=None, *, mentee, status=None, **kwargs):
        """`status`: the StatusChange in force, for the hint."""
        super().__init__(data, **kwargs)
        self.fields["status"].choices = [("", "Ingen ændring"), *Status.choices]
        now = f"Nu: {status.get_status_display()}. " if status else ""
        self.fields["status"].help_text = f"{now}Gælder fra mødets dag."
        self.fields["detail"].help_text = "Fx 10. klasse, FGU, fritidsjob. Ved frafald: frafald fra hvad."
        self.fields["what"].help_text = f"Hvem gør hvad? Fx “{mentee.given_name} sender ansøgningen”."

    def clean(self):
        data = super().clean()
        if data.get("what") and not data.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Vælg, hvornår det senest skal ske.")
        if data.get("due_on") and not data.get("what") and "what" not in self.errors:
            self.add_error("what", "Skriv, hvad I har aftalt.")
        return data

    def write(self, mentee, *, on, by):
        """Record what happened, the status from the day `on`. Raises ValidationError when the day cannot be."""
        data = self.cleaned_data
        if data["status"]:
            mentee.change_status(data["status"], on=on, by=by, detail=data["detail"])
        if data["what"]:
            Agreement(
                mentee=mentee,
                what=data["what"],
                responsible=data["responsible"] or Agreement.Responsible.MENTEE,
                agreed_on=max(on, mentee.enrolled_on),
                due_on=data["due_on"],
            ).make(by=by)
