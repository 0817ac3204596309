"""Who works in the programme, as what, and for how long."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q

from .programme import Programme


class Role(models.TextChoices):
    MENTOR = "mentor", "mentor"
    COORDINATOR = "coordinator", "tovholder"
    COMMITTEE = "committee", "skoleudvalg"
    FOLLOW_GROUP = "follow_group", "følgegruppe"
    OPERATOR = "operator", "administrator"


class MembershipQuerySet(models.QuerySet):
    def running(self, on):
        """Memberships that hold on the day `on`; both ends are included, no end means still running."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def users(self, programme, *roles, on=None):
        """The users who hold one of the `roles` in the programme on the day `on`, by name.

        `on` None: those who hold it now or have held it. Users who cannot sign in are included.
        """
        held = self.filter(programme=programme, role__in=roles)
        held = held if on is None else held.running(on)
        return get_user_model().objects.filter(pk__in=held.values("user")).order_by("name", "pk")

    def mentors_of(self, programme, on):
        """The programme's mentors on the day `on` who can sign in, by name."""
        return self.users(programme, Role.MENTOR, on=on).filter(is_active=True)


class Membership(models.Model):
    """A user holds a role in a programme from one day to another. What the role may do: cases/roles.py."""

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
