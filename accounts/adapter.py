"""allauth adapter: no self-registration, Danish error messages."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse


class ByInvitation(DefaultAccountAdapter):
    """Messages do not reveal whether an e-mail is known."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mailen eller adgangskoden er forkert.",
        # allauth blocks for five minutes after five wrong ones.
        "too_many_login_attempts": (
            "Der er prøvet for mange gange. Vent fem minutter, og prøv så igen."
        ),
        "enter_current_password": "Den nuværende adgangskode er forkert.",
        "incorrect_password": "Adgangskoden er forkert.",
    }

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("account")
