"""The views of setting a programme up."""

from .areas import AreaPage, Areas, RenameArea, UseArea
from .definitions import (
    AnswerExpectation,
    AnswerGoal,
    Expectations,
    Goal,
    WithdrawExpectation,
    WithdrawGoal,
)
from .end_role import EndRole
from .factor_reset import AnswerFactorReset, ProposeFactorReset
from .invitations import AcceptInvitation, OpenInvitation
from .key_figures import KeyFigures, WithdrawKeyFigure
from .partners import (
    AddContact,
    AddPartner,
    AddUsualPartners,
    EditPartner,
    PartnersPage,
    UsePartner,
    WithdrawContact,
)
from .people import Invite, People, SendAgain, WithdrawInvitation
from .programme_life import (
    CloseProgramme,
    CopyProgramme,
    LinkProgramme,
    ProgrammeLife,
    ReopenProgramme,
)
from .proposals import Proposals
from .steps import (
    AreasStep,
    BeginStep,
    GoalStep,
    NameStep,
    NewProgramme,
    PartnersStep,
    PeopleStep,
    PrivacyStep,
    SetUp,
)

__all__ = [
    "AcceptInvitation",
    "AddContact",
    "AddPartner",
    "AddUsualPartners",
    "AnswerExpectation",
    "AnswerFactorReset",
    "AnswerGoal",
    "AreaPage",
    "Areas",
    "AreasStep",
    "BeginStep",
    "CloseProgramme",
    "CopyProgramme",
    "EditPartner",
    "EndRole",
    "Expectations",
    "Goal",
    "GoalStep",
    "Invite",
    "KeyFigures",
    "LinkProgramme",
    "NameStep",
    "NewProgramme",
    "OpenInvitation",
    "PartnersPage",
    "PartnersStep",
    "People",
    "PeopleStep",
    "PrivacyStep",
    "ProgrammeLife",
    "Proposals",
    "ProposeFactorReset",
    "RenameArea",
    "ReopenProgramme",
    "SendAgain",
    "SetUp",
    "UseArea",
    "UsePartner",
    "WithdrawContact",
    "WithdrawExpectation",
    "WithdrawGoal",
    "WithdrawInvitation",
    "WithdrawKeyFigure",
]
