from overview import sentences, tables
from overview.missing_data import missing_data

from .overview import OverviewMixin


class MissingData(OverviewMixin):
    template_name = "overview/missing_data.html"
    title = "Mangler i registeret"
    when_empty = "Når den første ung er indskrevet, står det her, hvis noget mangler."
    compares = False

    def figures_for(self, snapshot):
        kinds = missing_data(snapshot)
        gaps = [gap for gap in kinds if gap.entries]
        return {
            "gaps": gaps,
            "missing_count": sentences.missing_count(sum(len(gap.entries) for gap in gaps)),
            "complete": [gap.title for gap in kinds if not gap.entries],
            "complete_heading": "Her mangler intet" if gaps else "Intet mangler",
            "tables": self.downloads(tables.MISSING_DATA),
        }
