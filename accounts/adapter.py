"""How allauth behaves at our door, and what it says there."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class ByInvitation(DefaultAccountAdapter):
    """Nobody makes an account for himself; a coordinator or an operator invites.

    The sentences stand alone in an error summary, and never tell whether an e-mail is known.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mailen eller adgangskoden er forkert.",
        # allauth's own limit: five wrong tries for one e-mail within five minutes, then not even the right one opens.
        "too_many_login_attempts": "Der er prøvet for mange gange. Vent fem minutter, og prøv så igen.",
        "enter_current_password": "Den nuværende adgangskode er forkert.",
        "incorrect_password": "Adgangskoden er forkert.",
    }

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("account")
