"""One meeting: several forms, asked and recorded as one."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from cases import params, questions, sentences
from cases.models import Attendance, AttendanceOutcome, Meeting
from web.dates import today
from web.form_errors import CombinedForm
from web.forms import NotSaved

from .meeting import AttendanceForm, CompanionForm, MeetingForm
from .meeting_followup import ChangesForm, NextAppointmentForm


class MeetingEntry(CombinedForm):
    """Base of a new meeting and of a correction.

    `stored`: the meeting in the register that the warning is about, or None.
    `is_repeated`: whether `record` found the form saved before.
    """

    replaces = None  # the Meeting that is corrected

    def __init__(self, meeting, attendances, *others):
        super().__init__(meeting, *attendances, *others)
        self.meeting, self.attendances = meeting, attendances
        self.stored = None
        self.is_repeated = False

    @property
    def submit_key(self):
        return self.meeting.cleaned_data["submit_key"]

    def build_attendances(self):
        """[(unsaved Attendance, topics)]"""
        raise NotImplementedError

    def build(self):
        """(unsaved Meeting, [(unsaved Attendance, topics)])"""
        attendances = self.build_attendances()
        was_held = any(row.outcome == AttendanceOutcome.MET for row, _ in attendances)
        meeting = self.meeting.build_meeting(
            self.programme, self.held_by, was_held, replaces=self.replaces
        )
        return meeting, attendances

    def record(self, by):
        """Return the rows written, none if the same form was saved before.

        Raise ValidationError, or NotSaved if something else was saved meanwhile.
        """
        meeting, attendances = self.build()
        try:
            with transaction.atomic():
                return self.save(meeting, attendances, by)
        except IntegrityError:
            if not self.is_saved(meeting, attendances, by):
                self.explain(by)
                raise NotSaved from None
        self.is_repeated = True
        return []

    def save(self, meeting, attendances, by):
        meeting.record(attendances, by=by)
        return [meeting]

    def is_saved(self, meeting, attendances, by):
        """Whether the user has saved this form before with the same content."""
        stored = Meeting.objects.filter(submit_key=self.submit_key, recorded_by=by).first()
        rows = [attendance for attendance, _ in attendances]
        return stored is not None and stored.is_same_as(meeting, rows)

    def explain(self, by):
        """Set `stored`, and add the warning."""
        raise NotImplementedError


class NewMeeting(MeetingEntry):
    """With `mentee` and, at a group meeting, `companions`.

    Saved with it: the next appointment, a new status and a new agreement of `mentee`.
    """

    def __init__(self, data=None, *, mentee, companions, mentor):
        self.mentee, self.companions = mentee, companions
        self.programme, self.held_by = mentee.programme, mentor
        self.appointment = NextAppointmentForm(
            data,
            planned=next(questions.last_planned(mentee=mentee.pk), None),
            prefix=params.NEXT_PREFIX,
        )
        self.changes = ChangesForm(
            data,
            mentee=mentee,
            status=next(questions.status_changes(mentee=mentee.pk, on=today()), None),
            prefix=params.CHANGES_PREFIX,
        )
        self.own = AttendanceForm(data, mentee=mentee, mentor=mentor)
        self.of_companions = [companion_form(data, companion) for companion in companions]
        usual = next(questions.last_held(mentee=mentee.pk), None) if data is None else None
        super().__init__(
            MeetingForm(data, usual=usual),
            [self.own, *self.of_companions],
            self.appointment,
            self.changes,
        )
        self.draft_moved_from = ""  # the submit key under which the browser keeps the draft

    def is_valid(self):
        if not super().is_valid():
            return False
        earlier = self.earlier_that_day()
        if earlier:
            self.meeting.warn(sentences.another_that_day(self.mentee), params.CONFIRM_ANOTHER)
            self.stored = earlier if self.meeting.warnings else None
        return True

    def earlier_that_day(self):
        """Return the user's meeting with one of the mentees on the same day, or None.

        Not one of this very form, which may have been sent twice.
        """
        meetings = questions.held_that_day(
            mentor=self.held_by.pk,
            on=self.meeting.cleaned_data["held_on"],
            keys=[mentee.pk for mentee in (self.mentee, *self.companions)],
            submit_key=self.submit_key,
        )
        return next(meetings, None)

    def build_attendances(self):
        own, topics = self.own.build_attendance()
        others = [form.build_attendance(topics) for form in self.of_companions]
        return [(own, topics), *others]

    def save(self, meeting, attendances, by):
        rows = super().save(meeting, attendances, by)
        try:
            rows += self.changes.record(self.mentee, on=meeting.held_on, by=by)
        except ValidationError as error:
            self.changes.add_error(None, error)
            raise
        appointment = self.appointment.build_appointment(self.mentee)
        return [*rows, appointment.make(by=by)] if appointment else rows

    def explain(self, by):
        """Saved before with other content, perhaps by somebody else."""
        self.stored = Meeting.objects.filter(submit_key=self.submit_key, recorded_by=by).first()
        self.draft_moved_from = str(self.submit_key) if self.stored else ""
        self.meeting.renew_key()
        self.meeting.warn(sentences.SAVED_FROM_HERE, params.CONFIRM_ANOTHER, again=True)


def companion_form(data, mentee):
    is_posted = data is not None and f"{mentee.uuid}-outcome" in data  # not just added
    return CompanionForm(data if is_posted else None, mentee=mentee)


class Correction(MeetingEntry):
    """`attendances` are those of `meeting` that the user may see."""

    def __init__(self, data=None, *, meeting, attendances):
        self.replaces, self.programme, self.held_by = meeting, meeting.programme, meeting.held_by
        super().__init__(
            MeetingForm(data, meeting=meeting),
            [
                AttendanceForm(data, mentee=row.mentee, attendance=row, prefix=str(row.mentee.uuid))
                for row in attendances
            ],
        )
        self.visible = [row.pk for row in attendances]

    def build_attendances(self):
        visible = [form.build_attendance() for form in self.attendances]
        unseen = self.replaces.attendances.exclude(pk__in=self.visible).prefetch_related("topics")
        return visible + [
            (
                Attendance(mentee_id=row.mentee_id, outcome=row.outcome, note=row.note),
                row.topics.all(),
            )
            for row in unseen
        ]

    def save(self, meeting, attendances, by):
        if self.replaces.withdrawn_at:
            raise IntegrityError("It was corrected or withdrawn before.")
        unseen = self.replaces.attendances.exclude(pk__in=self.visible)
        if unseen.filter(mentee__enrolled_on__gt=meeting.held_on).exists():
            raise ValidationError({"held_on": sentences.NOT_ENROLLED_YET})  # without a name
        super().save(meeting, attendances, by)
        return []  # not undone but corrected

    def explain(self, by):
        self.stored = self.replaces.newest_version()
        self.meeting.warn(sentences.changed_meanwhile(self.stored))
