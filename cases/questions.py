"""What pages ask the register most, each put into SQL once (web/prepared.py).

The rule stays in its queryset; `tests/test_questions.py` holds each equal to it (`question.fresh`).
"""

from types import SimpleNamespace

from django.db.models import Count, DateField, DateTimeField, Max, Q, UUIDField

from accounts.models import User
from cases.models import (
    Agreement,
    Appointment,
    Attendance,
    AttendanceOutcome,
    FieldChange,
    HousingArea,
    KeyFigure,
    Match,
    Meeting,
    Membership,
    Mentee,
    Pause,
    Programme,
    Residence,
    Role,
    StatusChange,
    Strike,
    Substitution,
    Topic,
)
from web.prepared import Key, Keys, prepared

PERSON = ("pk", "uuid", "name", "born_on", "gender", "enrolled_on", "version", "recorded_at")
FACT = ("mentee_id", "effective_on", "recorded_at", "withdrawn_at")
# kind: (model, field of the value)
KINDS = {
    "statuses": (StatusChange, "status"),
    "areas": (Residence, "area_id"),
    "mentors": (Match, "mentor_id"),
    "pauses": (Pause, "paused"),
}


@prepared(user=Key(), on=DateField())
def memberships(user, on):
    """In force on the day, with the programme, newest programme first."""
    running = Membership.objects.running(on).filter(user_id=user).select_related("programme")
    return running.order_by("-programme__starts_on", "programme__name")


@prepared(programme=Key())
def locked(programme):
    """[(the programme's key,)], its row locked until the transaction ends (not on SQLite)"""
    programmes = Programme.objects.filter(pk=programme).select_for_update(no_key=True)
    return programmes.order_by().values_list("pk")


@prepared(user=Key(), programme=Key(), on=DateField())
def visible_people(user, programme, on):
    """PERSON of those that the user may see on the day."""
    visible = Mentee.objects.visible_to(SimpleNamespace(pk=user), on)
    return visible.filter(programme_id=programme).order_by("pk").values_list(*PERSON)


@prepared(programme=Key())
def people_of(programme):
    """PERSON of everybody."""
    return Mentee.objects.filter(programme_id=programme).order_by("pk").values_list(*PERSON)


@prepared(keys=Keys())
def facts(kind, keys):
    """(*FACT, value) of one of KINDS, withdrawn ones too, oldest first."""
    model, field = KINDS[kind]
    rows = model.objects.filter(mentee__among=keys)
    return rows.order_by("effective_on", "recorded_at", "pk").values_list(*FACT, field)


@prepared(programme=Key())
def facts_of(kind, programme):
    """As `facts`."""
    model, field = KINDS[kind]
    rows = model.objects.filter(mentee__programme_id=programme)
    return rows.order_by("effective_on", "recorded_at", "pk").values_list(*FACT, field)


CONTACT = ("mentee_id", "meeting__held_on", "outcome")


@prepared(keys=Keys(), first=DateField(), last=DateField())
def contacts(keys, first, last):
    """CONTACT from `first` to `last`, inclusive."""
    attendances = Attendance.objects.known().filter(mentee__among=keys)
    days = attendances.filter(meeting__held_on__range=(first, last))
    return days.order_by().values_list(*CONTACT)


@prepared(programme=Key(), first=DateField(), last=DateField(), at=DateTimeField())
def contacts_of(is_past, programme, first, last, at):
    """As `contacts`; with `is_past` as known at the moment `at`."""
    attendances = Attendance.objects.known(at if is_past else None)
    days = attendances.filter(
        meeting__programme_id=programme, meeting__held_on__range=(first, last)
    )
    return days.order_by().values_list(*CONTACT)


@prepared(keys=Keys(), on=DateField())
def last_met(keys, on):
    """(mentee_id, day of the last meeting held by `on`)"""
    attendances = Attendance.objects.known().filter(mentee__among=keys)
    met = attendances.filter(outcome=AttendanceOutcome.MET, meeting__held_on__lte=on)
    return met.order_by().values_list("mentee_id").annotate(Max("meeting__held_on"))


