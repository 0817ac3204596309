"""The mails of an invitation, and of young people who need a mentor."""

from functools import partial

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.timezone import localdate

from accounts import mails
from accounts.mails import MAIL_ERRORS
from cases.models import Membership, Role
from setup.models import Invitation
from web import security_log
from web.dates import long_date, today, weekday_date


def send_after_commit(invitation, link):
    """A failure leaves it "ikke sendt" (`sent_at`).

    The inviter waits for the mail server: the page that follows says how it went.
    """
    transaction.on_commit(partial(send, invitation, link))


def send(invitation, link):
    try:
        message(invitation, link).send()
    except MAIL_ERRORS:
        security_log.record("mail_failed", mail="invitation")
    else:
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())


def message(invitation, link):
    """No role, and nothing about the programme but its name."""
    context = {
        "invitation": invitation,
        "programme": invitation.programme or "Mentorindsats",
        "link": link,
        "last_day": weekday_date(localdate(invitation.expires_at)),
    }
    # A name is one line (valid_name): no line break gets into the header.
    subject = f"Du er inviteret til {context['programme']}"
    body = render_to_string("setup/invitation_mail.txt", context)
    return EmailMessage(subject, body, to=[invitation.email])


def tell_coordinators(programme, from_day, link):
    """To those who can sign in today. No name stands in it."""
    context = {"programme": programme, "from_day": long_date(from_day), "link": link}
    body = render_to_string("setup/mentor_needed_mail.txt", context)
    coordinators = Membership.objects.users(programme, Role.COORDINATOR, on=today())
    for user in coordinators.filter(is_active=True):
        mail = EmailMessage(f"Unge mangler en mentor i {programme}", body, to=[user.email])
        mails.send_after_commit(mail, user, "mentor_needed")
