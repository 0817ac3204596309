"""Models of setting a programme up."""

from .factor_reset import FactorReset

__all__ = ["FactorReset"]
