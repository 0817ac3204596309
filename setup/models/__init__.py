"""Models of setting a programme up."""

from .factor_reset import FactorReset
from .invitation import Invitation

__all__ = ["FactorReset", "Invitation"]
