"""Write endpoints about applications: create, edit, move, reject, hire, convert, delete, attach."""

from base64 import b64decode
from binascii import Error as Base64Error
from datetime import date
from mimetypes import guess_type
from typing import Any

from plugins.greenhouse.twin import people, pipeline
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.write_table import WriteCall, write

_TEAM = "source_id:int recruiter_id:int coordinator_id:int referrer_id:int"
_REFERENCES = {
    "source_id": "sources",
    "recruiter_id": "users",
    "coordinator_id": "users",
    "referrer_id": "referrers",
}


def _check_references(call: WriteCall) -> None:
    for name, resource in _REFERENCES.items():
        call.known(resource, name)


@write(
    "POST",
    "applications",
    "create",
    f"""candidate_id:int! job_id:int initial_stage_id:int prospect:bool job_ids:ints created_at:str
    custom_fields:rows {_TEAM} prospect_pool_id:int prospect_pool_stage_id:int prospect_owner_id:int
    prospective_department_id:int prospective_office_id:int""",
)
def create_application(call: WriteCall) -> tuple[int, Any]:
    """A candidate application (`job_id`) or a prospect (`prospect: true`)."""
    body = call.body
    call.known("candidates", "candidate_id")
    _check_references(call)
    job = call.known("jobs", "job_id")
    if (job is None) is not bool(body.get("prospect")):
        raise unprocessable("Either job_id or prospect must be given.")
    carried = {key: body[key] for key in (*_REFERENCES, "custom_fields") if key in body}
    row = pipeline.apply(
        call.world,
        candidate_id=body["candidate_id"],
        job_id=job["id"] if job else None,
        stage_id=body.get("initial_stage_id"),
        prospective_job_ids=body.get("job_ids", []),
        **carried,
    )
    pipeline.announce_new(call.world, row)
    return 201, call.shown("applications", row)


@write(
    "PATCH",
    "applications/id",
    "update",
    f"""{_TEAM} prospect_pool_id:number prospect_stage_id:number rejected_at:str created_at:str
    custom_fields:rows""",
)
def edit_application(call: WriteCall) -> tuple[int, Any]:
    _check_references(call)
    values = {key: call.body[key] for key in (*_REFERENCES, "custom_fields") if key in call.body}
    for name in ("created_at", "rejected_at"):
        if name in call.body:
            values[name] = _midnight(name, call.body[name])
    _place_prospect(call)
    row = pipeline.edit_application(call.world, call.row_id, values)
    return 200, call.shown("applications", row)


def _midnight(name: str, text: str) -> str:
    try:
        return f"{date.fromisoformat(text).isoformat()}T00:00:00.000Z"
    except ValueError:
        raise unprocessable({name: f"`{text}` is not a valid date"}) from None


def _place_prospect(call: WriteCall) -> None:
    pool, stage = call.body.get("prospect_pool_id"), call.body.get("prospect_stage_id")
    detail = call.world.account.first("prospect_details", application_id=call.row_id)
    if detail and (pool or stage):
        placed = {"pool_id": pool or detail["pool_id"], "pool_stage_id": stage or detail["pool_stage_id"]}
        call.world.account.change("prospect_details", detail["id"], call.world.clock(), **placed)


@write("DELETE", "applications/id", "destroy")
def delete_application(call: WriteCall) -> tuple[int, Any]:
    pipeline.delete_application(call.world, call.row_id)
    return 200, {"message": f"Application {call.row_id} deleted successfully"}


@write(
    "POST",
    "applications/id/move",
    "move",
    "from_stage_id:int! to_stage_id:int to_job_id:int email_from_user_id:int",
)
def move(call: WriteCall) -> tuple[int, Any]:
    call.known("jobs", "to_job_id")
    pipeline.move(
        call.world,
        call.row_id,
        from_stage_id=call.body["from_stage_id"],
        to_stage_id=call.body.get("to_stage_id"),
        to_job_id=call.body.get("to_job_id"),
    )
    return 204, None


@write(
    "POST",
    "applications/id/reject",
    "reject",
    "rejection_reason_id:int! notes:str rejection_email:map custom_fields:rows",
)
def reject(call: WriteCall) -> tuple[int, Any]:
    reason = call.named("rejection_reasons", "rejection_reason_id")
    pipeline.reject(
        call.world,
        call.row_id,
        reason_id=reason["id"],
        by=call.user["id"],
        note=call.body.get("notes", ""),
    )
    return 204, None


@write("POST", "applications/id/unreject", "unreject")
def unreject(call: WriteCall) -> tuple[int, Any]:
    pipeline.unreject(call.world, call.row_id)
    return 204, None


@write("POST", "applications/id/hire", "hire", "start_date:str opening_id:int close_reason_id:int")
def hire(call: WriteCall) -> tuple[int, Any]:
    call.known("openings", "opening_id")
    call.known("close_reasons", "close_reason_id")
    pipeline.hire(
        call.world,
        call.row_id,
        opening_id=call.body.get("opening_id"),
        close_reason_id=call.body.get("close_reason_id"),
    )
    return 204, None


@write(
    "POST",
    "applications/id/convert_to_candidate",
    "convert_to_candidate",
    "job_id:int! to_job_interview_stage_id:int",
)
def convert(call: WriteCall) -> tuple[int, Any]:
    call.known("jobs", "job_id")
    row = pipeline.convert(
        call.world,
        call.row_id,
        job_id=call.body["job_id"],
        stage_id=call.body.get("to_job_interview_stage_id"),
    )
    return 200, call.shown("applications", row)


@write("PATCH", "rejection_details/id", "update", "rejection_reason_id:int custom_fields:rows")
def edit_rejection(call: WriteCall) -> tuple[int, Any]:
    call.known("rejection_reasons", "rejection_reason_id")
    values = {key: value for key, value in call.body.items() if key == "rejection_reason_id"}
    row = call.world.account.change("rejection_details", call.row_id, call.world.clock(), **values)
    return 200, call.shown("rejection_details", row)


@write(
    "POST",
    "attachments",
    "create",
    """application_id:int! filename:str! content:str url:str visibility=public|private|admin_only
    type=resume|cover_letter|take_home_test|offer_packet|offer_letter|signed_offer_letter|other!""",
)
def create_attachment(call: WriteCall) -> tuple[int, Any]:
    """A file as base64; a `url` is accepted and stands for an empty file, the twin fetches nothing."""
    application = call.named("applications", "application_id")
    if ("content" in call.body) is ("url" in call.body):
        raise unprocessable("Either content or url must be given.")
    try:
        content = b64decode(call.body.get("content", ""), validate=True)
    except Base64Error:
        raise unprocessable({"content": "is not base64"}) from None
    row = people.attach(
        call.world,
        application,
        kind=call.body["type"],
        filename=call.body["filename"],
        media_type=guess_type(call.body["filename"])[0] or "application/octet-stream",
        content=content,
    )
    return 201, call.shown("attachments", row)


@write("DELETE", "attachments/id", "destroy")
def delete_attachment(call: WriteCall) -> tuple[int, Any]:
    call.world.account.remove("attachments", call.row_id)
    return 200, {"message": f"Attachment {call.row_id} deleted successfully"}
