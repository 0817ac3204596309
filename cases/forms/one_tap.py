import uuid

from django import forms

from cases import params, sentences
from cases.models import Attendance, AttendanceOutcome, Meeting, MeetingFormat
from web.dates import today
from web.forms import PlainForm

FORMAT_OF_OUTCOME = {
    AttendanceOutcome.NO_SHOW: MeetingFormat.AREA,
    AttendanceOutcome.TRIED: MeetingFormat.PHONE,
}


class OneTapForm(PlainForm):
    udfald = forms.ChoiceField(choices=[(code.value, code.label) for code in FORMAT_OF_OUTCOME])

    def __init__(self, data=None, *, mentee, mentor, **kwargs):
        super().__init__(data, **kwargs)
        self.mentee, self.mentor = mentee, mentor
        self.earlier = None  # a meeting with the mentee that the mentor has logged today

    def clean(self):
        data = super().clean()
        if data.get(params.OUTCOME):
            meetings = Meeting.objects.known().filter(
                held_by=self.mentor, held_on=today(), attendances__mentee=self.mentee
            )
            self.earlier = meetings.order_by("-pk").first()
        if self.earlier:
            self.warn(sentences.one_more_today(self.mentee, self.outcome), params.CONFIRM_ANOTHER)
        return data

    @property
    def outcome(self):
        return AttendanceOutcome(self.cleaned_data[params.OUTCOME])

    def record(self, by):
        meeting = Meeting(
            programme=self.mentee.programme,
            held_on=today(),
            form=FORMAT_OF_OUTCOME[self.outcome],
            held_by=by,
            submit_key=uuid.uuid4(),
        )
        attendance = Attendance(mentee=self.mentee, outcome=self.outcome)
        return [meeting.record([(attendance, [])], by=by)]
