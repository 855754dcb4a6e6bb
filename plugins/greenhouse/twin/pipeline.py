"""What happens to applications: created, moved, rejected, hired, converted, deleted."""

from datetime import timedelta
from typing import Any

from plugins.greenhouse.twin import people
from plugins.greenhouse.twin.account import Row, stamp
from plugins.greenhouse.twin.fields import written
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.world import World


def stages_of(world: World, job_id: int) -> list[Row]:
    """The active stages of a job in order."""
    rows = [row for row in world.account.where("job_interview_stages", job_id=job_id) if row["active"]]
    return sorted(rows, key=lambda row: (row["sort_order"], row["id"]))


def apply(
    world: World, *, candidate_id: int, job_id: int | None, stage_id: int | None = None, **values: Any
) -> Row:
    """A new application in the given or first stage, or a prospect when `job_id` is None.

    Raises 422 before anything is written.
    """
    account, now = world.account, world.clock()
    stage = None if job_id is None else stage_in(world, job_id, stage_id)
    custom = written(account, world.settings, "application", {}, values.pop("custom_fields", []))
    defaults = {
        "status": "in_process",
        "prospect": job_id is None,
        "last_activity_at": stamp(now),
        "answers": [],
        "custom_fields": custom,
        "_job_interview_stage_id": None,
    }
    row = account.add(
        "applications", now, **(defaults | values | {"candidate_id": candidate_id, "job_id": job_id})
    )
    if stage is None:
        place = {
            field: found["id"]
            for field, resource in (("department_id", "departments"), ("office_id", "offices"))
            if (found := next(iter(account.all(resource)), None))
        }
        account.add("prospect_details", now, application_id=row["id"], **place)
    else:
        row = _enter(world, row, stage)
    if world.settings.visible_after_seconds:
        account.hide("applications", row["id"], now + timedelta(seconds=world.settings.visible_after_seconds))
    return row


def announce_new(world: World, row: Row) -> None:
    """Tell of a new application; apart from `apply` because files are attached in between."""
    event = "new_prospect_application" if row["prospect"] else "new_candidate_application"
    world.announce_application(event, row)


def edit_application(world: World, application_id: int, values: dict[str, Any]) -> Row:
    """Change what is given; tells `application_updated`."""
    values = dict(values)
    row = world.account.tables["applications"].rows[application_id]
    if "custom_fields" in values:
        values["custom_fields"] = written(
            world.account, world.settings, "application", row["custom_fields"], values["custom_fields"]
        )
    row = world.account.change("applications", application_id, world.clock(), **values)
    world.announce_application("application_updated", row)
    return row


def move(
    world: World, application_id: int, *, from_stage_id: int, to_stage_id: int | None, to_job_id: int | None
) -> Row:
    """Move if the application still is in `from_stage_id`; no target means the next stage. Raises 422."""
    row = _active(world, application_id)
    if row.get("_job_interview_stage_id") != from_stage_id:
        raise unprocessable({"from_stage_id": "is not the current stage of the application"})
    job_id = to_job_id or row["job_id"]
    target = stage_in(world, job_id, to_stage_id) if to_stage_id or to_job_id else _next(world, row)
    if job_id != row["job_id"]:
        row = world.account.change("applications", application_id, world.clock(), job_id=job_id)
    row = _enter(world, row, target)
    world.announce_application("candidate_stage_change", row)
    return row


def reject(
    world: World, application_id: int, *, reason_id: int | None, by: int | None, note: str = ""
) -> Row:
    """Reject; tells `reject_candidate`. Raises 422 when it is not in process."""
    row = _active(world, application_id)
    now = world.clock()
    note_row = note and people.add_note(
        world,
        candidate_id=row["candidate_id"],
        application_id=application_id,
        body=note,
        body_with_tags=note,
        type="NOTE",
        user_id=by,
        visibility="privately_visible",
    )
    world.account.add(
        "rejection_details",
        now,
        application_id=application_id,
        rejected_by_id=by,
        rejection_note_id=note_row["id"] if note_row else None,
        rejection_reason_id=reason_id,
        rejected_at=stamp(now),
    )
    row = _close(world, row, "rejected", rejected_at=stamp(now))
    world.announce_application("reject_candidate", row)
    return row


def unreject(world: World, application_id: int) -> Row:
    """Back into the stage it was rejected from; tells `unreject_candidate`."""
    row = world.account.tables["applications"].rows[application_id]
    if row["status"] != "rejected":
        raise unprocessable("The application is not rejected.")
    for detail in list(world.account.where("rejection_details", application_id=application_id)):
        world.account.remove("rejection_details", detail["id"])
    row = _reopen(world, row)
    world.announce_application("unreject_candidate", row)
    return row


