import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Programme
from cases.roles import programmes_where
from reporting.issue import HEADINGS, Edition
from web.validators import valid_line, valid_text


def text_field(key):
    return models.TextField(HEADINGS[key], max_length=8000, blank=True, validators=[valid_text])


class ReportDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(programme__in=programmes_where(user, "reporting.draft_report"))


class ReportDraft(models.Model):
    """Issuing deletes it; until then its figures are computed anew.

    `revision` is an optimistic lock. `ready_by` handed it over to be issued by somebody else; a
    change resets it. `authors`: everybody who has saved it, `written_by` the last one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="report_drafts", editable=False
    )
    on = models.DateField("statusrapport pr.")
    edition = models.CharField("udgave", max_length=4, choices=Edition, default=Edition.OPEN)
    to_committee = models.BooleanField("skoleudvalget", default=True)
    to_follow_group = models.BooleanField("følgegruppen", default=False)
    recommendation = text_field("recommendation")
    assessment = text_field("assessment")
    supplementary = text_field("supplementary")
    perspectives = text_field("perspectives")
    economy = text_field("economy")
    corrects = models.ForeignKey(
        "reporting.IssuedReport", models.CASCADE, null=True, related_name="drafts", editable=False
    )
    change = models.CharField("hvad rettes", max_length=300, blank=True, validators=[valid_line])
    withdraws = models.BooleanField(
        "den forrige udgave skal ikke kunne læses længere", default=False
    )
    withdrawal_reason = models.CharField(
        "hvorfor ikke", max_length=300, blank=True, validators=[valid_line]
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    authors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", editable=False, verbose_name="skrevet af"
    )
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ReportDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "kladde"
        verbose_name_plural = "kladder"
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_committee=True) | Q(to_follow_group=True),
                name="draft_is_for_somebody",
                violation_error_message="Vælg, hvem rapporten er til.",
            ),
            models.UniqueConstraint(fields=["corrects"], name="one_draft_corrects_a_report"),
        ]

    def __str__(self):
        return f"Statusrapport pr. {self.on}, {self.get_edition_display()}"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.authors.add(self.written_by)

    @property
    def texts(self):
        return tuple((key, text) for key in HEADINGS if (text := getattr(self, key).strip()))

    @property
    def typed(self):
        return "\n".join([*(text for _, text in self.texts), self.change]).strip()

    @property
    def typed_by_heading(self):
        """{heading: text} of all that readers will see."""
        texts = {HEADINGS[key]: text for key, text in self.texts}
        reason = self.withdrawal_reason if self.withdraws else ""
        return texts | {"Hvad der rettes": self.change, "Hvorfor ikke": reason}

    def may_be_issued_by(self, user):
        """Whether the user is the second of two: it is handed over, and they did not write it."""
        return self.ready_by_id is not None and user.pk not in self.author_keys

    @property
    def author_keys(self):
        return {*self.authors.values_list("pk", flat=True), self.written_by_id}

    def save_revision(self, *, by):
        """Return False if another revision was saved first or the draft is gone."""
        loaded, self.revision = self.revision, self.revision + 1
        self.written_by, self.written_at, self.ready_by = by, timezone.now(), None
        fields = [field for field in self._meta.concrete_fields if not field.primary_key]
        values = {field.attname: getattr(self, field.attname) for field in fields}
        if ReportDraft.objects.filter(pk=self.pk, revision=loaded).update(**values):
            self.authors.add(by)
            return True
        self.revision = loaded
        return False
