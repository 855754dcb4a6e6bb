"""How an admin sets a channel up, and what becomes of its secrets."""

import msgspec
import pytest

from core.errors import Conflict, Invalid, NotAllowed
from core.sdk import (
    AuthFailed,
)
from core.services import channels
from core.store.engine import rows
from core.store.scope import tenant
from tests.core.services.notices.stage import SETTINGS, Stage

pytestmark = pytest.mark.anyio


async def test_secrets_are_opened_for_the_notifier_and_for_nobody_else(stage: Stage) -> None:
    await stage.notify("Hello")
    await stage.work()
    assert stage.of("locked").made[-1] == SETTINGS
    (view,) = [view for view in await channels.list_channels(stage.mine) if view.key == "locked"]
    assert (view.values, view.secret_set, view.in_use) == ({"room": "lobby"}, {"pass": True}, True)
    assert SETTINGS["pass"] not in repr(view)
    async with tenant(stage.mine.tenant_id):
        row = (await rows("SELECT * FROM channel WHERE notifier = 'locked'"))[0]
    assert SETTINGS["pass"] not in repr(row)


async def test_an_empty_secret_stays_and_settings_that_do_not_work_are_not_saved(stage: Stage) -> None:
    await channels.save_channel(stage.mine, "locked", {"room": "attic", "pass": ""})
    for wrong in ({"room": "nowhere"}, {"room": " "}, {"colour": "red"}):
        with pytest.raises(Invalid) as refused:
            await channels.save_channel(stage.mine, "locked", wrong)
        assert set(refused.value.fields) == set(wrong)
    await stage.notify("Hello")
    await stage.work()
    assert stage.of("locked").made[-1] == {"room": "attic", "pass": SETTINGS["pass"]}


async def test_only_admins_set_channels_up_and_only_of_plugins_that_are_on(stage: Stage) -> None:
    recruiter = msgspec.structs.replace(stage.mine, role="recruiter")
    for attempt in (
        channels.list_channels(recruiter),
        channels.check_channel(recruiter, "locked", SETTINGS),
        channels.save_channel(recruiter, "locked", SETTINGS),
        channels.forget_channel(recruiter, "locked"),
    ):
        with pytest.raises(NotAllowed):
            await attempt
    with pytest.raises(Conflict):
        await channels.save_channel(stage.other, "locked", SETTINGS)


async def test_a_channel_that_was_forgotten_sendsnothing(stage: Stage) -> None:
    await channels.forget_channel(stage.mine, "locked")
    await stage.notify("Hello")
    await stage.work()
    assert len(stage.of("plain").sent) == 1
    assert stage.of("locked").tried == []


async def test_saving_the_settings_anew_sends_what_waited_at_once(stage: Stage) -> None:
    stage.of("locked").troubles.append(AuthFailed("Wrong password."))
    await stage.notify("Hello")
    await stage.work()
    assert stage.of("locked").sent == []
    await channels.save_channel(stage.mine, "locked", {"pass": "another-one"})
    await stage.work()
    assert len(stage.of("locked").sent) == 1
    assert stage.of("locked").made[-1]["pass"] == "another-one"
    assert await stage.asked() == []
