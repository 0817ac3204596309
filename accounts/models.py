"""Users and their sessions. Roles: cases.models.Membership."""

from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from web import security_log
from web.validators import at_field, no_cpr, valid_name


class UserQuerySet(models.QuerySet):
    def update(self, **fields):
        """Also log who is closed or opened; `save` does so for one."""
        closed_or_opened = []
        if "is_active" in fields:
            changed = self.exclude(is_active=fields["is_active"])
            closed_or_opened = list(changed.values_list("pk", flat=True))
        rows = super().update(**fields)
        for pk in closed_or_opened:
            log_activity(pk, fields["is_active"])
        return rows


def log_activity(pk, is_active):
    """Once it is committed."""
    event = "account_opened" if is_active else "account_closed"
    security_log.record_after_commit(event, user=pk)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, email, password=None, **fields):
        """With `password` None the user sets one by reset e-mail."""
        user = self.model(email=email.strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *args, **fields):
        raise TypeError(
            "There are no superusers: manage.py add_member gives a user a role in a programme."
        )

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(
        "e-mail", unique=True, error_messages={"unique": "E-mailen er allerede i brug."}
    )
    name = models.CharField("navn", max_length=120)
    is_active = models.BooleanField("må logge ind", default=True)
    date_joined = models.DateTimeField("oprettet", default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "bruger"
        verbose_name_plural = "brugere"

    def clean(self):
        super().clean()
        with at_field("email"):
            no_cpr(self.email)
        if self.name:
            with at_field("name"):
                valid_name(self.name)

    def save(self, *args, **kwargs):
        """Also log a new password, and who is closed or opened."""
        self.email = self.email.lower()
        has_new_password = self._password is not None
        stored = User.objects.filter(pk=self.pk).values_list("is_active", flat=True)
        was_active = stored.first() if self.pk else None
        super().save(*args, **kwargs)
        if has_new_password:
            security_log.record_after_commit("password_changed", user=self.pk)
        if was_active not in (None, self.is_active):
            log_activity(self.pk, self.is_active)

    def __str__(self):
        return self.name or self.email

    @property
    def given_name(self):
        """'Mette' of 'Mette Sørensen'"""
        return str(self).split(maxsplit=1)[0]


# In the data of a user's session.
SIGNED_IN_AT, DEVICE = "signed_in_at", "device"


class SessionQuerySet(models.QuerySet):
    def running(self):
        return self.filter(expire_date__gt=timezone.now())

    def except_for(self, request):
        return self.exclude(session_key=request.session.session_key)


class Session(AbstractBaseSession):
    """Of a user, or of somebody not signed in. Stored by accounts/sessions.py."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    seen_at = models.DateTimeField("sidst brugt")

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessioner"

    @classmethod
    def get_session_store_class(cls):
        return import_module(settings.SESSION_ENGINE).SessionStore

    @cached_property
    def data(self):
        return self.get_decoded()

    @property
    def public_key(self):
        """Names it on a page. Who knows it cannot use the session."""
        return sha256(self.session_key.encode()).hexdigest()[:32]

    @property
    def signed_in_at(self):
        return datetime.fromtimestamp(self.data.get(SIGNED_IN_AT, 0), UTC)

    @property
    def device(self):
        return self.data.get(DEVICE, "")
