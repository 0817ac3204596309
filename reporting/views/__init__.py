"""The overview and the reports: a module each."""

from .missing import MissingData
from .overview import Overview
from .reports import DraftReport, DraftReportPDF, Reports
from .table import OverviewTable

__all__ = ["DraftReport", "DraftReportPDF", "MissingData", "Overview", "OverviewTable", "Reports"]
