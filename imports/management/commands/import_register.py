from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cases.management.commands.add_member import get_programme, refuse
from cases.models import Membership, Role
from imports.importing import import_files
from imports.problems import problems_csv
from web.dates import today
from web.files import write_whole

PRINTED_PROBLEMS = 200  # --problems writes them all


class Command(BaseCommand):
    help = (
        "Import a workbook, or CSV files named for their sheets (unge.csv ...). "
        "Writes everything or nothing."
    )

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
            help="phone numbers and e-mails in notes are the young people's own; "
            "take them as they are",
        )

    def handle(self, *, programme, files, dry_run, by, sheet, problems, keep_reach, **options):
        programme = get_programme(programme)
        if sheet and len(files) > 1:
            refuse("--sheet names the sheet of one file")
        result = import_files(
            programme,
            [(f"{sheet}.csv" if sheet else path.name, content_of(path)) for path in files],
            by=importing_user(programme, by),
            dry_run=dry_run,
            keep_reach=keep_reach,
            report_progress=lambda progress: self.stderr.write(progress.line),
        )
        if result.problems:
            self.fail_with(result.problems, problems)
        verb = "Would write" if dry_run else "Wrote"
        new = ", ".join(result.new) or "nothing new"
        self.stdout.write(f"{verb}: {new}. Known already: {result.known} rows.")
        if result.no_longer:
            self.stdout.write(
                f"{result.no_longer} of them were withdrawn or mended since, "
                "and are not written again."
            )
        if result.duplicates_sentence:
            self.stdout.write(result.duplicates_sentence)

    def fail_with(self, problems, path):
        if path:
            write_whole(path, problems_csv(problems), private=True)
        for problem in problems[:PRINTED_PROBLEMS]:
            value = f" “{problem.value}”" if problem.value else ""
            place = [problem.sheet, f"række {problem.row}" if problem.row else "", problem.column]
            self.stdout.write(
                f"{' '.join(filter(None, place)) or 'Filen'}: {problem.sentence}{value}"
            )
        more = len(problems) - PRINTED_PROBLEMS
        if more > 0:
            self.stdout.write(f"... and {more:,} more; --problems FILE.csv has them all")
        raise CommandError(f"nothing was written: {len(problems):,} to mend", returncode=1)


def content_of(path):
    try:
        return path.read_bytes()
    except OSError as error:
        refuse(f"cannot read {path}: {error.strerror}")


def importing_user(programme, email):
    """By default the programme's only coordinator."""
    coordinators = (
        Membership.objects.users(programme, Role.COORDINATOR, on=today())
        .filter(is_active=True)
        .order_by("email")
    )
    users = coordinators.filter(email=email.lower()) if email else coordinators
    if len(users) != 1:
        emails = ", ".join(user.email for user in coordinators)
        refuse(
            f"say who imports with --by; coordinators of {programme.slug}: "
            f"{emails or 'nobody yet (manage.py add_member)'}"
        )
    return users[0]
