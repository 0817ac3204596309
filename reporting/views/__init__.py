"""The overview and the reports: a module each."""

from .overview import MissingData, Overview, OverviewTable
from .reports import DraftReport, DraftReportPDF, Reports

__all__ = ["DraftReport", "DraftReportPDF", "MissingData", "Overview", "OverviewTable", "Reports"]
