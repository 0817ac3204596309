"""Who may begin a programme, and whom a new site waits for."""

from cases.roles import programmes_where
from setup.models import Invitation


def is_site_operator(user):
    """Whether the user has accepted an invitation without a programme (`first_operator`)."""
    return Invitation.objects.site_operators().filter(pk=user.pk).exists()


def may_begin_programme(user):
    """Whether the user is an operator: of a programme today, or of the site."""
    return bool(programmes_where(user, "accounts.manage_members")) or is_site_operator(user)
