"""What each role may do. Whom a user may see is decided by `visible_to`."""

from cases.models import Role
from cases.roles import running_roles

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
    "reporting.draft_report",  # includes reading every issued report
    "reporting.read_reports",
}

VERBS = {
    Role.MENTOR: frozenset(MENTOR),
    Role.COORDINATOR: frozenset(COORDINATOR),
    Role.COMMITTEE: frozenset({"reporting.read_reports", "reporting.read_committee_reports"}),
    Role.FOLLOW_GROUP: frozenset({"reporting.read_reports", "reporting.read_follow_group_reports"}),
    Role.OPERATOR: frozenset({"accounts.manage_members"}),
}
KNOWN = frozenset().union(*VERBS.values())


class UnknownPermission(Exception):
    """A permission that no role has: a misspelt name.

    Not a LookupError: templates treat that as a missing variable and would hide a button silently.
    """


class RolesBackend:
    """Answer `user.has_perm(permission, programme)` from the table; False without a programme.

    Raise UnknownPermission for a permission that is not in the table.
    """

    def authenticate(self, request, **credentials):
        return None

    def has_perm(self, user, permission, obj=None):
        if permission not in KNOWN:
            raise UnknownPermission(permission)
        return any(permission in VERBS[role] for role in running_roles(user).get(obj, ()))
