"""Everything about one application on one page, with the addition behind its score."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.domain.words import CATEGORY_LABEL
from core.errors import NotFound
from core.screening import Assessed, Thresholds
from core.sdk.records import Application, Education, Employment, Person
from core.sdk.scorer import Requirement
from core.services.access import Actor
from core.services.additions import (
    Question,
    RequirementRow,
    confidence_label,
    held_back,
    in_words,
    questions,
    requirement_rows,
)
from core.services.asides import Notice, SeenPage, hidden_in_words, notices, pages_of
from core.services.comments import CommentRow, comment_rows
from core.services.runtime import runtime
from core.services.writing import preview_write, retry_write
from core.store import board, documents, outbox, scores
from core.store.documents import Stored
from core.store.scope import tenant

__all__ = ["Profile", "preview_write", "profile", "retry_write"]


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """A file with what was read of it."""

    id: UUID
    kind: str
    filename: str
    media_type: str
    size: int
    status: str
    explanation: str
    text: str
    pages: int
    hidden: tuple[str, ...]
    seen: tuple[SeenPage, ...]


class ExperienceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A position as the ATS parsed it."""

    title: str
    company: str
    period: str
    summary: str


class EducationRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of education as the ATS parsed it."""

    school: str
    degree: str
    period: str


class HistoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the application."""

    at: datetime
    actor: str
    text: str


class WriteRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something written, or to be written, into the ATS."""

    kind: str
    text: str
    state: str
    at: datetime | None
    error: str
    as_user: str


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """The application profile. The rows' points add up to the score."""

    application_id: UUID
    job_id: UUID
    job_title: str
    name: str
    initials: str
    headline: str
    location: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    source_title: str
    ats_url: str
    applied_at: datetime
    status_name: str
    band: str
    category: str
    score: int | None
    max_score: int
    confidence: float
    confidence_label: str
    flags: tuple[str, ...]
    notices: tuple[Notice, ...]
    explanation: str
    requirements: tuple[RequirementRow, ...]
    to_settle: tuple[Question, ...]
    summary: tuple[str, ...]
    experience: tuple[ExperienceRow, ...]
    education: tuple[EducationRow, ...]
    answers: tuple[tuple[str, str], ...]
    documents: tuple[DocumentView, ...]
    comments: tuple[CommentRow, ...]
    activity: tuple[HistoryRow, ...]
    writes: tuple[WriteRow, ...]
    rubric_version: int
    scorer_title: str
    scored_at: datetime | None
    has_receipt: bool
    stale: bool
    previous_id: UUID | None
    next_id: UUID | None


async def profile(actor: Actor, application_id: UUID) -> Profile:
    """The profile of an application; raises NotFound."""
    async with tenant(actor.tenant_id):
        found = await board.application(application_id)
        if found is None:
            raise NotFound("This application does not exist.", "Go back to the board.")
        latest = await scores.latest(application_id)
        files = (await documents.of_applications([application_id]))[application_id]
        previous, following = await board.neighbours(application_id)
        parts: dict[str, Any] = {
            "comments": comment_rows(await board.comments(application_id)),
            "activity": _activity(found, await board.decisions(application_id)),
            "writes": _writes(await outbox.history(application_id), _user_names(found)),
            "previous_id": previous,
            "next_id": following,
        }
    return Profile(**_who(found), **_score(found, latest, files), **parts, documents=_files(files))


def _who(found: dict[str, Any]) -> dict[str, Any]:
    person = msgspec.json.decode(found["person_details"], type=Person)
    application = msgspec.json.decode(found["details"], type=Application)
    return {
        "application_id": found["id"],
        "job_id": found["job"],
        "job_title": found["job_title"],
        "name": found["name"],
        "initials": found["initials"],
        "headline": person.headline,
        "location": person.location,
        "emails": person.emails,
        "phones": person.phones,
        "source_title": found["source_title"],
        "ats_url": application.url,
        "applied_at": found["applied_at"] or found["arrived_at"],
        "status_name": found["status_name"],
        "band": found["band"] or "",
        "category": found["category"] or "",
        "score": found["score"],
        "stale": found["stale"],
        "experience": tuple(_experience(row) for row in person.employments),
        "education": tuple(_education(row) for row in person.educations),
        "answers": tuple((answer.question, answer.answer) for answer in application.answers),
    }


def _experience(row: Employment) -> ExperienceRow:
    end = row.end or ("present" if row.current or row.start else "")
    return ExperienceRow(
        title=row.title, company=row.company, period=_period(row.start, end), summary=row.summary
    )


def _education(row: Education) -> EducationRow:
    degree = ", ".join(filter(None, (row.degree, row.discipline)))
    return EducationRow(school=row.school, degree=degree, period=_period(row.start, row.end))


