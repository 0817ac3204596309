"""`manage.py import_register PROGRAMME FILE...`: young people, facts and meetings from a spreadsheet, all or none."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.commands.add_member import a_programme, refuse
from cases.models import Membership, Role
from imports.importing import import_files
from imports.problems import as_csv
from web.dates import today

from .export_register import write_for_me_alone

PRINTED = 200  # problems; --problems writes them all


class Command(BaseCommand):
    help = "Import a workbook, or CSV files named for their sheets (unge.csv ...). Writes everything or nothing."

    def add_arguments(self, parser):
        parser.add_argument("programme", help="its slug")
        parser.add_argument(
            "files",
            nargs="+",
            type=Path,
            metavar="FILE",
            help="one .xlsx, or a .csv for each sheet",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be written, and write nothing"
        )
        parser.add_argument(
            "--by", default="", metavar="EMAIL", help="who imports; otherwise the only coordinator"
        )
        parser.add_argument(
            "--sheet", default="", metavar="NAME", help="the sheet of a CSV file with another name"
        )
        parser.add_argument(
            "--problems", type=Path, metavar="FILE.csv", help="write the list of problems there"
        )
        parser.add_argument(
            "--keep-reach",
            action="store_true",
            help="phone numbers and e-mails in notes are the young people's own; take them as they are",
        )

    def handle(self, *, programme, files, dry_run, by, sheet, problems, keep_reach, **options):
        programme = a_programme(programme)
        if sheet and len(files) > 1:
            refuse("--sheet names the sheet of one file")
        outcome = import_files(
            programme,
            [(f"{sheet}.csv" if sheet else path.name, content_of(path)) for path in files],
            by=who_imports(programme, by),
            dry_run=dry_run,
            keep_reach=keep_reach,
            say=self.stderr.write,
        )
        if outcome.problems:
            self.show_problems(outcome.problems, problems)
        new = ", ".join(outcome.new) or "nothing new"
        self.stdout.write(
            f"{'Would write' if dry_run else 'Wrote'}: {new}. Known already: {outcome.known} rows."
        )
        if outcome.no_longer:
            self.stdout.write(
                f"{outcome.no_longer} of them were withdrawn or mended since, and are not written again."
            )
        if outcome.maybe_twice:
            self.stdout.write(outcome.maybe_twice)

    def show_problems(self, found, path):
        if path:
            write_for_me_alone(path, as_csv(found))
        for problem in found[:PRINTED]:
            value = f" “{problem.value}”" if problem.value else ""
            place = [problem.sheet, f"række {problem.row}" if problem.row else "", problem.column]
            self.stdout.write(
                f"{' '.join(filter(None, place)) or 'Filen'}: {problem.sentence}{value}"
            )
        if len(found) > PRINTED:
            self.stdout.write(
                f"... and {len(found) - PRINTED:,} more; --problems FILE.csv has them all"
            )
        raise CommandError(f"nothing was written: {len(found):,} to mend", returncode=1)


def content_of(path):
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(f"cannot read {path}: {error.strerror}")


def who_imports(programme, email):
    """The user of the e-mail, or the programme's only coordinator; the register says who wrote what."""
    held = Membership.objects.users(programme, Role.COORDINATOR, on=today())
    coordinators = held.filter(is_active=True).order_by("email")
    found = coordinators.filter(email=email.lower()) if email else coordinators
    if len(found) != 1:
        emails = (
            ", ".join(user.email for user in coordinators) or "nobody yet (manage.py add_member)"
        )
        refuse(f"say who imports with --by; coordinators of {programme.slug}: {emails}")
    return found[0]
