"""Dated facts about a mentee, a bitemporal model.

Valid time: a fact holds from `effective_on` until the next one of its kind; no end is stored.
Transaction time: it is known from `recorded_at` until withdrawn, never updated. An as-of query, for
the day `on` as known at `known_at`, takes the latest `effective_on`, then the latest `recorded_at`.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from web.dates import long_date
from web.validators import at_field, not_far_ahead, not_in_the_future, valid_line

from .append_only import WithdrawableModel, WithdrawableQuerySet
from .housing_area import HousingArea
from .status import Status


class DatedFactQuerySet(WithdrawableQuerySet):
    def newest_first(self):
        """A mentee's first fact is in force."""
        return self.order_by("-effective_on", "-recorded_at", "-pk")

    def in_force(self, *, on, known_at=None):
        """Facts effective by `on`, as known at `known_at` (None: now)."""
        return self.known(known_at).filter(effective_on__lte=on).newest_first()


class DatedFact(WithdrawableModel):
    mentee = models.ForeignKey(
        "cases.Mentee", on_delete=models.PROTECT, editable=False, related_name="%(class)s_set"
    )
    effective_on = models.DateField("fra")

    objects = DatedFactQuerySet.as_manager()

    may_be_planned = False

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
        """Raise ValidationError if before enrolment, wrongly in the future or too far ahead."""
        if self.effective_on < self.mentee.enrolled_on:
            raise ValidationError(
                {
                    "effective_on": "Vælg en dag fra indskrivningen "
                    f"{long_date(self.mentee.enrolled_on)} og frem."
                },
                code="before_enrolment",
            )
        with at_field("effective_on"):
            check = not_far_ahead if self.may_be_planned else not_in_the_future
            check(self.effective_on)

    def is_built_on(self, rows):
        """Whether a fact of its kind was recorded later."""
        together = [row.pk for row in rows if type(row) is type(self)]
        later = (
            type(self)
            .objects.known()
            .filter(mentee=self.mentee_id, recorded_at__gte=self.recorded_at)
        )
        return later.exclude(pk__in=together).exists()

    @property
    def is_first(self):
        others = (
            type(self)
            .objects.in_force(on=self.mentee.enrolled_on)
            .filter(mentee=self.mentee)
            .exclude(pk=self.pk)
        )
        return self.effective_on <= self.mentee.enrolled_on and not others.exists()


class StatusChange(DatedFact):
    """`detail` ('10. klasse') is not reported."""

    strikable = ("detail",)

    status = models.CharField("status", max_length=16, choices=Status)
    detail = models.CharField("uddybning", max_length=120, blank=True, validators=[valid_line])

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
                "En ung har altid en status fra indskrivningsdagen. "
                "Skriv den rigtige status, så træder den i stedet.",
                code="no_status_left",
            )


class Residence(DatedFact):
    """`area` None: outside the areas, or unknown."""

    NO_AREA = "Uden for områderne"

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
        return f"{self.area or self.NO_AREA} fra {long_date(self.effective_on)}"


class Match(DatedFact):
    """`mentor` None: no mentor."""

    NO_MENTOR = "Ingen mentor"

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
        return f"{self.mentor or self.NO_MENTOR} fra {long_date(self.effective_on)}"


class Pause(DatedFact):
    """The start or end of a pause without expected contact.

    No reason tells of health or offences: no figure needs it (decision 030).
    """

    class Reason(models.TextChoices):
        HOLIDAY = "holiday", "ferie"
        OTHER = "other", "andet"

    may_be_planned = True
    paused = models.BooleanField("på pause", default=True)
    reason = models.CharField("grund", max_length=10, choices=Reason, blank=True)

    class Meta(DatedFact.Meta):
        verbose_name = "pause"
        verbose_name_plural = "pauser"
        constraints = [
            *WithdrawableModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(reason__in=["", "holiday", "other"]),
                name="pause_reason_tells_of_no_health_or_offence",
                violation_error_message="Vælg ferie eller andet.",
            ),
        ]

    def __str__(self):
        return f"{'Pause' if self.paused else 'Pausen slut'} fra {long_date(self.effective_on)}"
