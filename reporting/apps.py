from django.apps import AppConfig
from django.core import checks


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = "Rapporter"

    def ready(self):
        from .checks import pdf_can_be_printed

        checks.register(pdf_can_be_printed)
