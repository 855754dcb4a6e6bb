"""A scorer may ask somebody over the network only through Shortlist, and only whom its entry names."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import date
from textwrap import indent

import psutil
import pytest

from core.registry import ScorerFailed, ScorerHost, load_catalog, scorer_client
from core.sdk import Http, Material, Requirement, Rubric, Source
from core.sdk.testing.model import ModelService

pytestmark = pytest.mark.anyio
Install = Callable[..., None]
RUBRIC = Rubric(requirements=(Requirement(id="r1", text="Spark", category="hard_skill", must_have=True),))
MATERIALS = tuple(
    Material(id=str(n), sources=(Source(name="resume", text="canary-person"),), as_of=date(2026, 3, 2))
    for n in range(2)
)
PLUGIN = """
import os, socket, threading, time
from urllib.parse import urlsplit
from core.sdk import AuthFailed, Field, Judgement, RateLimited, ScorerEntry, hookimpl

def hosts(settings):
    parts = urlsplit(settings.get("url", ""))
    return frozenset({f"{parts.hostname}:{parts.port}"})

class Asking:
    version = "asking-1"

    def __init__(self, settings):
        self.url = settings.get("url", "") + "/chat/completions"

    def judge(self, rubric, materials, calls=None):
        reason = "nothing"
{body}
        return [(Judgement(requirement_id="r1", match="not_stated", reason=str(reason)),)] * len(materials)

@hookimpl
def shortlist_scorers():
    fields = (Field(name="url", label="Address", kind="url"), Field(name="secret", label="Key", kind="secret"))
    yield ScorerEntry(key="asking", title="Asking", description="", make=Asking, fields=fields, hosts=hosts)
    yield ScorerEntry(key="alone", title="Alone", description="", make=Asking, fields=fields)
"""


@pytest.fixture
def asking(install: Install) -> Callable[[str], None]:
    """Installs two scorers that run the given lines: one that may call its `url`, one that may call nobody."""
    return lambda body: install("toy_asking", PLUGIN.replace("{body}", indent(body, " " * 8)))


@pytest.fixture
def service() -> Iterator[ModelService]:
    with ModelService() as running:
        yield running


@pytest.fixture
async def start() -> AsyncIterator[Callable[..., ScorerHost]]:
    hosts: list[ScorerHost] = []

    def make(**options: float) -> ScorerHost:
        only = frozenset({"toy_asking"})
        catalog = load_catalog(only=only)

        def client(scorer: str, settings: Mapping[str, str]) -> Http | None:
            return scorer_client(catalog, scorer, settings)

        hosts.append(ScorerHost(only=only, client=client, **options))  # type: ignore[arg-type]
        return hosts[-1]

    yield make
    for host in hosts:
        await host.close()


async def reasons(host: ScorerHost, scorer: str = "asking", **settings: str) -> str:
    return (await host.judge(scorer, settings, RUBRIC, MATERIALS))[0][0].reason


def children() -> list[psutil.Process]:
    return [c for c in psutil.Process().children() if "core.registry.scorer_child" in c.cmdline()]


ASK = "reason = calls.request('POST', self.url, json={'messages': []}).status"


async def test_a_call_is_made_for_it_and_comes_back(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking(ASK)
    assert await reasons(start(), url=service.url) == "200"
    assert service.asked == [{"messages": []}]


async def test_its_own_process_still_has_no_network(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking(
        "port = urlsplit(self.url).port\n"
        "try: socket.create_connection(('127.0.0.1', port)); reason = 'connected'\n"
        "except Exception as error: reason = error"
    )
    assert "no network" in await reasons(start(), url=service.url)


OUTSIDE = {
    "another port": "http://127.0.0.1:9/v1",
    "another host": "http://example.com/v1",
    "a user name in it": "http://127.0.0.1@example.com/",
    "another scheme": "file:///etc/passwd",
    "no address": "nonsense",
}


@pytest.mark.parametrize("address", OUTSIDE.values(), ids=OUTSIDE)
async def test_nobody_else_is_called(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService, address: str
) -> None:
    asking(f"reason = calls.request('GET', {address!r}).status")
    with pytest.raises(ScorerFailed) as failure:
        await reasons(start(), url=service.url)
    assert failure.value.kind == "Misconfigured"
    assert "scorer's settings" in failure.value.hint


async def test_one_that_names_no_hosts_calls_nobody_even_when_it_writes_into_the_pipe(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking(
        "import gc\n"
        "from core.registry.scorer_calls import PipedCalls\n"
        "stolen = next(found for found in gc.get_objects() if type(found) is PipedCalls)\n"
        "reason = stolen.request('POST', self.url, json={'messages': []}).status"
    )
    with pytest.raises(ScorerFailed, match="may not call anybody"):
        await reasons(start(), "alone", url=service.url)
    assert service.asked == []


async def test_calls_from_several_threads_are_on_their_way_together(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking(
        "from concurrent.futures import ThreadPoolExecutor\n"
        "ask = lambda n: calls.request('POST', self.url, json={'n': n, 'messages': []}).status\n"
        "with ThreadPoolExecutor(8) as pool: reason = list(pool.map(ask, range(40)))"
    )
    assert await reasons(start(), url=service.url) == str([200] * 40)
    assert sorted(body["n"] for body in service.asked) == list(range(40))


async def test_what_it_raises_of_the_sdk_is_told_with_its_hint_and_without_secrets(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking("raise AuthFailed('No entry with canary-key-4711.', hint='Enter another key.')")
    with pytest.raises(ScorerFailed, match="No entry with") as failure:
        await reasons(start(), url=service.url, secret="canary-key-4711")
    assert (failure.value.kind, failure.value.hint) == ("AuthFailed", "Enter another key.")
    assert "canary-key-4711" not in str(failure.value)


async def test_a_wait_it_was_told_of_reaches_the_queue(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking(ASK)
    service.fail(429, retry_after="4711")
    with pytest.raises(ScorerFailed) as failure:
        await reasons(start(), url=service.url)
    assert (failure.value.kind, failure.value.retry_after) == ("RateLimited", 4711.0)


async def test_while_it_waits_the_others_go_on(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking("if calls: time.sleep(6)")
    host = start()
    assert await host.version("alone", {}) == "asking-1"
    slow = asyncio.create_task(reasons(host, url=service.url))
    began = time.monotonic()
    await reasons(host, "alone")
    assert time.monotonic() - began < 4
    assert not slow.done()
    await slow


async def test_other_settings_are_another_process_and_there_are_never_many(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking("reason = os.getpid()")
    host = start()
    pids = [await reasons(host, url=service.url, secret=f"secret-{n}") for n in range(3)]
    assert len(set(pids)) == 3
    assert await reasons(host, url=service.url, secret="secret-2") == pids[2], "the same settings stay there"
    await reasons(host, url=service.url, secret="secret-3")
    assert len(children()) == 3


async def test_asked_by_many_at_once_none_is_left_behind(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking("reason = os.getpid()")
    host = start()
    for n in range(3):
        await reasons(host, url=service.url, secret=f"idle-{n}")
    await asyncio.gather(*(reasons(host, url=service.url, secret=f"secret-{n}") for n in range(6)))
    await host.close()
    assert children() == []


async def test_one_that_never_answers_is_ended(
    asking: Callable[[str], None], start: Callable[..., ScorerHost], service: ModelService
) -> None:
    asking("time.sleep(600)")
    with pytest.raises(ScorerFailed, match="did not answer in 4 seconds"):
        await reasons(start(call_seconds=4.0), url=service.url)
    assert children() == []
