"""What happens to candidates: edited, tagged, noted, merged, anonymised, deleted."""

from typing import Any

from plugins.greenhouse.twin.account import Content, Row, StoredFile, stamp
from plugins.greenhouse.twin.fields import written
from plugins.greenhouse.twin.world import World

VISIBILITY = {
    "public": "publicly_visible",
    "private": "privately_visible",
    "admin_only": "admin_only_visible",
}
_CHILDREN = (
    "applied_candidate_tags",
    "candidate_educations",
    "candidate_employments",
    "attachments",
    "notes",
)
_OF_APPLICATION = (
    "application_stages",
    "rejection_details",
    "prospect_details",
    "attachments",
    "interviews",
    "scorecards",
    "offers",
)
_SCRUBBED: dict[str, dict[str, Any]] = {
    "full_name": {"first_name": "Anonymized", "last_name": "Candidate", "preferred_name": None},
    "current_company": {"company": None},
    "current_title": {"title": None},
    "tags": {"tags": []},
    "phone_numbers": {"phone_numbers": []},
    "emails": {"email_addresses": []},
    "email_addresses": {"email_addresses": []},
    "social_media_links": {"social_media_addresses": []},
    "websites": {"website_addresses": []},
    "addresses": {"addresses": []},
    "candidate_custom_fields": {"custom_fields": {}},
}
_SCRUBBED_CHILDREN = {
    "tags": "applied_candidate_tags",
    "attachments": "attachments",
    "education": "candidate_educations",
    "employment": "candidate_employments",
    "notes": "notes",
    "all_activity_feed": "notes",
}
ANONYMIZABLE = (
    *_SCRUBBED,
    *_SCRUBBED_CHILDREN,
    "application_questions",
    "offers",
    "scorecards_and_interviews",
)


def create_candidate(world: World, values: dict[str, Any]) -> Row:
    """A new candidate; `tags` are names and become applied tags. Raises 422 before anything is written."""
    values = dict(values)
    tags = values.pop("tags", [])
    custom = written(world.account, world.settings, "candidate", {}, values.pop("custom_fields", []))
    defaults = {
        "can_email": True,
        "private": False,
        "last_activity_at": stamp(world.clock()),
        "custom_fields": custom,
    }
    row = world.account.add("candidates", world.clock(), **(defaults | values))
    for name in tags:
        apply_tag(world, row["id"], tag(world, name)["id"])
    return world.account.tables["candidates"].rows[row["id"]]


def edit_candidate(world: World, candidate_id: int, values: dict[str, Any]) -> Row:
    """Change what is given; lists replace lists, `tags` replaces the applied tags. Tells the webhooks."""
    values = dict(values)
    row = world.account.tables["candidates"].rows[candidate_id]
    if "custom_fields" in values:
        values["custom_fields"] = written(
            world.account, world.settings, "candidate", row["custom_fields"], values["custom_fields"]
        )
    tags = values.pop("tags", None)
    if tags is not None:
        _replace_tags(world, candidate_id, tags)
    row = world.account.change("candidates", candidate_id, world.clock(), **values)
    announce(world, candidate_id)
    return row


def announce(world: World, candidate_id: int) -> None:
    """`update_candidate`."""
    if world.hooks.listens("update_candidate"):
        row = world.account.tables["candidates"].rows[candidate_id]
        world.announce("update_candidate", world.bodies().candidate(row))


def tag(world: World, name: str) -> Row:
    """The tag of that name, made when missing; names are compared without case."""
    for row in world.account.all("candidate_tags"):
        if row["name"].lower() == name.lower():
            return row
    return world.account.add("candidate_tags", world.clock(), name=name)


def apply_tag(world: World, candidate_id: int, tag_id: int) -> Row:
    """Put a tag on a candidate; the candidate's `tags` shows its name."""
    row = world.account.add(
        "applied_candidate_tags", world.clock(), candidate_id=candidate_id, candidate_tag_id=tag_id
    )
    _show_tags(world, candidate_id)
    return row


def remove_tag(world: World, applied_id: int) -> None:
    """Take a tag off a candidate."""
    row = world.account.tables["applied_candidate_tags"].rows[applied_id]
    world.account.remove("applied_candidate_tags", applied_id)
    _show_tags(world, row["candidate_id"])


def _replace_tags(world: World, candidate_id: int, names: list[str]) -> None:
    for row in list(world.account.where("applied_candidate_tags", candidate_id=candidate_id)):
        world.account.remove("applied_candidate_tags", row["id"])
    for name in names:
        apply_tag(world, candidate_id, tag(world, name)["id"])
    _show_tags(world, candidate_id)


