"""Roles of users in programmes."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from web import security_log
from web.dates import long_date, today
from web.validators import not_far_ahead, valid_text

from .append_only import AppendOnlyModel, AppendOnlyQuerySet
from .programme import Programme

LAST_DAYS = ("ends_on", "ended_on")


class Role(models.TextChoices):
    MENTOR = "mentor", "mentor"
    COORDINATOR = "coordinator", "tovholder"
    COMMITTEE = "committee", "skoleudvalg"
    FOLLOW_GROUP = "follow_group", "følgegruppe"
    OPERATOR = "operator", "administrator"


class MembershipQuerySet(AppendOnlyQuerySet):
    def running(self, on):
        """On the day `on`, both ends included."""
        return self.not_over(on).filter(starts_on__lte=on)

    def not_over(self, on):
        """In force on the day `on`, or later."""
        return self.filter(*(Q(**{day: None}) | Q(**{f"{day}__gte": on}) for day in LAST_DAYS))

    def users(self, programme, *roles, on=None):
        """Users with one of the `roles` on the day `on` (None: ever), by name.

        Some of them cannot sign in.
        """
        memberships = self.filter(programme=programme, role__in=roles)
        if on is not None:
            memberships = memberships.running(on)
        users = get_user_model().objects.filter(pk__in=memberships.values("user"))
        return users.order_by("name", "pk")

    def mentors_of(self, programme, on):
        """Those on the day `on` who can sign in, by name."""
        return self.users(programme, Role.MENTOR, on=on).filter(is_active=True)


class Membership(AppendOnlyModel):
    """A role of a user in a programme. Permissions: mentorship/permissions.py.

    `ends_on` is what was agreed when it was given. `end` records another, earlier last day, once:
    a role that is given again, or for longer, is a new row. `recorded_by` None: by a command;
    `recorded_at` None: before this was recorded.
    """

    set_once = ("ended_on", "ended_at", "ended_by", "ended_reason")

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="memberships", editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("rolle", max_length=12, choices=Role)
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til og med", null=True, blank=True)
    recorded_at = models.DateTimeField("skrevet", default=timezone.now, null=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    ended_on = models.DateField("sluttede", null=True, editable=False)
    ended_at = models.DateTimeField("afsluttet", null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    ended_reason = models.CharField(
        "hvorfor", max_length=300, blank=True, editable=False, validators=[valid_text]
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "medlemskab"
        verbose_name_plural = "medlemskaber"
        ordering = ["programme", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message="Rollen kan ikke slutte, før den begynder.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ends_on=None) | Q(ended_on__lte=F("ends_on")),
                name="membership_is_ended_no_later_than_agreed",
                violation_error_message="Rollen slutter allerede før den dag.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_at=None, ended_by=None, ended_reason="")
                | Q(ended_on__isnull=False, ended_at__isnull=False) & ~Q(ended_reason=""),
                name="membership_ending_says_when_and_why",
            ),
            models.UniqueConstraint(
                fields=["programme", "user", "role"],
                condition=Q(ends_on=None, ended_on=None),
                name="one_running_membership_per_role",
                violation_error_message="Personen har allerede den rolle i indsatsen.",
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"

    @property
    def last_on(self):
        return self.ended_on or self.ends_on

    def is_over(self, on):
        return self.last_on is not None and self.last_on < on

    def clean(self):
        """Raise ValidationError if the user has the role already on one of its days."""
        super().clean()
        others = Membership.objects.filter(
            programme=self.programme, user=self.user_id, role=self.role
        ).exclude(pk=self.pk)
        others = others.not_over(self.starts_on)
        if self.ends_on:
            others = others.filter(starts_on__lte=self.ends_on)
        # One that was ended before it began never held.
        if any(not row.last_on or row.last_on >= row.starts_on for row in others):
            raise ValidationError(
                "Personen har allerede den rolle i indsatsen i de dage.", code="overlaps"
            )

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.log("role_given")

    def end(self, *, on, by, reason):
        """Record that the role ends after the day `on`; before its first day: it never begins.

        `by` None: a command. Raise ValidationError without a reason, if it is ended already, on a
        day that does not make it shorter, or if no operator who can sign in were left.
        """
        reason = reason.strip()
        if not reason:
            raise ValidationError("Skriv, hvorfor rollen slutter.", code="no_reason")
        valid_text(reason)
        if self.ended_on or (self.ends_on and on >= self.ends_on):
            raise ValidationError(
                f"Rollen slutter allerede {long_date(self.last_on)}.", code="ended_already"
            )
        if on < self.starts_on <= today():
            raise ValidationError("Rollen kan ikke slutte, før den begynder.", code="too_early")
        not_far_ahead(on)
        if self.is_last_operator(after=on):
            raise ValidationError(
                "Indsatsen skal have en administrator. Giv en anden rollen først.",
                code="last_operator",
            )
        values = {
            "ended_on": on,
            "ended_at": timezone.now(),
            "ended_by": by,
            "ended_reason": reason,
        }
        if not Membership.objects.filter(pk=self.pk, ended_on=None).update(**values):
            raise ValidationError("Rollen er allerede afsluttet af en anden.", code="ended_already")
        self.refresh_from_db()
        self.log("role_ended")

    def is_last_operator(self, after):
        """Whether no other who can sign in is there on the day after."""
        if self.role != Role.OPERATOR or not self.user.is_active:
            return False
        others = Membership.objects.filter(
            programme=self.programme, role=Role.OPERATOR, user__is_active=True
        ).exclude(user=self.user_id)
        return not others.running(after + timedelta(days=1)).exists()

    def log(self, event):
        """Once it is committed."""
        facts = {"user": self.user_id, "programme": self.programme.slug, "role": str(self.role)}
        facts |= {"starts_on": self.starts_on, "ends_on": self.last_on}
        security_log.record_after_commit(event, **facts)
