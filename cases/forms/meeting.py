"""The meeting form: one tap can save it, as every field but the note has a default."""

import uuid
from datetime import date, timedelta

from django import forms
from django.utils.html import format_html

from cases import badges, params, questions, sentences
from cases.models import Attendance, AttendanceOutcome, Meeting, MeetingFormat, Topic
from cases.programme_names import topics_of
from cases.weekly_contact import MARK_OF
from web.dates import today
from web.forms import DateInput, ObjectMultipleChoiceField, PlainForm, radios, with_other_day
from web.validators import valid_text, ways_to_reach_others

MINUTES = (15, 30, 45, 60, 90)
USUAL_MINUTES = 45
TOPICS_COUNTED_FOR = timedelta(days=90)  # to offer a mentor's most used topics first


def topics_offered(programme, mentor):
    """The programme's topics in use, those first that the mentor used most lately."""
    used = dict(questions.topics_used(mentor=mentor.pk, since=today() - TOPICS_COUNTED_FOR))
    return sorted(topics_of(programme), key=lambda topic: -used.get(topic.pk, 0))


def outcome_choices():
    return [
        (outcome.value, format_html("{}{}", badges.mark(MARK_OF[outcome]), outcome.label))
        for outcome in AttendanceOutcome
    ]


class MeetingForm(PlainForm):
    """When, how long and how, for everybody who took part.

    The chips "I dag" and "I går" post their date: a form left open past midnight keeps its day.
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
        """Defaults are those of `meeting` (to correct) or `usual` (the last one held), or None.

        `on`: the day that "I dag" means; None: today.
        """
        self.on = on or today()
        self.chips = {
            self.on.isoformat(): "I dag",
            (self.on - timedelta(days=1)).isoformat(): "I går",
        }
        data = with_other_day(data, self.chips, "held_on")
        super().__init__(data, initial=self._initial(meeting, usual), **kwargs)
        self.fields["day"].choices = [*self.chips.items(), ("other", "Anden dag")]
        self.fields["minutes"].choices = [*((str(m), str(m)) for m in MINUTES), ("other", "Andet")]

    def _initial(self, meeting, usual):
        defaults = meeting or usual
        minutes = defaults.minutes if defaults else USUAL_MINUTES
        if minutes in MINUTES:
            chip = str(minutes)
        elif minutes:
            chip = "other"
        else:
            chip = str(USUAL_MINUTES)
        initial = {
            "submit_key": uuid.uuid4(),
            "day": self.on.isoformat(),
            "minutes": chip,
            "minutes_other": None if minutes in MINUTES else minutes,
            "form": defaults.form if defaults else MeetingFormat.AREA,
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

    def renew_key(self):
        """Let it be saved beside the form of its old key."""
        self.data = self.data.copy()
        self.data["submit_key"] = str(uuid.uuid4())

    def build_meeting(self, programme, held_by, was_held, replaces=None):
        """Unsaved; without minutes unless `was_held` (somebody came)."""
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
    """The outcome and note of one mentee, for that mentee's page only."""

    outcome = forms.ChoiceField(label="Hvordan gik det?", widget=radios())
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=4000,
        validators=[valid_text],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topics = ObjectMultipleChoiceField(label="Emner")

    def __init__(self, data=None, *, mentee, mentor=None, attendance=None, **kwargs):
        """`mentor`: their most used topics come first; None: the programme's order.

        `attendance`: to correct, or None.
        """
        self.mentee = mentee
        initial = {"outcome": AttendanceOutcome.MET}
        topics = Topic.objects.filter(programme=mentee.programme_id, in_use=True)
        if attendance:
            initial = {
                "outcome": attendance.outcome,
                "note": attendance.note,
                "topics": [topic.pk for topic in attendance.topics.all()],
            }
            topics = (topics | Topic.objects.filter(attendance=attendance)).distinct()
        if mentor:
            topics = topics_offered(mentee.programme, mentor)
        super().__init__(data, initial=initial, **kwargs)
        self.fields["outcome"].choices = outcome_choices()
        self.fields["topics"].offer(topics)
        self.fields["note"].help_text = (
            f"Kort og nøgternt. {mentee.given_name} kan bede om at læse den. "
            "Ingen CPR-numre, ingen navne på andre."
        )

    def clean(self):
        data = super().clean()
        own = (self.mentee.phone, self.mentee.email)
        contact_details = ways_to_reach_others(data.get("note", ""), own=own)
        if contact_details:
            sentence = sentences.contact_details_in_note(self.mentee, contact_details)
            self.warn(sentence, params.KEEP_CONTACT_DETAILS)
        return data

    def build_attendance(self, topics=None):
        """(unsaved Attendance, its topics). `topics`: those of a group; None: the form's."""
        data = self.cleaned_data
        attendance = Attendance(mentee=self.mentee, outcome=data["outcome"], note=data["note"])
        return attendance, data["topics"] if topics is None else topics


class CompanionForm(AttendanceForm):
    """Another mentee at a group meeting: no topics."""

    def __init__(self, data=None, *, mentee, **kwargs):
        super().__init__(data, mentee=mentee, prefix=str(mentee.uuid), **kwargs)
        del self.fields["topics"]
