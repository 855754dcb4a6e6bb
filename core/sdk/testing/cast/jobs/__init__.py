"""The occupations of the cast, each in its own module."""

from core.sdk.testing.cast.jobs import data_engineer
from core.sdk.testing.cast.occupation import Occupation

OCCUPATIONS: tuple[Occupation, ...] = (data_engineer.OCCUPATION,)
"""In the order in which `make_cast` opens them."""

__all__ = ["OCCUPATIONS"]
