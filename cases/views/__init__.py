from .agreements import CloseAgreement, MakeAgreement, PlanAppointment
from .corrections import CorrectMeeting, WithdrawMeeting
from .facts import ChangeArea, ChangeStatus, EndPause, MatchMentor, PauseMentee, WithdrawFact
from .meetings import RecordMeeting
from .mentee import EditMentee, MenteePage, TakeIn
from .mentees import MenteeList
from .my_week import MyWeek
from .one_tap import RecordOutcome
from .programme import (
    AddSubstitution,
    AddTopic,
    ChangeTopic,
    EndSubstitution,
    ProgrammePage,
    SetDrafts,
    SetFactorForReaders,
    SetPhones,
    SetSubstituteSight,
)
from .strikes import AnswerStrike, AskToStrike
from .undo import Undo

__all__ = [
    "AddSubstitution",
    "AddTopic",
    "AnswerStrike",
    "AskToStrike",
    "ChangeArea",
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
    "MyWeek",
    "PauseMentee",
    "PlanAppointment",
    "ProgrammePage",
    "RecordMeeting",
    "RecordOutcome",
    "SetDrafts",
    "SetFactorForReaders",
    "SetPhones",
    "SetSubstituteSight",
    "TakeIn",
    "Undo",
    "WithdrawFact",
    "WithdrawMeeting",
]
