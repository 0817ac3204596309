"""`manage.py first_operator EMAIL --name NAME`: the one-time link that opens a new site."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from cases.models import Membership, Role
from setup.models import Invitation
from web.dates import long_date, today


class Command(BaseCommand):
    help = (
        "Print a link with which the first operator chooses a password. "
        "It works once, for seven days; there is no other password."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="first name and surname")
        parser.add_argument(
            "--again",
            action="store_true",
            help="also if somebody is operator already and cannot be reached",
        )

    @transaction.atomic
    def handle(self, *args, email, name, again, **options):
        if not again and (operator := an_operator()):
            raise CommandError(
                f"{operator.email} is operator and can invite others; with --again, one more link "
                "is made.",
                returncode=2,
            )
        invitation = Invitation(email=email, name=name, role=Role.OPERATOR, starts_on=today())
        try:
            token, _ = invitation.invite(by=None)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages), returncode=2) from error
        site = "http://localhost:8000" if settings.LOCAL else f"https://{settings.ALLOWED_HOSTS[0]}"
        self.stdout.write(f"{site}{reverse('account_open_invitation', args=[token])}")
        self.stdout.write(f"Works once, until {long_date(invitation.expires_at.date())}.")


def an_operator():
    """One who can sign in, of the site or of a programme, or None."""
    roles = Membership.objects.running(today()).filter(role=Role.OPERATOR)
    users = User.objects.filter(pk__in=roles.values("user"), is_active=True)
    return (users | Invitation.objects.site_operators()).first()
