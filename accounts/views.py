"""Signing out."""

from allauth.account.views import LogoutView


class LogOut(LogoutView):
    """End the session and have the browser clear its storage: the phone may be shared."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response
