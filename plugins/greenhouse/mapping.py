"""Greenhouse's rows as our records: pure, tolerant of what is unknown, strict about what is needed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from core.sdk import (
    Answer,
    Application,
    BadData,
    Document,
    Education,
    Employment,
    Job,
    Person,
    Status,
)
from core.sdk.records import ApplicationState, DocumentKind, JobState

Row = Mapping[str, Any]

_JOB_STATES: Final[dict[str, JobState]] = {"open": "open", "closed": "closed", "draft": "draft"}
_STATES: Final[dict[str, ApplicationState]] = {
    "in_process": "active",
    "active": "active",
    "rejected": "rejected",
    "hired": "hired",
    "converted": "converted",
}
_KINDS: Final[dict[str, DocumentKind]] = {"resume": "resume", "cover_letter": "cover_letter"}
REJECTED: Final = "rejected"
HIRED: Final = "hired"


def _id(row: Row, what: str) -> str:
    found = _ref(row, "id")
    if not found:
        raise BadData(f"A {what} has no id.", reference=what)
    return found


def _clean(value: Any) -> str:
    """Text that a database takes: PostgreSQL refuses NUL, which a resume parser may well produce."""
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""


def _text(row: Row, name: str) -> str:
    return _clean(row.get(name))


def _ref(row: Row, name: str) -> str:
    value = row.get(name)
    return _clean(str(value)) if isinstance(value, int | str) and not isinstance(value, bool) else ""


def _number(row: Row, name: str) -> int:
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def moment(value: Any) -> datetime | None:
    """An ISO 8601 moment, in UTC; None for anything else."""
    if not isinstance(value, str):
        return None
    try:
        found = datetime.fromisoformat(value)
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _list(row: Row, name: str) -> list[Any]:
    value = row.get(name)
    return value if isinstance(value, list) else []


def _values(row: Row, name: str) -> tuple[str, ...]:
    found = (_text(entry, "value") for entry in _list(row, name) if isinstance(entry, dict))
    return tuple(value for value in found if value)


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Names that jobs point at: departments and offices by id, locations by the id of a post."""

    departments: Mapping[str, str] = {}
    offices: Mapping[str, str] = {}
    posts: Mapping[str, str] = {}


def job(row: Row, posts: Sequence[Row], stages: Sequence[Row], places: Places) -> Job:
    """A job with the text of its best post; raises BadData for a row without id."""
    job_id = _id(row, "job")
    post = best_post(posts)
    known = statuses(job_id, stages)
    return Job(
        id=job_id,
        title=_text(row, "name") or (_text(post, "title") if post else "") or "Untitled job",
        state=_JOB_STATES.get(_text(row, "status"), "closed"),
        description_html=_text(post, "content") if post else "",
        department=places.departments.get(_ref(row, "department_id"), ""),
        location=_location(row, post, places),
        requisition=_text(row, "requisition_id"),
        url=_text(post, "public_url") if post else "",
        confidential=row.get("confidential") is True,
        opened_at=moment(row.get("opened_at")),
        updated_at=moment(row.get("updated_at")),
        statuses=(*known, *_ends(max((status.order for status in known), default=0))),
    )


def _location(row: Row, post: Row | None, places: Places) -> str:
    written = places.posts.get(_ref(post, "id"), "") if post else ""
    offices = (places.offices.get(str(office), "") for office in _list(row, "office_ids"))
    return written or ", ".join(name for name in offices if name)


def best_post(posts: Sequence[Row]) -> Row | None:
    """The post candidates saw: live and external before anything else, the newest of equals."""
    with_text = [post for post in posts if _text(post, "content")]
    return max(
        with_text,
        key=lambda post: (
            post.get("live") is True and post.get("internal") is not True,
            post.get("internal") is not True,
            post.get("active") is not False,
            _number(post, "id"),
        ),
        default=None,
    )


def statuses(job_id: str, stages: Sequence[Row]) -> tuple[Status, ...]:
    """The interview stages of a job in their order; stages taken out of the plan stay known."""
    found = [
        Status(
            id=_id(stage, "stage"),
            name=_text(stage, "name"),
            order=_number(stage, "sort_order"),
            job_id=job_id,
        )
        for stage in stages
    ]
    return tuple(sorted(found, key=lambda status: (status.order, status.id)))


def _ends(last: int) -> tuple[Status, ...]:
    """Greenhouse has no stages for the two ends; every job has them, so they belong to none."""
    return (
        Status(id=REJECTED, name="Rejected", order=last + 1, group="rejected"),
        Status(id=HIRED, name="Hired", order=last + 2, group="hired"),
    )


