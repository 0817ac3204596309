"""Housing estates, and what they were before."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from web.dates import long_date, today
from web.validators import at_field, not_in_the_future, valid_label, valid_labels

from .append_only import AppendOnlyModel, AppendOnlyQuerySet
from .programme import Programme


class HousingAreaQuerySet(models.QuerySet):
    def offered(self, also=None):
        """Those in use, and the one with the key `also`: of the row being edited."""
        return self.filter(Q(in_use=True) | Q(pk=also))


class HousingArea(models.Model):
    """A housing estate ("boligområde"), as it is since the last of its `spells`.

    One no longer `in_use` is not offered in forms; reports list it while anybody lives there.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="areas", verbose_name="indsats"
    )
    name = models.CharField("navn", max_length=80, validators=[valid_label])
    aliases = models.JSONField("kaldes også", default=list, blank=True, validators=[valid_labels])
    position = models.PositiveSmallIntegerField("rækkefølge", default=0)
    in_use = models.BooleanField("i brug", default=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # in addresses

    objects = HousingAreaQuerySet.as_manager()

    class Meta:
        verbose_name = "boligområde"
        verbose_name_plural = "boligområder"
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="one_area_per_name",
                violation_error_message="Boligområdet findes allerede.",
            ),
        ]

    def __str__(self):
        return self.name

    def rename(self, name, *, on, by):
        """Give it another name from the day; the one before stays known to importers."""
        self.aliases = [self.name, *(alias for alias in self.aliases if alias != name)]
        self.begin_spell(on=on, by=by, name=name)

    def put_in_use(self, in_use, *, on, by):
        self.begin_spell(on=on, by=by, in_use=in_use)

    @transaction.atomic
    def begin_spell(self, *, on, by, **changes):
        """Keep what it was until the day, and save the changes.

        Raise ValidationError for a day to come, or one before the programme or the last change.
        """
        with at_field("effective_on"):
            self.check_day(on)
        spell = AreaSpell(area=self, name=self.name, in_use=self.in_use, until=on, recorded_by=by)
        for field, value in changes.items():
            setattr(self, field, value)
        self.full_clean()
        spell.full_clean()
        spell.save()
        self.save()

    def check_day(self, on):
        not_in_the_future(on)
        first_day = min(self.programme.starts_on, today())
        if last := self.spells.last():
            first_day = max(first_day, last.until)
        if on < first_day:
            raise ValidationError(f"Vælg {long_date(first_day)} eller en senere dag.", code="early")


class AreaSpell(AppendOnlyModel):
    """What an area was called, and whether it was in use, before the day `until`.

    Spells of an area follow each other in both clocks: no day is before that of an earlier row.
    """

    area = models.ForeignKey(HousingArea, models.PROTECT, related_name="spells", editable=False)
    name = models.CharField(max_length=80, validators=[valid_label], editable=False)
    in_use = models.BooleanField(editable=False)
    until = models.DateField(editable=False)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "boligområde før"
        verbose_name_plural = "boligområder før"
        ordering = ["until", "recorded_at", "pk"]

    def __str__(self):
        return f"{self.name} før {long_date(self.until)}"
