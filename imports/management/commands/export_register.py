"""`manage.py export_register PROGRAMME FILE.xlsx`: what stands in the register, in the layout an import reads."""

import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.commands.add_member import a_programme, refuse
from imports import exporting, workbook


class Command(BaseCommand):
    help = "Export a programme's young people, facts and meetings as a workbook. It holds names and notes."

    def add_arguments(self, parser):
        parser.add_argument("programme", help="its slug")
        parser.add_argument("file", type=Path, metavar="FILE.xlsx")

    def handle(self, *, programme, file, **options):
        programme = a_programme(programme)
        if file.suffix.casefold() != ".xlsx":
            refuse(f"{file} does not end in .xlsx")
        tables = exporting.tables(programme)
        write_for_me_alone(file, workbook.to_bytes(programme, tables))
        rows = ", ".join(f"{name} {len(rows):,}" for name, rows in tables.items())
        self.stdout.write(
            f"Wrote {file}: {rows}. It holds names and notes; keep it as you keep the register."
        )


def write_for_me_alone(path, content):
    """Write the bytes whole or not at all, readable by nobody else."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        with open(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb"
        ) as out:
            out.write(content)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise CommandError(f"cannot write {path}: {error.strerror}") from error
