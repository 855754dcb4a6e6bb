"""Fills an account: from the cast every twin shares, or from documents somebody brings along."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from mimetypes import guess_type
from typing import Any, Protocol

from core.sdk.testing.twin import TwinClock
from plugins.greenhouse.twin import people, pipeline, postings
from plugins.greenhouse.twin.account import Account, Row, stamp
from plugins.greenhouse.twin.furniture import furnish, option_named
from plugins.greenhouse.twin.settings import TwinSettings
from plugins.greenhouse.twin.world import World

_YEAR = timedelta(days=365)


class _Hand:
    """Seeds through the same acts as everybody, on a clock that stands where the story is."""

    def __init__(self, start: datetime) -> None:
        self.account = Account()
        self._start = start
        self.clock = TwinClock(start, frozen=True)
        self.world = World(self.account, TwinSettings(), self.clock)
        furnish(self.account, start)

    def until(self, moment: datetime) -> None:
        """Go on to the moment; never back, so that ids and times rise together."""
        self.clock.advance(max(0.0, (moment - self.clock()).total_seconds()))

    def first(self, resource: str, **values: Any) -> int:
        row = self.account.first(resource, **values)
        assert row, f"The furniture has no {resource} like {values}."
        return int(row["id"])

    def job(self, *, title: str, content: str, location: str = "", department: str = "") -> Row:
        """An open job with a recruiter and a hiring manager."""
        known = self.account.first("departments", name=department or "Engineering")
        if known is None:
            known = self.account.add("departments", self.clock(), name=department)
        job = postings.open_job(
            self.world,
            title=title,
            content=content,
            location=location,
            department_id=known["id"],
            office_ids=[self.first("offices", name="Berlin")],
            requisition_id=f"REQ-{len(self.account.tables['jobs'].ids) + 1:03d}",
            custom_fields={"employment_type": "Full-time"},
        )
        recruiter, manager = (
            self.first("users", first_name="Chiara"),
            self.first("users", first_name="Dmitri"),
        )
        self.account.add(
            "job_owners",
            self.clock(),
            job_id=job["id"],
            user_id=recruiter,
            type="recruiter",
            responsible=True,
        )
        self.account.add("job_hiring_managers", self.clock(), job_id=job["id"], user_id=manager)
        role = self.first("user_roles", role_type="job_admin")
        for user in (recruiter, manager):
            self.account.add(
                "user_job_permissions", self.clock(), job_id=job["id"], user_id=user, role_id=role
            )
        return job

    def apply(
        self, candidate_id: int, job: Row, *, files: Iterable[tuple[str, str, bytes]], **values: Any
    ) -> Row:
        """An application through the job's post, with files of (type, filename, bytes)."""
        post = self.account.first("job_posts", job_id=job["id"])
        row = pipeline.apply(
            self.world,
            candidate_id=candidate_id,
            job_id=job["id"],
            job_post_id=post["id"] if post else None,
            recruiter_id=self.first("users", first_name="Chiara"),
            **values,
        )
        for kind, filename, content in files:
            media_type = guess_type(filename)[0] or "application/octet-stream"
            people.attach(
                self.world, row, kind=kind, filename=filename, media_type=media_type, content=content
            )
        return row


class CastLike(Protocol):
    """The part of `core.sdk.testing.cast.Cast` that is used."""

    @property
    def jobs(self) -> Sequence[Any]: ...

    @property
    def applications(self) -> Sequence[Any]: ...


def seed_account(cast: CastLike, *, now: datetime | None = None) -> Account:
    """The cast as a Greenhouse account.

    A person with two applications becomes one candidate. Every ninth application has moved on, every
    eleventh is rejected, one is hired, and one person is a prospect.
    """
    end = now or TwinClock()()
    hand = _Hand(end - _YEAR)
    jobs = _jobs(hand, cast.jobs, end)
    candidates: dict[str, int] = {}
    ordered = sorted(cast.applications, key=lambda entry: (-entry.applied_days_ago, entry.key))
    for number, entry in enumerate(ordered):
        hand.until(end - timedelta(days=entry.applied_days_ago) + timedelta(seconds=number))
        person = _person_key(entry.person)
        if person not in candidates:
            candidates[person] = _candidate(hand, entry.person)
        application = _application(hand, entry, candidates[person], jobs[entry.job_key])
        _progress(hand, application, number)
    _prospect(hand)
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
    hand = _Hand(end - timedelta(days=60))
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


