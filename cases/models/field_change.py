"""Changes of rows that are not dated: a person's details, a programme's settings."""

from django.db import models

from web import security_log

from .append_only import AppendOnlyModel, AppendOnlyQuerySet
from .mentee import Mentee
from .programme import Programme


class FieldChangeQuerySet(AppendOnlyQuerySet):
    def record(self, programme, changes, *, by, mentee=None):
        """`changes`: {field: (before, after)} as texts; equal ones are left out."""
        rows = [
            FieldChange(
                programme=programme,
                mentee=mentee,
                field=field,
                before=before,
                after=after,
                recorded_by=by,
            )
            for field, (before, after) in changes.items()
            if before != after
        ]
        return self.bulk_create(rows)

    def change_setting(self, programme, field, value, words, *, by, logged=None):
        """Write a field of the programme, with a trace here and in the security log.

        `words`: (before, after) as texts. `logged`: what the log says instead of `value`.
        """
        setattr(programme, field, value)
        programme.save(update_fields=[field])
        facts = {"setting": field, "value": value if logged is None else logged}
        security_log.record_after_commit("setting_changed", programme=programme.slug, **facts)
        return self.record(programme, {field: words}, by=by)


# Each a `field` of the programme's, but for CRITERIA
AREAS = "areas"  # an area's name or use, or their list in order
CRITERIA = "criteria"  # of a mentee: those of Mentee.CRITERIA
COPIES = "copies"  # the name of a new programme made like it
KEY_FIGURES = "key_figures"  # a figure that is added or withdrawn
PARTNERS = "partners"  # a partner's name, or that it is out of use
TOPICS = "topics"  # the names of those in use, in order

LABELS = {  # of those that are no field of the model
    AREAS: "boligområder",
    COPIES: "ny indsats som kopi",
    CRITERIA: "hvorfor den unge er med",
    KEY_FIGURES: "nøgletal",
    PARTNERS: "samarbejdspartner",
    TOPICS: "emner",
}


class FieldChange(AppendOnlyModel):
    """`mentee` is None for a setting of the programme. The texts are as the screen shows them."""

    strikable = ("before", "after")

    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="field_changes", editable=False
    )
    mentee = models.ForeignKey(
        Mentee, models.PROTECT, null=True, related_name="field_changes", editable=False
    )
    field = models.CharField(max_length=40, editable=False)
    before = models.TextField(blank=True, editable=False)
    after = models.TextField(blank=True, editable=False)

    objects = FieldChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "rettelse"
        verbose_name_plural = "rettelser"
        ordering = ["-recorded_at", "-pk"]

    @property
    def label(self):
        if self.field in LABELS:
            return LABELS[self.field]
        model = Mentee if self.mentee_id else Programme
        return model._meta.get_field(self.field).verbose_name

    def __str__(self):
        return f"{self.field}: {self.before} → {self.after}"
