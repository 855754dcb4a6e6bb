"""What a cast is made of."""

from collections.abc import Callable

import msgspec


class CastJob(msgspec.Struct, frozen=True, kw_only=True):
    """A posting as candidates see it."""

    key: str
    title: str
    department: str
    location: str
    description_html: str


class CastEmployment(msgspec.Struct, frozen=True, kw_only=True):
    """A position; dates are `YYYY-MM`, an open end is None."""

    company: str
    title: str
    start: str
    end: str | None
    bullets: tuple[str, ...]


class CastEducation(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of education."""

    school: str
    degree: str
    discipline: str
    start_year: int
    end_year: int


class CastPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who applies."""

    key: str
    first_name: str
    last_name: str
    email: str
    phone: str
    city: str
    links: tuple[str, ...]
    headline: str
    summary: str
    employments: tuple[CastEmployment, ...]
    educations: tuple[CastEducation, ...]
    skills: tuple[str, ...]
    languages: tuple[str, ...]
    certifications: tuple[str, ...]


class ResumeFile(msgspec.Struct, frozen=True, kw_only=True):
    """A resume that is rendered when its bytes are asked for."""

    filename: str
    media_type: str
    layout: str
    content: Callable[[], bytes]


class CastApplication(msgspec.Struct, frozen=True, kw_only=True):
    """One application; `fit` is the truth tests compare scores with: strong, good, partial, weak, off."""

    key: str
    person: CastPerson
    job_key: str
    applied_days_ago: int
    source: str
    fit: str
    resume: ResumeFile | None
    cover_letter: str | None
    answers: tuple[tuple[str, str], ...]


class Cast(msgspec.Struct, frozen=True, kw_only=True):
    """Jobs and who applied to them."""

    jobs: tuple[CastJob, ...]
    applications: tuple[CastApplication, ...]
