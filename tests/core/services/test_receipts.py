"""Every stored score can be proved by somebody who trusts neither the database nor us."""

import json
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
from click.testing import CliRunner
from litestar import Litestar

from core.api import receipts as api
from core.api.problems import HANDLERS
from core.cli import cli
from core.errors import NotAllowed, NotFound
from core.screening.receipts import checked
from core.services import access, board, profiles, receipts, rubrics
from core.services.access import COOKIE
from core.services.runtime import runtime
from core.store.engine import rows, value
from core.store.scope import tenant
from core.store.signing import signing_key

pytestmark = pytest.mark.anyio


async def _cards(world: Any) -> dict[str, board.Card]:
    found = await board.columns(world.actor, world.job)
    return {card.name: card for column in found for card in column.cards}


def _trusted() -> str:
    return signing_key(runtime().settings.data_dir).public_key().public_bytes_raw().hex()


async def test_every_stored_score_has_a_receipt_that_holds(world: Any) -> None:
    async with tenant(world.actor.tenant_id):
        scores = await value("SELECT count(*) FROM score")
        found = await rows(
            "SELECT s.score, s.band, s.input_digest, s.scorer, x.content FROM score s "
            "LEFT JOIN receipt x ON x.score = s.id"
        )
    assert scores == len(found) >= 4
    for row in found:
        body = checked(row["content"].encode(), _trusted()).body
        assert (body.score, body.band) == (row["score"], row["band"])
        assert body.scorer.startswith(f"{row['scorer']} ")


async def test_a_receipt_names_the_file_it_was_made_from_and_no_word_of_it(world: Any) -> None:
    card = (await _cards(world))["Mira Sol"]
    content = await receipts.receipt(world.actor, card.id)
    body = checked(content, _trusted()).body
    async with tenant(world.actor.tenant_id):
        file = await value(
            "SELECT d.sha256 FROM document d JOIN application a ON a.person = d.person "
            "WHERE a.id = $1 AND d.kind = 'resume'",
            card.id,
        )
    assert body.inputs["resume"] == file
    assert b"pipelines in Python" not in content
    profile = await profiles.profile(world.actor, card.id)
    assert [(row.id, row.points) for row in body.rows] == [(r.id, r.points) for r in profile.requirements]


async def test_the_command_proves_what_the_api_gives_and_finds_a_changed_score(
    world: Any, tmp_path: Path
) -> None:
    card = (await _cards(world))["Mira Sol"]
    key = await access.open_session(world.actor.tenant_id, world.actor.member_id)
    served = httpx.ASGITransport(Litestar([api.api], exception_handlers=HANDLERS))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=served, base_url="http://here") as client:
        headers = {"cookie": f"{COOKIE}={key}"}
        one = await client.get(f"/api/applications/{card.id}/receipt", headers=headers)
        every = await client.get(f"/api/jobs/{world.job}/receipts", headers=headers)
        refused = await client.get(f"/api/applications/{card.id}/receipt")
    assert (one.status_code, every.status_code, refused.status_code) == (200, 200, 401)
    assert "attachment" in one.headers["content-disposition"]
    assert len(every.json()) >= 3
    for name, answer in (("one", one), ("every", every)):
        file = tmp_path / f"{name}.json"
        file.write_bytes(answer.content)
        held = CliRunner().invoke(cli, ["verify", "--key", _trusted(), str(file)])
        assert held.exit_code == 0, held.output
    better = one.json()
    better["body"]["score"] += 1
    (tmp_path / "better.json").write_text(json.dumps(better))
    outcome = CliRunner().invoke(cli, ["verify", "--key", _trusted(), str(tmp_path / "better.json")])
    assert outcome.exit_code == 1
    assert "cannot be trusted" in outcome.output


async def test_receipts_are_not_for_hiring_managers_and_not_for_other_tenants(world: Any) -> None:
    card = (await _cards(world))["Mira Sol"]
    manager = msgspec.structs.replace(world.actor, role="hiring_manager")
    for attempt in (
        receipts.receipt(manager, card.id),
        receipts.receipts_of_job(manager, world.job),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    other = await access.add_tenant("Harbour", "Omar Haddad", "omar@example.org", "a short sentence")
    for attempt in (receipts.receipt(other, card.id), receipts.receipts_of_job(other, world.job)):
        with pytest.raises(NotFound):
            await attempt


async def test_a_new_weight_makes_a_new_score_with_a_receipt_of_its_own(world: Any, until: Any) -> None:
    card = (await _cards(world))["Mira Sol"]
    before = checked(await receipts.receipt(world.actor, card.id), _trusted()).body
    found = await rubrics.rubric(world.actor, world.job)
    heavier = [
        msgspec.structs.replace(r, weight=r.weight + 4 if r is found.requirements[0] else r.weight)
        for r in found.requirements
    ]
    await rubrics.save(
        world.actor, world.job, heavier, pre_qualified=found.pre_qualified, qualified=found.qualified
    )

    async def again() -> bool:
        return (await _cards(world))["Mira Sol"].stale is False

    await until(again)
    after = checked(await receipts.receipt(world.actor, card.id), _trusted()).body
    assert after.rubric != before.rubric
    assert after.sources == before.sources
    assert [(row.id, row.match, row.evidence) for row in after.rows] == [
        (row.id, row.match, row.evidence) for row in before.rows
    ]
