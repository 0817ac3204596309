"""allauth's adapter: no self-registration, who may try to sign in, and mails."""

from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import known_devices, mails
from accounts.models import User
from web import security_log

A_DAY = 24 * 60 * 60


class ByInvitation(DefaultAccountAdapter):
    """Messages do not reveal whether an e-mail is known."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mailen eller adgangskoden er forkert.",
        "too_many_login_attempts": (
            "Der er prøvet for mange gange. Vælg “Glemt adgangskode?”, så kommer du ind med det "
            "samme. Eller prøv igen senere."
        ),
        "enter_current_password": "Den nuværende adgangskode er forkert.",
        "incorrect_password": "Adgangskoden er forkert.",
    }

    def get_login_stages(self):
        ours = {"allauth.mfa.stages.AuthenticateStage": "accounts.second_factor.FactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def is_open_for_signup(self, request):
        return False

    def get_password_change_redirect_url(self, request):
        return reverse("account")

    def pre_authenticate(self, request, **credentials):
        """Count a try, and refuse it if there were too many (settings.ACCOUNT_RATE_LIMITS).

        From a device that the e-mail has signed in on before, only that device's tries count:
        nobody else can use them up. Others count for the address, for the e-mail from that address,
        and for the e-mail from all. allauth gives the try back when the password was right.
        """
        email = credentials["email"].lower()
        self._login_failed_rl_usage = ratelimit.RateLimitUsage(usage=[])
        for limit, key in self.limits(request, email):
            usage = ratelimit.consume(request, app="allauth.account", action=limit, key=key)
            if usage is None:
                self.refuse(request, email, limit)
            self._login_failed_rl_usage.usage += usage.usage

    def limits(self, request, email):
        """[(name in ACCOUNT_RATE_LIMITS, what is counted)]"""
        if device := known_devices.device_id(request, email):
            return [("login_failed_device", f"{device} {email}")]
        return [
            ("login_failed_address", None),
            ("login_failed_pair", f"{ratelimit.get_ip(request)} {email}"),
            ("login_failed_account", email),
        ]

    def refuse(self, request, email, limit):
        """Log it, tell the owner of the e-mail once a day, and raise ValidationError.

        All but the sending is done for an e-mail nobody has too: its time tells nothing.
        """
        user = self.log("sign_in_refused", email, limit=limit)
        prefix = "account/email/sign_in_refused"
        address = request.build_absolute_uri(reverse("account_reset_password"))
        mail = self.render_mail(prefix, email, {"password_reset_url": address})
        key = f"told-of-refused:{security_log.fingerprint(email)}"
        is_told = limit == "login_failed_address" or not cache.add(key, True, A_DAY)
        if user and user.is_active and not is_told:
            mails.send_after_commit(mail, user, "sign_in_refused")
        raise self.validation_error("too_many_login_attempts")

    def respond_user_inactive(self, request, user):
        self.log("sign_in_refused", user.email, limit="account_closed")
        return super().respond_user_inactive(request, user)

    def authentication_failed(self, request, **credentials):
        self.log("sign_in_failed", credentials["email"])

    def log(self, event, email, **facts):
        """Record the event about the e-mail's user, else about a fingerprint; return the user."""
        user = User.objects.filter(email=email.lower()).first()
        about = {"user": user.pk} if user else {"login": security_log.fingerprint(email)}
        security_log.record(event, address=self.address(self.request), **about, **facts)
        return user

    def address(self, request):
        """Return the client's address for the log, or None."""
        try:
            return str(ip_address(self.get_client_ip(request)))
        except (PermissionDenied, ValueError):
            return None

    def forget_tries(self, request, email):
        """Called after a new password."""
        for limit, key in self.limits(request, email):
            if key:
                ratelimit.clear(request, app="allauth.account", action=limit, key=key)

    def post_login(self, request, user, **kwargs):
        record_authentication(request, user, "signed_in", reauthenticated=True)
        response = super().post_login(request, user, **kwargs)
        known_devices.remember(request, response, user.email)
        return response

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """`email` is not used: an account has one."""
        address = self.request.build_absolute_uri(reverse("account_reset_password"))
        context = {"password_reset_url": address, **(context or {})}
        mail = self.render_mail(template_prefix, user.email, context)
        mails.send_after_commit(mail, user, template_prefix.rpartition("/")[2])
