"""The overview and the reports: a module each."""

from .overview import Overview
from .reports import DraftReport, DraftReportPDF, Reports

__all__ = ["DraftReport", "DraftReportPDF", "Overview", "Reports"]
