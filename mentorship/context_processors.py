from accounts.second_factor import is_shown
from cases.roles import running_roles
from demo import logins
from mentorship.permissions import KNOWN, UnknownPermission
from web.dates import long_date, today

FULL_NAMES = {permission.split(".")[1]: permission for permission in KNOWN}
NO_PROGRAMME = "Boligsociale indsatser"


class May:
    """`{% if may.record_meeting %}`; raise UnknownPermission for a name no app has."""

    def __init__(self, request):
        self.request = request

    def __getitem__(self, name):
        if name not in FULL_NAMES:
            raise UnknownPermission(name)
        return self.request.user.has_perm(FULL_NAMES[name], self.request.programme)


def frame(request):
    """Who has yet to set up a second factor is shown no programme."""
    if not request.user.is_authenticated or request.asks_factor:
        return {
            "programme": None,
            "programme_name": NO_PROGRAMME,
            "programmes": [],
            "may": {},
            "ended_line": "",
            "demo_without_factor": False,
        }
    programme = request.programme
    is_let_in = logins.let_in_without_factor(request.user) and not is_shown(request)
    return {
        "demo_without_factor": is_let_in,
        "programme": programme,
        "programme_name": programme.name if programme else NO_PROGRAMME,
        "programmes": list(running_roles(request.user)),
        "may": May(request),
        "ended_line": ended_line(programme),
    }


def ended_line(programme):
    """'Indsatsen sluttede 31. december 2021.' on the days after; else ''."""
    if not programme or not programme.has_ended(today()):
        return ""
    return f"Indsatsen sluttede {long_date(programme.ends_on)}."
