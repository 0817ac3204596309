from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cases.models.second_person import (
    Answer,
    ProposalQuerySet,
    SecondPersonModel,
    confirmed_by_another,
)
from cases.roles import programmes_where
from web import security_log
from web.validators import valid_text

from .issued_report import IssuedReport


class ReportWithdrawalQuerySet(ProposalQuerySet):
    def visible_to(self, user):
        programmes = programmes_where(user, "reporting.answer_proposals")
        return self.filter(report__programme__in=programmes)

    def by_correction(self, correction, *, reason, prepared_by):
        """Every earlier version that is not withdrawn yet."""
        earlier = correction.corrects
        while earlier:
            if not earlier.withdrawal:
                made = self.create(
                    report=earlier,
                    reason=reason,
                    correction=correction,
                    recorded_by=prepared_by,
                    answer=Answer.CONFIRMED,
                    answered_by=correction.issued_by,
                    answered_at=correction.issued_at,
                )
                made.log()
            earlier = earlier.corrects


class ReportWithdrawal(SecondPersonModel):
    """Takes page, files and texts of an issued report from its readers; its numbers stand.

    Proposed by one and confirmed by another, or part of issuing `correction`, which needs two
    people where the programme asks for it. The report's own row never changes.
    """

    report = models.ForeignKey(
        IssuedReport, models.PROTECT, related_name="withdrawals", editable=False
    )
    reason = models.CharField("hvorfor", max_length=300, validators=[valid_text])
    correction = models.ForeignKey(
        IssuedReport, models.PROTECT, null=True, related_name="+", editable=False
    )

    objects = ReportWithdrawalQuerySet.as_manager()

    class Meta(SecondPersonModel.Meta):
        verbose_name = "tilbagetrækning"
        verbose_name_plural = "tilbagetrækninger"
        constraints = [
            *SecondPersonModel.Meta.constraints,
            confirmed_by_another(unless=Q(correction__isnull=False)),
            models.CheckConstraint(condition=~Q(reason=""), name="report_withdrawal_says_why"),
        ]

    def __str__(self):
        return f"Tilbagetrækning af {self.report.name}"

    def confirm(self, *, by):
        if self.report.withdrawal:
            raise ValidationError(f"Rapport {self.report.name} er allerede trukket tilbage.")
        super().confirm(by=by)
        self.log()

    def log(self):
        facts = {"programme": self.report.programme.slug, "report": self.report.uuid}
        security_log.record_after_commit("report_withdrawn", **facts)
