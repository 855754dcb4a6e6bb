"""Write endpoints about custom fields and their options."""

import re
from typing import Any

from plugins.greenhouse.twin.account import Account, Row
from plugins.greenhouse.twin.refusals import unprocessable
from plugins.greenhouse.twin.write_table import WriteCall, write

_TYPES = "job|candidate|application|offer|opening|rejection_question|referral_question|user_attribute"
_VALUES = (
    "short_text|long_text|yes_no|single_select|multi_select|currency|currency_range|number|number_range"
    "|date|url|user"
)
_FLAGS = (
    "private",
    "required",
    "require_approval",
    "trigger_new_version",
    "expose_in_job_board_api",
    "api_only",
)


@write(
    "POST",
    "custom_fields",
    "create",
    f"""name:str! field_type={_TYPES}! value_type={_VALUES}! description:str
    {" ".join(f"{flag}:bool" for flag in _FLAGS)} generate_email_token:bool
    template_token_string:str custom_field_options:rows application_type:str""",
)
def create_field(call: WriteCall) -> tuple[int, Any]:
    """A field; names are unique among the active fields of a type, the name key is made of the name."""
    body, world = call.body, call.world
    for row in world.account.where("custom_fields", field_type=body["field_type"], active=True):
        if row["name"].lower() == body["name"].lower():
            raise unprocessable({"name": "has already been taken"})
    options = body.get("custom_field_options", [])
    values = {
        key: value for key, value in body.items() if key in {*_FLAGS, "description", "application_type"}
    }
    field = add_field(
        world.account,
        world.clock(),
        name=body["name"],
        field_type=body["field_type"],
        value_type=body["value_type"],
        **values,
    )
    for order, option in enumerate(options):
        _add_option(call, field, option, order)
    return 201, call.shown("custom_fields", field)


def add_field(
    account: Account, at: Any, *, name: str, field_type: str, value_type: str, **values: Any
) -> Row:
    """Put a custom field into an account; its name key is unique and never changes."""
    key = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "field"
    taken = {row["name_key"] for row in account.all("custom_fields")}
    number = 1
    while (unique := key if number == 1 else f"{key}_{number}") in taken:
        number += 1
    order = len([row for row in account.all("custom_fields") if row["field_type"] == field_type])
    return account.add(
        "custom_fields",
        at,
        name=name,
        name_key=unique,
        field_type=field_type,
        value_type=value_type,
        sort_order=order,
        active=True,
        **values,
    )


@write(
    "PATCH", "custom_fields/id", "update", "name:str private:bool description:str template_token_string:str"
)
def edit_field(call: WriteCall) -> tuple[int, Any]:
    row = call.world.account.change("custom_fields", call.row_id, call.world.clock(), **call.body)
    return 200, call.shown("custom_fields", row)


@write("DELETE", "custom_fields/id", "destroy")
def delete_field(call: WriteCall) -> tuple[int, Any]:
    for option in list(call.world.account.where("custom_field_options", custom_field_id=call.row_id)):
        call.world.account.remove("custom_field_options", option["id"])
    call.world.account.remove("custom_fields", call.row_id)
    return 200, {"message": f"Custom field {call.row_id} deleted successfully"}


@write(
    "POST", "custom_field_options", "create", "custom_field_id:int! name:str! sort_order:int external_id:str"
)
def create_option(call: WriteCall) -> tuple[int, Any]:
    field = call.named("custom_fields", "custom_field_id")
    if field["value_type"] not in {"single_select", "multi_select"}:
        raise unprocessable({"custom_field_id": "is not a select field"})
    existing = list(call.world.account.where("custom_field_options", custom_field_id=field["id"]))
    if any(option["name"] == call.body["name"] for option in existing):
        raise unprocessable({"name": "has already been taken"})
    return 201, call.shown("custom_field_options", _add_option(call, field, call.body, len(existing)))


def _add_option(call: WriteCall, field: Row, option: dict[str, Any], order: int) -> Row:
    if not isinstance(option.get("name"), str):
        raise unprocessable({"custom_field_options": "takes objects with a name"})
    return call.world.account.add(
        "custom_field_options",
        call.world.clock(),
        custom_field_id=field["id"],
        name=option["name"],
        sort_order=option.get("sort_order", order),
        external_id=option.get("external_id"),
        active=True,
    )


@write("PATCH", "custom_field_options/id", "update", "name:str sort_order:int external_id:str active:bool")
def edit_option(call: WriteCall) -> tuple[int, Any]:
    row = call.world.account.change("custom_field_options", call.row_id, call.world.clock(), **call.body)
    return 200, call.shown("custom_field_options", row)


@write("DELETE", "custom_field_options/id", "destroy")
def delete_option(call: WriteCall) -> tuple[int, Any]:
    """Past choices keep the option, so it is only deactivated."""
    call.world.account.change("custom_field_options", call.row_id, call.world.clock(), active=False)
    return 200, {"message": f"Custom field option {call.row_id} deleted successfully"}
