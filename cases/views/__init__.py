"""The pages about young people, meetings and agreements: a module a noun."""

from .agreements import CloseAgreement, MakeAgreement, PlanAppointment
from .facts import ChangeStatus, EndPause, MatchMentor, Move, PauseMentee, WithdrawFact
from .meetings import CorrectMeeting, RecordMeeting, WithdrawMeeting, quick_record, undo_quick_record
from .mentee import EditMentee, MenteePage, TakeIn
from .mentees import MenteeList
from .week import MyWeek

__all__ = [
    "ChangeStatus",
    "CloseAgreement",
    "CorrectMeeting",
    "EditMentee",
    "EndPause",
    "MakeAgreement",
    "MatchMentor",
    "MenteeList",
    "MenteePage",
    "Move",
    "MyWeek",
    "PauseMentee",
    "PlanAppointment",
    "RecordMeeting",
    "TakeIn",
    "WithdrawFact",
    "WithdrawMeeting",
    "quick_record",
    "undo_quick_record",
]
