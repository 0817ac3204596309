"""The pages about young people, meetings and agreements: a module a noun."""

from .agreements import CloseAgreement, MakeAgreement, PlanAppointment
from .corrections import CorrectMeeting, WithdrawMeeting
from .facts import ChangeStatus, EndPause, MatchMentor, Move, PauseMentee, WithdrawFact
from .meetings import RecordMeeting
from .mentee import EditMentee, MenteePage, TakeIn
from .mentees import MenteeList
from .programme import AddSubstitution, AddTopic, ChangeTopic, EndSubstitution, ProgrammePage, SetDrafts, SetTwoToIssue
from .quick import quick_record, undo_quick_record
from .week import MyWeek

__all__ = [
    "AddSubstitution",
    "AddTopic",
    "ChangeStatus",
    "ChangeTopic",
    "CloseAgreement",
    "CorrectMeeting",
    "EditMentee",
    "EndPause",
    "EndSubstitution",
    "MakeAgreement",
    "MatchMentor",
    "MenteeList",
    "MenteePage",
    "Move",
    "MyWeek",
    "PauseMentee",
    "PlanAppointment",
    "ProgrammePage",
    "RecordMeeting",
    "SetDrafts",
    "SetTwoToIssue",
    "TakeIn",
    "WithdrawFact",
    "WithdrawMeeting",
    "quick_record",
    "undo_quick_record",
]
