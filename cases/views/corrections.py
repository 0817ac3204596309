"""Correct and withdraw meetings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView

from cases.forms.facts import WithdrawForm
from cases.forms.meeting import AttendanceForm, MeetingForm
from cases.models import Attendance, AttendanceOutcome, Meeting, Mentee
from web.form_errors import add_errors
from web.views import ProgrammePermissionMixin

from . import conflicts
from .meetings import MeetingFormView


class MeetingMixin(ProgrammePermissionMixin):
    """Set `self.meeting`, one held by the user or, for a coordinator, any in the programme."""

    permission_required = "cases.record_meeting"

    def dispatch(self, request, *args, **kwargs):
        meetings = Meeting.objects.visible_to(request.user).select_related("programme")
        self.meeting = get_object_or_404(meetings, uuid=kwargs["meeting"])
        # super() checks the permission against the request.programme set here.
        request.programme = self.meeting.programme
        mentees = Mentee.objects.visible_to(request.user)
        attendances = self.meeting.attendances.filter(mentee__in=mentees)
        self.attendances = list(attendances.select_related("mentee__programme").order_by("pk"))
        self.mentee = self.attendances[0].mentee
        is_holder = self.meeting.held_by_id == request.user.pk
        if not is_holder and not request.user.has_perm(
            "cases.correct_any_meeting", self.meeting.programme
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CorrectMeeting(MeetingMixin, MeetingFormView):
    """Save a correction as a new version. If somebody else was first, show both versions."""

    template_name = "cases/correct_meeting.html"

    def get(self, request, *args, **kwargs):
        newest = self.newest_version()
        if newest != self.meeting:
            return redirect("correct_meeting", newest.uuid)
        if self.meeting.withdrawn_at:
            raise Http404
        return super().get(request, *args, **kwargs)

    def newest_version(self):
        meeting = self.meeting
        while newer := Meeting.objects.filter(replaces=meeting).first():
            meeting = newer
        return meeting

    def get_forms(self, data=None):
        forms = {"meeting": MeetingForm(data, meeting=self.meeting)}
        for attendance in self.attendances:
            key = str(attendance.mentee.uuid)
            forms[key] = AttendanceForm(
                data, mentee=attendance.mentee, attendance=attendance, prefix=key
            )
        return forms

    def forms_valid(self, forms):
        if self.meeting.withdrawn_at:
            return self.already_saved(forms)
        return super().forms_valid(forms)

    def save_meeting(self, forms):
        attendances = [form.build_attendance() for name, form in forms.items() if name != "meeting"]
        attendances += self.copy_invisible_attendances()
        was_held = any(row.outcome == AttendanceOutcome.MET for row, _ in attendances)
        corrected = forms["meeting"].build_meeting(
            self.meeting.programme, self.meeting.held_by, was_held, replaces=self.meeting
        )
        corrected.record(attendances, by=self.request.user)
        self.add_success_message("Rettelsen er gemt.", corrected)
        return redirect(self.mentee)

    def copy_invisible_attendances(self):
        """Return [(unsaved Attendance, topics)] of the mentees that the user cannot see."""
        visible = [attendance.pk for attendance in self.attendances]
        return [
            (
                Attendance(mentee_id=old.mentee_id, outcome=old.outcome, note=old.note),
                old.topics.all(),
            )
            for old in self.meeting.attendances.exclude(pk__in=visible).prefetch_related("topics")
        ]

    def already_saved(self, forms):
        """Show the newest version beside the form."""
        conflict = conflicts.changed_meanwhile(self.newest_version())
        return self.render_page(forms, status=409, conflict=conflict)

    def get_context_data(self, **kwargs):
        attendance_forms = [form for form in kwargs.values() if isinstance(form, AttendanceForm)]
        return super().get_context_data(
            title="Ret møde",
            corrected=self.meeting,
            mentee=self.mentee,
            attendance_forms=attendance_forms,
            is_group=len(attendance_forms) > 1,
            back_url=self.mentee.get_absolute_url(),
            back_label=self.mentee.name,
            **{
                name: value
                for name, value in kwargs.items()
                if not isinstance(value, AttendanceForm)
            },
        )


class WithdrawMeeting(MeetingMixin, FormView):
    """Withdraw a meeting with a reason; it stays in the history."""

    template_name = "cases/small_form.html"
    form_class = WithdrawForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            mentee=self.mentee,
            title="Træk møde tilbage",
            button="Træk tilbage",
            about=str(self.meeting),
            **kwargs,
        )

    def form_valid(self, form):
        try:
            form.withdraw(self.meeting, self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, "Mødet er trukket tilbage og kan stadig læses i historien.")
        return redirect(self.mentee)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
