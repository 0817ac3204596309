"""`manage.py new_programme NAME --from DATE --operator EMAIL`: the first step in a terminal."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from setup.forms.programme import ProgrammeForm
from setup.operators import may_begin_programme


class Command(BaseCommand):
    help = (
        "Make a programme, to be set up in the browser (Konto, Fortsæt opsætningen). "
        "The same form as the page Ny indsats."
    )

    def add_arguments(self, parser):
        parser.add_argument("name")
        parser.add_argument("--from", dest="starts_on", required=True, metavar="DATE")
        parser.add_argument("--to", dest="ends_on", default="", metavar="DATE")
        parser.add_argument("--sender", default="", help="whom the report is from")
        parser.add_argument("--committee", default="Skoleudvalget", help="who reads the report")
        parser.add_argument("--operator", required=True, metavar="EMAIL", help="its operator")

    @transaction.atomic
    def handle(self, *args, operator, **options):
        user = User.objects.filter(email=operator.lower(), is_active=True).first()
        if user is None or not may_begin_programme(user):
            raise CommandError(
                f"{operator} is no operator; manage.py first_operator makes one", returncode=2
            )
        form = ProgrammeForm({name: options[name] for name in ProgrammeForm.Meta.fields})
        if not form.is_valid():
            errors = [f"{name}: {' '.join(why)}" for name, why in form.errors.items()]
            raise CommandError("\n".join(errors), returncode=2)
        form.record(user)
        slug = form.instance.slug
        self.stdout.write(f"{slug}: {operator} is its operator.")
        self.stdout.write(f"The next step: {reverse('setup')}?indsats={slug}")
