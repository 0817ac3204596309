"""The models, one module per subject."""

from .agreement import Agreement
from .appointment import Appointment
from .facts import Match, Pause, Residence, StatusChange
from .meeting import Attendance, AttendanceOutcome, Meeting, MeetingFormat
from .membership import Membership, Role
from .mentee import Gender, Mentee
from .programme import HousingArea, KeyFigure, Partner, Programme, Topic
from .status import Status
from .substitution import Substitution

__all__ = [
    "Agreement",
    "Appointment",
    "Attendance",
    "AttendanceOutcome",
    "Gender",
    "HousingArea",
    "KeyFigure",
    "Match",
    "Meeting",
    "MeetingFormat",
    "Membership",
    "Mentee",
    "Partner",
    "Pause",
    "Programme",
    "Residence",
    "Role",
    "Status",
    "StatusChange",
    "Substitution",
    "Topic",
]
