"""Who has been here."""

import pytest

from core.services import access, members

pytestmark = pytest.mark.anyio


async def test_whoever_set_shortlist_up_has_been_seen_and_whoever_was_added_has_not(instance: None) -> None:
    admin = await access.set_up("Quay", "Ada", "ada@example.org", "a short sentence")
    await access.open_session(admin.tenant_id, admin.member_id)
    await members.add_member(admin, "Ben", "ben@example.org", "recruiter", "a short sentence")
    seen = {row.name: row.last_seen_at is not None for row in await members.list_members(admin)}
    assert seen == {"Ada": True, "Ben": False}
