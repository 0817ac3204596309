"""The roles of users in programmes."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q
from django.db.models.signals import post_delete
from django.dispatch import receiver

from web import security_log

from .programme import Programme


class Role(models.TextChoices):
    MENTOR = "mentor", "mentor"
    COORDINATOR = "coordinator", "tovholder"
    COMMITTEE = "committee", "skoleudvalg"
    FOLLOW_GROUP = "follow_group", "følgegruppe"
    OPERATOR = "operator", "administrator"


class MembershipQuerySet(models.QuerySet):
    def running(self, on):
        """Memberships in force on the day `on`, both ends included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def update(self, **fields):
        """Also log what each membership has become, as saving one does."""
        keys = list(self.values_list("pk", flat=True))
        rows = super().update(**fields)
        for membership in self.model.objects.filter(pk__in=keys).select_related("programme"):
            membership.log("role_changed")
        return rows

    def users(self, programme, *roles, on=None):
        """Users with one of the `roles` on the day `on` (None: ever), by name.

        Includes users who cannot sign in.
        """
        memberships = self.filter(programme=programme, role__in=roles)
        if on is not None:
            memberships = memberships.running(on)
        users = get_user_model().objects.filter(pk__in=memberships.values("user"))
        return users.order_by("name", "pk")

    def mentors_of(self, programme, on):
        """The mentors on the day `on` who can sign in, by name."""
        return self.users(programme, Role.MENTOR, on=on).filter(is_active=True)


class Membership(models.Model):
    """A role of a user in a programme. Permissions: mentorship/permissions.py."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField("rolle", max_length=12, choices=Role)
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til og med", null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "medlemskab"
        verbose_name_plural = "medlemskaber"
        ordering = ["programme", "role", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
                violation_error_message="Medlemskabet kan ikke slutte, før det begynder.",
            ),
            models.UniqueConstraint(
                fields=["programme", "user", "role"],
                condition=Q(ends_on=None),
                name="one_running_membership_per_role",
                violation_error_message="Personen har allerede den rolle i indsatsen.",
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"

    def save(self, *args, **kwargs):
        event = "role_given" if self._state.adding else "role_changed"
        super().save(*args, **kwargs)
        self.log(event)

    def log(self, event):
        """Record the security event once it is committed."""
        facts = {"user": self.user_id, "programme": self.programme.slug, "role": str(self.role)}
        facts |= {"starts_on": self.starts_on, "ends_on": self.ends_on}
        security_log.record_after_commit(event, **facts)


@receiver(post_delete, sender=Membership)
def log_removed(sender, instance, **kwargs):
    instance.log("role_removed")
