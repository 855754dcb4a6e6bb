"""A person of the cast as their documents tell it."""

import msgspec


class CastEmployment(msgspec.Struct, frozen=True, kw_only=True):
    """One position; `start` and `end` are `YYYY-MM`, `end` is None while it lasts."""

    company: str
    title: str
    start: str
    end: str | None
    bullets: tuple[str, ...] = ()


class CastEducation(msgspec.Struct, frozen=True, kw_only=True):
    """One completed course of study or apprenticeship."""

    school: str
    degree: str
    discipline: str
    start_year: int
    end_year: int


class CastPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who applies; employments and educations are newest first, languages read `German (C1)`."""

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

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}"
