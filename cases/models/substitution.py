from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from web.validators import at_field, not_far_ahead, not_too_long

from .append_only import WithdrawableModel, WithdrawableQuerySet
from .membership import Membership, Role
from .programme import Programme


class SubstitutionQuerySet(WithdrawableQuerySet):
    def running(self, on):
        """Both ends are included."""
        return self.known().filter(starts_on__lte=on, ends_on__gte=on)


class Substitution(WithdrawableModel):
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="substitutions", editable=False
    )
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="mentor"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="substitutions", verbose_name="vikar"
    )
    starts_on = models.DateField("fra", validators=[not_far_ahead])
    ends_on = models.DateField("til og med")

    objects = SubstitutionQuerySet.as_manager()

    class Meta(WithdrawableModel.Meta):
        verbose_name = "vikar"
        verbose_name_plural = "vikarer"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *WithdrawableModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="substitution_ends_after_it_starts",
                violation_error_message="Vikaren kan ikke slutte, før vikaren begynder.",
            ),
            models.CheckConstraint(
                condition=~Q(mentor=F("substitute")),
                name="nobody_stands_in_for_himself",
                violation_error_message="Vælg en anden end mentor selv.",
            ),
        ]

    def __str__(self):
        return f"{self.substitute} for {self.mentor}"

    def clean(self):
        if self.starts_on and self.ends_on:
            with at_field("ends_on"):
                not_too_long(self.starts_on, self.ends_on)
        if (
            self.substitute_id
            and self.starts_on
            and not Membership.objects.users(self.programme, Role.MENTOR, on=self.starts_on)
            .filter(pk=self.substitute_id)
            .exists()
        ):
            raise ValidationError(
                {"substitute": "Vikaren skal selv være mentor i indsatsen fra den første dag."}
            )
