"""`manage.py status_report koege-2018 --on 2019-03-01`: a status report without a browser."""

from datetime import UTC, date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cases.definitions import definitions_of
from cases.models import Programme
from reporting.open_report import OpenReport
from reporting.pdf import PDFError, PDFUnavailable, report_html
from reporting.pdf_process import PDFNotFinished, draw_pdf
from reporting.plain_text import as_text
from reporting.status_report import ReportUnavailable, StatusReport
from web.dates import today
from web.files import write_whole

BAD_ARGUMENTS = 2  # exit code; 1 where the report cannot be made


class Command(BaseCommand):
    help = "Print the status report of a programme on a day, as text, JSON, HTML or PDF."

    def add_arguments(self, parser):
        parser.add_argument("programme", metavar="PROGRAMME-SLUG")
        parser.add_argument(
            "--on", required=True, metavar="YYYY-MM-DD", help="the day the report is about"
        )
        parser.add_argument(
            "--known-at",
            metavar="ISO-DATETIME",
            help="as the register was known then (2019-03-01T16:00, Danish time unless it says "
            "otherwise); default now",
        )
        parser.add_argument("--format", choices=FORMATS, default="text")
        parser.add_argument(
            "--edition",
            choices=("full", "open"),
            default="full",
            help="open: small groups merged, for a public agenda; as a first edition, not held "
            "against issued ones",
        )
        parser.add_argument(
            "--output", type=Path, metavar="FILE", help="instead of standard output"
        )

    def handle(self, *, programme, on, known_at, format, edition, output, **options):
        binary = format == "pdf" and output is None
        if binary and (self.stdout.isatty() or not hasattr(self.stdout, "buffer")):
            fail("a PDF does not belong on a terminal; name a file with --output")
        report = self.build_report(programme, parse_date(on), parse_moment(known_at), edition)
        try:
            content = FORMATS[format](report)
        except (PDFError, PDFNotFinished, PDFUnavailable) as error:
            raise CommandError(str(error)) from error
        if output:
            write_whole(output, content)
            self.stdout.write(f"Wrote {output} ({len(content):,} bytes)")
        elif binary:
            self.stdout.buffer.write(content)
        else:
            self.stdout.write(content.decode(), ending="")

    def build_report(self, slug, on, known_at, edition):
        programme = Programme.objects.filter(slug=slug).first()
        if programme is None:
            known = ", ".join(Programme.objects.order_by("slug").values_list("slug", flat=True))
            fail(f"no programme is called {slug!r}; there is {known or 'none at all'}")
        if on > today():
            fail(f"{on} lies in the future")
        try:
            report = StatusReport.build(programme, on=on, known_at=known_at)
        except ReportUnavailable:
            if on < programme.starts_on:
                fail(f"the programme starts on {programme.starts_on}, after {on}")
            fail(f"nobody was enrolled on {on}, as the register was known")
        if edition == "full":
            return report
        try:
            return OpenReport.build(
                report,
                threshold=definitions_of(programme).threshold(on, known_at),
            )
        except ReportUnavailable as error:
            raise CommandError(f"the numbers do not add up: {report.control_line}") from error


FORMATS = {
    "text": lambda report: as_text(report).encode(),
    "json": lambda report: f"{report.to_json()}\n".encode(),
    "html": lambda report: report_html(report).encode(),
    "pdf": draw_pdf,
}


def fail(why):
    raise CommandError(why, returncode=BAD_ARGUMENTS)


def parse_date(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"--on: {text!r} is no day; write it as 2019-03-01")


def parse_moment(text):
    """In Danish time if the text names no offset; None for None."""
    if text is None:
        return None
    try:
        date.fromisoformat(text)
    except ValueError:
        pass
    else:
        fail(f"--known-at: {text!r} has no time of day; write it as 2019-03-01T16:00")
    try:
        known_at = datetime.fromisoformat(text)
        known_at = (
            timezone.make_aware(known_at) if timezone.is_naive(known_at) else known_at
        ).astimezone(UTC)
    except (ValueError, OverflowError):
        fail(f"--known-at: {text!r} is no moment; write it as 2019-03-01T16:00")
    if known_at > timezone.now():
        fail(f"--known-at: {text} lies in the future")
    return known_at
