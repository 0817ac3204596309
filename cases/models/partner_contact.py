"""Whom to reach at a partner."""

from django.core.exceptions import ValidationError
from django.db import models

from web.validators import no_cpr, valid_line, valid_name, valid_phone

from .append_only import WithdrawableModel
from .programme import Partner


class PartnerContact(WithdrawableModel):
    """Of a partner's staff what the work needs and no more.

    A new number or job is a new row, and the old one is withdrawn.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="contacts", editable=False)
    name = models.CharField("navn", max_length=120, validators=[valid_name])
    title = models.CharField("stilling", max_length=80, blank=True, validators=[valid_line])
    phone = models.CharField("telefon", max_length=20, blank=True, validators=[valid_phone])
    email = models.EmailField("e-mail", blank=True, validators=[no_cpr])

    class Meta(WithdrawableModel.Meta):
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        if not (self.phone or self.email):
            raise ValidationError("Skriv et telefonnummer eller en e-mail.", code="no_way")
