"""Signing out."""

from allauth.account.views import LogoutView


class LogOut(LogoutView):
    """Also clear the browser's storage: phones are shared."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response
