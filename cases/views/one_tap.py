"""One-tap outcomes of Min uge, and undo."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases import params
from cases.models import Attendance, AttendanceOutcome, Meeting, MeetingFormat
from web.dates import today
from web.views import is_uuid

from .base import visible_mentee

FORMAT_OF_OUTCOME = {
    AttendanceOutcome.NO_SHOW: MeetingFormat.AREA,
    AttendanceOutcome.TRIED: MeetingFormat.PHONE,
}


@require_POST
def quick_record(request, uuid):
    """Log a no-show or an attempt today; asks first if a meeting is logged today already."""
    mentee = visible_mentee(request, uuid=uuid)
    if not request.user.has_perm("cases.record_meeting", mentee.programme):
        raise PermissionDenied
    outcome, key = request.POST.get(params.OUTCOME), request.POST.get("submit_key", "")
    if outcome not in FORMAT_OF_OUTCOME or not is_uuid(key):
        raise Http404
    meetings = Meeting.objects.filter(
        held_by=request.user, held_on=today(), attendances__mentee=mentee
    )
    earlier = meetings.known().order_by("-pk").first()
    # Queried last: an identical tap may have been saved in between.
    stored = meetings.filter(submit_key=key).first()
    if earlier and not stored and params.CONFIRM_ANOTHER not in request.POST:
        context = {
            "mentee": mentee,
            "earlier": earlier,
            "outcome": AttendanceOutcome(outcome),
            "key": key,
        }
        return render(request, "cases/one_tap_again.html", context, status=409)
    meeting = stored or record_outcome(request.user, mentee, outcome, key)
    return redirect(reverse("my_week", query={params.JUST_SAVED: meeting.uuid}))


def record_outcome(user, mentee, outcome, submit_key):
    """Save and return the Meeting; of two identical taps at the same time, the first one's."""
    meeting = Meeting(
        programme=mentee.programme,
        held_on=today(),
        form=FORMAT_OF_OUTCOME[outcome],
        held_by=user,
        submit_key=submit_key,
    )
    attendance = Attendance(mentee=mentee, outcome=outcome)
    try:
        with transaction.atomic():
            return meeting.record([(attendance, [])], by=user)
    except IntegrityError:
        return get_object_or_404(Meeting.objects.visible_to(user), submit_key=submit_key)


@require_POST
def undo_quick_record(request, meeting):
    """Withdraw a meeting that the user has recorded today."""
    meetings = Meeting.objects.known().visible_to(request.user)
    recorded = get_object_or_404(meetings, recorded_by=request.user, held_on=today(), uuid=meeting)
    recorded.withdraw(by=request.user, reason="Fortrudt med det samme")
    messages.success(request, "Fortrudt. Det tæller ikke med.")
    return redirect("my_week")
