"""`manage.py add_member EMAIL PROGRAMME ROLE`; also for the first user of a new site."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import User
from cases.models import Membership, Programme, Role
from web.dates import today


class Command(BaseCommand):
    help = (
        "Give a person a role in a programme, and make the user if there is none. "
        "Safe to run again."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("programme", help="its slug")
        parser.add_argument("role", help=", ".join(Role.values))
        parser.add_argument("--name", default="", help="for a new user: first name and surname")
        parser.add_argument(
            "--from",
            dest="starts_on",
            default="",
            metavar="DATE",
            help="2026-08-01; otherwise today",
        )

    @transaction.atomic
    def handle(self, *args, email, programme, role, name, starts_on, **options):
        email, role, starts_on = parse_email(email), parse_role(role), parse_day(starts_on)
        programme = get_programme(programme)
        user = User.objects.filter(email=email).first()
        if user is None:
            check_details(email, name)
            user = User.objects.create_user(email, name=name)
            self.stdout.write(
                f"New user {email}: “Glemt adgangskode?” on the page Log ind gives a password."
            )
        elif not user.is_active:
            refuse(f"{email} may not sign in (is_active is off); nothing was changed")
        memberships = Membership.objects.filter(programme=programme, user=user, role=role)
        running = memberships.not_over(starts_on).first()
        if running is None:
            Membership.objects.create(
                programme=programme, user=user, role=role, starts_on=starts_on
            )
            self.stdout.write(f"{email} is {role} in {programme.slug} from {starts_on}.")
        else:
            until = f" to {running.last_on}" if running.last_on else ""
            self.stdout.write(
                f"{email} is {role} in {programme.slug} already, from {running.starts_on}{until}."
            )


def parse_email(text):
    try:
        validate_email(text)
    except ValidationError:
        refuse(f"“{text}” is not an e-mail")
    return text.lower()


def check_details(email, name):
    try:
        User(email=email, name=name).clean()
    except ValidationError as error:
        refuse("; ".join(error.messages))


def get_programme(slug):
    try:
        return Programme.objects.get(slug=slug)
    except Programme.DoesNotExist:
        slugs = ", ".join(Programme.objects.values_list("slug", flat=True))
        refuse(f"there is no programme “{slug}”; there is {slugs or 'none at all yet'}")


def parse_role(text):
    if text not in Role.values:
        refuse(f"there is no role “{text}”; there is {', '.join(Role.values)}")
    return Role(text)


def parse_day(text):
    try:
        return date.fromisoformat(text) if text else today()
    except ValueError:
        refuse(f"“{text}” is not a day; write it as 2026-08-01")


def refuse(why):
    """One line on stderr, exit status 2."""
    raise CommandError(why, returncode=2)
