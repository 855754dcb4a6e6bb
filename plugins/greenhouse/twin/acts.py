"""What recruiters, candidates and admins do in Greenhouse itself, for the control panel."""

from base64 import b64decode
from collections.abc import Callable
from mimetypes import guess_type
from typing import Any

import msgspec

from plugins.greenhouse.twin import people, pipeline, postings
from plugins.greenhouse.twin.account import Row
from plugins.greenhouse.twin.world import World


class File(msgspec.Struct, kw_only=True):
    """A file of an application; `content` is base64."""

    filename: str
    content: str
    type: str = "resume"


class Apply(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Somebody applies: a known candidate, or a new one with these fields."""

    job_id: int | None = None
    candidate_id: int | None = None
    candidate: dict[str, Any] = {}
    answers: list[dict[str, Any]] = []
    files: list[File] = []
    source_id: int | None = None
    prospective_job_ids: list[int] = []


class Edit(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Change fields of one row."""

    id: int
    values: dict[str, Any] = {}


class Move(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Put an application into a stage (by name or id), or into the next one."""

    id: int
    stage: str | int | None = None


class Reject(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Reject an application."""

    id: int
    reason_id: int | None = None
    note: str = ""


class One(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Something done to one row."""

    id: int


class Merge(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Merge one candidate into another."""

    kept_id: int
    lost_id: int


class Anonymize(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Erase groups of personal data; empty means all."""

    id: int
    fields: list[str] = []


class Convert(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Turn a prospect into a candidate for a job."""

    id: int
    job_id: int


class Attach(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Add a file to an application."""

    id: int
    file: File


class Tag(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Put a tag on a candidate."""

    id: int
    name: str


class Note(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Write a note about a candidate."""

    id: int
    body: str
    visibility: str = "public"
    user_id: int | None = None


class OpenJob(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Open a job with a live post."""

    title: str
    content: str
    location: str = ""
    values: dict[str, Any] = {}


class Offer(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Make an offer; an earlier version becomes deprecated."""

    id: int
    status: str = "Created"


def apply(world: World, what: Apply) -> Row:
    candidate_id = what.candidate_id
    if candidate_id is None:
        candidate_id = people.create_candidate(world, what.candidate)["id"]
    row = pipeline.apply(
        world,
        candidate_id=candidate_id,
        job_id=what.job_id,
        answers=what.answers,
        source_id=what.source_id,
        prospective_job_ids=what.prospective_job_ids,
    )
    for file in what.files:
        _attach(world, row, file)
    pipeline.announce_new(world, row)
    return row


def move(world: World, what: Move) -> Row:
    row = world.account.tables["applications"].rows[what.id]
    stages = pipeline.stages_of(world, row["job_id"])
    target = next((s["id"] for s in stages if what.stage in {s["id"], s["name"]}), None)
    if what.stage is not None and target is None:
        raise KeyError(what.stage)
    current = row["_job_interview_stage_id"]
    return pipeline.move(world, what.id, from_stage_id=current, to_stage_id=target, to_job_id=None)


def attach(world: World, what: Attach) -> Row:
    row = _attach(world, world.account.tables["applications"].rows[what.id], what.file)
    people.announce(world, row["candidate_id"])
    return row


def tag(world: World, what: Tag) -> Row:
    row = people.apply_tag(world, what.id, people.tag(world, what.name)["id"])
    people.announce(world, what.id)
    return row


def note(world: World, what: Note) -> Row:
    return people.add_note(
        world,
        candidate_id=what.id,
        body=what.body,
        body_with_tags=what.body,
        type="NOTE",
        user_id=what.user_id,
        visibility=people.VISIBILITY[what.visibility],
    )


def _attach(world: World, application: Row, file: File) -> Row:
    return people.attach(
        world,
        application,
        kind=file.type,
        filename=file.filename,
        media_type=guess_type(file.filename)[0] or "application/octet-stream",
        content=b64decode(file.content),
    )


def _anonymize(world: World, what: Anonymize) -> Row:
    return people.anonymize(world, what.id, what.fields or list(people.ANONYMIZABLE))


def _reject(world: World, what: Reject) -> Row:
    return pipeline.reject(world, what.id, reason_id=what.reason_id, by=None, note=what.note)


def _convert(world: World, what: Convert) -> Row:
    return pipeline.convert(world, what.id, job_id=what.job_id, stage_id=None)


def _open(world: World, what: OpenJob) -> Row:
    return postings.open_job(
        world, title=what.title, content=what.content, location=what.location, **what.values
    )


Act = Callable[[World, Any], Row | None]
ACTS: dict[str, tuple[type[msgspec.Struct], Act]] = {
    "apply": (Apply, apply),
    "edit_candidate": (Edit, lambda world, what: people.edit_candidate(world, what.id, what.values)),
    "edit_application": (Edit, lambda world, what: pipeline.edit_application(world, what.id, what.values)),
    "move": (Move, move),
    "reject": (Reject, _reject),
    "unreject": (One, lambda world, what: pipeline.unreject(world, what.id)),
    "hire": (One, lambda world, what: pipeline.hire(world, what.id)),
    "unhire": (One, lambda world, what: pipeline.unhire(world, what.id)),
    "convert": (Convert, _convert),
    "attach": (Attach, attach),
    "tag": (Tag, tag),
    "note": (Note, note),
    "offer": (Offer, lambda world, what: pipeline.offer(world, what.id, status=what.status)),
    "merge": (Merge, lambda world, what: people.merge(world, what.kept_id, what.lost_id)),
    "anonymize": (Anonymize, _anonymize),
    "delete_application": (One, lambda world, what: pipeline.delete_application(world, what.id)),
    "delete_candidate": (One, lambda world, what: people.delete_candidate(world, what.id)),
    "open_job": (OpenJob, _open),
    "edit_job": (Edit, lambda world, what: postings.edit_job(world, what.id, what.values)),
    "edit_post": (Edit, lambda world, what: postings.edit_post(world, what.id, what.values)),
    "delete_job": (One, lambda world, what: postings.delete_job(world, what.id)),
}
