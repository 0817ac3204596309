"""Template variables of every page."""

from cases.roles import running_roles
from mentorship.permissions import KNOWN, UnknownPermission

FULL_NAMES = {permission.split(".")[1]: permission for permission in KNOWN}


class May:
    """`{% if may.record_meeting %}`; raise UnknownPermission for a name no app has."""

    def __init__(self, request):
        self.request = request

    def __getitem__(self, name):
        if name not in FULL_NAMES:
            raise UnknownPermission(name)
        return self.request.user.has_perm(FULL_NAMES[name], self.request.programme)


def frame(request):
    """Return `programme`, `programmes` and `may`."""
    if not request.user.is_authenticated:
        return {"programme": None, "programmes": [], "may": {}}
    return {
        "programme": request.programme,
        "programmes": list(running_roles(request.user)),
        "may": May(request),
    }
