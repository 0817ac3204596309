"""What every page's frame needs to know."""

from cases.roles import running_roles


class May:
    """`{% if may.record_meeting %}`: whether the user may do it in the page's programme."""

    def __init__(self, request):
        self.request = request

    def __getitem__(self, verb):
        user, programme = self.request.user, self.request.programme
        return any(user.has_perm(f"{app}.{verb}", programme) for app in ("cases", "reporting", "accounts"))


def frame(request):
    """`programme`, the user's `programmes` and `may`; nothing for somebody who has not signed in."""
    if not request.user.is_authenticated:
        return {"programme": None, "programmes": [], "may": {}}
    return {"programme": request.programme, "programmes": list(running_roles(request.user)), "may": May(request)}
