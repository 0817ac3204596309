"""Mails that tell a user about their account; what they tell of holds if they fail, too."""

from contextvars import copy_context
from smtplib import SMTPException
from threading import Thread

from django.db import transaction

from web import security_log

# No connection, no such host, a refused login or receiver.
MAIL_ERRORS = (OSError, SMTPException)
THREAD = "mail"


def send_after_commit(mail, user, name):
    """Send the mail in a thread of its own; a failure is a security event.

    The answer takes no longer than without a mail: its time does not tell who has an account, and
    nobody waits for a mail server. `name`: the mail's, for the log.
    """

    def send():
        try:
            mail.send()
        except MAIL_ERRORS:
            security_log.record("mail_failed", user=user.pk, mail=name)

    def start():
        Thread(target=copy_context().run, args=[send], name=THREAD).start()

    transaction.on_commit(start)
