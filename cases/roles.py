"""The roles a user holds today. What each may do: mentorship/permissions.py."""

from cases import questions
from web.dates import today

HAD_ROLE = "had_role"  # in the session: whether the user had a role when they signed in


def running_roles(user):
    """{programme: role codes}, newest first; cached on the user."""
    if not hasattr(user, "_running_roles"):
        roles = {}
        if user.is_active and user.pk is not None:
            for membership in questions.memberships(user=user.pk, on=today()):
                roles.setdefault(membership.programme, set()).add(membership.role)
        user._running_roles = roles
    return user._running_roles


def programmes_by_slug(user):
    return {programme.slug: programme for programme in running_roles(user)}


def programmes_where(user, verb):
    return [programme for programme in running_roles(user) if user.has_perm(verb, programme)]
