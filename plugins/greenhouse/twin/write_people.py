"""Write endpoints about candidates: create, edit, delete, merge, anonymise, tags, notes, history."""

from datetime import timedelta
from typing import Any

from plugins.greenhouse.twin import people, pipeline
from plugins.greenhouse.twin.account import Row
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.resources import fits, parse_kinds
from plugins.greenhouse.twin.write_table import WriteCall, write

_PERSON = """first_name:str last_name:str preferred_name:str company:str title:str is_private:bool
can_email:bool time_zone:str email_addresses:rows phone_numbers:rows addresses:rows website_addresses:rows
social_media_addresses:rows tags:strs custom_fields:rows"""
_NESTED = parse_kinds(
    "job_id:int source_id:int initial_stage_id:int recruiter_id:int coordinator_id:int referrer_id:int "
    "prospect:bool job_ids:ints"
)
_TYPES = {
    "phone_numbers": {"home", "work", "mobile", "skype", "other"},
    "addresses": {"home", "work", "other"},
    "email_addresses": {"personal", "work", "other"},
    "website_addresses": {"personal", "company", "portfolio", "blog", "other"},
}


def _person(body: dict[str, Any]) -> dict[str, Any]:
    """The body with the read spelling of `is_private` and checked contact entries."""
    values = dict(body)
    if "is_private" in values:
        values["private"] = values.pop("is_private")
    for name, types in _TYPES.items():
        for entry in values.get(name) or ():
            if not isinstance(entry.get("value"), str) or entry.get("type") not in types:
                raise unprocessable(
                    {name: f"takes objects of value and type, one of: {', '.join(sorted(types))}"}
                )
    return values


@write("POST", "candidates", "create", f"{_PERSON} application:map applications:rows")
def create_candidate(call: WriteCall) -> tuple[int, Any]:
    """A candidate with one application to a job, or a prospect."""
    values = _person(call.body)
    nested = values.pop("application", None) or next(iter(values.pop("applications", [])), None) or {}
    values.pop("applications", None)
    if not values.get("first_name") or not values.get("last_name"):
        raise unprocessable({"first_name": "is missing"}, {"last_name": "is missing"})
    wrong = [name for name, value in nested.items() if name not in _NESTED or not fits(_NESTED[name], value)]
    if wrong:
        raise unprocessable({"application": f"cannot have {', '.join(wrong)}"})
    world = call.world
    job_id = nested.get("job_id")
    if job_id is not None and world.account.get("jobs", job_id) is None:
        raise unprocessable({"job_id": f"`{job_id}` does not exist"})
    if job_id is not None:
        pipeline.stage_in(world, job_id, nested.get("initial_stage_id"))
    row = people.create_candidate(world, values)
    application = _apply(call, row, nested)
    if world.settings.visible_after_seconds:
        until = world.clock() + timedelta(seconds=world.settings.visible_after_seconds)
        world.account.hide("candidates", row["id"], until)
    pipeline.announce_new(world, application)
    shown = call.shown("candidates", row)
    return 201, {"candidate": shown, "application": call.shown("applications", application)}


def _apply(call: WriteCall, candidate: Row, nested: dict[str, Any]) -> Row:
    carried = {
        key: nested[key]
        for key in ("source_id", "recruiter_id", "coordinator_id", "referrer_id")
        if key in nested
    }
    return pipeline.apply(
        call.world,
        candidate_id=candidate["id"],
        job_id=nested.get("job_id"),
        stage_id=nested.get("initial_stage_id"),
        prospective_job_ids=nested.get("job_ids", []),
        **carried,
    )


@write("PATCH", "candidates/id", "update", _PERSON)
def edit_candidate(call: WriteCall) -> tuple[int, Any]:
    row = people.edit_candidate(call.world, call.row_id, _person(call.body))
    return 200, call.shown("candidates", row)


@write("DELETE", "candidates/id", "destroy")
def delete_candidate(call: WriteCall) -> tuple[int, Any]:
    people.delete_candidate(call.world, call.row_id)
    return 200, {"message": f"Candidate {call.row_id} deleted successfully"}


@write("POST", "candidates/id/merge", "merge", "secondary_candidate_id:int!")
def merge(call: WriteCall) -> tuple[int, Any]:
    lost = call.named("candidates", "secondary_candidate_id")
    if lost["id"] == call.row_id:
        raise unprocessable({"secondary_candidate_id": "must be another candidate"})
    row = people.merge(call.world, call.row_id, lost["id"])
    return 200, call.shown("candidates", row)


@write("PATCH", "candidates/id/anonymize", "anonymize", "fields:strs!")
def anonymize(call: WriteCall) -> tuple[int, Any]:
    names = call.body["fields"]
    unknown = [name for name in names if name not in people.ANONYMIZABLE]
    if unknown or not names:
        raise unprocessable({"fields": f"cannot be {', '.join(unknown) or 'empty'}"})
    row = people.anonymize(call.world, call.row_id, names)
    return 200, call.shown("candidates", row)


@write("POST", "candidate_tags", "create", "name:str!")
def create_tag(call: WriteCall) -> tuple[int, Any]:
    """What a duplicate does is a switch."""
    name, world = call.body["name"], call.world
    same = [row for row in world.account.all("candidate_tags") if row["name"].lower() == name.lower()]
    if same and world.settings.duplicate_tag == "refused":
        raise unprocessable({"name": "has already been taken"})
    if same and world.settings.duplicate_tag == "existing":
        return 200, call.shown("candidate_tags", same[0])
    return 201, call.shown("candidate_tags", world.account.add("candidate_tags", world.clock(), name=name))


