"""The views of setting a programme up."""

from .factor_reset import AnswerFactorReset, ProposeFactorReset
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
from .proposals import Proposals

__all__ = [
    "AddContact",
    "AddPartner",
    "AddUsualPartners",
    "AnswerFactorReset",
    "CloseProgramme",
    "CopyProgramme",
    "EditPartner",
    "LinkProgramme",
    "PartnersPage",
    "ProgrammeLife",
    "Proposals",
    "ProposeFactorReset",
    "ReopenProgramme",
    "UsePartner",
    "WithdrawContact",
]
