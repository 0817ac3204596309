"""Mangler i registeret."""

from overview import tables
from overview.missing_data import Missing

from .overview import OverviewMixin


class MissingData(OverviewMixin):
    """What is not recorded, about whom, and who can write it."""

    template_name = "overview/missing_data.html"

    def figures(self, day):
        gaps = list(Missing(day).gaps)
        return {
            "gaps": [gap for gap in gaps if gap.entries],
            "whole": [gap.title for gap in gaps if not gap.entries],
            "count": sum(len(gap.entries) for gap in gaps),
            "tables": self.offered(tables.MISSING),
        }
