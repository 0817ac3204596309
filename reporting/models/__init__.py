"""Reports that are written, and reports that are issued."""

from reporting.models.draft import ReportDraft
from reporting.models.issued import Decision, IssuedReport

__all__ = ["Decision", "IssuedReport", "ReportDraft"]
