"""Who may do what: one table, read by a person and by `user.has_perm`. Who sees whom is Mentee.objects.visible_to."""

from cases.models import Membership
from web.dates import today


def running_roles(user):
    """The user's roles today as {programme: set of role codes}, newest programme first; asked once a request."""
    if not hasattr(user, "_running_roles"):
        roles = {}
        if user.is_active and user.pk is not None:
            held = Membership.objects.running(today()).filter(user=user).select_related("programme")
            for membership in held.order_by("-programme__starts_on", "programme__name"):
                roles.setdefault(membership.programme, set()).add(membership.role)
        user._running_roles = roles
    return user._running_roles


def programmes_where(user, verb):
    """The programmes in which a role of the user's allows the verb today."""
    return [programme for programme in running_roles(user) if user.has_perm(verb, programme)]