@prepared(user=Key(), programme=Key(), first=DateField(), last=DateField())
def minutes(user, programme, first, last):
    """(minutes of each meeting that the user held)"""
    meetings = Meeting.objects.known().filter(held_by_id=user, programme_id=programme)
    days = meetings.filter(held_on__range=(first, last)).order_by()
    return days.values_list("minutes")


@prepared(programme=Key())
def definitions(model, programme):
    """Confirmed rows of a DatedDefinition, by day and moment."""
    rows = model.objects.confirmed().filter(programme_id=programme)
    return rows.order_by("effective_on", "answered_at", "pk")


SPELL = ("name", "in_use", "until", "recorded_at")


@prepared(programme=Key())
def areas(programme):
    """(key, name, whether it is in use, *SPELL), in the areas' order.

    A row for each spell, the earliest first; one with None in its place if there is none.
    """
    rows = HousingArea.objects.filter(programme_id=programme)
    rows = rows.order_by("position", "name", "spells__until", "spells__recorded_at", "spells__pk")
    return rows.values_list("pk", "name", "in_use", *(f"spells__{field}" for field in SPELL))


@prepared(programme=Key(), on=DateField())
def mentors_of(programme, on):
    """(key, name) of those on the day who can sign in, by name."""
    return Membership.objects.mentors_of(programme, on).values_list("pk", "name")


@prepared(keys=Keys(), on=DateField())
def appointments(keys, on):
    """Those to come, next first."""
    return Appointment.objects.coming(on=on).filter(mentee__among=keys)


@prepared(keys=Keys(), on=DateField())
def overdue_agreements(keys, on):
    """Open ones whose day has passed."""
    return Agreement.objects.overdue(on=on).filter(mentee__among=keys)


def _visible(user, on):
    user = SimpleNamespace(pk=user)
    visible = Mentee.objects.visible_to(user, on).with_substitution(user, on)
    return visible.select_related("programme", "referred_by")


@prepared(user=Key(), on=DateField(), uuid=UUIDField())
def visible_mentee(user, on, uuid):
    """[Mentee] if the user may see them on the day, with programme and substitution."""
    return _visible(user, on).filter(uuid=uuid)


@prepared(user=Key(), on=DateField(), key=Key())
def visible_mentee_by_key(user, on, key):
    return _visible(user, on).filter(pk=key)


USERS = ("recorded_by", "withdrawn_by")


@prepared(mentee=Key())
def history(model, mentee):
    """Of a fact model, newest first, withdrawn ones too, with users."""
    more = {Residence: ["area"], Match: ["mentor"]}.get(model, [])
    rows = model.objects.filter(mentee_id=mentee).newest_first()
    return rows.select_related(*USERS, *more)


@prepared(mentee=Key())
def agreements(mentee):
    """With mentee and users."""
    return Agreement.objects.filter(mentee_id=mentee).select_related(*USERS, "moved_to", "mentee")


@prepared(mentee=Key())
def strikes(mentee):
    """Those open or agreed to, oldest first."""
    rows = Strike.objects.known().filter(mentee_id=mentee)
    return rows.select_related("recorded_by", "agreed_by")


@prepared(mentee=Key())
def field_changes(mentee):
    """Newest first."""
    return FieldChange.objects.filter(mentee_id=mentee).select_related("recorded_by")


ATTENDANCE = {
    "key": "pk",
    "outcome": "outcome",
    "note": "note",
    "meeting": "meeting_id",
    "uuid": "meeting__uuid",
    "held_on": "meeting__held_on",
    "form": "meeting__form",
    "minutes": "meeting__minutes",
    "replaces": "meeting__replaces_id",
    "held_by": "meeting__held_by_id",
    "held_by_name": "meeting__held_by__name",
    "recorded_at": "meeting__recorded_at",
    "author": "meeting__recorded_by__name",
    "withdrawn_at": "meeting__withdrawn_at",
    "withdrawn_by": "meeting__withdrawn_by__name",
    "withdrawn_reason": "meeting__withdrawn_reason",
}


