import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from cases.models import Programme
from cases.roles import programmes_where


class Outcome(models.TextChoices):
    TRIED = "tried", "Prøvet, og intet skal rettes"
    PROBLEMS = "problems", "Noget skal rettes i filen"
    IMPORTED = "imported", "Importeret"
    NO_ACCESS = "no_access", "Stoppet, fordi adgangen var ophørt"
    TOO_LONG = "too_long", "Stoppet, fordi det tog for lang tid"
    ENDED = "ended", "Afbrudt"


class ImportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(programme__in=programmes_where(user, "cases.import_register"))


class ImportRun(models.Model):
    """An import, or a trial, of a file that takes so long that it runs in the background.

    `new` ['40 unge', ...] and `notes` [sentence] are what it would import, or has. Problems quote
    the file and are not stored.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="import_runs", editable=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    digest = models.CharField(max_length=64, editable=False)
    is_trial = models.BooleanField(editable=False)
    keep_reach = models.BooleanField(editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True, editable=False)
    new = models.JSONField(default=list, editable=False)
    notes = models.JSONField(default=list, editable=False)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "importer"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | models.Q(ended_at__isnull=False) & ~models.Q(outcome=""),
                name="import_run_ended_with_an_outcome",
            )
        ]

    def __str__(self):
        return f"{self.get_outcome_display() or 'I gang'}, {self.started_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return reverse("import_run", args=[self.uuid])

    def end(self, outcome, new=(), notes=()):
        """Unless that is recorded already."""
        facts = {"ended_at": timezone.now(), "new": list(new), "notes": list(notes)}
        ImportRun.objects.filter(pk=self.pk, ended_at=None).update(outcome=outcome, **facts)
