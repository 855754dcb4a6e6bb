"""What the head of a board counts as not scored yet."""

import msgspec
import pytest

from core.services import jobs
from core.store import mirror
from core.store.scope import tenant
from tests.ui.conftest import APPLIED, World, application_record

pytestmark = pytest.mark.anyio


async def test_a_step_in_the_ats_is_no_reason_to_score_again(world: World) -> None:
    """Our own write-back touches the application there, and the next poll reads it as changed."""
    moved = msgspec.structs.replace(
        application_record(0),
        state="rejected",
        status_name="Offer",
        updated_at=APPLIED.replace(hour=11),
    )
    async with tenant(world.admin.tenant_id):
        changed, new = await mirror.store_applications(world.connection, [moved])
    assert (len(changed), len(new)) == (1, 0)
    assert (await jobs.get_job(world.admin, world.job)).scoring == 0


async def test_a_new_cover_letter_is_one(world: World) -> None:
    written = msgspec.structs.replace(
        application_record(1), cover_letter="I write SQL every day.", updated_at=APPLIED.replace(hour=12)
    )
    async with tenant(world.admin.tenant_id):
        await mirror.store_applications(world.connection, [written])
    assert (await jobs.get_job(world.admin, world.job)).scoring == 1
