from pathlib import Path

from django.core.management.base import BaseCommand

from cases.management.commands.add_member import get_programme, refuse
from imports import workbook
from imports.exporting import export_tables
from web import security_log
from web.files import write_whole


class Command(BaseCommand):
    help = (
        "Export a programme's young people, facts and meetings as a workbook. "
        "It holds names and notes."
    )

    def add_arguments(self, parser):
        parser.add_argument("programme", help="its slug")
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")

    def handle(self, *, programme, file, **options):
        programme = get_programme(programme)
        if file.suffix.casefold() != ".xlsx":
            refuse(f"{file} does not end in .xlsx")
        tables = export_tables(programme)
        security_log.record("register_exported", programme=programme.slug)
        write_whole(file, workbook.to_bytes(programme, tables), private=True)
        rows = ", ".join(f"{name} {len(rows):,}" for name, rows in tables.items())
        self.stdout.write(
            f"Wrote {file}: {rows}. It holds names and notes; keep it as you keep the register."
        )
