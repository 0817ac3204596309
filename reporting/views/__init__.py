"""The overview and the reports: a module each."""

from .drafts import BeginReport, DiscardDraft, DraftPDF, EditDraft, HandOver, IssueReport, ShowDraft
from .issued import (
    AgendaDocument,
    AgendaText,
    CorrectIssued,
    IssuedJSON,
    IssuedPDF,
    RecordDecision,
    ShowIssued,
    SinceIssued,
)
from .missing import MissingData
from .overview import Overview
from .reports import DraftReport, DraftReportPDF, Reports
from .table import OverviewTable

__all__ = [
    "AgendaDocument",
    "AgendaText",
    "BeginReport",
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
    "MissingData",
    "Overview",
    "OverviewTable",
    "RecordDecision",
    "Reports",
    "ShowDraft",
    "ShowIssued",
    "SinceIssued",
]
