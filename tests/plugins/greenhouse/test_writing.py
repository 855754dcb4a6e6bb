"""Write-back: what will be written is known beforehand, and appears once whatever goes wrong."""

from typing import Any

import pytest

from core.sdk import Forbidden, Misconfigured, NotFound, Rejected, Unavailable, WriteItem
from plugins.greenhouse.custom_fields import find, same, written
from plugins.greenhouse.writing import plan

from .conftest import MakeRig, Rig

pytestmark = pytest.mark.anyio


def planned(rig: Rig, kind: str, **change: Any) -> WriteItem:
    return next(item for item in rig.connector.plan(rig.verdict(**change)) if item.kind == kind)


def notes_of(rig: Rig, key: str) -> list[dict[str, Any]]:
    return [
        row for row in rig.twin.rows("notes") if row["body"] and row["body"].endswith(f"Shortlist ref {key}")
    ]


def fields_of(rig: Rig, name: str = "Mira Sol") -> dict[str, Any]:
    values: dict[str, Any] = rig.application(name)["custom_fields"] or {}
    return values


async def test_the_same_verdict_gives_the_same_items_and_no_call(rig: Rig) -> None:
    assert rig.connector.plan(rig.verdict()) == rig.connector.plan(rig.verdict())
    assert rig.calls() == []


async def test_the_preview_is_what_is_written(rig: Rig) -> None:
    note = planned(rig, "note")
    await rig.connector.write(note)
    (row,) = notes_of(rig, note.key)
    assert row["body"] == note.preview
    fields = planned(rig, "fields")
    await rig.connector.write(fields)
    assert fields.preview.startswith("Shortlist score: 78\nShortlist band: Qualified\n")
    for value in fields_of(rig).values():
        assert str(value) in fields.preview


async def test_a_note_is_private_and_by_the_acting_user(rig: Rig) -> None:
    note = planned(rig, "note")
    done = await rig.connector.write(note)
    (row,) = notes_of(rig, note.key)
    assert done.reference == str(row["id"])
    assert (row["visibility"], row["type"]) == ("privately_visible", "NOTE")
    assert str(row["user_id"]) == rig.settings["acting_user"]
    assert row["application_id"] == rig.application("Mira Sol")["id"]


@pytest.mark.parametrize(
    ("chosen", "shown"), [("admin_only", "admin_only_visible"), ("public", "publicly_visible")]
)
async def test_who_sees_notes_can_be_chosen(make_rig: MakeRig, chosen: str, shown: str) -> None:
    rig = make_rig(note_visibility=chosen)
    note = planned(rig, "note")
    await rig.connector.write(note)
    assert notes_of(rig, note.key)[0]["visibility"] == shown


async def test_a_note_is_written_once_however_often_and_from_wherever(rig: Rig, make_rig: MakeRig) -> None:
    note = planned(rig, "note")
    first = await rig.connector.write(note)
    again = await make_rig().connector.write(note)
    assert (again.reference, again.already) == (first.reference, True)
    assert len(notes_of(rig, note.key)) == 1


async def test_each_version_has_a_note_of_its_own(rig: Rig) -> None:
    """Key 1 must not be found inside key 12."""
    await rig.connector.write(planned(rig, "note", key="abc-12"))
    await rig.connector.write(planned(rig, "note", key="abc-1"))
    assert len(notes_of(rig, "abc-12")) == len(notes_of(rig, "abc-1")) == 1


@pytest.mark.parametrize("kind", ["lost", "truncated", "malformed"])
async def test_a_note_whose_answer_was_lost_is_found_again(rig: Rig, kind: str) -> None:
    rig.twin.fault(kind, method="POST", path="/v3/notes")
    note = planned(rig, "note")
    assert (await rig.connector.write(note)).already
    assert len(notes_of(rig, note.key)) == 1


@pytest.mark.parametrize("kind", ["drop", "status"])
async def test_a_note_that_never_arrived_is_written_by_the_next_attempt(rig: Rig, kind: str) -> None:
    rig.twin.fault(kind, method="POST", path="/v3/notes", status=500)
    note = planned(rig, "note")
    with pytest.raises(Unavailable):
        await rig.connector.write(note)
    assert not (await rig.connector.write(note)).already
    assert len(notes_of(rig, note.key)) == 1


async def test_a_lost_answer_followed_by_an_outage_still_makes_one_note(rig: Rig) -> None:
    rig.twin.fault("lost", method="POST", path="/v3/notes")
    rig.twin.fault("status", method="GET", path="/v3/notes", status=503, times=4, skip=1)
    note = planned(rig, "note")
    with pytest.raises(Unavailable):
        await rig.connector.write(note)
    assert (await rig.connector.write(note)).already
    assert len(notes_of(rig, note.key)) == 1


async def test_a_429_on_a_write_waits_and_writes_once(rig: Rig) -> None:
    rig.twin.fault("status", method="POST", path="/v3/notes", status=429, headers={"Retry-After": "3"})
    note = planned(rig, "note")
    await rig.connector.write(note)
    assert len(notes_of(rig, note.key)) == 1


