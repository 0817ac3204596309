"""What others have published about the areas."""

from urllib.parse import urlsplit

from django.db import models

from web.validators import not_in_the_future, valid_address, valid_line

from .append_only import WithdrawableModel
from .housing_area import HousingArea
from .programme import Programme


class KeyFigure(WithdrawableModel):
    """A published figure ("nøgletal") with its source, never computed.

    A newer one of its kind, the same `what` about the same area, is a new row. `recorded_by` None:
    with the programme.
    """

    set_by_program = (*WithdrawableModel.set_by_program, "programme")

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="key_figures", editable=False
    )
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", editable=False
    )
    area = models.ForeignKey(
        HousingArea,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="boligområde",
        help_text="Tomt: alle områderne under ét.",
    )
    what = models.CharField("hvad", max_length=120, validators=[valid_line])
    value = models.CharField("tal", max_length=40, validators=[valid_line])
    municipality = models.CharField(
        "kommunen til sammenligning", max_length=40, blank=True, validators=[valid_line]
    )
    period = models.CharField("periode", max_length=40, blank=True, validators=[valid_line])
    published_on = models.DateField(
        "offentliggjort", null=True, blank=True, validators=[not_in_the_future]
    )
    source = models.CharField("kilde", max_length=200, validators=[valid_line])
    source_url = models.CharField(
        "kildens adresse", max_length=300, blank=True, validators=[valid_address]
    )
    position = models.PositiveSmallIntegerField("rækkefølge", default=0)

    class Meta(WithdrawableModel.Meta):
        verbose_name = "nøgletal"
        verbose_name_plural = "nøgletal"
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.what}: {self.value}"

    @property
    def source_host(self):
        """'www.koege.dk'"""
        return urlsplit(self.source_url).hostname or ""
