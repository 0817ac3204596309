from .factor_reset import FactorReset
from .invitation import Invitation

__all__ = ["FactorReset", "Invitation"]
