"""The views of setting a programme up."""

from .definitions import Expectations, Goal, WithdrawExpectation, WithdrawGoal
from .partners import (
    AddContact,
    AddPartner,
    AddUsualPartners,
    EditPartner,
    PartnersPage,
    UsePartner,
    WithdrawContact,
)
from .programme_life import (
    CloseProgramme,
    CopyProgramme,
    LinkProgramme,
    ProgrammeLife,
    ReopenProgramme,
)

__all__ = [
    "AddContact",
    "AddPartner",
    "AddUsualPartners",
    "CloseProgramme",
    "CopyProgramme",
    "EditPartner",
    "Expectations",
    "Goal",
    "LinkProgramme",
    "PartnersPage",
    "ProgrammeLife",
    "ReopenProgramme",
    "UsePartner",
    "WithdrawContact",
    "WithdrawExpectation",
    "WithdrawGoal",
]
