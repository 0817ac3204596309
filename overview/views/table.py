from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.recent import RecentlyAuthenticatedMixin
from overview import tables
from web import spreadsheets
from web.views import attachment

from .overview import OverviewMixin


class OverviewTable(RecentlyAuthenticatedMixin, OverviewMixin):
    """A table as CSV or XLSX; one with names needs the right to download names."""

    status_of_nobody = 400
    is_file = True

    def asks_again(self):
        table = tables.TABLES.get(self.kwargs["name"])
        return table is not None and table.names

    def get(self, request, name, ending):
        self.download, self.ending = tables.TABLES.get(name), ending
        if self.download is None or ending not in spreadsheets.TYPES:
            raise Http404
        if self.download.names and not request.user.has_perm(
            "reporting.download_names", request.programme
        ):
            raise PermissionDenied
        return super().get(request)

    def build(self, snapshot):
        """(the file's content, its name, what the security log says of it)"""
        table = self.download.build(snapshot)
        if self.ending == spreadsheets.CSV:
            content = spreadsheets.as_csv(table)
        else:
            content = spreadsheets.as_xlsx(table, self.about(table, snapshot))
        name = f"{snapshot.programme.slug}-{table.name}-{snapshot.on.isoformat()}.{self.ending}"
        facts = {"programme": snapshot.programme.slug, "table": table.name, "on": snapshot.on}
        return content, name, facts

    def respond(self, file):
        content, name, facts = file
        return attachment(
            content, spreadsheets.TYPES[self.ending], name, "table_downloaded", **facts
        )

    def about(self, table, snapshot):
        """[(label, value)] for the second sheet of an XLSX file."""
        selection = snapshot.selection
        return [
            ("Tabel", self.download.title),
            ("Indsats", snapshot.programme.name),
            ("Pr.", snapshot.on),
            ("Sammenlignet med", snapshot.before or "ingen dag"),
            ("Unge", f"Kun unge {selection.phrase}" if selection else "Alle"),
            ("Om", table.caption),
        ]
