"""Who may do what: one table, read by a person and by `user.has_perm`. Who sees whom is Mentee.objects.visible_to."""

from cases.dates import today
from cases.models import Membership, Role

MENTOR = {
    "cases.have_mentees",
    "cases.see_mentees",
    "cases.take_in_mentee",
    "cases.record_meeting",
    "cases.change_facts",
    "cases.make_agreement",
}
COORDINATOR = (MENTOR - {"cases.have_mentees"}) | {
    "cases.match_mentor",
    "cases.correct_any_meeting",
    "cases.run_programme",
    "cases.import_register",
    "reporting.see_overview",
    "reporting.download_names",
    "reporting.draft_report",  # and sees every report issued
    "reporting.read_reports",
}

VERBS = {
    Role.MENTOR: frozenset(MENTOR),
    Role.COORDINATOR: frozenset(COORDINATOR),
    Role.COMMITTEE: frozenset({"reporting.read_reports", "reporting.read_committee_reports"}),
    Role.FOLLOW_GROUP: frozenset({"reporting.read_reports", "reporting.read_follow_group_reports"}),
    Role.OPERATOR: frozenset({"accounts.manage_members"}),
}


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


class RolesBackend:
    """Answers `user.has_perm(verb, programme)` from the table.

    Without a programme the answer is no: a role is always held in one.
    """

    def authenticate(self, request, **credentials):
        return None

    def has_perm(self, user, verb, obj=None):
        return any(verb in VERBS[role] for role in running_roles(user).get(obj, ()))
