"""What each role may do. Whom a user may see: `visible_to`."""

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
    "reporting.draft_report",  # and read all reports
    "reporting.read_reports",
    "reporting.answer_proposals",  # as the second person
    "setup.see_people",
    "setup.invite_mentors",  # and end their roles
    "setup.set_up",  # the steps of a new programme
}

VERBS = {
    Role.MENTOR: frozenset(MENTOR),
    Role.COORDINATOR: frozenset(COORDINATOR),
    Role.COMMITTEE: frozenset({"reporting.read_reports", "reporting.read_committee_reports"}),
    Role.FOLLOW_GROUP: frozenset({"reporting.read_reports", "reporting.read_follow_group_reports"}),
    Role.OPERATOR: frozenset(
        {
            "accounts.manage_members",
            "setup.see_people",
            "setup.set_up",
            "reporting.answer_proposals",
        }
    ),
}
KNOWN = frozenset().union(*VERBS.values())


class UnknownPermission(Exception):
    """A misspelt permission.

    No LookupError: templates would treat it as a missing variable.
    """


class RolesBackend:
    """`user.has_perm(permission, programme)`; False without a programme.

    Raise UnknownPermission for a permission no role has.
    """

    def authenticate(self, request, **credentials):
        return None

    def has_perm(self, user, permission, obj=None):
        if permission not in KNOWN:
            raise UnknownPermission(permission)
        return any(permission in VERBS[role] for role in running_roles(user).get(obj, ()))
