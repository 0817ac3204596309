"""The pages Overblik and Mangler i registeret, and their tables as files."""

from .missing_data import MissingData
from .overview import Overview
from .table import OverviewTable

__all__ = ["MissingData", "Overview", "OverviewTable"]
