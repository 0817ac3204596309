"""Who does what by when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q

from web.dates import long_date, weekday_and_month
from web.validators import not_far_ahead, valid_line

from .append_only import WithdrawableModel
from .mentee import Mentee, MenteeOwnedQuerySet
from .status import Status


class AgreementQuerySet(MenteeOwnedQuerySet):
    def open(self, *, on, known_at=None):
        return self.known(known_at).filter(
            Q(closed_on=None) | Q(closed_on__gt=on), agreed_on__lte=on
        )

    def starts(self):
        return self.exclude(kind=Agreement.Kind.STEP)

    def overdue(self, *, on, known_at=None):
        return self.open(on=on, known_at=known_at).filter(due_on__lt=on)


class Agreement(WithdrawableModel):
    """Closed once: as kept, dropped, or moved to a new agreement."""

    set_once = (*WithdrawableModel.set_once, "outcome", "closed_on", "closed_by", "moved_to")
    strikable = ("what",)

    class Kind(models.TextChoices):
        EDUCATION = "education", "start på uddannelse"
        JOB = "job", "start på job"
        INTERNSHIP = "internship", "start på praktik"
        STEP = "step", "et skridt på vejen"

    class Responsible(models.TextChoices):
        MENTEE = "mentee", "den unge"
        MENTOR = "mentor", "mentor"
        PARTNER = "partner", "en samarbejdspartner"

    class Outcome(models.TextChoices):
        OPEN = "open", "åben"
        KEPT = "kept", "holdt"
        MOVED = "moved", "flyttet"
        DROPPED = "dropped", "droppet"

    mentee = models.ForeignKey(Mentee, models.PROTECT, related_name="agreements", editable=False)
    kind = models.CharField("slags", max_length=10, choices=Kind, default=Kind.STEP)
    what = models.CharField("hvad er aftalt", max_length=200, validators=[valid_line])
    responsible = models.CharField(
        "hvem gør det", max_length=8, choices=Responsible, default=Responsible.MENTEE
    )
    agreed_on = models.DateField("aftalt", editable=False)
    due_on = models.DateField("senest", validators=[not_far_ahead])
    outcome = models.CharField(
        "hvordan gik det", max_length=8, choices=Outcome, default=Outcome.OPEN, editable=False
    )
    closed_on = models.DateField("afsluttet", null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    moved_to = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="moved_from", editable=False
    )

    objects = AgreementQuerySet.as_manager()

    class Meta(WithdrawableModel.Meta):
        verbose_name = "aftale"
        verbose_name_plural = "aftaler"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["mentee", "due_on"], name="agreement_by_day")]
        constraints = [
            *WithdrawableModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(due_on__gte=F("agreed_on")),
                name="agreement_is_due_after_it_is_made",
                violation_error_message="Vælg en dag fra i dag og frem.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", closed_on=None, closed_by=None)
                | ~Q(outcome="open") & Q(closed_on__isnull=False, closed_by__isnull=False),
                name="agreement_is_open_or_closed_by_somebody",
            ),
        ]

    def __str__(self):
        return self.what

    def clean(self):
        if self.mentee_id and self.agreed_on and self.agreed_on < self.mentee.enrolled_on:
            raise ValidationError(
                f"Vælg en dag fra indskrivningen {long_date(self.mentee.enrolled_on)} og frem.",
                code="before_enrolment",
            )

    @property
    def is_open(self):
        return self.outcome == self.Outcome.OPEN and not self.withdrawn_at

    @property
    def is_start(self):
        return self.kind != self.Kind.STEP

    @property
    def question(self):
        day = weekday_and_month(self.due_on)
        return (
            f"{self.what}: dagen var {day}. Er det sket?"
            if self.is_start
            else f"{self.what}: skulle være sket {day}"
        )

    @property
    def status_it_leads_to(self):
        return STATUS_AFTER.get(self.kind)

    @property
    def who(self):
        if self.responsible == self.Responsible.MENTEE:
            return self.mentee.given_name
        return (
            self.recorded_by.given_name
            if self.responsible == self.Responsible.MENTOR
            else "samarbejdspartner"
        )

    def is_built_on(self, rows):
        return self.outcome != self.Outcome.OPEN

    def make(self, *, by):
        self.recorded_by = by
        self.full_clean()
        self.save(force_insert=True)
        return self

    def chain(self):
        """Return it with those it was moved from and to, the first one first."""
        first = self
        while earlier := Agreement.objects.filter(moved_to=first).first():
            first = earlier
        chain = [first]
        while chain[-1].moved_to:
            chain.append(chain[-1].moved_to)
        return chain

    def close(self, outcome, *, on, by):
        """Raise ValidationError if already closed."""
        closed = Agreement.objects.filter(
            pk=self.pk, outcome=Agreement.Outcome.OPEN, withdrawn_at=None
        ).update(outcome=outcome, closed_on=on, closed_by=by)
        if not closed:
            raise ValidationError("Aftalen er allerede afsluttet.", code="already_closed")
        self.refresh_from_db()

    @transaction.atomic
    def move(self, due_on, *, on, by):
        """Return the new agreement."""
        new = Agreement(
            mentee=self.mentee,
            kind=self.kind,
            what=self.what,
            responsible=self.responsible,
            agreed_on=on,
            due_on=due_on,
        ).make(by=by)
        self.close(Agreement.Outcome.MOVED, on=on, by=by)
        self.moved_to = new
        self.save(update_fields=["moved_to"])
        return new


STATUS_AFTER = {
    Agreement.Kind.EDUCATION: Status.EDUCATION,
    Agreement.Kind.JOB: Status.WORK,
    Agreement.Kind.INTERNSHIP: Status.INTERNSHIP,
}
