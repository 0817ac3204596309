from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View

from accounts.forms import FirstPasswordForm
from accounts.models import User
from accounts.second_factor import factors
from accounts.views import AT_ONCE
from cases.roles import HAD_ROLE
from setup.models import Invitation

IN_SESSION = "invitation"  # in the session, out of the address
PASSKEY = "noegle"  # button


@method_decorator(login_not_required, name="dispatch")
class OpenInvitation(View):
    """Move the token to the session. Guesses are counted (ACCOUNT_RATE_LIMITS).

    A link that works is never refused: its token would stand in the log.
    """

    http_method_names = ("get", "head")

    def get(self, request, token):
        invitation = Invitation.objects.of_token(token)
        if invitation is None or not invitation.is_open:
            limit = {"action": "open_invitation", "limit_get": True}
            return ratelimit.consume_or_429(request, **limit) or gone(request, invitation)
        request.session[IN_SESSION] = token
        return redirect("account_accept_invitation")


@method_decorator(login_not_required, name="dispatch")
class AcceptInvitation(View):
    """Choose a passkey or a password, or accept with the user one has; then one is signed in.

    By single sign-on there is nothing to choose: setup/social_adapter.py.
    """

    def dispatch(self, request):
        token = request.session.get(IN_SESSION, "")
        self.invitation = Invitation.objects.of_token(token) if token else None
        if self.invitation is None or not self.invitation.is_open:
            return gone(request, self.invitation)
        self.user = User.objects.filter(email=self.invitation.email).first()
        return super().dispatch(request)

    @property
    def signs_in_first(self):
        """Whether they have a user with a way to sign in, and are not signed in."""
        if self.user is None or self.request.user.is_authenticated:
            return False
        return self.user.has_usable_password() or factors(self.user).exists()

    def get_form(self, data=None):
        if self.request.user.is_authenticated or self.signs_in_first:
            return None
        return FirstPasswordForm(data, user=self.user or self.invitation.new_user())

    def get(self, request):
        return self.page(self.get_form())

    def post(self, request):
        form = self.get_form(request.POST)
        if form is None:
            if request.user != self.user:
                return self.page(None, status=403)
            return self.accepted(self.user)
        if PASSKEY in request.POST:
            return self.accepted(form.user, then=f"{reverse('mfa_add_webauthn')}?{AT_ONCE}")
        if not form.is_valid():
            return self.page(form, status=422)
        return self.accepted(form.user, form.cleaned_data["password1"])

    def accepted(self, user, password=None, then=None):
        try:
            return accept(self.request, self.invitation, user, password, then)
        except ValidationError as error:
            messages.warning(self.request, error.messages[0])
            return redirect("account_accept_invitation")

    def page(self, form, status=200):
        context = {
            "invitation": self.invitation,
            "form": form,
            "is_theirs": self.request.user.is_authenticated and self.request.user == self.user,
            "signs_in_first": self.signs_in_first,
        }
        return render(self.request, "setup/accept_invitation.html", context, status=status)


def accept(request, invitation, user, password=None, then=None):
    """Give the user the invitation's role, and sign them in; return the answer.

    `user` may be unsaved. `password`: their first one, or None. `then`: where they go; None: home.
    Raise ValidationError, with nothing saved, if the invitation no longer works.
    """
    with transaction.atomic():
        if user.pk is None or password:
            user.set_password(password)
            invitation.save_user(user)
        if not user.is_active:
            raise ValidationError("Din bruger er lukket. Sig det til den, der har inviteret dig.")
        invitation.accept(user)
    request.session.pop(IN_SESSION, None)
    if request.user.is_authenticated:
        request.session[HAD_ROLE] = True
        messages.success(request, f"Du er nu {invitation.get_role_display()}.")
        return redirect("home")
    return perform_login(request, user, email_verification="none", redirect_url=then)


def gone(request, invitation):
    """Say why a link does not work; a guessed one gets the same page. `invitation` may be None."""
    request.session.pop(IN_SESSION, None)
    context = {"invitation": invitation}
    return render(request, "setup/invitation_gone.html", context, status=404)
