import hashlib
import json
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from cases.models import Programme
from cases.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from cases.models.second_person import Answer
from cases.roles import programmes_where
from reporting.issue import FILE_ENDING, Edition, Issue, sent_to
from reporting.open_report import OpenReport
from reporting.status_report import StatusReport
from web.dates import long_date, today
from web.validators import valid_line, valid_text


class NotAsIssued(Exception):
    """A stored part is not the one that was issued."""


class IssuedReportQuerySet(AppendOnlyQuerySet):
    def visible_to(self, user):
        """Writers see all of their programme's, readers those sent to their group."""
        return self.filter(
            Q(programme__in=programmes_where(user, "reporting.draft_report"))
            | Q(
                programme__in=programmes_where(user, "reporting.read_committee_reports"),
                to_committee=True,
            )
            | Q(
                programme__in=programmes_where(user, "reporting.read_follow_group_reports"),
                to_follow_group=True,
            )
        )

    def newest_first(self):
        return self.order_by("-on", "-year", "-number", "-version")

    def open_before(self, programme, moment=None):
        """Those issued before `moment` (None: all), superseded ones too."""
        rows = self.filter(programme=programme, edition=Edition.OPEN).without_files().order_by("pk")
        return [row.report for row in (rows.filter(issued_at__lt=moment) if moment else rows)]

    def standing(self):
        return self.filter(corrected_by=None)

    def not_withdrawn(self):
        return self.exclude(withdrawals__answer=Answer.CONFIRMED)

    def without_files(self):
        return self.defer("pdf", "page")

    def update(self, **values):
        raise TypeError("An issued report never changes.")


class IssuedReport(models.Model):
    """Never changes: the database holds it (`set_once`, cases/triggers.py).

    `number` counts the programme's reports of the `year` of `on`; a correction has the same number
    and the next `version`. Page and PDF can be made again from `figures`, the report's JSON.
    """

    set_once = ()

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="issued_reports")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    edition = models.CharField("udgave", max_length=4, choices=Edition)
    to_committee = models.BooleanField()
    to_follow_group = models.BooleanField()
    on = models.DateField("pr.")
    known_at = models.DateTimeField("registeret som kendt")
    answer = models.CharField("svar", max_length=300)
    figures = models.TextField("tal")
    texts = models.JSONField("tekster", default=list)
    remarks = models.JSONField("forbehold", default=list)
    change = models.CharField("hvad er rettet", max_length=300, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    page = models.TextField("side")
    pdf = models.BinaryField("PDF")
    pdf_size = models.PositiveIntegerField("PDF, byte")
    pdf_sha256 = models.CharField("PDF, SHA-256", max_length=64)
    page_sha256 = models.CharField("side, SHA-256", max_length=64)
    figures_sha256 = models.CharField("tal, SHA-256", max_length=64)
    texts_sha256 = models.CharField("tekster, SHA-256", max_length=64)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("udsendt", default=timezone.now)
    needed_two = models.BooleanField("to personer", default=False)

    objects = IssuedReportQuerySet.as_manager()

    class Meta:
        verbose_name = "udsendt rapport"
        verbose_name_plural = "udsendte rapporter"
        ordering = ["-on", "-year", "-number", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "number", "version"],
                name="one_report_per_number_and_version",
            ),
            models.CheckConstraint(
                condition=Q(to_committee=True) | Q(to_follow_group=True),
                name="report_is_for_somebody",
            ),
            models.CheckConstraint(
                condition=Q(version=1, corrects=None, change="")
                | Q(version__gt=1, corrects__isnull=False) & ~Q(change=""),
                name="a_later_version_says_what_it_corrects",
            ),
            models.CheckConstraint(
                condition=Q(needed_two=False) | ~Q(prepared_by=F("issued_by")),
                name="two_people_where_two_are_needed",
                violation_error_message=(
                    "En anden end den, der har skrevet rapporten, skal udsende den."
                ),
            ),
        ]

    def __str__(self):
        return f"Statusrapport {self.name}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise TypeError("An issued report never changes.")
        for part in ("page", "figures", "texts"):
            setattr(self, f"{part}_sha256", self.sha256_of(part))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("issued_report", args=[self.uuid])

    def delete(self, *args, **kwargs):
        raise TypeError("An issued report never goes away.")

    @property
    def name(self):
        return self.issue.name

    @property
    def issue(self):
        return Issue(
            edition=Edition(self.edition),
            number=f"{self.year}-{self.number}",
            version=self.version,
            issued_on=timezone.localtime(self.issued_at).date(),
            to=sent_to(self),
            texts=tuple(map(tuple, self.texts)),
            remarks=tuple(self.remarks),
            change=self.change,
        )

    @property
    def report(self):
        value = OpenReport if self.edition == Edition.OPEN else StatusReport
        return value.from_json(self.figures)

    @property
    def withdrawal(self):
        confirmed = (row for row in self.withdrawals.all() if row.answer == Answer.CONFIRMED)
        return next(confirmed, None)

    @property
    def decisions_of_all_versions(self):
        """The valid one first."""
        same = {
            "report__programme": self.programme_id,
            "report__year": self.year,
            "report__number": self.number,
        }
        return Decision.objects.filter(**same).select_related("report", "recorded_by")

    @property
    def size(self):
        """'37 kB'"""
        return f"{round(self.pdf_size / 1000)} kB"

    @property
    def file_name(self):
        """Without extension: 'statusrapport-koege-2026-1-aaben'."""
        version = f"-version-{self.version}" if self.version > 1 else ""
        number = f"{self.year}-{self.number}{version}"
        return f"statusrapport-{self.programme.slug}-{number}-{FILE_ENDING[self.edition]}"

    def sha256_of(self, part):
        """`part`: 'pdf', 'page', 'figures' or 'texts'."""
        stored = getattr(self, part)
        if part == "texts":  # everything typed, and the answer
            typed = [self.texts, self.remarks, self.change, self.answer]
            stored = json.dumps(typed, ensure_ascii=False)
        return hashlib.sha256(stored.encode() if isinstance(stored, str) else stored).hexdigest()

    def ensure_as_issued(self, *parts):
        for part in parts:
            if self.sha256_of(part) != getattr(self, f"{part}_sha256"):
                raise NotAsIssued(f"Report {self.uuid}: its {part} is not what was issued.")


class Decision(AppendOnlyModel):
    """What the committee decided; the one recorded last is valid.

    The earlier ones are its earlier versions; only coordinators read them.
    """

    report = models.ForeignKey(
        IssuedReport, models.PROTECT, related_name="decisions", editable=False
    )
    decided_on = models.DateField("mødedato")
    text = models.TextField("beslutning", max_length=2000, validators=[valid_text])
    absent = models.CharField("fraværende", max_length=300, blank=True, validators=[valid_line])

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = "beslutning"
        verbose_name_plural = "beslutninger"
        ordering = ["-recorded_at", "-pk"]

    def __str__(self):
        return f"Beslutning om {self.report}"

    def clean(self):
        if not self.decided_on or not self.report_id:
            return
        if self.decided_on < self.report.on:
            first = long_date(self.report.on)
            raise ValidationError(
                {"decided_on": f"Rapporten er pr. {first}. Vælg den dag eller en senere."}
            )
        if self.decided_on > today():
            raise ValidationError(
                {"decided_on": "Dagen ligger i fremtiden. Vælg i dag eller en tidligere dag."}
            )
