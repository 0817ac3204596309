"""Dated facts: "from this day, this holds". What changes about a young person is one of these four."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from web.dates import long_date, today
from web.validators import no_cpr

from .append_only import WithdrawableModel, WithdrawableQuerySet
from .programme import HousingArea
from .status import Status


class DatedFactQuerySet(WithdrawableQuerySet):
    def newest_first(self):
        """The order that decides: the later day wins, then the later record of the same day."""
        return self.order_by("-effective_on", "-recorded_at", "-pk")

    def in_force(self, *, on, known_at=None):
        """Facts that can hold on the day `on` as known at `known_at` (None: now), a mentee's deciding one first."""
        return self.known(known_at).filter(effective_on__lte=on).newest_first()


class DatedFact(WithdrawableModel):
    """From `effective_on` this holds for the mentee, until a later fact of the same kind says otherwise."""

    mentee = models.ForeignKey(
        "cases.Mentee", on_delete=models.PROTECT, editable=False, related_name="%(class)s_set"
    )
    effective_on = models.DateField("fra")

    objects = DatedFactQuerySet.as_manager()

    may_be_planned = False  # True where a day to come makes sense

    class Meta(WithdrawableModel.Meta):
        abstract = True
        ordering = ["-effective_on", "-recorded_at", "-pk"]
        indexes = [
            models.Index(
                fields=["mentee", "-effective_on", "-recorded_at", "-id"], name="%(class)s_as_of"
            )
        ]

    def clean(self):
        super().clean()
        if self.effective_on is not None and self.mentee_id is not None:
            self.check_day()

    def check_day(self):
        """Raise ValidationError when the fact cannot hold from its day: before the enrolment, or still to come."""
        if self.effective_on < self.mentee.enrolled_on:
            raise ValidationError(
                {
                    "effective_on": f"Vælg en dag fra indskrivningen {long_date(self.mentee.enrolled_on)} og frem."
                },
                code="before_enrolment",
            )
        if not self.may_be_planned and self.effective_on > today():
            raise ValidationError(
                {"effective_on": "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."},
                code="in_the_future",
            )

    @property
    def is_first(self):
        """Whether this is the fact of the day of enrolment, and the only one of its kind that still holds that day."""
        others = (
            type(self)
            .objects.in_force(on=self.mentee.enrolled_on)
            .filter(mentee=self.mentee)
            .exclude(pk=self.pk)
        )
        return self.effective_on <= self.mentee.enrolled_on and not others.exists()


class StatusChange(DatedFact):
    """The mentee's status from a day. `detail` says more inside the case only: 10. klasse, FGU, frafald from what."""

    status = models.CharField("status", max_length=16, choices=Status)
    detail = models.CharField("uddybning", max_length=120, blank=True, validators=[no_cpr])

    class Meta(DatedFact.Meta):
        verbose_name = "status"
        verbose_name_plural = "statusser"
        constraints = [
            *WithdrawableModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values),
                name="status_is_one_of_the_nine",
                violation_error_message="Vælg en af de ni statusser.",
            ),
        ]

    def __str__(self):
        return f"{self.get_status_display()} fra {long_date(self.effective_on)}"

    def check_withdrawal(self):
        if self.is_first:
            raise ValidationError(
                "En ung har altid en status fra indskrivningsdagen. Skriv den rigtige status, så træder den i stedet.",
                code="no_status_left",
            )


class Residence(DatedFact):
    """The housing area the mentee lives in from a day; None when outside the areas or unknown."""

    area = models.ForeignKey(
        HousingArea,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="boligområde",
        related_name="+",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "bopæl"
        verbose_name_plural = "bopæle"

    def __str__(self):
        return f"{self.area or 'Uden for områderne'} fra {long_date(self.effective_on)}"


class Match(DatedFact):
    """The mentor the mentee works with from a day; None when there is none."""

    may_be_planned = True
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="mentor",
        related_name="matches",
    )

    class Meta(DatedFact.Meta):
        verbose_name = "mentor"
        verbose_name_plural = "mentorer"

    def __str__(self):
        return f"{self.mentor or 'Ingen mentor'} fra {long_date(self.effective_on)}"


class Pause(DatedFact):
    """An agreed pause begins (`paused`) or ends (not `paused`) on a day. A paused week is held against nobody."""

    class Reason(models.TextChoices):
        HOLIDAY = "holiday", "ferie"
        HOSPITAL = "hospital", "indlæggelse"
        DETENTION = "detention", "frihedsberøvelse"
        OTHER = "other", "andet"

    may_be_planned = True
    paused = models.BooleanField("på pause", default=True)
    reason = models.CharField("grund", max_length=10, choices=Reason, blank=True)

    class Meta(DatedFact.Meta):
        verbose_name = "pause"
        verbose_name_plural = "pauser"

    def __str__(self):
        return f"{'Pause' if self.paused else 'Pausen slut'} fra {long_date(self.effective_on)}"
