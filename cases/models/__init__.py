"""What is true about people and meetings: one module a noun."""

from .agreement import Agreement, Appointment
from .facts import Match, Pause, Residence, StatusChange
from .meeting import Attendance, Form, Meeting, Outcome
from .mentee import Gender, Mentee
from .people import Membership, Role
from .programme import HousingArea, KeyFigure, Partner, Programme, Topic
from .status import Status
from .substitution import Substitution

__all__ = [
    "Agreement",
    "Appointment",
    "Attendance",
    "Form",
    "Gender",
    "HousingArea",
    "KeyFigure",
    "Match",
    "Meeting",
    "Membership",
    "Mentee",
    "Outcome",
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
