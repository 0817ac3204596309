"""How somebody gets a user and a role."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from cases.models import Membership, Programme, Role
from cases.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from web import security_log
from web.dates import today
from web.validators import at_field, no_cpr, not_far_ahead, valid_name

LASTS = timedelta(days=7)
TOKEN_BYTES = 32  # 256 random bits: a fast digest is enough


def digest(token):
    return sha256(token.encode()).hexdigest()


class InvitationQuerySet(AppendOnlyQuerySet):
    def open(self):
        """Neither accepted nor withdrawn; perhaps too old."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def of_token(self, token):
        return self.filter(token_hash=digest(token)).select_related("programme").first()

    def works_for(self, email):
        """The newest that can be accepted, or None."""
        open_ones = self.open().filter(email=email, expires_at__gt=timezone.now())
        return open_ones.select_related("programme").first()

    def site_operators(self):
        """Users who can sign in and have accepted an invitation without a programme."""
        accepted = self.filter(programme=None, accepted_at__isnull=False)
        return User.objects.filter(pk__in=accepted.values("user"), is_active=True)


class Invitation(AppendOnlyModel):
    """A link by mail for one person and one role: works once, for seven days.

    Only a digest of its token is stored. Without a programme, of the operator who sets up the first
    one. `recorded_by` None: by a command.
    """

    set_once = ("sent_at", "accepted_at", "user", "withdrawn_at", "withdrawn_by")

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, related_name="invitations", editable=False
    )
    email = models.EmailField("e-mail", validators=[no_cpr])
    name = models.CharField("navn", max_length=120, validators=[valid_name])
    role = models.CharField("rolle", max_length=12, choices=Role)
    starts_on = models.DateField("fra")
    ends_on = models.DateField("til og med", null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField("gælder til", editable=False)
    sent_at = models.DateTimeField("sendt", null=True, editable=False)
    accepted_at = models.DateTimeField("taget imod", null=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    withdrawn_at = models.DateTimeField("trukket tilbage", null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        verbose_name_plural = "invitationer"
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None, user=None)
                | Q(accepted_at__isnull=False, user__isnull=False, withdrawn_at=None),
                name="invitation_is_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(programme__isnull=False) | Q(role=Role.OPERATOR),
                name="invitation_without_programme_is_an_operators",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        """Raise ValidationError for what cannot become a user with a role."""
        self.email = self.email.lower()
        if self.starts_on is None:
            return
        with at_field("starts_on"):
            not_far_ahead(self.starts_on)
        if self.ends_on:
            with at_field("ends_on"):
                not_far_ahead(self.ends_on)
                if self.ends_on < max(self.starts_on, today()):
                    raise ValidationError("Vælg den første dag, eller en senere.")
        if self.has_role():
            raise ValidationError(
                {"email": "Personen har allerede den rolle i indsatsen i de dage."}
            )

    def has_role(self):
        user = User.objects.filter(email=self.email).first()
        if user is None or self.programme is None:
            return False
        try:
            self.membership_of(user).clean()
        except ValidationError:
            return True
        return False

    def membership_of(self, user):
        """Unsaved; it begins at the earliest today."""
        return Membership(
            programme=self.programme,
            user=user,
            role=self.role,
            starts_on=max(self.starts_on, today()),
            ends_on=self.ends_on,
            recorded_by=self.recorded_by,
        )

    def invite(self, by):
        """Save it in the place of the person's open ones for the role.

        Return (token, whether there was an open one). Raise ValidationError.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        self.recorded_by, self.token_hash = by, digest(token)
        self.expires_at = self.recorded_at + LASTS
        self.full_clean()
        earlier = Invitation.objects.open().filter(
            email=self.email, programme=self.programme, role=self.role
        )
        replaces = earlier.update(withdrawn_at=timezone.now(), withdrawn_by=by) > 0
        self.save(force_insert=True)
        self.log("invited")
        return token, replaces

    def again(self):
        """Return one like this, unsaved."""
        fields = ("programme", "email", "name", "role", "starts_on", "ends_on")
        return Invitation(**{name: getattr(self, name) for name in fields})

    @property
    def is_expired(self):
        return self.expires_at <= timezone.now()

    @property
    def is_open(self):
        return not (self.accepted_at or self.withdrawn_at or self.is_expired)

    def withdraw(self, by):
        """Raise ValidationError if it is accepted or withdrawn already."""
        values = {"withdrawn_at": timezone.now(), "withdrawn_by": by}
        if not Invitation.objects.open().filter(pk=self.pk).update(**values):
            raise ValidationError("Invitationen er allerede brugt eller trukket tilbage.")

    def new_user(self):
        """Unsaved."""
        return User(email=self.email, name=self.name)

    def save_user(self, user):
        """Raise ValidationError if somebody else has accepted with the e-mail meanwhile."""
        try:
            with transaction.atomic():
                user.save()
        except IntegrityError as error:
            raise ValidationError("Invitationen er brugt. Log ind.") from error

    def accept(self, user):
        """Give the user the role. Raise ValidationError if it no longer works."""
        now = timezone.now()
        still = Invitation.objects.open().filter(pk=self.pk, expires_at__gt=now)
        if not still.update(accepted_at=now, user=user):
            raise ValidationError("Invitationen virker ikke mere.", code="gone")
        if self.ends_on and self.ends_on < today():
            raise ValidationError("Rollen er slut. Bed om en ny invitation.", code="over")
        if self.programme:
            membership = self.membership_of(user)
            membership.full_clean()
            membership.save(force_insert=True)
        self.log("invitation_accepted", user=user.pk)

    def log(self, event, **facts):
        slug = self.programme.slug if self.programme else None
        security_log.record_after_commit(event, programme=slug, role=str(self.role), **facts)
