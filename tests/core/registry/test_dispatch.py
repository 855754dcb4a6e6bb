"""Events reach the plugins a tenant enabled, and whatever one of them does stays its own affair."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from core.clock import SteppingClock
from core.registry import Breaker, Catalog, Dispatcher, load_catalog
from core.registry.breaker import FAILURES, REST
from core.sdk import ApplicationScored

pytestmark = pytest.mark.anyio
Install = Callable[..., None]
ACME, BETA = UUID(int=1), UUID(int=2)
HEAD = "import asyncio, sys\nfrom core.sdk import hookimpl\nheard = []\n@hookimpl\n"
GOOD = HEAD + "async def application_scored(event):\n    heard.append(event)\n"
MISBEHAVING = {
    "raises": ("raise ValueError('secret of Amara')", ValueError),
    "exits": ("sys.exit(3)", SystemExit),
    "hangs": ("await asyncio.sleep(3600)", TimeoutError),
    "cancels_itself": ("asyncio.current_task().cancel(); await asyncio.sleep(0)", asyncio.CancelledError),
    "raises_cancelled": ("raise asyncio.CancelledError", asyncio.CancelledError),
    "will_not_stop": (
        "end = asyncio.get_running_loop().time() + 3\n"
        "    while asyncio.get_running_loop().time() < end:\n"
        "        try: await asyncio.sleep(1)\n"
        "        except asyncio.CancelledError: pass",
        TimeoutError,
    ),
}


def scored(tenant: UUID = ACME) -> ApplicationScored:
    return ApplicationScored(
        tenant_id=tenant, application_id=UUID(int=10), job_id=UUID(int=11), score=70, band="qualified"
    )


class Admins:
    """Which plugins each tenant's admin has switched on."""

    def __init__(self, **enabled: set[str]) -> None:
        self.enabled = {ACME: enabled.get("acme", set()), BETA: enabled.get("beta", set())}

    async def __call__(self, tenant: UUID) -> frozenset[str]:
        return frozenset(self.enabled[tenant])


def heard(catalog: Catalog, plugin: str) -> list[ApplicationScored]:
    module: Any = catalog.manager.get_plugin(plugin)
    return list(module.heard)


def dispatcher(
    catalog: Catalog, admins: Callable[[UUID], Any], *, breaker: Breaker | None = None, seconds: float = 5.0
) -> Dispatcher:
    return Dispatcher(catalog, admins, breaker or Breaker(), seconds=seconds)


async def test_on_in_one_tenant_means_zero_calls_in_the_other_and_needs_no_restart(install: Install) -> None:
    install("listener", GOOD)
    catalog, admins = load_catalog(only=frozenset({"listener"})), Admins(acme={"listener"})
    events = dispatcher(catalog, admins)
    assert await events.emit("application_scored", scored(ACME)) == {"listener": None}
    assert await events.emit("application_scored", scored(BETA)) == {}
    assert [event.tenant_id for event in heard(catalog, "listener")] == [ACME]
    admins.enabled = {ACME: set(), BETA: {"listener"}}
    await events.emit("application_scored", scored(ACME))
    await events.emit("application_scored", scored(BETA))
    assert [event.tenant_id for event in heard(catalog, "listener")] == [ACME, BETA]


async def test_a_plugin_registered_after_the_start_is_not_heard_until_enabled(install: Install) -> None:
    install("listener", GOOD)
    install("late", GOOD)
    catalog = load_catalog(only=frozenset({"listener"}))
    events = dispatcher(catalog, Admins(acme={"listener"}))
    await events.emit("application_scored", scored())
    late: Any = load_catalog(only=frozenset({"late"})).manager.get_plugin("late")
    catalog.manager.register(late, name="late")
    assert await events.emit("application_scored", scored()) == {"listener": None}
    assert late.heard == []


async def test_when_it_cannot_be_told_who_may_hear_nobody_does(install: Install) -> None:
    install("listener", GOOD)
    catalog = load_catalog(only=frozenset({"listener"}))

    async def unknown(_: UUID) -> frozenset[str]:
        raise ConnectionError("database is away")

    assert await dispatcher(catalog, unknown).emit("application_scored", scored()) == {}
    assert heard(catalog, "listener") == []


@pytest.mark.parametrize(("body", "expected"), MISBEHAVING.values(), ids=MISBEHAVING)
async def test_the_others_hear_although_one(
    install: Install, body: str, expected: type[BaseException]
) -> None:
    install("aaa", GOOD)
    install("bad", HEAD + f"async def application_scored(event):\n    {body}\n")
    install("zzz", GOOD)
    names = {"aaa", "bad", "zzz"}
    catalog = load_catalog(only=frozenset(names))
    outcomes = await dispatcher(catalog, Admins(acme=names), seconds=0.2).emit("application_scored", scored())
    assert {name: type(outcome) for name, outcome in outcomes.items()} == {
        "aaa": type(None),
        "bad": expected,
        "zzz": type(None),
    }
    assert len(heard(catalog, "aaa")) == len(heard(catalog, "zzz")) == 1


async def test_a_hook_may_leave_out_the_event(install: Install) -> None:
    install("counter", HEAD + "async def application_scored():\n    heard.append(1)\n")
    catalog = load_catalog(only=frozenset({"counter"}))
    assert await dispatcher(catalog, Admins(acme={"counter"})).emit("application_scored", scored()) == {
        "counter": None
    }
    assert len(heard(catalog, "counter")) == 1


async def test_being_cancelled_ourselves_stops_the_plugins_and_is_not_swallowed(install: Install) -> None:
    install(
        "slow",
        "import asyncio\nfrom core.sdk import hookimpl\n"
        "started, stopped = asyncio.Event(), asyncio.Event()\n"
        "@hookimpl\nasync def application_scored(event):\n"
        "    started.set()\n"
        "    try: await asyncio.sleep(3600)\n"
        "    finally: stopped.set()\n",
    )
    catalog = load_catalog(only=frozenset({"slow"}))
    module: Any = catalog.manager.get_plugin("slow")
    work = asyncio.create_task(
        dispatcher(catalog, Admins(acme={"slow"}), seconds=3600).emit("application_scored", scored())
    )
    await module.started.wait()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await module.stopped.wait()


async def test_a_plugin_that_keeps_failing_rests_in_that_tenant_and_comes_back(install: Install) -> None:
    install(
        "moody",
        HEAD + "async def application_scored(event):\n"
        "    heard.append(event)\n"
        "    if len(heard) <= 5 and event.tenant_id.int == 1: raise ValueError\n",
    )
    catalog, clock = load_catalog(only=frozenset({"moody"})), SteppingClock(datetime(2026, 3, 2, tzinfo=UTC))
    events = dispatcher(catalog, Admins(acme={"moody"}, beta={"moody"}), breaker=Breaker(clock))
    for _ in range(FAILURES + 3):
        await events.emit("application_scored", scored())
    assert len(heard(catalog, "moody")) == FAILURES
    assert events.suspended_until("moody", ACME) == clock() + REST
    assert await events.emit("application_scored", scored(BETA)) == {"moody": None}
    clock.advance(REST.total_seconds())
    assert await events.emit("application_scored", scored()) == {"moody": None}
    assert events.suspended_until("moody", ACME) is None
