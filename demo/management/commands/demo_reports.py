from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demo.reports import issue_reports
from reporting.pdf import PDFUnavailable
from reporting.pdf_process import PDFNotFinished
from web import dates


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Issues reports of the demo programmes. A programme that has reports already is left as "
        "it is."
    )

    @transaction.atomic
    def handle(self, **options):
        try:
            issue_reports(dates.today(), self.stdout.write)
        except (PDFNotFinished, PDFUnavailable) as error:
            raise CommandError(str(error)) from error
