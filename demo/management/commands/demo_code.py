"""`manage.py demo_code`: print the code that the demo's logins are asked for."""

from django.core.management.base import BaseCommand, CommandError

from demo.code_app import code_now


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Prints the demo's code of this half minute. Each login can use it once."

    def handle(self, **options):
        code = code_now()
        if code is None:
            raise CommandError("The demo's logins have no code app: make demo FACTOR=yes")
        self.stdout.write(code)
