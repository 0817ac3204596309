from reporting.models.issued_report import Decision, IssuedReport, NotAsIssued
from reporting.models.report_draft import ReportDraft
from reporting.models.report_withdrawal import ReportWithdrawal
from reporting.models.single_issuer import SingleIssuerProposal

__all__ = [
    "Decision",
    "IssuedReport",
    "NotAsIssued",
    "ReportDraft",
    "ReportWithdrawal",
    "SingleIssuerProposal",
]
