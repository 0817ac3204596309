"""Correcting a meeting, and taking one back."""

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

from .meetings import MeetingFormView


class MeetingMixin(ProgrammePermissionMixin):
    """A page about one meeting the user may correct: his own, or any in the programme for a coordinator."""

    permission_required = "cases.record_meeting"

    def dispatch(self, request, *args, **kwargs):
        meetings = Meeting.objects.visible_to(request.user).select_related("programme")
        self.meeting = get_object_or_404(meetings, uuid=kwargs["meeting"])
        request.programme = self.meeting.programme
        seen = self.meeting.attendances.filter(mentee__in=Mentee.objects.visible_to(request.user))
        self.attendances = list(seen.select_related("mentee__programme").order_by("pk"))
        self.mentee = self.attendances[0].mentee
        mine = self.meeting.held_by_id == request.user.pk
        if not (mine or request.user.has_perm("cases.correct_any_meeting", self.meeting.programme)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CorrectMeeting(MeetingMixin, MeetingFormView):
    """A correction is a new version. Of two people correcting the same one, the second is shown both texts."""

    def get(self, request, *args, **kwargs):
        newest = self.newest()
        if newest != self.meeting:
            return redirect("correct_meeting", newest.uuid)
        if self.meeting.withdrawn_at:
            raise Http404
        return super().get(request, *args, **kwargs)

    def newest(self):
        meeting = self.meeting
        while following := Meeting.objects.filter(replaces=meeting).first():
            meeting = following
        return meeting

    def forms(self, data=None):
        forms = {"meeting": MeetingForm(data, meeting=self.meeting)}
        for attendance in self.attendances:
            key = str(attendance.mentee.uuid)
            forms[key] = AttendanceForm(
                data, mentee=attendance.mentee, attendance=attendance, prefix=key
            )
        return forms

    def write(self, forms):
        return self.saved_before(forms) if self.meeting.withdrawn_at else super().write(forms)

    def save(self, forms):
        rows = [form.attendance() for name, form in forms.items() if name != "meeting"]
        unseen = self.meeting.attendances.exclude(
            pk__in=[a.pk for a in self.attendances]
        ).prefetch_related("topics")
        rows += [
            (Attendance(mentee_id=a.mentee_id, outcome=a.outcome, note=a.note), a.topics.all())
            for a in unseen
        ]
        was_held = any(attendance.outcome == AttendanceOutcome.MET for attendance, _ in rows)
        held_by = self.meeting.held_by
        corrected = forms["meeting"].meeting(
            self.meeting.programme, held_by, was_held, replaces=self.meeting
        )
        corrected.record(rows, by=self.request.user)
        messages.success(self.request, "Rettelsen er gemt.", extra_tags=str(corrected.submit_key))
        return redirect(self.mentee)

    def saved_before(self, forms):
        """Somebody was first, or the same form came twice: show what is stored beside what was typed."""
        newest = self.newest()
        return self.show(
            forms,
            status=409,
            beside=newest,
            why="withdrawn" if newest.withdrawn_at else "corrected",
        )

    def get_context_data(self, **kwargs):
        attendance_forms = [form for form in kwargs.values() if isinstance(form, AttendanceForm)]
        return super().get_context_data(
            title="Ret møde",
            corrected=self.meeting,
            mentee=self.mentee,
            attendance_forms=attendance_forms,
            back=self.mentee.get_absolute_url(),
            **{
                name: value
                for name, value in kwargs.items()
                if not isinstance(value, AttendanceForm)
            },
        )


class WithdrawMeeting(MeetingMixin, FormView):
    """A meeting that never was is withdrawn with a reason and stays readable."""

    template_name = "cases/small_form.html"
    form_class = WithdrawForm

    def get_context_data(self, **kwargs):
        words = {"title": "Træk møde tilbage", "button": "Træk tilbage", "about": str(self.meeting)}
        return super().get_context_data(mentee=self.mentee, **words, **kwargs)

    def form_valid(self, form):
        try:
            form.write(self.meeting, self.request.user)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        messages.success(self.request, "Mødet er trukket tilbage og kan stadig læses i historien.")
        return redirect(self.mentee)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
