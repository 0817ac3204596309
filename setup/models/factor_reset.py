"""Taking somebody's second factor needs two people."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from accounts import second_factor
from cases.models import Membership, Programme, Role
from cases.models.second_person import (
    ProposalQuerySet,
    SecondPersonModel,
    confirmed_by_another,
)
from cases.roles import programmes_where, running_roles
from web import security_log

PAIR = (Role.COORDINATOR, Role.OPERATOR)


class FactorResetQuerySet(ProposalQuerySet):
    def visible_to(self, user):
        """Of the programmes in which the user answers proposals, but for those about themselves."""
        programmes = programmes_where(user, "reporting.answer_proposals")
        return self.filter(programme__in=programmes).exclude(user=user)


class FactorReset(SecondPersonModel):
    """A coordinator and an operator say that a user of their programme has lost theirs.

    Confirmed, it takes factors and password and ends sessions; the user comes in by a mailed link
    and sets up a factor before they see anything.
    """

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="factor_resets", editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="factor_resets", editable=False
    )

    objects = FactorResetQuerySet.as_manager()

    class Meta(SecondPersonModel.Meta):
        verbose_name = "nulstilling af to trin"
        verbose_name_plural = "nulstillinger af to trin"
        constraints = [
            *SecondPersonModel.Meta.constraints,
            confirmed_by_another(),
            models.CheckConstraint(
                condition=~Q(user=F("recorded_by"))
                & (Q(answered_by=None) | ~Q(user=F("answered_by")) | ~Q(answer="confirmed")),
                name="factor_reset_is_not_by_its_user",
            ),
            models.UniqueConstraint(
                fields=["programme", "user"],
                condition=Q(answer=""),
                name="one_waiting_reset_per_user",
                violation_error_message="Det er allerede foreslået. En anden skal sige ja.",
            ),
        ]

    def __str__(self):
        return f"{self.user} har mistet sin telefon og sine nødkoder"

    def confirm(self, *, by):
        """Raise ValidationError unless the two are a coordinator and an operator."""
        first, second = (self.roles_of(user) for user in (self.recorded_by, by))
        pairs = (PAIR, PAIR[::-1])
        if not any(one in first and other in second for one, other in pairs):
            raise ValidationError("Det skal være både en tovholder og en administrator.")
        super().confirm(by=by)
        second_factor.remove_all(self.user)
        get_adapter().send_notification_mail("mfa/email/factor_reset", self.user)
        facts = {"user": self.user_id, "programme": self.programme.slug}
        security_log.record_after_commit("factor_reset", **facts)

    def roles_of(self, user):
        return running_roles(user).get(self.programme, set())


def users_to_reset(programme, by, on):
    """Those with a role on the day whose factor the user `by` can ask to be taken."""
    users = Membership.objects.users(programme, *Role, on=on).filter(is_active=True)
    return users.exclude(pk=by.pk)
