from .agreement import Agreement
from .appointment import Appointment
from .definition import Expectation, GoalDefinition
from .facts import Match, Pause, Residence, StatusChange
from .field_change import FieldChange
from .housing_area import AreaSpell, HousingArea
from .key_figure import KeyFigure
from .meeting import Attendance, AttendanceOutcome, Meeting, MeetingFormat
from .membership import Membership, Role
from .mentee import Gender, Mentee
from .partner_contact import PartnerContact
from .programme import Partner, Programme, Topic
from .status import Status
from .strike import Strike
from .submission import Submission
from .substitution import Substitution
from .transfer import Transfer

__all__ = [
    "Agreement",
    "Appointment",
    "AreaSpell",
    "Attendance",
    "AttendanceOutcome",
    "Expectation",
    "FieldChange",
    "Gender",
    "GoalDefinition",
    "HousingArea",
    "KeyFigure",
    "Match",
    "Meeting",
    "MeetingFormat",
    "Membership",
    "Mentee",
    "Partner",
    "PartnerContact",
    "Pause",
    "Programme",
    "Residence",
    "Role",
    "Status",
    "StatusChange",
    "Strike",
    "Submission",
    "Substitution",
    "Topic",
    "Transfer",
]
