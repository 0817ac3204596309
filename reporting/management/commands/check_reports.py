from django.core.management.base import BaseCommand, CommandError

from reporting.models import IssuedReport, NotAsIssued

PARTS = ("page", "figures", "texts", "pdf")


class Command(BaseCommand):
    help = (
        "Compares page, figures, texts and PDF of every issued report with their hashes. Exit 1: "
        "some do not match, and each is named."
    )

    def handle(self, **options):
        reports = IssuedReport.objects.select_related("programme").order_by("pk")
        count = wrong = 0
        for report in reports.iterator(chunk_size=20):
            count += 1
            for part in PARTS:
                try:
                    report.ensure_as_issued(part)
                except NotAsIssued:
                    wrong += 1
                    name = f"{report.programme.slug} {report.name}"
                    self.stderr.write(f"{name}: the {part} is not what was issued")
        if wrong:
            raise CommandError(f"{wrong} parts of {count} reports are not what was issued.")
        self.stdout.write(f"{count} reports, all as they were issued")
