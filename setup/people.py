"""Who has which role, and who is invited."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils.text import capfirst
from django.utils.timezone import localdate

from cases.models import Membership, Role
from setup.models import Invitation
from web.dates import day_and_month, days_ago, long_date, today

ORDER = {role: number for number, role in enumerate(Role)}


@dataclass(frozen=True)
class PersonRow:
    """A role or an invitation, in words."""

    name: str
    email: str
    role: str
    days: str
    last_signed_in: str = "Aldrig"
    has_factor: bool = False
    state: str = "Taget imod"  # of the invitation
    is_late: bool = False
    membership: Membership | None = None
    invitation: Invitation | None = None

    @property
    def is_accepted(self):
        return self.invitation is None


def people_of(programme):
    """(rows of today and later, rows of roles that are over), by role and name."""
    on = today()
    memberships = programme.memberships.select_related("user", "ended_by")
    rows = sorted(memberships, key=lambda row: (ORDER[row.role], row.user.name, row.starts_on))
    authenticators = Authenticator.objects.filter(user__in={row.user_id for row in rows})
    with_factor = set(authenticators.values_list("user", flat=True))
    current = [of_membership(row, with_factor, on) for row in rows if not row.is_over(on)]
    invitations = Invitation.objects.open().filter(programme=programme)
    current += [of_invitation(row) for row in invitations.order_by("name")]
    former = [of_membership(row, with_factor, on) for row in rows if row.is_over(on)]
    return current, former


def of_membership(membership, with_factor, on):
    user = membership.user
    state = "Taget imod" if user.last_login else "–"
    return PersonRow(
        name=str(user),
        email=user.email,
        role=capfirst(membership.get_role_display()),
        days=days_of(membership),
        last_signed_in=last_signed_in(user, on),
        has_factor=user.pk in with_factor,
        state=state if user.is_active else "Kan ikke logge ind",
        is_late=not user.is_active,
        membership=membership,
    )


def of_invitation(invitation):
    state, is_late = state_of(invitation)
    return PersonRow(
        name=invitation.name,
        email=invitation.email,
        role=capfirst(invitation.get_role_display()),
        days=f"fra {long_date(invitation.starts_on)}",
        state=state,
        is_late=is_late,
        invitation=invitation,
    )


def state_of(invitation):
    """('Sendt i går, gælder til 1. december', whether something must be done)"""
    last = day_and_month(localdate(invitation.expires_at))
    if invitation.is_expired:
        return f"Udløb {last}", True
    if invitation.sent_at is None:
        return "Ikke sendt", True
    return f"Sendt {days_ago(localdate(invitation.sent_at), today())}, gælder til {last}", False


def days_of(membership):
    """'fra 1. marts 2026', 'fra 1. marts til 31. december 2026'"""
    first, last = membership.starts_on, membership.last_on
    if last is None:
        return f"fra {long_date(first)}"
    if last < first:
        return "begyndte aldrig"
    begins = day_and_month(first) if first.year == last.year else long_date(first)
    return f"fra {begins} til {long_date(last)}"


def last_signed_in(user, on):
    """A day, never a time: it is for tidying up, not for watching colleagues."""
    if user.last_login is None:
        return "Aldrig"
    day = localdate(user.last_login)
    return capfirst(days_ago(day, on)) if on - day <= timedelta(days=1) else long_date(day)