async def test_fields_are_made_once_private_and_filled(rig: Rig) -> None:
    await rig.connector.write(planned(rig, "fields"))
    made = {r["name"]: r for r in rig.twin.rows("custom_fields") if r["name"].startswith("Shortlist")}
    assert {name: row["value_type"] for name, row in made.items()} == {
        "Shortlist score": "number",
        "Shortlist band": "short_text",
        "Shortlist reasons": "long_text",
        "Shortlist link": "url",
    }
    assert all(row["private"] and row["field_type"] == "application" for row in made.values())
    values = fields_of(rig)
    assert values[made["Shortlist score"]["name_key"]] == 78
    assert values[made["Shortlist band"]["name_key"]] == "Qualified"
    await rig.connector.write(planned(rig, "fields", score=80))
    assert len(rig.calls("/v3/custom_fields", method="POST")) == 4


async def test_fields_that_show_it_already_are_left_alone(rig: Rig, make_rig: MakeRig) -> None:
    fields = planned(rig, "fields")
    assert not (await rig.connector.write(fields)).already
    other = make_rig()
    assert (await other.connector.write(fields)).already
    assert len(rig.calls("/v3/applications", method="PATCH")) == 1


async def test_without_a_score_the_field_is_emptied(rig: Rig) -> None:
    await rig.connector.write(planned(rig, "fields"))
    await rig.connector.write(planned(rig, "fields", score=None, band_label="Could not be read"))
    assert "Could not be read" in fields_of(rig).values()
    assert 78 not in fields_of(rig).values()


@pytest.mark.parametrize("patch", ["replace", "merge"])
@pytest.mark.parametrize("by", ["id", "name", "both"])
async def test_what_others_wrote_stays(rig: Rig, patch: str, by: str) -> None:
    """Whether a write replaces the set, and how choices are written, is unconfirmed: all of it must work."""
    mira = rig.application("Mira Sol")["id"]
    rig.twin.change("applications", mira, custom_fields={"notice_period": "One month"})
    rig.twin.configure(custom_fields_patch=patch, single_select_by=by)
    await rig.connector.write(planned(rig, "fields"))
    values = fields_of(rig)
    assert values["notice_period"] == "One month"
    assert 78 in values.values()


async def test_fields_made_by_hand_with_other_types_are_used(rig: Rig) -> None:
    send = rig.connector._harvest.send
    made = {"field_type": "application", "name": "Fit", "value_type": "short_text"}
    await send("POST", "custom_fields", made)
    options = [{"name": "Qualified"}, {"name": "Not Qualified"}]
    select = {"field_type": "application", "name": "Class", "value_type": "single_select"}
    await send("POST", "custom_fields", {**select, "custom_field_options": options})
    rig.settings.update(score_field="fit", band_field="Class")
    await rig.connector.write(planned(rig, "fields"))
    assert (fields_of(rig)["fit"], fields_of(rig)["class"]) == ("78", "Qualified")


async def test_a_renamed_field_is_still_ours(rig: Rig, make_rig: MakeRig) -> None:
    await rig.connector.write(planned(rig, "fields"))
    row = next(r for r in rig.twin.rows("custom_fields") if r["name"] == "Shortlist score")
    rig.twin.change("custom_fields", row["id"], name="Fit (Shortlist)")
    await make_rig().connector.write(planned(rig, "fields", score=81))
    assert fields_of(rig)[row["name_key"]] == 81


async def test_without_permission_to_make_fields_the_hint_says_how(rig: Rig) -> None:
    rig.twin.credential(remove_scopes=["harvest:custom_fields:create"])
    with pytest.raises(Forbidden) as caught:
        await rig.connector.write(planned(rig, "fields"))
    assert caught.value.permission == "custom_fields:create"
    assert "by hand" in caught.value.hint


async def test_fields_that_exist_are_filled_even_if_others_may_not_be_made(rig: Rig) -> None:
    made = {"field_type": "application", "name": "Shortlist score", "value_type": "number"}
    await rig.connector._harvest.send("POST", "custom_fields", made)
    rig.twin.credential(remove_scopes=["harvest:custom_fields:create"])
    await rig.connector.write(planned(rig, "fields"))
    assert list(fields_of(rig).values()) == [78]


@pytest.mark.parametrize(
    ("scope", "kind"),
    [("notes:create", "note"), ("notes:list", "note"), ("applications:update", "fields")],
)
async def test_a_missing_scope_stops_only_what_needs_it(rig: Rig, scope: str, kind: str) -> None:
    rig.twin.credential(remove_scopes=[f"harvest:{scope}"])
    with pytest.raises(Forbidden):
        await rig.connector.write(planned(rig, kind))
    other = "fields" if kind == "note" else "note"
    await rig.connector.write(planned(rig, other))


async def test_a_note_is_not_written_blind(rig: Rig) -> None:
    rig.twin.credential(remove_scopes=["harvest:notes:list"])
    with pytest.raises(Forbidden):
        await rig.connector.write(planned(rig, "note"))
    assert rig.calls("/v3/notes", method="POST") == []


