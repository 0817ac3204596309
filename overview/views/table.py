"""The tables of Overblik as files."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from overview import tables
from web import spreadsheets
from web.views import attachment

from .overview import OverviewMixin


class OverviewTable(OverviewMixin):
    """One of the tables as a file. A table with names in it is for those who may download names."""

    template_name = "overview/overview.html"  # where there is no file to give
    status_of_nobody = 400

    def get(self, request, name, ending):
        self.offer, self.ending = tables.TABLES.get(name), ending
        if self.offer is None or ending not in spreadsheets.TYPES:
            raise Http404
        if self.offer.names and not request.user.has_perm(
            "reporting.download_names", request.programme
        ):
            raise PermissionDenied
        return super().get(request)

    def answer(self, day):
        table = self.offer.make(day)
        about = [
            ("Tabel", self.offer.title),
            ("Indsats", day.programme.name),
            ("Pr.", day.on),
            ("Sammenlignet med", day.before or "ingen dag"),
            ("Unge", f"Kun unge{day.selection.words}" if day.selection else "Alle"),
            ("Om", table.caption),
        ]
        is_csv = self.ending == spreadsheets.CSV
        content = spreadsheets.as_csv(table) if is_csv else spreadsheets.as_xlsx(table, about)
        name = f"{day.programme.slug}-{table.name}-{day.on.isoformat()}.{self.ending}"
        return attachment(content, spreadsheets.TYPES[self.ending], name)