def _jobs(hand: _Hand, jobs: Sequence[Any], end: datetime) -> dict[str, Row]:
    hand.until(end - timedelta(days=200))
    made = {}
    for job in jobs:
        hand.clock.advance(3600)
        made[job.key] = hand.job(
            title=job.title, content=job.description_html, location=job.location, department=job.department
        )
    return made


def _person_key(person: Any) -> str:
    return str(getattr(person, "key", "") or person.email or f"{person.first_name} {person.last_name}")


def _candidate(hand: _Hand, person: Any) -> int:
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


def _education(hand: _Hand, candidate_id: int, education: Any, *, latest: bool) -> None:
    start, end = education.start_year, education.end_year
    option: Callable[[str, str], int | None] = lambda key, name: option_named(  # noqa: E731
        hand.account, hand.clock(), key, name
    )
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


def _application(hand: _Hand, entry: Any, candidate_id: int, job: Row) -> Row:
    files = [
        (kind, document.filename, document.content())
        for kind, document in (("resume", entry.resume), ("cover_letter", entry.cover_letter))
        if document is not None
    ]
    return hand.apply(
        candidate_id,
        job,
        files=files,
        source_id=_source(hand, entry.source),
        location_address=entry.person.city or None,
        answers=[_answer(item) for item in entry.answers],
    )


def _source(hand: _Hand, name: str) -> int:
    known = hand.account.first("sources", name=name)
    if known is None:
        kind = hand.account.all("sources")[0]["type"]
        known = hand.account.add("sources", hand.clock(), name=name, type=kind)
    return int(known["id"])


def _answer(item: Any) -> dict[str, str]:
    question, answer = item if isinstance(item, tuple) else (item.question, item.answer)
    return {"question": question, "answer": answer}


def _progress(hand: _Hand, application: Row, number: int) -> None:
    """Let some applications have a past."""
    stage, reason = application["_job_interview_stage_id"], hand.first("rejection_reasons", _default=True)
    if number % 9 == 4:
        pipeline.move(hand.world, application["id"], from_stage_id=stage, to_stage_id=None, to_job_id=None)
        _interview(hand, application)
    elif number % 11 == 6:
        by = hand.first("users", first_name="Chiara")
        pipeline.reject(hand.world, application["id"], reason_id=reason, by=by)
    elif number == 7:
        pipeline.hire(hand.world, application["id"])


def _interview(hand: _Hand, application: Row) -> None:
    """A finished interview with a scorecard for the stage the application has just entered."""
    account, now = hand.account, stamp(hand.clock())
    entered = account.tables["applications"].rows[application["id"]]["_job_interview_stage_id"]
    step = account.first("job_interviews", job_interview_stage_id=entered)
    kit = account.first("interview_kits", job_interview_id=step["id"]) if step else None
    if step is None or kit is None:
        return
    user = hand.first("users", first_name="Dmitri")
    interview = account.add(
        "interviews",
        hand.clock(),
        job_id=application["job_id"],
        application_id=application["id"],
        job_interview_id=step["id"],
        starts_at=now,
        ends_at=stamp(hand.clock() + timedelta(minutes=45)),
        status="complete",
        organizer_id=hand.first("users", first_name="Chiara"),
        scheduled_at=now,
    )
    scorecard = account.add(
        "scorecards",
        hand.clock(),
        interview_kit_id=kit["id"],
        interviewer_id=user,
        submitter_id=user,
        interviewed_at=now,
        submitted_at=now,
        candidate_rating="yes",
        status="complete",
        application_id=application["id"],
    )
    account.add(
        "interviewers",
        hand.clock(),
        interview_id=interview["id"],
        user_id=user,
        scorecard_id=scorecard["id"],
        response_status="accepted",
    )


def _prospect(hand: _Hand) -> None:
    hand.clock.advance(60)
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
