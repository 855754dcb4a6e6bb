"""Fills an account: from the cast every twin shares, or from documents somebody brings along."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from core.sdk.testing.twin import TwinClock
from plugins.greenhouse.twin import people, pipeline
from plugins.greenhouse.twin.account import Account, Content, Row
from plugins.greenhouse.twin.furniture import option_named
from plugins.greenhouse.twin.hand import Hand
from plugins.greenhouse.twin.history import progress

if TYPE_CHECKING:
    from core.sdk.testing.cast import Cast, CastApplication, CastEducation, CastJob, CastPerson

_YEAR = timedelta(days=365)


def seed_account(cast: "Cast", *, now: datetime | None = None) -> Account:
    """The cast as a Greenhouse account.

    A person with two applications becomes one candidate. Every ninth application has moved on, every
    eleventh is rejected, one is hired, and one person, the first of all, is a prospect.
    """
    end = now or TwinClock()()
    hand = Hand(end - _YEAR)
    jobs = _jobs(hand, cast.jobs, end)
    candidates: dict[str, int] = {}
    ordered = sorted(cast.applications, key=lambda entry: (-entry.applied_days_ago, entry.key))
    longest = max((entry.applied_days_ago for entry in ordered), default=0)
    hand.until(end - timedelta(days=longest, hours=1))
    _prospect(hand)
    for number, entry in enumerate(ordered):
        # seconds keep the order among those of one day and nobody applies in the future
        hand.until(end - timedelta(days=entry.applied_days_ago, seconds=len(ordered) - number))
        if entry.person.key not in candidates:
            candidates[entry.person.key] = _candidate(hand, entry.person)
        application = _application(hand, entry, candidates[entry.person.key], jobs[entry.job_key])
        progress(hand, application, number)
    return hand.account


def seed_from_documents(
    jobs: Sequence[tuple[str, str]],
    resumes: Mapping[str, Sequence[tuple[str, str, bytes]]],
    *,
    now: datetime | None = None,
) -> Account:
    """An account of the given jobs (title, HTML) and resumes (name, filename, bytes) by job title.

    A name seen twice is one candidate with two applications.
    """
    end = now or TwinClock()()
    hand = Hand(end - timedelta(days=60))
    made = {title: hand.job(title=title, content=html) for title, html in jobs}
    hand.until(end - timedelta(days=30))
    candidates: dict[str, int] = {}
    for title, files in resumes.items():
        for name, filename, content in files:
            hand.clock.advance(60)
            if name not in candidates:
                first, _, last = name.partition(" ")
                candidates[name] = people.create_candidate(
                    hand.world, {"first_name": first, "last_name": last or "-"}
                )["id"]
            hand.apply(candidates[name], made[title], files=[("resume", filename, content)])
    return hand.account


def _jobs(hand: Hand, jobs: Sequence["CastJob"], end: datetime) -> dict[str, Row]:
    hand.until(end - timedelta(days=200))
    made = {}
    for job in jobs:
        hand.clock.advance(3600)
        made[job.key] = hand.job(
            title=job.title, content=job.description_html, location=job.location, department=job.department
        )
    return made


def _candidate(hand: Hand, person: "CastPerson") -> int:
    current = next((e for e in person.employments if not e.end), None)
    row = people.create_candidate(
        hand.world,
        {
            "first_name": person.first_name,
            "last_name": person.last_name,
            "company": current.company if current else None,
            "title": current.title if current else person.headline or None,
            "email_addresses": _typed([person.email], "personal"),
            "phone_numbers": _typed([person.phone], "mobile"),
            "addresses": _typed([person.city], "home"),
            "website_addresses": _typed(list(person.links), "personal"),
        },
    )
    for employment in person.employments:
        hand.account.add(
            "candidate_employments",
            hand.clock(),
            candidate_id=row["id"],
            company_name=employment.company,
            title=employment.title,
            start_date=_day(employment.start),
            end_date=_day(employment.end) if employment.end else None,
            latest=employment is current,
        )
    for number, education in enumerate(person.educations):
        _education(hand, row["id"], education, latest=number == 0)
    return int(row["id"])


def _education(hand: Hand, candidate_id: int, education: "CastEducation", *, latest: bool) -> None:
    start, end = education.start_year, education.end_year
    option = partial(option_named, hand.account, hand.clock())
    hand.account.add(
        "candidate_educations",
        hand.clock(),
        candidate_id=candidate_id,
        school_name_custom_field_option_id=option("school_name", education.school),
        degree_custom_field_option_id=option("degree", education.degree),
        discipline_custom_field_option_id=option("discipline", education.discipline),
        start_at=f"{start}-09-01T00:00:00.000Z" if start else None,
        end_at=f"{end}-06-30T00:00:00.000Z" if end else None,
        start_date_year=start or None,
        end_date_year=end or None,
        latest=latest,
    )


def _application(hand: Hand, entry: "CastApplication", candidate_id: int, job: Row) -> Row:
    files: list[tuple[str, str, Content]] = []
    if entry.resume is not None:
        files.append(("resume", entry.resume.filename, entry.resume.content))
    if entry.cover_letter:
        files.append(("cover_letter", "cover_letter.txt", entry.cover_letter.encode()))
    return hand.apply(
        candidate_id,
        job,
        files=files,
        source_id=_source(hand, entry.source),
        location_address=entry.person.city or None,
        answers=[{"question": question, "answer": answer} for question, answer in entry.answers],
    )


def _source(hand: Hand, name: str) -> int:
    known = hand.account.first("sources", name=name)
    if known is None:
        kind = hand.account.all("sources")[0]["type"]
        known = hand.account.add("sources", hand.clock(), name=name, type=kind)
    return int(known["id"])


def _prospect(hand: Hand) -> None:
    row = people.create_candidate(
        hand.world,
        {
            "first_name": "Noor",
            "last_name": "Castellan",
            "email_addresses": _typed(["noor@prospect.example"], "personal"),
        },
    )
    jobs = [job["id"] for job in hand.account.all("jobs")[:1]]
    pipeline.apply(hand.world, candidate_id=row["id"], job_id=None, prospective_job_ids=jobs)


def _typed(values: Sequence[str], kind: str) -> list[dict[str, str]]:
    return [{"value": value, "type": kind} for value in values if value]


def _day(month: str) -> str:
    return (
        f"{month}-01" if len(month) == 7 else f"{month}-01-01" if len(month) == 4 else month or "2000-01-01"
    )
