"""Ask who it is once more, unless that was shown in the last five minutes."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import redirect
from django.utils.http import urlencode

from web import expired_session


class RecentlyAuthenticatedMixin:
    """Ask for password, code or passkey first (OWASP ASVS 5.0, 7.5.1 to 7.5.3).

    A posted form is shown again afterwards. Comes before the mixin that checks the permission.
    """

    def asks_again(self):
        return True

    def dispatch(self, request, *args, **kwargs):
        if self.asks_again() and not did_recently_reauthenticate(request):
            if request.method == "POST":
                expired_session.keep(request)
            first, *_ = get_adapter().get_reauthentication_methods(request.user)
            query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
            return redirect(f"{first['url']}?{query}")
        return super().dispatch(request, *args, **kwargs)
