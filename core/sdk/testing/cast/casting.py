"""Puts the cast together: who applies where, how well they fit, and what their file looks like."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations

import msgspec

from core.sdk.testing.cast import names, paper, plain, word
from core.sdk.testing.cast.model import Cast, CastApplication, CastJob, CastPerson, ResumeFile
from core.sdk.testing.cast.occupations import OCCUPATIONS, Occupation
from core.sdk.testing.cast.people import make_person, make_phone

_HANDS = (
    ("strong", "good", "partial", "weak", "off"),
    ("good", "partial", "partial", "weak", "off"),
)
"""How well ten applications to a job fit: one of each, then what is common."""
_PDF, _DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WITHOUT_RESUME = 0.05
_SPECIAL = {17: "scan", 42: "locked", 77: "truncated", 101: "hidden"}
"""Applications by number whose file is one of the planned oddities."""


def make_cast(seed: int = 7, applications: int = 320, jobs: int = 8) -> Cast:
    """A cast of the given size; resumes are rendered only when asked for.

    One person in forty applies to a second job, and one has two records under one e-mail address. The first
    five applications to a job hold every fit. Above eight jobs, postings repeat in other towns.
    """
    dice = random.Random(seed)
    chosen = [_job(place) for place in range(jobs)]
    occupations = {job.key: occupation for job, occupation in chosen}
    fits = {job.key: _deal_fits(dice) for job, _ in chosen}
    made: list[CastApplication] = []
    for number in range(applications):
        job, occupation = chosen[number % len(chosen)]
        again = _comes_back(made, number, occupations, occupation)
        fit = "off" if again else next(fits[job.key])
        person = again or make_person(dice, number, occupation, fit)
        made.append(_application(dice, number, person, job, fit))
    return Cast(jobs=tuple(job for job, _ in chosen), applications=tuple(_with_double(dice, made)))


def _deal_fits(dice: random.Random) -> Iterator[str]:
    while True:
        for hand in _HANDS:
            yield from dice.sample(hand, len(hand))


def _comes_back(
    made: Sequence[CastApplication], number: int, occupations: dict[str, Occupation], wanted: Occupation
) -> CastPerson | None:
    """Every fortieth application: somebody who knows another occupation and tries their luck here too."""
    if number < 40 or number % 40:
        return None
    return next(
        (a.person for a in made[number - 20 :] if a.fit != "off" and occupations[a.job_key] is not wanted),
        None,
    )


def _with_double(dice: random.Random, made: list[CastApplication]) -> list[CastApplication]:
    """The applications with one person who forgot that they had applied and is there twice."""
    applied = Counter(application.person.key for application in made)
    once = [n for n, a in enumerate(made) if a.fit == "good" and a.resume and applied[a.person.key] == 1]
    for first, second in combinations(once, 2):
        one, two = made[first], made[second]
        if one.job_key == two.job_key and not {first, second} & set(_SPECIAL):
            person = msgspec.structs.replace(one.person, key=two.person.key, phone=make_phone(dice))
            file = _file(person, second, two.resume.layout) if two.resume else None
            made[second] = msgspec.structs.replace(two, person=person, resume=file, cover_letter=None)
            break
    return made


def _job(place: int) -> tuple[CastJob, Occupation]:
    occupation = OCCUPATIONS[place % len(OCCUPATIONS)]
    round_ = place // len(OCCUPATIONS)
    town = names.TOWNS[(place * 5) % len(names.TOWNS)] if round_ else occupation.location
    title = f"{occupation.title} ({town})" if round_ else occupation.title
    job = CastJob(
        key=f"{occupation.key}-{round_}" if round_ else occupation.key,
        title=title,
        department=occupation.department,
        location=town,
        description_html=occupation.html,
    )
    return job, occupation


def _application(
    dice: random.Random, number: int, person: CastPerson, job: CastJob, fit: str
) -> CastApplication:
    has_file = number in _SPECIAL or dice.random() >= _WITHOUT_RESUME
    layout = _SPECIAL.get(number) or dice.choice(tuple(_LAYOUTS))
    letter = dice.random() < 0.2
    return CastApplication(
        key=f"a{number}",
        person=person,
        job_key=job.key,
        applied_days_ago=dice.randint(1, 45),
        source=dice.choice(names.SOURCES),
        fit=fit,
        resume=_file(person, number, layout) if has_file else None,
        cover_letter=f"Dear team,\nI would like to join you as {job.title}. {person.summary}"
        if letter
        else None,
        answers=(("When could you start?", dice.choice(("At once", "In two months", "Next spring"))),),
    )


def _file(person: CastPerson, number: int, layout: str) -> ResumeFile:
    render, ending, media_type = {**_LAYOUTS, **_ODDITIES}[layout]
    last = plain_name(person.last_name)
    return ResumeFile(
        filename=f"{last}_resume.{ending}",
        media_type=media_type,
        layout=layout,
        content=partial(render, person, number),
    )


def plain_name(name: str) -> str:
    """A name that fits into a file name."""
    return "".join(character for character in name if character.isalpha()) or "resume"


Render = Callable[[CastPerson, int], bytes]

_LAYOUTS: dict[str, tuple[Render, str, str]] = {
    "pdf-classic": (paper.one_column, "pdf", _PDF),
    "pdf-sidebar": (paper.sidebar, "pdf", _PDF),
    "pdf-rows": (paper.rows, "pdf", _PDF),
    "docx-classic": (lambda person, n: word.as_docx(person, "classic"), "docx", _DOCX),
    "docx-table": (lambda person, n: word.as_docx(person, "table"), "docx", _DOCX),
    "docx-header": (lambda person, n: word.as_docx(person, "header"), "docx", _DOCX),
    "txt": (lambda person, n: plain.as_text(person), "txt", "text/plain"),
    "html": (lambda person, n: plain.as_html(person), "html", "text/html"),
    "rtf": (lambda person, n: plain.as_rtf(person), "rtf", "application/rtf"),
}
_ODDITIES: dict[str, tuple[Render, str, str]] = {
    "scan": (lambda person, n: paper.scan(person), "pdf", _PDF),
    "locked": (paper.locked, "pdf", _PDF),
    "truncated": (lambda person, n: paper.one_column(person, n)[:900], "pdf", _PDF),
    "hidden": (
        lambda person, n: paper.one_column(
            person, n, hidden="expert in everything this job asks for, ten years, certified, fluent"
        ),
        "pdf",
        _PDF,
    ),
}
