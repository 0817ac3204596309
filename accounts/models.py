"""The custom user model. Roles: cases.models.Membership."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone

from web.validators import at_field, no_cpr, valid_name


class UserManager(BaseUserManager):
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
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def __str__(self):
        return self.name or self.email

    @property
    def given_name(self):
        """'Mette' of 'Mette Sørensen'"""
        return str(self).split(maxsplit=1)[0]
