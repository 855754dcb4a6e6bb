from typing import Any

import pytest

from plugins.greenhouse.twin.serve import TwinServer

from .conftest import Api


def field(
    api: Api, name: str, value_type: str, *, options: tuple[str, ...] = (), kind: str = "application"
) -> str:
    body: dict[str, Any] = {"name": name, "field_type": kind, "value_type": value_type, "private": True}
    if options:
        body["custom_field_options"] = [{"name": option} for option in options]
    answer = api.call("POST", "custom_fields", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["name_key"])


def put(api: Api, application: int, **values: Any) -> Any:
    entries = [{"name_key": key, "value": value} for key, value in values.items()]
    return api.call("PATCH", f"applications/{application}", json={"custom_fields": entries})


def values_of(api: Api, application: int) -> dict[str, Any]:
    fields = api.one("applications", application)["custom_fields"]
    return {key: entry["value"] for key, entry in fields.items() if entry["value"] is not None}


def test_a_new_field_appears_on_every_row_without_a_value(api: Api) -> None:
    key = field(api, "Shortlist Score", "number")
    assert key == "shortlist_score"
    entries = {repr(row["custom_fields"][key]) for row in api.get("applications")}
    assert entries == {repr({"name": "Shortlist Score", "type": "number", "value": None})}
    assert api.get("custom_fields", name_key=key)[0]["private"] is True


def test_names_are_unique_and_keys_too(api: Api) -> None:
    field(api, "Score", "number")
    body = {"name": "score", "field_type": "application", "value_type": "number"}
    assert api.errors("POST", "custom_fields", json=body) == [{"name": "has already been taken"}]
    assert field(api, "Score", "number", kind="candidate") == "score_2"


@pytest.mark.parametrize("mode", ["replace", "merge"])
def test_whether_a_patch_replaces_or_merges_is_a_switch(twin: TwinServer, api: Api, mode: str) -> None:
    twin.configure(custom_fields_patch=mode)
    score, reason = field(api, "Score", "number"), field(api, "Reason", "long_text")
    application = api.ids("applications")[0]
    put(api, application, **{score: 81, reason: "Because"})
    put(api, application, **{score: 82})
    kept = {reason: "Because"} if mode == "merge" else {}
    assert values_of(api, application) == {score: 82, **kept}
    put(api, application, **{score: None})
    assert values_of(api, application) == kept


@pytest.mark.parametrize(
    ("by", "id_ok", "name_ok"), [("id", True, False), ("name", False, True), ("both", True, True)]
)
def test_selects_are_written_by_id_or_name_and_read_by_name(
    twin: TwinServer, api: Api, by: str, id_ok: bool, name_ok: bool
) -> None:
    twin.configure(single_select_by=by)
    key = field(api, "Band", "single_select", options=("Qualified", "Not qualified"))
    option = api.get("custom_field_options", custom_field_key=key)[-1]
    application = api.ids("applications")[0]
    for value, fine in ((option["id"], id_ok), (option["name"], name_ok)):
        assert (put(api, application, **{key: value}).status_code == 200) is fine
        if fine:
            assert values_of(api, application) == {key: "Qualified"}
    assert put(api, application, **{key: "Something else"}).status_code == 422


@pytest.mark.parametrize(
    ("value_type", "value", "read"),
    [
        ("short_text", "a", "a"),
        ("number", 81.5, 81.5),
        ("yes_no", True, True),
        ("url", "https://x.example", "https://x.example"),
        ("date", "2026-11-24", "2026-11-24"),
        ("currency", {"amount": 5, "currency_code": "EUR"}, {"amount": 5, "unit": "EUR"}),
        ("number_range", {"min_value": 1, "max_value": 2}, {"min_value": 1, "max_value": 2}),
        (
            "currency_range",
            {"min_amount": 1, "max_amount": 2, "currency_code": "EUR"},
            {"min_value": 1, "max_value": 2, "unit": "EUR"},
        ),
    ],
)
def test_each_kind_of_value_is_checked_and_read_back(
    api: Api, value_type: str, value: Any, read: Any
) -> None:
    key = field(api, "Anything", value_type)
    application = api.ids("applications")[0]
    assert put(api, application, **{key: value}).status_code == 200
    assert values_of(api, application) == {key: read}
    assert put(api, application, **{key: values_of(api, application)[key]}).status_code == 200
    assert put(api, application, **{key: ["wrong"]}).status_code == 422


def test_text_is_at_most_255_characters_long_when_short(api: Api) -> None:
    short, long = field(api, "Short", "short_text"), field(api, "Long", "long_text")
    application = api.ids("applications")[0]
    assert put(api, application, **{short: "x" * 256}).status_code == 422
    assert put(api, application, **{long: "x" * 256}).status_code == 200


def test_a_field_of_another_kind_of_object_is_unknown_here(api: Api) -> None:
    key = field(api, "For candidates", "short_text", kind="candidate")
    application = api.ids("applications")[0]
    assert put(api, application, **{key: "x"}).status_code == 422
    entry = {"custom_fields": [{"name_key": key, "value": "x"}]}
    candidate = api.ids("candidates")[0]
    assert api.call("PATCH", f"candidates/{candidate}", json=entry).status_code == 200
    assert api.one("candidates", candidate)["custom_fields"][key]["value"] == "x"


def test_options_are_added_and_a_deleted_one_is_only_inactive(api: Api) -> None:
    key = field(api, "Band", "single_select", options=("A",))
    definition = api.get("custom_fields", name_key=key)[0]["id"]
    made = api.call("POST", "custom_field_options", json={"custom_field_id": definition, "name": "B"})
    assert (made.status_code, made.json()["sort_order"]) == (201, 1)
    assert api.errors("POST", "custom_field_options", json={"custom_field_id": definition, "name": "B"})
    api.call("DELETE", f"custom_field_options/{made.json()['id']}")
    active = api.get("custom_field_options", custom_field_ids=definition, active="true")
    assert [row["name"] for row in active] == ["A"]
    assert put(api, api.ids("applications")[0], **{key: "B"}).status_code == 422


def test_a_deleted_field_is_gone_from_the_rows(api: Api) -> None:
    key = field(api, "Score", "number")
    definition = api.get("custom_fields", name_key=key)[0]["id"]
    assert api.call("DELETE", f"custom_fields/{definition}").status_code == 200
    assert key not in api.get("applications")[0]["custom_fields"]