def _period(start: str, end: str) -> str:
    return " – ".join(filter(None, (start[:7], end[:7])))


def _score(found: dict[str, Any], latest: dict[str, Any] | None, files: Sequence[Stored]) -> dict[str, Any]:
    assessed = msgspec.json.decode(latest["sheet"], type=Assessed) if latest else None
    requirements: tuple[Requirement, ...] = ()
    if latest:
        requirements = msgspec.json.decode(latest["requirements"], type=tuple[Requirement, ...])
    scorer = runtime().catalog.scorers.get(latest["scorer"]) if latest else None
    rows = requirement_rows(assessed, requirements, files) if assessed else ()
    confidence = assessed.sheet.confidence if assessed else 0.0
    return {
        "max_score": 100,
        "confidence": confidence,
        "confidence_label": confidence_label(confidence) if found["score"] is not None else "",
        "flags": assessed.sheet.flags if assessed else (),
        "notices": notices(assessed, _texts(found, files)),
        "explanation": held_back(assessed, requirements, _thresholds(found)) or _explanation(found, files),
        "requirements": rows,
        "to_settle": questions(latest["asks"], requirements) if latest else (),
        "summary": in_words(found["score"], rows),
        "rubric_version": latest["rubric_version"] if latest else 0,
        "scorer_title": scorer.entry.title if scorer else "",
        "scored_at": latest["created_at"] if latest else None,
        "has_receipt": bool(latest and latest["has_receipt"]),
    }


def _thresholds(found: dict[str, Any]) -> Thresholds:
    return Thresholds(pre_qualified=found["pre_qualified_from"], qualified=found["qualified_from"])


def _texts(found: dict[str, Any], files: Sequence[Stored]) -> dict[str, str]:
    """The texts that were judged, by source."""
    answers = msgspec.json.decode(found["details"], type=Application)
    texts = {f"answer:{n}": f"{a.question}\n{a.answer}" for n, a in enumerate(answers.answers, start=1)}
    texts["cover_letter"] = answers.cover_letter or ""
    for file in reversed(files):
        if file.text and file.text.reading == "read":
            texts[file.kind] = file.text.text
    return texts


def _explanation(found: dict[str, Any], files: Sequence[Stored]) -> str:
    if found["band"] is None:
        return "This application is waiting for its score."
    if found["score"] is not None:
        return ""
    resumes = [file for file in files if file.kind == "resume"]
    if not resumes:
        return (
            "There is no resume, and too little text elsewhere, so there is no score. Please look yourself."
        )
    if found["band"] == "manual_review":
        return "The scorer's answer could not be used, so there is no score. Please look yourself."
    if found["band"] == "unreadable":
        return resumes[0].explanation or resumes[0].fetch_error or "The resume could not be fetched."
    return (
        "The text says too little about what this job asks for, so there is no score. Please look yourself."
    )


def _files(files: Sequence[Stored]) -> tuple[DocumentView, ...]:
    order = {"resume": 0, "cover_letter": 1}
    return tuple(
        DocumentView(
            id=file.id,
            kind=file.kind,
            filename=file.filename,
            media_type=file.media_type,
            size=file.size,
            status=file.reading or file.fetch_state,
            explanation=file.explanation or file.fetch_error,
            text=file.text.text if file.text else "",
            pages=file.text.pages if file.text else 0,
            hidden=hidden_in_words(file),
            seen=pages_of(file),
        )
        for file in sorted(files, key=lambda file: order.get(file.kind, 2))
    )


def _activity(found: dict[str, Any], decisions: Sequence[dict[str, Any]]) -> tuple[HistoryRow, ...]:
    rows = [
        HistoryRow(
            at=row["made_at"],
            actor=row["member_name"],
            text=f"{'Took back: moved' if row['undoes'] else 'Moved'} from "
            f"{CATEGORY_LABEL.get(row['from_category'], row['from_category'])} to "
            f"{CATEGORY_LABEL.get(row['to_category'], row['to_category'])}"
            + (f" — {row['reason']}" if row["reason"] else ""),
        )
        for row in decisions
    ]
    rows.append(HistoryRow(at=found["arrived_at"], actor=found["source_title"], text="Application arrived"))
    return tuple(rows)


def _user_names(found: dict[str, Any]) -> dict[str, str]:
    return {user["id"]: user["name"] for user in msgspec.json.decode(found["connection_users"])}


def _writes(found: Sequence[dict[str, Any]], names: dict[str, str]) -> tuple[WriteRow, ...]:
    return tuple(
        WriteRow(
            kind=row["kind"],
            text=row["preview"],
            state=row["state"],
            at=row["written_at"],
            error=row["error"],
            as_user=names.get(row["acting_user"], ""),
        )
        for row in found
    )
