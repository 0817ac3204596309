"""The one-tap outcomes of Min uge, and taking the tap back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.models import Attendance, AttendanceOutcome, Meeting, MeetingFormat
from web.dates import today
from web.views import is_uuid

from .base import visible_mentee

QUICK = {
    AttendanceOutcome.NO_SHOW: MeetingFormat.AREA,
    AttendanceOutcome.TRIED: MeetingFormat.PHONE,
}


@require_POST
def quick_record(request, uuid):
    """Udeblevet or Forsøgt, today. A second meeting with the same person the same day is asked about once."""
    mentee = visible_mentee(request, uuid=uuid)
    if not request.user.has_perm("cases.record_meeting", mentee.programme):
        raise PermissionDenied
    outcome, key = request.POST.get("udfald"), request.POST.get("submit_key", "")
    if outcome not in QUICK or not is_uuid(key):
        raise Http404
    mine = Meeting.objects.filter(held_by=request.user, held_on=today(), attendances__mentee=mentee)
    again = mine.known().order_by("-pk").first()
    stored = mine.filter(
        submit_key=key
    ).first()  # asked last: an equal tap may have been saved in between
    if again and not stored and "nyt_moede" not in request.POST:
        context = {
            "mentee": mentee,
            "again": again,
            "outcome": AttendanceOutcome(outcome),
            "key": key,
        }
        return render(request, "cases/one_tap_again.html", context, status=409)
    return redirect(
        f"{reverse('my_week')}?gemt={(stored or record(request, mentee, outcome, key)).uuid}"
    )


def record(request, mentee, outcome, key):
    """The Meeting of the tap; of two equal taps at the same moment the first one."""
    meeting = Meeting(
        programme=mentee.programme,
        held_on=today(),
        form=QUICK[outcome],
        held_by=request.user,
        submit_key=key,
    )
    try:
        with transaction.atomic():
            return meeting.record(
                [(Attendance(mentee=mentee, outcome=outcome), [])], by=request.user
            )
    except IntegrityError:
        return get_object_or_404(Meeting.objects.visible_to(request.user), submit_key=key)


@require_POST
def undo_quick_record(request, meeting):
    """Take back what one has just logged with one tap."""
    mine = (
        Meeting.objects.known()
        .visible_to(request.user)
        .filter(recorded_by=request.user, held_on=today())
    )
    get_object_or_404(mine, uuid=meeting).withdraw(by=request.user, reason="Fortrudt med det samme")
    messages.success(request, "Fortrudt. Det tæller ikke med.")
    return redirect("my_week")
