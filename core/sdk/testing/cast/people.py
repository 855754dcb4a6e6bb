"""Careers from an occupation's templates, as strong or as thin as a fit asks for."""

import random
import unicodedata

from core.sdk.testing.cast import names
from core.sdk.testing.cast.model import CastEducation, CastEmployment, CastPerson
from core.sdk.testing.cast.occupations import OCCUPATIONS, Occupation

NOW = (2026, 11)
_MONTHS = 12


def make_person(dice: random.Random, number: int, occupation: Occupation, fit: str) -> CastPerson:
    """A person whose resume fits the occupation as well as `fit` says."""
    first, last = dice.choice(names.FIRST), dice.choice(names.LAST)
    if fit == "off":
        other = dice.choice([o for o in OCCUPATIONS if o.department != occupation.department])
        return _person(dice, number, first, last, other, "good")
    return _person(dice, number, first, last, occupation, fit)


def _person(
    dice: random.Random, number: int, first: str, last: str, occupation: Occupation, fit: str
) -> CastPerson:
    town = dice.choice(names.TOWNS)
    employments = _career(dice, occupation, fit)
    certified = occupation.certificate and (
        fit in {"strong", "good"} or (fit == "partial" and dice.random() < 0.5)
    )
    handle = _ascii(f"{first}.{last}")
    return CastPerson(
        key=f"p{number}",
        first_name=first,
        last_name=last,
        email=f"{handle}{number}@example.{dice.choice(('com', 'org', 'net'))}",
        phone=make_phone(dice),
        city=town,
        links=(f"https://network.example.com/in/{handle}-{number}",) if dice.random() < 0.5 else (),
        headline=employments[0].title,
        summary=_summary(dice, occupation, fit),
        employments=employments,
        educations=_education(dice, occupation, fit, int(employments[-1].start[:4])),
        skills=_skills(dice, occupation, fit),
        languages=_languages(dice, occupation, fit),
        certifications=(occupation.certificate,) if certified else (),
    )


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(str.maketrans("łŁøØıß", "lLoOis")))
    return "".join(c for c in plain.lower() if c.isascii() and (c.isalnum() or c == "."))


def make_phone(dice: random.Random) -> str:
    """Numbers set aside for fiction (NANPA 555-01xx, Ofcom 07700 900xxx)."""
    if dice.random() < 0.5:
        return f"+1 {dice.randint(200, 989)} 555 01{dice.randint(0, 99):02d}"
    return f"+44 7700 900{dice.randint(0, 999):03d}"


def _years(dice: random.Random, occupation: Occupation, fit: str) -> float:
    asked = occupation.years
    return {
        "strong": asked + dice.uniform(1.5, 6),
        "good": asked + dice.uniform(0.2, 2),
        "partial": max(0.7, asked * dice.uniform(0.5, 0.75)),
        "weak": max(0.4, asked * dice.uniform(0.15, 0.35)),
    }[fit]


def _career(dice: random.Random, occupation: Occupation, fit: str) -> tuple[CastEmployment, ...]:
    months = round(_years(dice, occupation, fit) * _MONTHS)
    deeds = _deeds(dice, occupation, fit)
    parts = 1 if months < 20 else dice.choice((1, 2, 2, 3))
    found: list[CastEmployment] = []
    year, month = NOW
    end: str | None = None
    for place in range(parts):
        length = max(5, months // parts)
        start_year, start_month = _before(year, month, length)
        titles = occupation.juniors if fit == "weak" else occupation.titles
        company = dice.choice(names.COMPANIES)
        share = deeds[place::parts] or deeds[:1]
        found.append(
            CastEmployment(
                company=company,
                title=titles[min(place, len(titles) - 1)],
                start=f"{start_year}-{start_month:02d}",
                end=end,
                bullets=tuple(
                    _fill(dice, text, company) for text in (*share, dice.choice(occupation.chores))
                ),
            )
        )
        year, month = _before(start_year, start_month, dice.choice((0, 0, 1, 2, 7)))
        end = f"{year}-{month:02d}"
    return tuple(found)


def _deeds(dice: random.Random, occupation: Occupation, fit: str) -> list[str]:
    deeds, nice, near = list(occupation.deeds), list(occupation.nice), list(occupation.adjacent)
    for texts in (deeds, nice, near):
        dice.shuffle(texts)
    chosen = {
        "strong": deeds + nice[:2],
        "good": deeds[: max(3, len(deeds) - 1)] + nice[:1],
        "partial": deeds[:2] + near[:2],
        "weak": near[:2],
    }[fit]
    dice.shuffle(chosen)
    return chosen


def _fill(dice: random.Random, text: str, company: str) -> str:
    return text.format(n=dice.randint(2, 9), m=dice.randint(11, 48), place=company)


def _before(year: int, month: int, months: int) -> tuple[int, int]:
    total = year * _MONTHS + month - 1 - months
    return total // _MONTHS, total % _MONTHS + 1


def _summary(dice: random.Random, occupation: Occupation, fit: str) -> str:
    title = occupation.titles[-1] if fit != "weak" else occupation.juniors[0]
    endings = (
        "who likes to leave things tidier than they were.",
        "who listens first and then acts.",
        "looking for a team that takes its work seriously and itself less so.",
        "with a calm head on busy days.",
    )
    return f"{title} {dice.choice(endings)}"


def _education(
    dice: random.Random, occupation: Occupation, fit: str, began: int
) -> tuple[CastEducation, ...]:
    good = fit in {"strong", "good"} or (fit == "partial" and dice.random() < 0.6)
    degree, discipline = occupation.degree if good else occupation.lower_degree
    end = began - dice.choice((0, 0, 1, 2))
    return (
        CastEducation(
            school=dice.choice(names.SCHOOLS),
            degree=degree,
            discipline=discipline,
            start_year=end - 3,
            end_year=end,
        ),
    )


def _skills(dice: random.Random, occupation: Occupation, fit: str) -> tuple[str, ...]:
    keywords = list(occupation.keywords)
    dice.shuffle(keywords)
    if fit == "weak":
        return tuple(keywords)
    return tuple(keywords[: dice.randint(3, len(keywords))])


def _languages(dice: random.Random, occupation: Occupation, fit: str) -> tuple[str, ...]:
    second = dice.choice(
        ("Spanish (B1)", "French (A2)", "Polish (native)", "Portuguese (native)", "Hindi (native)")
    )
    if fit in {"strong", "good"}:
        main = occupation.language
    else:
        main = occupation.language.replace("C1", dice.choice(("B2", "B1", "A2")))
    english = () if main.startswith("English") else ("English (B2)",)
    return (main, *english, second)
