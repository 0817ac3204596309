from reporting.models.issued_report import Decision, IssuedReport
from reporting.models.report_draft import ReportDraft

__all__ = ["Decision", "IssuedReport", "ReportDraft"]
