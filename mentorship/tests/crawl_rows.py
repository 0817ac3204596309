"""What each user may read, counted from the rows alone.

Written apart from `visible_to`: no queryset of the product's is asked, only its tables.
"""

from cases.models import (
    Attendance,
    GoalDefinition,
    Match,
    Membership,
    Mentee,
    Partner,
    PartnerContact,
    Role,
    Substitution,
    Transfer,
)
from reporting.models import IssuedReport, ReportDraft, ReportWithdrawal
from setup.models import Invitation
from web.dates import today

# Operators invite people and set up; of the young people they change nothing.
WRITERS = (Role.MENTOR, Role.COORDINATOR, Role.OPERATOR)
SECOND = (Role.COORDINATOR, Role.OPERATOR)  # who may agree to a proposal


def rows_of(model):
    return list(model._base_manager.values())


def runs(row):
    return row["starts_on"] <= today() and all(
        row.get(day) is None or row[day] >= today() for day in ("ends_on", "ended_on")
    )


class Rights:
    """The programmes of a user's roles today, and the keys of the rows they may read."""

    def __init__(self, user):
        self.user = user
        memberships = rows_of(Membership)
        mine = [
            row for row in memberships if user.is_active and row["user_id"] == user.pk and runs(row)
        ]
        self.roles = {(row["programme_id"], row["role"]) for row in mine}
        self.programmes = {programme for programme, _ in self.roles}
        self.mentees = {row["id"] for row in rows_of(Mentee) if self.sees(row)}
        self.own = {row["id"] for row in rows_of(Mentee) if self.sees(row, as_substitute=False)}
        self.meetings = {
            row["meeting_id"] for row in rows_of(Attendance) if row["mentee_id"] in self.mentees
        }
        self.attended = {
            row["mentee_id"] for row in rows_of(Attendance) if row["meeting_id"] in self.meetings
        }
        self.reports = {row["id"] for row in rows_of(IssuedReport) if self.reads(row)}
        self.drafts = {
            row["id"]
            for row in rows_of(ReportDraft)
            if (row["programme_id"], Role.COORDINATOR) in self.roles
        }
        reports = {row["id"]: row["programme_id"] for row in rows_of(IssuedReport)}
        self.withdrawals = {
            row["id"]
            for row in rows_of(ReportWithdrawal)
            if {(reports[row["report_id"]], role) for role in SECOND} & self.roles
        }
        self.transfers = {
            row["id"]
            for row in rows_of(Transfer)
            if {row["mentee_id"], row["entered_id"]} & self.mentees
        }
        partners = {row["id"]: row["programme_id"] for row in rows_of(Partner)}
        self.contacts = {
            row["id"]
            for row in rows_of(PartnerContact)
            if (partners[row["partner_id"]], Role.COORDINATOR) in self.roles
        }
        self.invitations, self.goals = (
            {
                row["id"]
                for row in rows_of(model)
                if {(row["programme_id"], role) for role in SECOND} & self.roles
            }
            for model in (Invitation, GoalDefinition)
        )
        self.colleagues = {user.pk} | {
            row["user_id"] for row in memberships if row["programme_id"] in self.programmes
        }

    def sees(self, mentee, as_substitute=True):
        programme = mentee["programme_id"]
        if (programme, Role.COORDINATOR) in self.roles:
            return True
        if (programme, Role.MENTOR) not in self.roles:
            return False
        mentor = mentor_today(mentee["id"])
        if mentor == self.user.pk or not as_substitute:
            return mentor == self.user.pk
        return any(
            row["substitute_id"] == self.user.pk
            and row["mentor_id"] == mentor
            and row["programme_id"] == programme
            and row["withdrawn_at"] is None
            and runs(row)
            for row in rows_of(Substitution)
        )

    def reads(self, report):
        programme = report["programme_id"]
        return (
            (programme, Role.COORDINATOR) in self.roles
            or (report["to_committee"] and (programme, Role.COMMITTEE) in self.roles)
            or (report["to_follow_group"] and (programme, Role.FOLLOW_GROUP) in self.roles)
        )

    def allow(self, secret):
        """Whether the user may read what the Secret is about."""
        return (
            secret.key
            in {
                "Mentee": self.mentees,
                "OldNote": self.own,  # a substitute reads the last weeks
                "Meeting": self.meetings,
                "IssuedReport": self.reports,
                "ReportDraft": self.drafts,
                "ReportWithdrawal": self.withdrawals,
                "User": self.colleagues,
                "Transfer": self.transfers,
                "PartnerContact": self.contacts,
                "Invitation": self.invitations,
                "GoalDefinition": self.goals,
            }[secret.kind]
        )


def mentor_today(mentee):
    """Return the key of the mentor, or None: the latest day decides, then the latest record."""
    matches = [
        row
        for row in rows_of(Match)
        if row["mentee_id"] == mentee
        and row["withdrawn_at"] is None
        and row["effective_on"] <= today()
    ]
    if not matches:
        return None
    order = ("effective_on", "recorded_at", "id")
    return max(matches, key=lambda row: [row[name] for name in order])["mentor_id"]
