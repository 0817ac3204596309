from .drafts import BeginReport, DiscardDraft, DraftPDF, EditDraft, HandOver, IssueReport, ShowDraft
from .issued_reports import (
    AgendaDocument,
    AgendaText,
    ClosedAgenda,
    CorrectIssued,
    IssuedJSON,
    IssuedPDF,
    RecordDecision,
    ShowIssued,
    SinceIssued,
)
from .reports import DraftReport, DraftReportPDF, Reports
from .second_person import (
    AnswerSingleIssuer,
    AnswerWithdrawal,
    ProposeWithdrawal,
)
from .settings import SetTwoToIssue

__all__ = [
    "AgendaDocument",
    "AgendaText",
    "AnswerSingleIssuer",
    "AnswerWithdrawal",
    "BeginReport",
    "ClosedAgenda",
    "CorrectIssued",
    "DiscardDraft",
    "DraftPDF",
    "DraftReport",
    "DraftReportPDF",
    "EditDraft",
    "HandOver",
    "IssueReport",
    "IssuedJSON",
    "IssuedPDF",
    "ProposeWithdrawal",
    "RecordDecision",
    "Reports",
    "SetTwoToIssue",
    "ShowDraft",
    "ShowIssued",
    "SinceIssued",
]
