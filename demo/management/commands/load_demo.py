from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import code_app, loading, logins
from web import dates


class Command(BaseCommand):
    requires_system_checks = ()  # `make demo` has just migrated
    help = (
        "Loads the demo programmes and a login for each role. What is there already is left as "
        "it is."
    )

    def add_arguments(self, parser):
        parser.add_argument("--force", action="store_true", help="also on a site that is not local")

    def handle(self, *, force, **options):
        if not (settings.LOCAL or force):
            raise CommandError(
                "This is a real site, and the demo's logins all have one password. --force loads "
                "it all the same."
            )
        password = logins.choose_password()
        if len(logins.existing()) < len(logins.ALL):
            logins.store_password(
                password
            )  # stored first, so that a load that fails leaves no unknown password
        loading.load(dates.today(), password, say=self.stdout.write)
        if code_app.is_asked_for():
            code_app.give()
        self.show_logins()

    def show_logins(self):
        self.stdout.write("")
        for login in logins.ALL:
            self.stdout.write(f"  {login.role.label:14}{login.email:22}{login.see}")
        password = logins.stored_password()
        self.stdout.write(
            f"\n  The password of them all: {password}" if password else f"\n  {logins.LOST}"
        )
        if code := code_app.code_now():
            self.stdout.write(
                f"  The code of this half minute: {code}. The next: .venv/bin/python manage.py "
                "demo_code"
            )
