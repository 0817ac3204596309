"""Mangler i registeret."""

from reporting import overview_tables
from reporting.missing import Missing

from .overview import OfOverview


class MissingData(OfOverview):
    """What is not recorded, about whom, and who can write it."""

    template_name = "reporting/missing_data.html"

    def figures(self, day):
        gaps = list(Missing(day).gaps)
        return {
            "gaps": [gap for gap in gaps if gap.entries],
            "whole": [gap.title for gap in gaps if not gap.entries],
            "count": sum(len(gap.entries) for gap in gaps),
            "tables": self.offered(overview_tables.MISSING),
        }