@write("DELETE", "candidate_tags/id", "destroy")
def delete_tag(call: WriteCall) -> tuple[int, Any]:
    world = call.world
    for applied in list(world.account.where("applied_candidate_tags", candidate_tag_id=call.row_id)):
        people.remove_tag(world, applied["id"])
    world.account.remove("candidate_tags", call.row_id)
    return 200, {"message": f"Candidate tag {call.row_id} deleted successfully"}


@write("POST", "applied_candidate_tags", "create", "candidate_id:int! candidate_tag_id:int!")
def apply_tag(call: WriteCall) -> tuple[int, Any]:
    """What a duplicate does is a switch. Tells `update_candidate`."""
    world, candidate = call.world, call.named("candidates", "candidate_id")
    tag = call.named("candidate_tags", "candidate_tag_id")
    same = world.account.first(
        "applied_candidate_tags", candidate_id=candidate["id"], candidate_tag_id=tag["id"]
    )
    if same and world.settings.duplicate_applied_tag == "refused":
        raise unprocessable({"candidate_tag_id": "has already been taken"})
    if same and world.settings.duplicate_applied_tag == "existing":
        return 200, call.shown("applied_candidate_tags", same)
    row = people.apply_tag(world, candidate["id"], tag["id"])
    people.announce(world, candidate["id"])
    return 201, call.shown("applied_candidate_tags", row)


@write("DELETE", "applied_candidate_tags/id", "destroy")
def remove_tag(call: WriteCall) -> tuple[int, Any]:
    row = call.world.account.tables["applied_candidate_tags"].rows[call.row_id]
    people.remove_tag(call.world, call.row_id)
    people.announce(call.world, row["candidate_id"])
    return 200, {"message": f"Applied candidate tag {call.row_id} deleted successfully"}


@write(
    "POST",
    "notes",
    "create",
    """candidate_id:int! body:str! note_type=NOTE|ACTIVITY|EMAIL! visibility=public|private|admin_only!
    application_id:int user_id:int subject:str email_from:strs email_to:strs email_cc:strs""",
)
def create_note(call: WriteCall) -> tuple[int, Any]:
    body = call.body
    _check_email(body)
    call.known("candidates", "candidate_id")
    application = call.known("applications", "application_id")
    if application and application["candidate_id"] != body["candidate_id"]:
        raise unprocessable({"application_id": "is not an application of the candidate"})
    author = call.known("users", "user_id") or call.user
    row = people.add_note(
        call.world,
        candidate_id=body["candidate_id"],
        application_id=body.get("application_id"),
        body=body["body"],
        body_with_tags=body["body"],
        subject=body.get("subject"),
        type=body["note_type"],
        user_id=author["id"],
        visibility=people.VISIBILITY[body["visibility"]],
        email_from=", ".join(body["email_from"]) if "email_from" in body else None,
        email_to=", ".join(body["email_to"]) if "email_to" in body else None,
        email_cc=body.get("email_cc", []),
    )
    return 201, call.shown("notes", row)


def _check_email(body: dict[str, Any]) -> None:
    """E-mail notes need subject and addresses, other notes refuse them."""
    names = ("subject", "email_from", "email_to", "email_cc")
    if body["note_type"] == "EMAIL":
        wrong = [{name: "is missing"} for name in names if name not in body]
    else:
        wrong = [{name: "is only allowed for EMAIL"} for name in names[1:] if name in body]
    if wrong:
        raise unprocessable(*wrong)


@write(
    "POST",
    "candidate_educations",
    "create",
    """candidate_id:int! school_name_custom_field_option_id:int degree_custom_field_option_id:int
    discipline_custom_field_option_id:int start_date:str end_date:str""",
)
def create_education(call: WriteCall) -> tuple[int, Any]:
    values = dict(call.body)
    call.known("candidates", "candidate_id")
    start, end = values.pop("start_date", None), values.pop("end_date", None)
    moments = {
        "start_at": start and f"{start[:10]}T00:00:00.000Z",
        "end_at": end and f"{end[:10]}T00:00:00.000Z",
    }
    row = call.world.account.add("candidate_educations", call.world.clock(), **values, **moments)
    return 201, call.shown("candidate_educations", row)


@write(
    "POST",
    "candidate_employments",
    "create",
    "candidate_id:int! company_name:str! title:str! start_date:str! end_date:str",
)
def create_employment(call: WriteCall) -> tuple[int, Any]:
    call.known("candidates", "candidate_id")
    row = call.world.account.add("candidate_employments", call.world.clock(), **call.body)
    return 201, call.shown("candidate_employments", row)


@write("DELETE", "candidate_educations/id", "destroy")
def delete_education(call: WriteCall) -> tuple[int, Any]:
    call.world.account.remove("candidate_educations", call.row_id)
    return 200, {"message": f"Candidate education {call.row_id} deleted successfully"}


@write("DELETE", "candidate_employments/id", "destroy")
def delete_employment(call: WriteCall) -> tuple[int, Any]:
    call.world.account.remove("candidate_employments", call.row_id)
    return 200, {"message": f"Candidate employment {call.row_id} deleted successfully"}