def application(
    row: Row,
    stage_id: str = "",
    sources: Mapping[str, str] | None = None,
    attachments: Sequence[Row] | None = None,
) -> Application | None:
    """An application; None for prospects without a job, who have not applied to anything.

    `attachments` are all its files, None when nobody asked.

    `stage_id` is the id of the job's interview stage where the row does not tell it. The row's own
    `stage_id` is of another kind (an instance per application) and is never used.
    """
    application_id = _id(row, "application")
    job_id, person_id = _ref(row, "job_id"), _ref(row, "candidate_id")
    if not job_id or not person_id:
        return None
    state = _STATES.get(_text(row, "status"), "active")
    status_id, status_name = _ref(row, "job_interview_stage_id") or stage_id, _text(row, "stage_name")
    if state == "rejected":
        status_id, status_name = REJECTED, "Rejected"
    elif state == "hired":
        status_id, status_name = HIRED, "Hired"
    return Application(
        id=application_id,
        job_id=job_id,
        person_id=person_id,
        state=state,
        status_id=status_id,
        status_name=status_name,
        source=(sources or {}).get(_ref(row, "source_id"), ""),
        answers=tuple(_answers(row)),
        document_ids=None if attachments is None else tuple(sorted(_ref(file, "id") for file in attachments)),
        applied_at=moment(row.get("created_at")),
        updated_at=moment(row.get("updated_at")),
    )


def _answers(row: Row) -> list[Answer]:
    return [
        Answer(question=_text(entry, "question"), answer=_text(entry, "answer"))
        for entry in _list(row, "answers")
        if isinstance(entry, dict) and _text(entry, "answer")
    ]


def person(
    row: Row,
    employments: Sequence[Row] = (),
    educations: Sequence[Row] = (),
    options: Mapping[str, str] | None = None,
) -> Person:
    """A candidate; raises BadData for the stub Greenhouse sends of private ones."""
    if "first_name" not in row and "message" in row:
        raise BadData("Greenhouse shows only a stub of a private candidate.", reference="candidate")
    names = options or {}
    first, last = _text(row, "first_name"), _text(row, "last_name")
    return Person(
        id=_id(row, "candidate"),
        first_name=first,
        last_name=last,
        preferred_name=_text(row, "preferred_name"),
        headline=" at ".join(filter(None, (_text(row, "title"), _text(row, "company")))),
        emails=_values(row, "email_addresses"),
        phones=_values(row, "phone_numbers"),
        links=_values(row, "website_addresses") + _values(row, "social_media_addresses"),
        location=next(iter(_values(row, "addresses")), ""),
        employments=tuple(_employment(entry) for entry in _latest_first(employments, "start_date")),
        educations=tuple(_education(entry, names) for entry in _latest_first(educations, "start_date_year")),
        private=row.get("private") is True,
        anonymized=_anonymized(row, f"{first} {last}".strip()),
        updated_at=moment(row.get("updated_at")),
    )


def _anonymized(row: Row, name: str) -> bool:
    """No way to reach the person, and no name but perhaps a word that says so: the wording is unconfirmed."""
    reachable = _values(row, "email_addresses") or _values(row, "phone_numbers")
    return not reachable and (not name or name.lower().strip("([").startswith(("anonymi", "redacted")))


def _latest_first(rows: Sequence[Row], field: str) -> list[Row]:
    return sorted(rows, key=lambda row: (str(row.get(field) or ""), _ref(row, "id")), reverse=True)


def _employment(row: Row) -> Employment:
    return Employment(
        company=_text(row, "company_name"),
        title=_text(row, "title"),
        start=_text(row, "start_date")[:7],
        end=_text(row, "end_date")[:7],
        current=not _text(row, "end_date"),
    )


def _education(row: Row, names: Mapping[str, str]) -> Education:
    return Education(
        school=names.get(_ref(row, "school_name_custom_field_option_id"), ""),
        degree=names.get(_ref(row, "degree_custom_field_option_id"), ""),
        discipline=names.get(_ref(row, "discipline_custom_field_option_id"), ""),
        start=_year(row, "start"),
        end=_year(row, "end"),
    )


def _year(row: Row, side: str) -> str:
    year = row.get(f"{side}_date_year")
    return str(year) if _number(row, f"{side}_date_year") else _text(row, f"{side}_at")[:4]


def document(row: Row, person_id: str) -> Document | None:
    """A resume or cover letter; None for other attachments, which nobody scores."""
    kind = _KINDS.get(_text(row, "type"))
    if kind is None or not person_id:
        return None
    return Document(
        id=_id(row, "attachment"),
        person_id=person_id,
        application_id=_ref(row, "application_id"),
        kind=kind,
        filename=_text(row, "filename") or "document",
        reference=_text(row, "url"),
        created_at=moment(row.get("created_at")),
    )
