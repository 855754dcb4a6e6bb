"""A rubric tried and applied: what was shown is what happens, and no judgement is made twice."""

from typing import Any

import msgspec
import pytest

from core.errors import Conflict, Invalid, NotAllowed
from core.sdk.scorer import Requirement
from core.services import board, profiles, rubrics, whatif
from core.services.whatif import Change, Trial
from core.store.engine import rows
from core.store.records import audited
from core.store.scope import tenant

pytestmark = pytest.mark.anyio


async def _cards(world: Any) -> dict[str, board.Card]:
    found = await board.columns(world.actor, world.job)
    return {card.name: card for column in found for card in column.cards}


async def _settled(world: Any, until: Any) -> dict[str, board.Card]:
    async def fresh() -> bool:
        return not any(card.stale for card in (await _cards(world)).values())

    await until(fresh)
    return await _cards(world)


async def _trial(world: Any, **values: Any) -> Trial:
    found = await rubrics.rubric(world.actor, world.job)
    return msgspec.structs.replace(
        Trial(
            version=found.version, changes={}, pre_qualified=found.pre_qualified, qualified=found.qualified
        ),
        **values,
    )


async def test_what_was_shown_is_what_happens_and_a_persons_decision_stays(world: Any, until: Any) -> None:
    before = await _cards(world)
    assert before["Mira Sol"].category == "qualified"
    decided = await board.move(world.actor, before["Jonas Weil"].id, "pre_qualified", reason="Met in person")
    out_of_reach = await _trial(world, qualified=100, pre_qualified=99)
    tried = await whatif.try_rubric(world.actor, world.job, out_of_reach)
    assert {m.name: m.to_category for m in tried.movers}.keys() <= {"Mira Sol"}
    assert (await _cards(world))["Mira Sol"].category == "qualified", "trying changes nothing"
    saved = await whatif.apply(world.actor, world.job, out_of_reach)
    after = await _settled(world, until)
    assert saved.version == out_of_reach.version + 1
    for name, card in after.items():
        moved = {m.name: m.to_category for m in tried.movers}
        assert card.category == moved.get(
            name, "pre_qualified" if name == "Jonas Weil" else before[name].category
        )
    assert after["Jonas Weil"].decided_by == world.actor.name
    async with tenant(world.actor.tenant_id):
        entry = (await audited(str(world.job)))[0]
    assert entry["action"] == "what-if applied"
    assert msgspec.json.decode(entry["details"])["moves"] == len(tried.movers)
    await whatif.apply(world.actor, world.job, await _trial(world, qualified=70, pre_qualified=40))
    await board.undo(world.actor, decided.decision_id)
    assert (await _settled(world, until))["Mira Sol"].category == "qualified"


async def test_only_what_is_new_is_judged_again(world: Any, until: Any) -> None:
    """The kept reasons are marked in the database: a requirement judged again would lose its mark."""
    card = (await _settled(world, until))["Mira Sol"]
    async with tenant(world.actor.tenant_id):
        (kept,) = await rows("SELECT id, kept FROM judged WHERE application = $1", card.id)
        marked = msgspec.json.decode(kept["kept"])
        for result in marked["results"].values():
            result["reason"] = "Kept."
        await rows(
            "UPDATE judged SET kept = $2::jsonb WHERE id = $1",
            kept["id"],
            msgspec.json.encode(marked).decode(),
        )
    found = await rubrics.rubric(world.actor, world.job)
    new = Requirement(id="r99", text="Rust", category="hard_skill", must_have=False, weight=1)
    await rubrics.save(
        world.actor, world.job, (*found.requirements, new),
        pre_qualified=found.pre_qualified, qualified=found.qualified,
    )  # fmt: skip
    await _settled(world, until)
    profile = await profiles.profile(world.actor, card.id)
    reasons = {row.text: row.reason for row in profile.requirements}
    assert reasons.pop("Rust") != "Kept."
    assert set(reasons.values()) == {"Kept."}
    text = profile.documents[0].text
    assert all(text[q.start : q.end] == q.text for row in profile.requirements for q in row.quotes)


async def test_what_was_changed_meanwhile_or_makes_no_sense_is_refused(world: Any) -> None:
    trial = await _trial(world)
    with pytest.raises(Conflict):
        await whatif.apply(world.actor, world.job, msgspec.structs.replace(trial, version=trial.version - 1))
    with pytest.raises(Invalid):
        await whatif.try_rubric(world.actor, world.job, msgspec.structs.replace(trial, pre_qualified=90))
    first = (await rubrics.rubric(world.actor, world.job)).requirements[0].id
    with pytest.raises(Invalid):
        await whatif.try_rubric(
            world.actor, world.job,
            msgspec.structs.replace(trial, changes={first: Change(weight=0, must_have=True)}),
        )  # fmt: skip


async def test_hiring_managers_try_and_apply_nothing(world: Any) -> None:
    manager = msgspec.structs.replace(world.actor, role="hiring_manager")
    trial = await _trial(world)
    for attempt in (
        whatif.try_rubric(manager, world.job, trial),
        whatif.apply(manager, world.job, trial),
    ):
        with pytest.raises(NotAllowed):
            await attempt
