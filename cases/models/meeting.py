"""A group meeting has one Attendance per mentee."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction

from web.dates import long_date, today
from web.validators import valid_line, valid_text

from .append_only import AppendOnlyQuerySet, WithdrawableModel, WithdrawableQuerySet
from .mentee import Mentee
from .programme import Programme, Topic

NOT_MINUTES = "Skriv et antal minutter mellem 1 og 1440, eller lad feltet stå tomt."


class MeetingFormat(models.TextChoices):
    AREA = "area", "I boligområdet"
    OUT = "out", "Ude af huset"
    ACCOMPANIED = "accompanied", "Ledsaget til møde"
    WAKE_UP = "wake_up", "Morgenvækning"
    PHONE = "phone", "Telefon"
    MESSAGE = "message", "Besked"
    VIDEO = "video", "Video"


class AttendanceOutcome(models.TextChoices):
    MET = "met", "Afholdt"
    NO_SHOW = "no_show", "Udeblevet"
    TRIED = "tried", "Forsøgt"
    CANCELLED_BY_MENTEE = "cancelled_by_mentee", "Aflyst af den unge"
    CANCELLED_BY_MENTOR = "cancelled_by_mentor", "Aflyst af mentor"


class MeetingQuerySet(WithdrawableQuerySet):
    def visible_to(self, user):
        return self.filter(pk__in=Attendance.objects.visible_to(user).values("meeting"))


class Meeting(WithdrawableModel):
    """A correction is a new row; the one it replaces is kept.

    `submit_key` comes from the form: sent twice, it is saved once. `replaces` is unique: of two
    concurrent corrections one fails.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="meetings", editable=False
    )
    held_on = models.DateField("dato")
    form = models.CharField(
        "hvordan mødtes I", max_length=12, choices=MeetingFormat, default=MeetingFormat.AREA
    )
    place = models.CharField("sted", max_length=80, blank=True, validators=[valid_line])
    minutes = models.PositiveSmallIntegerField("minutter", null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="meetings", editable=False
    )
    submit_key = models.UUIDField(unique=True, editable=False)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        related_name="replaced_by",
        editable=False,
        verbose_name="retter",
    )

    strikable = ("place",)
    set_by_program = (
        *WithdrawableModel.set_by_program,
        "programme",
        "held_by",
        "submit_key",  # used twice, it raises IntegrityError
        "replaces",  # the same
    )

    objects = MeetingQuerySet.as_manager()

    class Meta(WithdrawableModel.Meta):
        verbose_name = "møde"
        verbose_name_plural = "møder"
        ordering = ["-held_on", "-recorded_at", "-pk"]
        indexes = [models.Index(fields=["programme", "held_on"], name="meeting_by_day")]
        constraints = [
            *WithdrawableModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__range=(1, 24 * 60)),
                name="minutes_are_a_part_of_a_day",
                violation_error_message=NOT_MINUTES,
            ),
        ]

    def __str__(self):
        return f"Møde {long_date(self.held_on)}"

    def clean(self):
        if self.held_on and self.held_on > today():
            raise ValidationError(
                {
                    "held_on": "Vælg i dag eller en tidligere dag. "
                    "Et møde kan først logges, når det er holdt."
                },
                code="in_the_future",
            )

        if self.minutes is not None and not 1 <= self.minutes <= 24 * 60:
            raise ValidationError({"minutes": NOT_MINUTES}, code="not_minutes")

    def validate_constraints(self, exclude=None):
        """Not asked in advance: the database holds them, and `clean` checks what is typed."""

    def newest_version(self):
        meeting = self
        while newer := Meeting.objects.filter(replaces=meeting).first():
            meeting = newer
        return meeting

    def versions(self):
        """Return all versions, the first one first."""
        versions = [self.newest_version()]
        while versions[-1].replaces:
            versions.append(versions[-1].replaces)
        return versions[::-1]

    def is_same_as(self, other, attendances):
        """Whether it equals `other` with `attendances`: a form sent twice."""
        stored = {(row.mentee_id, row.outcome, row.note) for row in self.attendances.all()}
        posted = {(row.mentee_id, row.outcome, row.note) for row in attendances}
        fields = ("held_on", "minutes", "form")
        return stored == posted and all(
            getattr(self, field) == getattr(other, field) for field in fields
        )

    @transaction.atomic
    def record(self, attendances, *, by):
        """Save the meeting with `attendances`, [(Attendance, topics)].

        Raise ValidationError, or IntegrityError if `submit_key` or `replaces` is already used.
        """
        self.recorded_by = by
        self.full_clean()
        for attendance, _ in attendances:
            attendance.check_day(self.held_on)
        if self.replaces:
            self.version = self.replaces.version + 1
        self.save(force_insert=True)
        if self.replaces:
            self.replaces.withdraw(by=by, reason="Rettet", at=self.recorded_at)
        for attendance, topics in attendances:
            attendance.meeting = self
            attendance.full_clean(exclude=["meeting", "mentee"])  # set by the program
            attendance.save(force_insert=True)
            if topics:
                attendance.topics.add(*topics)
        return self


class AttendanceQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """A substitute sees those from `Mentee.readable_from` on."""
        mentees = Mentee.objects.visible_to(user)
        limited = mentees.with_substitution(user).exclude(substituting_since=None)
        too_old = models.Q(pk__in=[])
        for mentee in limited.select_related("programme"):
            if mentee.readable_from is not None:
                too_old |= models.Q(mentee=mentee, meeting__held_on__lt=mentee.readable_from)
        return self.filter(mentee__in=mentees).exclude(too_old)

    def known(self, at=None):
        """Those of meetings known at `at` (None: now)."""
        if at is None:
            return self.filter(meeting__withdrawn_at=None)
        current = models.Q(meeting__withdrawn_at=None) | models.Q(meeting__withdrawn_at__gt=at)
        return self.filter(current, meeting__recorded_at__lte=at)


class Attendance(models.Model):
    """One mentee's part; the note is shown on no other mentee's page."""

    set_once = ()  # held by the database: cases/triggers.py
    strikable = ("note",)

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances", editable=False)
    mentee = models.ForeignKey(Mentee, models.PROTECT, related_name="attendances", editable=False)
    outcome = models.CharField(
        "hvordan gik det", max_length=20, choices=AttendanceOutcome, default=AttendanceOutcome.MET
    )
    topics = models.ManyToManyField(Topic, blank=True, verbose_name="emner")
    note = models.TextField("note", max_length=4000, blank=True, validators=[valid_text])

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "fremmøde"
        verbose_name_plural = "fremmøder"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "mentee"], name="one_attendance_per_mentee_and_meeting"
            ),
        ]

    def __str__(self):
        return f"{self.mentee}: {self.get_outcome_display()}"

    def check_day(self, held_on):
        """Raise ValidationError if the mentee was not enrolled, or the programme had ended."""
        if held_on < self.mentee.enrolled_on:
            raise ValidationError(
                {
                    "held_on": f"{self.mentee.given_name} blev indskrevet "
                    f"{long_date(self.mentee.enrolled_on)}. Vælg den dag eller en senere."
                },
                code="before_enrolment",
            )
        self.mentee.programme.check_not_ended(held_on, "held_on")
