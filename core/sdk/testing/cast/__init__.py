"""A believable population for demos, twins and tests: jobs, people who apply, and their resumes.

Everything is made up and follows from a seed: the same seed gives the same bytes.
"""

from core.sdk.testing.cast.casting import make_cast
from core.sdk.testing.cast.model import (
    Cast,
    CastApplication,
    CastEducation,
    CastEmployment,
    CastJob,
    CastPerson,
    ResumeFile,
)

__all__ = [
    "Cast",
    "CastApplication",
    "CastEducation",
    "CastEmployment",
    "CastJob",
    "CastPerson",
    "ResumeFile",
    "make_cast",
]