@pytest.mark.parametrize("kind", ["fields", "note"])
async def test_an_application_that_is_gone_is_not_found(rig: Rig, kind: str) -> None:
    item = planned(rig, kind)
    rig.twin.act("delete_candidate", id=rig.candidate("Mira Sol")["id"])
    with pytest.raises(NotFound):
        await rig.connector.write(item)


async def test_a_merged_candidates_note_goes_to_the_survivor(rig: Rig) -> None:
    note = planned(rig, "note")
    survivor = rig.candidate("Jonas Weil")["id"]
    rig.twin.act("merge", kept_id=survivor, lost_id=rig.candidate("Mira Sol")["id"])
    await rig.connector.write(note)
    assert [row["candidate_id"] for row in notes_of(rig, note.key)] == [survivor]


async def test_a_note_written_before_a_merge_is_not_written_again(rig: Rig) -> None:
    note = planned(rig, "note")
    await rig.connector.write(note)
    survivor = rig.candidate("Jonas Weil")["id"]
    rig.twin.act("merge", kept_id=survivor, lost_id=rig.candidate("Mira Sol")["id"])
    assert (await rig.connector.write(note)).already
    assert len(notes_of(rig, note.key)) == 1


async def test_a_note_is_by_whom_the_settings_name_when_it_is_written(rig: Rig) -> None:
    note = planned(rig, "note", acting_user_id="123456789")
    await rig.connector.write(note)
    assert [str(row["user_id"]) for row in notes_of(rig, note.key)] == [rig.settings["acting_user"]]


async def test_an_acting_user_who_is_gone_is_named_as_the_reason(make_rig: MakeRig) -> None:
    rig = make_rig(acting_user="")
    with pytest.raises(Misconfigured) as caught:
        await rig.connector.write(planned(rig, "note", acting_user_id="123456789"))
    assert caught.value.field == "acting_user"


async def test_a_refusal_is_final_and_shown(rig: Rig) -> None:
    body = '{"message": "Unprocessable Content", "errors": [{"body": "is too long"}]}'
    rig.twin.fault("status", method="POST", path="/v3/notes", status=422, body=body)
    with pytest.raises(Rejected, match="body: is too long"):
        await rig.connector.write(planned(rig, "note"))


async def test_kinds_greenhouse_does_not_know_are_rejected(rig: Rig) -> None:
    with pytest.raises(Rejected):
        await rig.connector.write(WriteItem(kind="tags", key="k", preview="", payload={}))


@pytest.mark.parametrize(
    ("present", "wanted", "equal"),
    [
        (78, 78, True),
        (78.0, 78, True),
        ("78.0", 78, True),
        ("", 78, False),
        (None, 78, False),
        (0, None, False),
        (None, None, True),
        ("", None, True),
        ("a\r\nb", "a\nb", True),
        ("a", "b", False),
        ({"x": 1}, "a", False),
    ],
)
def test_when_a_field_shows_it_already(present: Any, wanted: Any, equal: bool) -> None:
    assert same(present, wanted) is equal


@pytest.mark.parametrize(
    ("entry", "by", "value"),
    [
        ({"type": "single_select", "value": "One month"}, "id", 7),
        ({"type": "single_select", "value": "One month"}, "name", "One month"),
        ({"type": "single_select", "value": "Gone"}, "id", "Gone"),
        ({"type": "single_select", "value": None}, "id", None),
        ({"type": "multi_select", "value": ["One month"]}, "id", [7]),
        ({"type": "user", "value": {"user_id": 3, "name": "Ada"}}, "name", 3),
        (
            {"type": "currency", "value": {"amount": 5, "unit": "EUR"}},
            "name",
            {"amount": 5, "currency_code": "EUR"},
        ),
        (
            {"type": "currency_range", "value": {"min_value": 1, "max_value": 2, "unit": "EUR"}},
            "name",
            {"min_amount": 1, "max_amount": 2, "currency_code": "EUR"},
        ),
        (
            {"type": "number_range", "value": {"min_value": 1, "max_value": 2}},
            "id",
            {"min_value": 1, "max_value": 2},
        ),
        ({"type": "long_text", "value": "x"}, "id", "x"),
    ],
)
def test_values_read_in_the_form_of_a_write(entry: dict[str, Any], by: Any, value: Any) -> None:
    assert written(entry, {"One month": 7}, by) == value


def test_inactive_fields_and_fields_without_a_key_are_not_ours() -> None:
    from plugins.greenhouse.custom_fields import SPECS

    rows = [
        {"name": "Shortlist score", "name_key": "shortlist_score", "active": False},
        {"name": "Shortlist score", "name_key": None},
    ]
    assert find(SPECS[0], "Shortlist score", rows) is None


def test_planning_needs_no_acting_user_and_no_settings() -> None:
    from core.sdk import Verdict

    verdict = Verdict(
        key="k-1",
        application_id="1",
        person_id="2",
        job_id="3",
        version=1,
        score=None,
        band="unreadable",
        band_label="Could not be read",
        note="",
    )
    fields, note = plan(verdict, {})
    assert "Shortlist score: (empty)" in fields.preview
    assert note.payload["visibility"] == "private"
