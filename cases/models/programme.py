"""The programme, its partners and topics."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from web.dates import long_date, today
from web.validators import no_cpr, valid_label, valid_line


class Programme(models.Model):
    """A mentoring programme ("indsats"). No data is shared between programmes."""

    name = models.CharField("navn", max_length=120, validators=[valid_label])
    slug = models.SlugField("kort navn", unique=True, validators=[no_cpr])
    sender = models.CharField(
        "afsender",
        max_length=120,
        blank=True,
        help_text="Hvem rapporten kommer fra.",
        validators=[valid_line],
    )
    committee = models.CharField(
        "udvalg", max_length=120, default="Skoleudvalget", validators=[valid_line]
    )
    starts_on = models.DateField("begynder")
    ends_on = models.DateField("slutter", null=True, blank=True)
    keeps_drafts = models.BooleanField("gem kladder på mentorens telefon", default=True)
    phones_stay_signed_in = models.BooleanField("log ikke telefoner ud uden brug", default=False)
    mfa_for_readers = models.BooleanField("udvalg og følgegruppe bruger to trin", default=True)
    two_to_issue = models.BooleanField("en anden end forfatteren udsender rapporter", default=False)
    substitute_sees_weeks = models.PositiveSmallIntegerField(
        "uger før vikariatet, en vikar kan læse",
        null=True,
        blank=True,
        default=8,
        help_text="Tomt: hele historien.",
    )
    data_controller = models.CharField(
        "dataansvarlig", max_length=120, blank=True, validators=[valid_line]
    )
    dpo_contact = models.CharField(
        "databeskyttelsesrådgiver", max_length=120, blank=True, validators=[valid_line]
    )
    retention = models.CharField(
        "så længe gemmes oplysningerne", max_length=300, blank=True, validators=[valid_line]
    )
    # None while its steps are gone through in the browser (setup/steps.py).
    set_up_at = models.DateTimeField(
        "åbnet", null=True, blank=True, default=timezone.now, editable=False
    )
    annual_grant = models.PositiveIntegerField("årlig bevilling, kr.", null=True, blank=True)
    predecessor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="fortsætter",
    )
    # Raised by triggers when anything in the programme is written (decision 028).
    version = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "indsats"
        verbose_name_plural = "indsatser"
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="programme_ends_after_it_starts",
                violation_error_message="Indsatsen kan ikke slutte, før den begynder.",
            ),
            models.CheckConstraint(
                condition=Q(predecessor=None) | ~Q(predecessor=F("id")),
                name="programme_does_not_continue_itself",
                violation_error_message="En indsats kan ikke fortsætte sig selv.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, goal=None, expectations=None, **kwargs):
        """`goal`, `expectations`: values of a new programme's first definitions."""
        is_new = self._state.adding
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_new:
                self.goal_definitions.begin(self, **(goal or {}))
                self.expectations.begin(self, **(expectations or {}))

    def has_ended(self, on):
        return self.ends_on is not None and self.ends_on < on

    def check_not_ended(self, day, field):
        """Raise ValidationError at the field."""
        if self.has_ended(day):
            ends = "sluttede" if self.has_ended(today()) else "slutter"
            message = (
                f"Indsatsen {ends} {long_date(self.ends_on)}. Vælg den dag eller en tidligere."
            )
            raise ValidationError({field: message}, code="after_the_end")

    def lineage(self):
        """Return the programmes it continues, the earliest first, and itself."""
        found = [self]
        while (earlier := found[0].predecessor) and earlier not in found:
            found.insert(0, earlier)
        return found


class PartnerQuerySet(models.QuerySet):
    def offered(self, also=None):
        """Those in use, and the one whose key is `also`: it stands in the row being edited."""
        return self.filter(Q(in_use=True) | Q(pk=also))


class Partner(models.Model):
    """An organisation that refers mentees or helps with agreements.

    One no longer `in_use` stays where it is named, and is not offered in forms.
    """

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", "vejledning"
        CRIME_PREVENTION = "crime_prevention", "SSP og politi"
        YOUTH_CENTRE = "youth_centre", "ungecenter og jobcenter"
        INTEGRATION = "integration", "dansk og integration"
        HOUSING = "housing", "boligsocialt arbejde"
        ASSOCIATION = "association", "forening"
        SCHOOL = "school", "skole og uddannelse"
        OTHER = "other", "andet"

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="partners", verbose_name="indsats"
    )
    name = models.CharField("navn", max_length=80, validators=[valid_label])
    kind = models.CharField("slags", max_length=20, choices=Kind, default=Kind.OTHER)
    in_use = models.BooleanField("i brug", default=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = "samarbejdspartner"
        verbose_name_plural = "samarbejdspartnere"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="one_partner_per_name",
                violation_error_message="Samarbejdspartneren findes allerede.",
            )
        ]

    def __str__(self):
        return self.name


class Topic(models.Model):
    """A subject of meetings. One no longer `in_use` stays on old meetings."""

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="topics", verbose_name="indsats"
    )
    name = models.CharField("navn", max_length=40, validators=[valid_label])
    position = models.PositiveSmallIntegerField("rækkefølge", default=0)
    in_use = models.BooleanField("i brug", default=True)

    class Meta:
        verbose_name = "emne"
        verbose_name_plural = "emner"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="one_topic_per_name")
        ]

    def __str__(self):
        return self.name
