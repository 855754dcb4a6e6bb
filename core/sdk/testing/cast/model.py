"""What a cast consists of: jobs, applications and the answers tests may hold a score against."""

from typing import Literal

import msgspec

from core.sdk.testing.cast.persons import CastPerson
from core.sdk.testing.cast.resume import ResumeFile

Fit = Literal["strong", "good", "partial", "weak", "off"]
"""How well an application fits, as it was written.

strong: every must shown in deeds. good: all but one must, fewer extras. partial: half the years, half the
musts, neighbouring tools. weak: the right words without the work. off: another occupation.
"""

FITS: tuple[Fit, ...] = ("strong", "good", "partial", "weak", "off")
"""Every fit, best first."""


class CastJob(msgspec.Struct, frozen=True, kw_only=True):
    """An open job with the posting candidates saw."""

    key: str
    title: str
    department: str
    location: str
    description_html: str


class CastApplication(msgspec.Struct, frozen=True, kw_only=True):
    """One person's application; `answers` are (question, answer), `fit` is the ground truth."""

    key: str
    person: CastPerson
    job_key: str
    applied_days_ago: int
    source: str
    fit: Fit
    resume: ResumeFile | None
    cover_letter: str | None
    answers: tuple[tuple[str, str], ...]


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody and everything a demo account is seeded from."""

    jobs: tuple[CastJob, ...]
    applications: tuple[CastApplication, ...]
