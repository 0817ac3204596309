from .missing_data import MissingData
from .overview import Overview
from .table import OverviewTable

__all__ = ["MissingData", "Overview", "OverviewTable"]
