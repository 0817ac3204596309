from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F

from web.dates import long_date, today
from web.validators import not_far_ahead, valid_line

from .append_only import WithdrawableModel
from .mentee import Mentee, MenteeOwnedQuerySet


class AppointmentQuerySet(MenteeOwnedQuerySet):
    def coming(self, *, on):
        """Next first; on a day, those without a time last."""
        return self.known().filter(on__gte=on).order_by("on", F("at").asc(nulls_last=True), "pk")


class Appointment(WithdrawableModel):
    """A plan. What took place is a Meeting."""

    mentee = models.ForeignKey(Mentee, models.PROTECT, related_name="appointments", editable=False)
    on = models.DateField("dag", validators=[not_far_ahead])
    at = models.TimeField("klokken", null=True, blank=True)
    place = models.CharField("sted", max_length=80, blank=True, validators=[valid_line])

    objects = AppointmentQuerySet.as_manager()

    class Meta(WithdrawableModel.Meta):
        verbose_name = "næste aftale"
        verbose_name_plural = "næste aftaler"
        ordering = ["on", "at"]
        indexes = [models.Index(fields=["mentee", "on"], name="appointment_by_day")]

    def __str__(self):
        return f"{long_date(self.on)}"

    def clean(self):
        if self.on and self.on < today():
            raise ValidationError(
                {"on": "Vælg i dag eller en dag, der kommer."}, code="in_the_past"
            )
        if self.on and self.mentee_id:
            self.mentee.programme.check_not_ended(self.on, "on")

    @transaction.atomic
    def make(self, *, by):
        """Withdraw those it replaces: a mentee has at most one."""
        self.recorded_by = by
        self.full_clean()
        for earlier in Appointment.objects.coming(on=today()).filter(mentee=self.mentee):
            earlier.withdraw(by=by, reason="Ny tid", at=self.recorded_at)
        self.save(force_insert=True)
        return self

    @transaction.atomic
    def undo(self, *, by, reason):
        """Withdraw it, and make those it replaced anew."""
        super().undo(by=by, reason=reason)
        replaced = Appointment.objects.filter(
            mentee=self.mentee, withdrawn_at=self.recorded_at, on__gte=today()
        )
        for earlier in replaced:
            Appointment(mentee=self.mentee, on=earlier.on, at=earlier.at, place=earlier.place).make(
                by=by
            )