@prepared(mentee=Key())
def attendances(mentee):
    """ATTENDANCE, withdrawn and replaced ones too."""
    rows = Attendance.objects.filter(mentee_id=mentee).order_by("pk")
    return rows.values_list(*ATTENDANCE.values())


@prepared(mentee=Key())
def topics(mentee):
    """(attendance's key, name of a topic)"""
    links = Attendance.topics.through.objects.filter(attendance__mentee_id=mentee)
    return links.order_by("topic__position", "topic__name").values_list(
        "attendance_id", "topic__name"
    )


@prepared(substitute=Key(), mentor=Key(), programme=Key(), on=DateField())
def substitutions(substitute, mentor, programme, on):
    """Those that let `substitute` see the mentor's mentees on the day."""
    running = Substitution.objects.running(on).filter(programme_id=programme)
    return running.filter(substitute_id=substitute, mentor_id=mentor).select_related("mentor")


@prepared(programme=Key())
def topics_in_use(programme):
    return Topic.objects.filter(programme_id=programme, in_use=True)


@prepared(mentor=Key(), since=DateField())
def topics_used(mentor, since):
    """(key of a topic, how often) of the meetings that the mentor held since the day."""
    lately = Q(attendance__meeting__held_by_id=mentor, attendance__meeting__held_on__gte=since)
    links = Attendance.topics.through.objects.filter(lately).order_by()
    return links.values_list("topic_id").annotate(Count("attendance_id"))


@prepared(mentor=Key(), on=DateField(), keys=Keys(), submit_key=UUIDField())
def held_that_day(mentor, on, keys, submit_key):
    """[The mentor's newest Meeting with one of them on the day, of another form]"""
    others = Meeting.objects.known().exclude(submit_key=submit_key)
    meetings = others.filter(held_by_id=mentor, held_on=on, attendances__mentee__among=keys)
    return meetings.order_by("-pk")[:1]


@prepared(mentee=Key())
def last_held(mentee):
    held = Meeting.objects.known().filter(
        attendances__mentee_id=mentee, attendances__outcome=AttendanceOutcome.MET
    )
    return held.order_by("-held_on", "-pk")[:1]


@prepared(mentee=Key())
def last_planned(mentee):
    """[The latest one]"""
    return Appointment.objects.known().filter(mentee_id=mentee).order_by("-on", "-pk")[:1]


@prepared(mentee=Key(), on=DateField())
def status_changes(mentee, on):
    """[The one in force]"""
    return StatusChange.objects.in_force(on=on).filter(mentee_id=mentee)[:1]


@prepared(keys=Keys(), on=DateField())
def open_agreements(keys, on):
    """By due day."""
    return Agreement.objects.open(on=on).filter(mentee__among=keys)


@prepared(programme=Key())
def mentor_names(programme):
    """(key, name), former ones too, by name."""
    members = Membership.objects.users(programme, Role.MENTOR).order_by()
    matched = Match.objects.filter(mentee__programme_id=programme, mentor__isnull=False)
    users = User.objects.filter(Q(pk__in=members.values("pk")) | Q(pk__in=matched.values("mentor")))
    return users.order_by("name").values_list("pk", "name")


@prepared(programme=Key())
def mentor_roles(programme):
    """(user, is_active, starts_on, ends_on, recorded_at, ended_on, ended_at)"""
    rows = Membership.objects.filter(programme_id=programme, role=Role.MENTOR).order_by("pk")
    days = ("starts_on", "ends_on", "recorded_at", "ended_on", "ended_at")
    return rows.values_list("user_id", "user__is_active", *days)


@prepared(programme=Key())
def key_figures(programme):
    """Those that stand, with their areas, in their order."""
    return KeyFigure.objects.known().filter(programme_id=programme).select_related("area")
