"""What reading costs in calls, and that it takes little more than the limit alone implies."""

import math
from typing import Any

import pytest

from core.sdk import Connector, ConnectorEntry, Selection
from core.sdk.fields import problems
from plugins import greenhouse
from plugins.greenhouse.fields import hosts

from .conftest import MakeRig, Rig

pytestmark = pytest.mark.anyio


async def test_calls_per_five_hundred_applications(make_rig: MakeRig, crowd: Any) -> None:
    """1 list of 500, and per 50 of them candidates, employments, educations and attachments: 41 calls."""
    rig = make_rig(server=crowd)
    await rig.read("applications", selection=rig.select("Backend Engineer"))
    pages, batches = math.ceil(1100 / 500), math.ceil(1100 / 50)
    once, changes = 1, 3
    assert len(rig.calls("/v3/")) == pages + 4 * batches + once + changes


async def test_an_idle_poll_takes_seven_calls(rig: Rig) -> None:
    selection = rig.select("Backend Engineer")
    jobs, applications = await rig.read("jobs"), await rig.read("applications", selection=selection)
    rig.twin.advance(600)
    before = len(rig.calls("/v3/"))
    await rig.read("jobs", jobs.cursor)
    await rig.read("applications", applications.cursor, selection)
    assert len(rig.calls("/v3/")) - before == 7


async def test_a_first_read_takes_little_longer_than_the_limit_alone(make_rig: MakeRig, crowd: Any) -> None:
    """Time is the twin's; waiting steps it. 95 calls at 20 in 30 s take four full windows."""
    crowd.configure(rate_limit=True, calls_per_window=20)
    rig = make_rig(server=crowd)
    began = crowd.world.clock()
    await rig.read("applications", selection=rig.select("Backend Engineer"))
    took = (crowd.world.clock() - began).total_seconds()
    calls = rig.calls("/v3/")
    assert 429 not in [call["status"] for call in calls]
    alone = (math.ceil(len(calls) / 20) - 1) * 30
    assert took <= alone * 20 / 15, "of 20 calls four may be left, and a window may begin late by one"


async def test_the_plugin_registers_one_complete_entry(rig: Rig) -> None:
    (entry,) = greenhouse.shortlist_connectors()
    assert isinstance(entry, ConnectorEntry)
    assert isinstance(entry.make(rig.context), Connector)
    assert problems(entry.fields, rig.settings) == {}
    required = {f.name for f in entry.fields if f.required and not f.default}
    assert required == {"client_id", "client_secret", "acting_user"}
    assert {f.name for f in entry.fields if f.kind == "secret"} == {"client_secret", "webhook_secret"}
    assert "ping" not in entry.webhooks.events


def test_calls_can_only_go_where_the_settings_say() -> None:
    settings = {
        "api_url": "https://harvest.greenhouse.io/v3",
        "token_url": "https://auth.greenhouse.io/token",
        "files_url": "http://files.example:9000/x",
        "more_file_hosts": "a.example, b.example:8443,, ",
    }
    assert hosts(settings) == {
        "harvest.greenhouse.io",
        "auth.greenhouse.io",
        "files.example:9000",
        "a.example",
        "b.example:8443",
    }
    assert hosts({}) == frozenset()
    assert hosts({"api_url": "http://[broken", "more_file_hosts": "x:notaport"}) == frozenset()


async def test_nothing_is_registered_at_greenhouse(rig: Rig) -> None:
    """Its API for webhooks is for its partners, so the entry gives steps to do by hand."""
    (entry,) = greenhouse.shortlist_connectors()
    assert entry.webhooks.automatic is False
    assert entry.webhooks.steps
    assert await rig.connector.subscribe("https://shortlist.example/webhooks/1") == ()
    await rig.connector.unsubscribe(())
    assert rig.calls() == []


async def test_selecting_nothing_reads_nothing(rig: Rig) -> None:
    assert await rig.pages("applications", selection=Selection()) == []
