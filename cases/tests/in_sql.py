"""What held on a day, asked in SQL: the fold of cases/register.py is held equal to it."""

from django.db.models import OuterRef, Subquery

from cases.models import Attendance, AttendanceOutcome, Match, Pause, Residence, StatusChange


def enrolled(mentees, on, known_at=None):
    """Return those enrolled by the day `on`, as known at `known_at` (None: now)."""
    known = mentees if known_at is None else mentees.filter(recorded_at__lte=known_at)
    return known.filter(enrolled_on__lte=on)


def as_of(mentees, on, known_at=None):
    """Annotate the facts in force on the day `on`, as known at `known_at` (None: now).

    None if nothing is recorded.
    """

    def newest(model, field):
        facts = model.objects.in_force(on=on, known_at=known_at).filter(mentee=OuterRef("pk"))
        return Subquery(facts.values(field)[:1])

    return mentees.annotate(
        status=newest(StatusChange, "status"),
        status_since=newest(StatusChange, "effective_on"),
        status_detail=newest(StatusChange, "detail"),
        area_id=newest(Residence, "area"),
        area_name=newest(Residence, "area__name"),
        mentor_id=newest(Match, "mentor"),
        mentor_name=newest(Match, "mentor__name"),
        paused=newest(Pause, "paused"),
        pause_reason=newest(Pause, "reason"),
    )


def last_met(on):
    """Return the subquery of the day of a mentee's last meeting held by `on`."""
    meetings = Attendance.objects.known().filter(
        mentee=OuterRef("pk"), outcome=AttendanceOutcome.MET, meeting__held_on__lte=on
    )
    return Subquery(meetings.order_by("-meeting__held_on").values("meeting__held_on")[:1])