def hire(
    world: World, application_id: int, *, opening_id: int | None = None, close_reason_id: int | None = None
) -> Row:
    """Hire, closing the opening if one is named; tells `hire_candidate`."""
    row, now = _active(world, application_id), world.clock()
    if row["prospect"]:
        raise unprocessable("A prospect cannot be hired.")
    if opening_id is not None:
        world.account.change(
            "openings",
            opening_id,
            now,
            open=False,
            closed_at=stamp(now),
            application_id=application_id,
            close_reason_id=close_reason_id,
        )
    row = _close(world, row, "hired")
    offers = [
        o for o in world.account.where("offers", application_id=application_id) if o["status"] != "Deprecated"
    ]
    world.announce("hire_candidate", world.bodies().hired(row, offers[-1] if offers else None))
    return row


def offer(world: World, application_id: int, *, status: str = "Created") -> Row:
    """A new version of the application's offer; earlier ones become deprecated."""
    account, now = world.account, world.clock()
    application = account.tables["applications"].rows[application_id]
    versions = list(account.where("offers", application_id=application_id))
    for old in versions:
        account.change("offers", old["id"], now, status="Deprecated")
    return account.add(
        "offers",
        now,
        version=len(versions) + 1,
        application_id=application_id,
        job_id=application["job_id"],
        candidate_id=application["candidate_id"],
        status=status,
        sent_on=now.date().isoformat(),
        resolved_at=stamp(now) if status in {"Accepted", "Rejected"} else None,
    )


def unhire(world: World, application_id: int) -> Row:
    """Undo a hire, which only people can do; tells `unhire_candidate`."""
    row = world.account.tables["applications"].rows[application_id]
    if row["status"] != "hired":
        raise unprocessable("The application is not hired.")
    row = _reopen(world, row)
    world.announce_application("unhire_candidate", row)
    return row


def convert(world: World, application_id: int, *, job_id: int, stage_id: int | None) -> Row:
    """Turn a prospect into a candidate: the prospect application is `converted`, a new one begins."""
    row = _active(world, application_id)
    if not row["prospect"]:
        raise unprocessable("The application is not a prospect.")
    carried = {key: row[key] for key in ("source_id", "referrer_id", "recruiter_id", "coordinator_id")}
    stage_in(world, job_id, stage_id)
    world.account.change("applications", application_id, world.clock(), status="converted")
    new = apply(world, candidate_id=row["candidate_id"], job_id=job_id, stage_id=stage_id, **carried)
    announce_new(world, new)
    return new


def delete_application(world: World, application_id: int) -> None:
    """Remove one application; tells `delete_application`."""
    row = world.account.tables["applications"].rows[application_id]
    body = world.bodies().deleted_application(row)
    people.drop_application(world, application_id)
    world.announce("delete_application", body)


def _active(world: World, application_id: int) -> Row:
    row = world.account.tables["applications"].rows[application_id]
    if row["status"] != "in_process":
        raise unprocessable(f"The application is {row['status']}.")
    return row


def stage_in(world: World, job_id: int, stage_id: int | None) -> Row:
    """The named active stage of the job, or its first; raises 422."""
    stages = stages_of(world, job_id)
    if not stages:
        raise unprocessable("The job has no stages.")
    if stage_id is None:
        return stages[0]
    for stage in stages:
        if stage["id"] == stage_id:
            return stage
    raise unprocessable({"to_stage_id": f"`{stage_id}` is not a stage of the job"})


def _next(world: World, row: Row) -> Row:
    stages = stages_of(world, row["job_id"])
    later = [
        number for number, stage in enumerate(stages) if stage["id"] == row.get("_job_interview_stage_id")
    ]
    if not later or later[0] + 1 >= len(stages):
        raise unprocessable("The application is in the last stage.")
    return stages[later[0] + 1]


def _enter(world: World, row: Row, stage: Row) -> Row:
    """Close the current entry of the stage history and open one for the stage."""
    account, now = world.account, world.clock()
    for entry in list(account.where("application_stages", application_id=row["id"], current=True)):
        account.change("application_stages", entry["id"], now, current=False, exited_at=stamp(now))
    entry = account.add(
        "application_stages",
        now,
        application_id=row["id"],
        job_interview_stage_id=stage["id"],
        entered_at=stamp(now),
        current=True,
    )
    return account.change(
        "applications",
        row["id"],
        now,
        stage_id=entry["id"],
        stage_name=stage["name"],
        last_activity_at=stamp(now),
        _job_interview_stage_id=stage["id"],
    )


def _close(world: World, row: Row, status: str, **values: Any) -> Row:
    """A terminal state: `stage_id` is null there, the history keeps its current entry."""
    now = world.clock()
    return world.account.change(
        "applications", row["id"], now, status=status, stage_id=None, last_activity_at=stamp(now), **values
    )


def _reopen(world: World, row: Row) -> Row:
    now = world.clock()
    entry = world.account.first("application_stages", application_id=row["id"], current=True)
    return world.account.change(
        "applications",
        row["id"],
        now,
        status="in_process",
        rejected_at=None,
        stage_id=entry["id"] if entry else None,
        last_activity_at=stamp(now),
    )
