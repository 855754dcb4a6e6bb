"""What goes wrong outside ends as a sentence somebody can act on, and nothing is lost."""

from base64 import b64encode
from typing import Any

import pytest

from core.errors import Conflict, Invalid
from core.services import access, board, connections, credentials, plugins, profiles, sync, tasks
from core.services.board import Card
from core.store import scope
from core.store.engine import value
from plugins.greenhouse.twin import acts

pytestmark = pytest.mark.anyio


async def _cards(world: Any) -> dict[str, Card]:
    found = await board.columns(world.actor, world.job)
    return {card.name: card for column in found for card in column.cards}


def _apply(world: Any, first: str, files: list[tuple[str, bytes]]) -> Any:
    jobs = {row["name"]: row["id"] for row in world.twin.rows("jobs")}
    attached = [acts.File(filename=name, content=b64encode(data).decode()) for name, data in files]
    person = {"first_name": first, "last_name": "Test"}
    # Not through the control panel, which takes no hundred megabytes.
    what = acts.Apply(candidate=person, job_id=jobs["Data Engineer"], files=attached)
    return acts.apply(world.twin.world, what)


async def _synced(world: Any, until: Any, name: str) -> Card:
    await sync.sync(world.actor.tenant_id, world.connection)

    async def there() -> Card | None:
        card = (await _cards(world)).get(name)
        return card if card and card.band else None

    found: Card = await until(there)
    return found


async def test_somebody_without_a_resume_is_put_before_a_person(world: Any, until: Any) -> None:
    _apply(world, "Nora", [])
    card = await _synced(world, until, "Nora Test")
    assert card.score is None
    assert card.category == "needs_a_look"
    found = await profiles.profile(world.actor, card.id)
    assert "no resume" in found.explanation


async def test_a_resume_of_a_hundred_megabytes_is_refused_without_being_kept(world: Any, until: Any) -> None:
    _apply(world, "Huge", [("huge.pdf", b"%PDF-1.4\n" + b"0" * (100 * 1024 * 1024))])
    card = await _synced(world, until, "Huge Test")
    assert card.score is None
    assert any("MB" in task.body for task in await tasks.list_tasks(world.actor) if task.kind == "unreadable")


async def test_a_wrong_secret_is_told_before_anything_is_saved(world: Any) -> None:
    values = {
        "client_id": world.twin.client_id,
        "client_secret": "wrong",
        "acting_user": world.twin.subject_id,
        "api_url": f"{world.twin.url}/v3",
        "token_url": f"{world.twin.url}/token",
        "files_url": f"http://{world.twin.files_host}",
    }
    other = await access.add_tenant("Wrong", "Eve", "eve@example.org", "a short sentence")
    found = await credentials.check(other, "greenhouse", values)
    assert not found.usable
    assert "does not accept" in found.problem
    with pytest.raises(Invalid):
        await connections.connect(other, "greenhouse", values)
    assert await connections.list_connections(other) == ()


async def test_the_same_account_is_not_connected_twice(world: Any) -> None:
    values = {
        "client_id": world.twin.client_id,
        "client_secret": world.twin.client_secret,
        "acting_user": world.twin.subject_id,
        "api_url": f"{world.twin.url}/v3",
        "token_url": f"{world.twin.url}/token",
        "files_url": f"http://{world.twin.files_host}",
    }
    with pytest.raises(Conflict):
        await connections.connect(world.actor, "greenhouse", values)


async def test_revoked_credentials_stop_the_integration_ask_for_help_and_come_back(
    world: Any, until: Any
) -> None:
    world.twin.credential(revoked=True)
    world.twin.revoke_tokens()
    await sync.sync(world.actor.tenant_id, world.connection)
    found = await connections.connection(world.actor, world.connection)
    assert found.state == "needs_attention"
    assert found.state_text
    assert found.fix
    assert any(task.kind == "connection" for task in await tasks.list_tasks(world.actor))
    world.twin.credential(revoked=False)
    await connections.reconnect(world.actor, world.connection, {})

    async def works() -> bool:
        return (await connections.connection(world.actor, world.connection)).state == "active"

    await until(works)
    assert not any(task.kind == "connection" for task in await tasks.list_tasks(world.actor))


@pytest.mark.parametrize("field", ["client_id", "api_url", "token_url"])
async def test_a_stored_secret_goes_nowhere_it_was_not_entered_for(world: Any, field: str) -> None:
    elsewhere = "another" if field == "client_id" else "http://localhost:9/elsewhere"
    with pytest.raises(Invalid) as refused:
        await connections.reconnect(world.actor, world.connection, {field: elsewhere})
    assert list(refused.value.fields) == ["client_secret"]
    assert "Enter it again" in refused.value.fields["client_secret"]


async def test_a_connector_that_is_switched_off_is_not_called(world: Any) -> None:
    await plugins.set_enabled(world.actor, "greenhouse", False)
    try:
        before = len(world.twin.calls())
        await sync.sync(world.actor.tenant_id, world.connection)
        assert len(world.twin.calls()) == before
        found = await connections.connection(world.actor, world.connection)
        assert "switched off" in found.state_text
    finally:
        await plugins.set_enabled(world.actor, "greenhouse", True)
        await connections.resume(world.actor, world.connection)


async def test_a_merged_candidate_keeps_the_application_under_the_survivor(world: Any, until: Any) -> None:
    lost = _apply(
        world, "Maria", [("cv.txt", b"Maria Test. " + b"Built Python pipelines for six years. " * 8)]
    )
    kept = _apply(world, "Mary", [("cv.txt", b"Mary Test. " + b"Built SQL reports for three years. " * 8)])
    await _synced(world, until, "Maria Test")
    await _synced(world, until, "Mary Test")
    world.twin.act("merge", kept_id=kept["candidate_id"], lost_id=lost["candidate_id"])
    from core.sdk.delivery import Hint
    from core.services.connecting import opened
    from core.services.sync import follow_up, store

    async with opened(world.actor.tenant_id, world.connection) as at_work:
        hint = Hint(
            kind="person", id=str(lost["candidate_id"]), removed=True, merged_into=str(kept["candidate_id"])
        )
        found = await at_work.connector.refetch([Hint(kind="person", id=str(kept["candidate_id"])), hint])
    async with scope.tenant(world.actor.tenant_id):
        await follow_up(world.connection, await store(world.connection, found))
        owner = await value(
            "SELECT p.name FROM application a JOIN person p ON p.id = a.person WHERE a.external_id = $1",
            str(lost["id"]),
        )
    assert owner == "Mary Test"


async def test_what_is_emptied_or_removed_is_gone_and_what_is_needed_stays(world: Any) -> None:
    async def kept() -> tuple[str, dict[str, bool]]:
        found = await connections.connection(world.actor, world.connection)
        return found.values["more_file_hosts"], found.secret_set

    await connections.reconnect(world.actor, world.connection, {"more_file_hosts": "files.example.com"})
    assert await kept() == ("files.example.com", {"client_secret": True, "webhook_secret": True})
    with pytest.raises(Invalid) as refused:
        await connections.reconnect(world.actor, world.connection, {}, ["client_secret"])
    assert list(refused.value.fields) == ["client_secret"]
    await connections.reconnect(world.actor, world.connection, {"more_file_hosts": " "}, ["webhook_secret"])
    assert await kept() == ("", {"client_secret": True, "webhook_secret": False})
