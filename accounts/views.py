"""Signing out, a new password by mail, and the list of one's own devices."""

from allauth.account.adapter import get_adapter
from allauth.account.views import LogoutView, PasswordResetFromKeyView, PasswordResetView
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts import known_devices, sessions
from accounts.mails import MAIL_ERRORS
from web import security_log
from web.views import ActionView


class LogOut(LogoutView):
    """Also clear the browser's storage: phones are shared."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response


class AskForLink(PasswordResetView):
    """A mail with a link; it says so if the mail server does not answer."""

    def form_valid(self, form):
        email = form.cleaned_data["email"]
        user = get_adapter(self.request).log("password_reset_asked", email)
        try:
            return super().form_valid(form)
        except MAIL_ERRORS:
            security_log.record("mail_failed", user=user and user.pk, mail="password_reset_key")
            form.add_error(None, "Mailen kunne ikke sendes. Prøv igen om lidt.")
            response = self.form_invalid(form)
            response.status_code = 503
            return response


class NewPassword(PasswordResetFromKeyView):
    """Behind the link. Who has it may try again, and the device is known from now on."""

    reset_url_key = "ny"

    def form_valid(self, form):
        response = super().form_valid(form)
        email = self.reset_user.email
        get_adapter(self.request).forget_tries(self.request, email)
        known_devices.remember(self.request, response, email)
        return response


class EndSessions(ActionView):
    """End one of the user's sessions on another device, or all of them."""

    def has_permission(self):
        return True

    def get_success_url(self):
        return reverse("account")

    def act(self):
        others = self.request.user.sessions.running().except_for(self.request)
        if "alle" in self.request.POST:
            sessions.end(others, "all_others")
            return "Alle andre enheder er logget ud."
        chosen = self.request.POST.get("enhed")
        keys = [row.pk for row in others if row.public_key == chosen]
        if not sessions.end(others.filter(pk__in=keys), "elsewhere"):
            raise ValidationError("Enheden er allerede logget ud.")
        return "Enheden er logget ud."
