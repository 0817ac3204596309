"""Rows never deleted, but perhaps withdrawn: cases/triggers.py."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from web.validators import valid_text


class AppendOnlyModel(models.Model):
    """The database lets the fields of `set_once` be written a single time and the others never.

    `set_once` None: it does not hold the model. Fields of `strikable` may be emptied when a Strike
    names the row.
    """

    set_once = ()
    strikable = ()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recorded_at = models.DateTimeField("skrevet", default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )

    # Never typed: the database's constraints hold them, and `full_clean` spends no query on each.
    set_by_program = ("uuid", "recorded_by")

    class Meta:
        abstract = True

    def full_clean(self, exclude=None, **kwargs):
        super().full_clean(exclude={*(exclude or ()), *self.set_by_program}, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The register is append-only: nothing in it is deleted.")


class AppendOnlyQuerySet(models.QuerySet):
    def delete(self):
        raise TypeError("The register is append-only: nothing in it is deleted.")


class WithdrawableQuerySet(AppendOnlyQuerySet):
    def known(self, at=None):
        """Rows recorded, and not withdrawn, at the moment `at` (None: now)."""
        if at is None:
            return self.filter(withdrawn_at=None)
        return self.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=at), recorded_at__lte=at)


class WithdrawableModel(AppendOnlyModel):
    """A wrong row is withdrawn, and stays readable."""

    set_once = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")

    withdrawn_at = models.DateTimeField("trukket tilbage", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_reason = models.CharField(
        "hvorfor", max_length=300, blank=True, editable=False, validators=[valid_text]
    )

    set_by_program = (*AppendOnlyModel.set_by_program, "withdrawn_by", "mentee")

    objects = WithdrawableQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="%(class)s_withdrawal_says_who_when_and_why",
                violation_error_message="Skriv, hvorfor det trækkes tilbage.",
            ),
        ]

    def withdraw(self, *, by, reason, at=None):
        """Raise ValidationError without a reason, or if it is already withdrawn. `at` None: now."""
        reason = reason.strip()
        if not reason:
            raise ValidationError("Skriv, hvorfor det trækkes tilbage.", code="no_reason")
        valid_text(reason)
        self.check_withdrawal()
        changed = (
            type(self)
            .objects.filter(pk=self.pk, withdrawn_at=None)
            .update(withdrawn_at=at or timezone.now(), withdrawn_by=by, withdrawn_reason=reason)
        )
        if not changed:
            raise ValidationError(
                "Det er allerede trukket tilbage af en anden.", code="already_withdrawn"
            )
        self.refresh_from_db()

    def undo(self, *, by, reason):
        """Withdraw the row, and bring back what it replaced."""
        self.withdraw(by=by, reason=reason)

    def is_built_on(self, rows):
        """Whether something other than `rows`, written with it, depends on the row."""
        return False

    def check_withdrawal(self):
        """Raise ValidationError if the row may not be withdrawn."""
