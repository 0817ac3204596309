from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from cases.forms.facts import WithdrawForm
from cases.forms.meeting_entry import Correction
from cases.models import Meeting

from .base import MenteeFormView
from .meetings import MeetingFormView


class StoredMeetingMixin:
    """Set `self.meeting`, one held by the user or, for a coordinator, any in the programme."""

    permission_required = "cases.record_meeting"

    def load(self):
        user = self.request.user
        meetings = Meeting.objects.visible_to(user).select_related("programme")
        self.meeting = get_object_or_404(meetings, uuid=self.kwargs["meeting"])
        attendances = self.meeting.attendances.visible_to(user)
        self.attendances = list(attendances.select_related("mentee__programme").order_by("pk"))
        self.mentee = self.attendances[0].mentee
        is_holder = self.meeting.held_by_id == user.pk
        if not is_holder and not user.has_perm("cases.correct_any_meeting", self.meeting.programme):
            raise PermissionDenied

    def get_programme(self):
        return self.meeting.programme

    def get_success_url(self):
        return self.mentee.get_absolute_url()


class CorrectMeeting(StoredMeetingMixin, MeetingFormView):
    """If somebody else was first, show both versions."""

    template_name = "cases/correct_meeting.html"
    success_message = "Rettelsen er gemt."

    def get(self, request, *args, **kwargs):
        newest = self.meeting.newest_version()
        if newest != self.meeting:
            return redirect("correct_meeting", newest.uuid)
        if self.meeting.withdrawn_at:
            raise Http404
        return super().get(request, *args, **kwargs)

    def build_form(self, data):
        return Correction(data, meeting=self.meeting, attendances=self.attendances)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title="Ret møde",
            corrected=self.meeting,
            is_group=len(self.attendances) > 1,
            back_url=self.mentee.get_absolute_url(),
            back_label=self.mentee.name,
            **kwargs,
        )


class WithdrawMeeting(StoredMeetingMixin, MenteeFormView):
    form_class = WithdrawForm
    form_takes = "row"
    title = "Træk møde tilbage"
    button = "Træk tilbage"
    success_message = "Mødet er trukket tilbage og kan stadig læses i historien."

    @property
    def row(self):
        return self.meeting

    def get_context_data(self, **kwargs):
        return super().get_context_data(about=str(self.meeting), **kwargs)