def _show_tags(world: World, candidate_id: int) -> None:
    """The candidate row lists tag names; whether its `updated_at` moves with them is a switch."""
    applied = world.account.where("applied_candidate_tags", candidate_id=candidate_id)
    names = [world.account.tables["candidate_tags"].rows[row["candidate_tag_id"]]["name"] for row in applied]
    table = world.account.tables["candidates"]
    table.put({**table.rows[candidate_id], "tags": names})
    world.touch(candidate_id=candidate_id)


def add_note(world: World, **values: Any) -> Row:
    """A note as stored: `visibility` in the spelling of reading."""
    row = world.account.add("notes", world.clock(), email_attachment_file_names=None, **values)
    world.touch(candidate_id=values["candidate_id"], application_id=values.get("application_id"))
    return row


def attach(
    world: World, application: Row, *, kind: str, filename: str, media_type: str, content: Content
) -> Row:
    """Add a file to an application; a resume replaces the one before."""
    account = world.account
    if kind == "resume":
        for old in list(account.where("attachments", application_id=application["id"], type="resume")):
            account.remove("attachments", old["id"])
    row = account.add(
        "attachments",
        world.clock(),
        application_id=application["id"],
        candidate_id=application["candidate_id"],
        type=kind,
        filename=filename,
    )
    account.files[row["id"]] = StoredFile(media_type, content)
    world.touch(candidate_id=application["candidate_id"], application_id=application["id"])
    return row


def delete_candidate(world: World, candidate_id: int) -> None:
    """Remove a candidate with everything; one `delete_candidate`, no event per application."""
    row = world.account.tables["candidates"].rows[candidate_id]
    applications = [a["id"] for a in world.account.where("applications", candidate_id=candidate_id)]
    body = world.bodies().person(row, deleted_application_ids=applications)
    for application_id in applications:
        drop_application(world, application_id)
    _drop_children(world, candidate_id)
    world.account.remove("candidates", candidate_id)
    world.announce("delete_candidate", body)


def drop_application(world: World, application_id: int) -> None:
    """Remove an application and its rows, silently."""
    for interview in list(world.account.where("interviews", application_id=application_id)):
        for row in list(world.account.where("interviewers", interview_id=interview["id"])):
            world.account.remove("interviewers", row["id"])
    for resource in _OF_APPLICATION:
        for row in list(world.account.where(resource, application_id=application_id)):
            world.account.remove(resource, row["id"])
    world.account.remove("applications", application_id)


def _drop_children(world: World, candidate_id: int) -> None:
    for resource in _CHILDREN:
        for row in list(world.account.where(resource, candidate_id=candidate_id)):
            world.account.remove(resource, row["id"])


def merge(world: World, kept_id: int, lost_id: int) -> Row:
    """Move everything of one candidate to another and remove it; tells `merge_candidate`."""
    lost = world.account.tables["candidates"].rows[lost_id]
    body = world.bodies().person(lost, new_candidate_id=kept_id)
    for resource in ("applications", *_CHILDREN, "offers"):
        for row in list(world.account.where(resource, candidate_id=lost_id)):
            world.account.change(resource, row["id"], world.clock(), candidate_id=kept_id)
    world.account.remove("candidates", lost_id)
    _show_tags(world, kept_id)
    row = world.account.change("candidates", kept_id, world.clock())
    world.announce("merge_candidate", body)
    return row


def anonymize(world: World, candidate_id: int, names: list[str]) -> Row:
    """Erase groups of personal data and keep the record; tells `candidate_anonymized`."""
    changes: dict[str, Any] = {}
    for name in names:
        changes |= _SCRUBBED.get(name, {})
        for resource, row_id in _anonymized(world, candidate_id, name):
            world.account.remove(resource, row_id)
    if "application_questions" in names:
        for application in list(world.account.where("applications", candidate_id=candidate_id)):
            world.account.change("applications", application["id"], world.clock(), answers=[])
    row = world.account.change("candidates", candidate_id, world.clock(), **changes)
    body = {"candidate_id": candidate_id, "anonymized_fields": names}
    world.announce("candidate_anonymized", body)
    return row


def _anonymized(world: World, candidate_id: int, name: str) -> list[tuple[str, int]]:
    resource = _SCRUBBED_CHILDREN.get(name)
    if resource is None:
        return []
    return [(resource, row["id"]) for row in world.account.where(resource, candidate_id=candidate_id)]
