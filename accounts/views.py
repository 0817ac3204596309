"""The one page of signing in and out that allauth's own view does not serve as it is."""

from allauth.account.views import LogoutView


class LogOut(LogoutView):
    """Ends the session and asks the browser to drop what our pages kept on the device, which may be a shared phone."""

    def post(self, *args, **kwargs):
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = '"storage"'
        return response
