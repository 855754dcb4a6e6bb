"""Scorers work at arm's length: what hangs, dies, lies or talks too much costs one answer."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from pathlib import Path
from textwrap import indent

import psutil
import pytest

from core.registry import ScorerFailed, ScorerHost
from core.sdk import Evidence, Material, Requirement, Rubric, Source

pytestmark = pytest.mark.anyio
Install = Callable[..., None]
Start = Callable[..., ScorerHost]
WORDS = "Built pipelines in Spark for canary-person-88."
RUBRIC = Rubric(
    requirements=(
        Requirement(id="r1", text="Spark", category="hard_skill", must_have=True),
        Requirement(id="r2", text="SQL", category="hard_skill", must_have=False),
    )
)
MATERIALS = tuple(
    Material(id=str(number), sources=(Source(name="resume", text=WORDS),), as_of=date(2026, 3, 2))
    for number in range(3)
)
PLUGIN = """
import os, socket, sys, time
from core.sdk import Evidence, Field, Judgement, ScorerEntry, hookimpl

class Toy:
    def __init__(self, settings):
        self.settings = settings
        if settings.get("start") == "raise":
            raise RuntimeError("no model for " + settings.get("secret", ""))

    version = "toy-1"

    def good(self, rubric, material):
        for requirement in rubric.requirements:
            start = material.sources[0].text.find(requirement.text)
            quote = Evidence(source="resume", quote=requirement.text, start=start, end=start + len(requirement.text))
            found = start >= 0
            yield Judgement(
                requirement_id=requirement.id,
                match="met" if found else "not_stated",
                reason="found" if found else "not found",
                evidence=(quote,) if found else (),
            )

    def judge(self, rubric, materials):
{body}
        return [tuple(self.good(rubric, material)) for material in materials]

@hookimpl
def shortlist_scorers():
    fields = (Field(name="secret", label="Secret", kind="secret"), Field(name="start", label="Start"))
    yield ScorerEntry(key="toy", title="Toy", description="", make=Toy, fields=fields)
"""


@pytest.fixture
def toy(install: Install) -> Callable[[str], None]:
    """Installs a scorer that does what it should after running the given lines."""
    return lambda body="pass": install("toy_scorer", PLUGIN.replace("{body}", indent(body, " " * 8)))


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    hosts: list[ScorerHost] = []

    def make(**options: object) -> ScorerHost:
        options = {"only": frozenset({"toy_scorer"}), **options}
        hosts.append(ScorerHost(**options))  # type: ignore[arg-type]
        return hosts[-1]

    yield make
    for host in hosts:
        await host.close()


def judged(host: ScorerHost, **settings: str) -> Awaitable[tuple[tuple[object, ...], ...]]:
    return host.judge("toy", settings, RUBRIC, MATERIALS)


async def child_of_this_process() -> psutil.Process:
    for child in psutil.Process().children():
        if "core.registry.scorer_child" in child.cmdline():
            return child
    raise AssertionError("no child is running")


async def test_judgements_come_back_whole(toy: Callable[..., None], start: Start) -> None:
    toy()
    answers = await start().judge("toy", {}, RUBRIC, MATERIALS)
    assert [[row.match for row in answer] for answer in answers] == [["met", "not_stated"]] * 3
    assert answers[0][0].evidence == (Evidence(source="resume", quote="Spark", start=19, end=24),)


async def test_the_version_is_told(toy: Callable[..., None], start: Start) -> None:
    toy()
    assert await start().version("toy", {}) == "toy-1"


async def test_a_scorer_is_made_once_for_its_settings(toy: Callable[..., None], start: Start) -> None:
    toy("self.calls = getattr(self, 'calls', 0) + 1\nif self.calls == 2: return 'second call'")
    host = start()
    await judged(host)
    await judged(host, other="settings")
    with pytest.raises(ScorerFailed):
        await judged(host)


FAILURES = {
    "raises": ("raise ValueError(materials[0].sources[0].text)", "ValueError in toy_scorer.py, line"),
    "exits": ("sys.exit(3)", "ended its process (exit status 3)"),
    "crashes": ("os.kill(os.getpid(), 11)", "ended its process (SIGSEGV)"),
    "leaves at once": ("os._exit(0)", "ended its process (exit status 0)"),
    "takes all memory": ("bytearray(1 << 40)", "MemoryError in toy_scorer.py"),
    "returns nothing": ("return None", "must return a sequence"),
    "returns words": ("return 'met, met, met'", "must return a sequence"),
    "returns too few": ("return []", "did not answer for every application"),
    "returns half": ("return [()] * 3", "did not judge every requirement"),
    "returns odd shapes": ("return [({'match': 7},)] * 3", "wrong shape at `$[0][0].match`"),
    "returns an unknown match": (
        "j = Judgement(requirement_id='r1', match=materials[0].sources[0].text, reason='')\n"
        "return [(j, j)] * 3",
        "wrong shape at `$[0][0].match`",
    ),
    "returns objects": ("return [(object(),)] * 3", "not a Judgement"),
    "writes into the pipe": (
        "for number in range(3, 20):\n"
        "    try: os.write(number, b'\\x00\\x00\\x00\\x02hi')\n"
        "    except OSError: pass",
        "answered nonsense",
    ),
}


@pytest.mark.parametrize(("body", "told"), FAILURES.values(), ids=FAILURES)
async def test_a_scorer_that(toy: Callable[..., None], start: Start, body: str, told: str) -> None:
    toy(f"if 'good' not in self.settings:\n{indent(body, '    ')}")
    host = start(memory=2 * 1024**3)
    with pytest.raises(ScorerFailed) as failure:
        await judged(host)
    assert told in str(failure.value)
    assert "“toy”" in failure.value.message
    assert failure.value.hint
    assert "canary-person" not in str(failure.value), "a resume must not travel in an error"
    assert len(await judged(host, good="yes")) == 3, "the next question is answered"


async def test_a_scorer_that_hangs_is_ended_with_all_it_started(
    toy: Callable[..., None], start: Start
) -> None:
    toy(
        "if 'good' not in self.settings:\n"
        "    import subprocess\n"
        "    subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "    time.sleep(600)"
    )
    host = start(job_seconds=30.0)
    await judged(host, good="yes")
    child = await child_of_this_process()
    work = asyncio.create_task(judged(host))
    while not child.children():  # noqa: ASYNC110  # it is another process that starts it
        await asyncio.sleep(0.02)
    family = [child, *child.children()]
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    _, alive = psutil.wait_procs(family, timeout=10)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []
    assert len(await judged(host, good="yes")) == 3


async def test_no_answer_in_time_is_said_so(toy: Callable[..., None], start: Start) -> None:
    toy("time.sleep(600)")
    with pytest.raises(ScorerFailed, match=r"did not answer in 0\.2 seconds"):
        await judged(start(job_seconds=0.2))


async def test_a_child_killed_from_outside_is_started_again(toy: Callable[..., None], start: Start) -> None:
    toy()
    host = start()
    await judged(host)
    child = await child_of_this_process()
    child.kill()
    child.wait(10)
    try:
        assert len(await judged(host)) == 3
    except ScorerFailed:
        assert len(await judged(host)) == 3


async def test_the_event_loop_stays_free_while_a_scorer_works(toy: Callable[..., None], start: Start) -> None:
    toy("time.sleep(0.3)")
    work = asyncio.create_task(judged(start()))
    ticks = 0
    while not work.done():
        await asyncio.sleep(0.01)
        ticks += 1
    assert ticks > 5


async def test_settings_secrets_stay_out_of_errors_but_the_reason_is_told(
    toy: Callable[..., None], start: Start
) -> None:
    toy()
    with pytest.raises(ScorerFailed, match="RuntimeError: no model for") as failure:
        await judged(start(), start="raise", secret="canary-key-4711")
    assert "canary-key-4711" not in str(failure.value)


async def test_an_unknown_scorer_is_a_sentence(toy: Callable[..., None], start: Start) -> None:
    toy()
    with pytest.raises(ScorerFailed, match="is not installed, or its plugin cannot be loaded"):
        await start().judge("nobody", {}, RUBRIC, MATERIALS)


async def test_secrets_of_the_web_process_do_not_reach_it(
    toy: Callable[..., None], start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHORTLIST_KEYS", "canary")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "canary")
    toy("raise type('canary' if 'canary' in os.environ.values() else 'clean', (Exception,), {})")
    with pytest.raises(ScorerFailed, match="clean in"):
        await judged(start())


async def test_what_a_scorer_prints_goes_nowhere(
    toy: Callable[..., None], start: Start, capfd: pytest.CaptureFixture[str]
) -> None:
    toy("print(materials)\nprint(materials, file=sys.stderr)\nos.write(1, b'canary-raw')\nsys.stdin.read()")
    assert len(await judged(start())) == 3
    captured = capfd.readouterr()
    assert "canary" not in captured.out + captured.err


NETWORK = {
    "connecting": "socket.socket().connect(('127.0.0.1', 9))",
    "a helper": "socket.create_connection(('127.0.0.1', 9))",
    "a look-up": "socket.getaddrinfo('example.com', 443)",
    "a datagram": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "listening": "socket.socket().bind(('127.0.0.1', 0))",
    "httpx": "import httpx; httpx.get('http://127.0.0.1:9/')",
}


@pytest.mark.parametrize("body", NETWORK.values(), ids=NETWORK)
async def test_a_scorer_has_no_network_by(toy: Callable[..., None], start: Start, body: str) -> None:
    toy(
        f"try:\n{indent(body, '    ')}\n"
        "except Exception as error:\n    if 'no network' in str(error): return 'refused'"
    )
    with pytest.raises(ScorerFailed, match="must return a sequence"):
        await judged(start())


async def test_native_code_has_no_network_either_where_the_kernel_agrees(
    toy: Callable[..., None], start: Start
) -> None:
    probe = (
        "import ctypes, sys; unshare = ctypes.CDLL(None).unshare;"
        " sys.exit(unshare(0x40000000) and unshare(0x50000000))"
    )
    if (
        sys.platform != "linux"
        or subprocess.run([sys.executable, "-c", probe], timeout=30, check=False).returncode
    ):
        pytest.skip("this system gives a process no network namespace of its own")
    toy(
        "import _socket, errno\n"
        "try: _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM, 0).connect(('8.8.8.8', 53))\n"
        "except OSError as error:\n    if error.errno == errno.ENETUNREACH: return 'refused'"
    )
    with pytest.raises(ScorerFailed, match="must return a sequence"):
        await judged(start())


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
async def test_the_child_goes_when_its_parent_is_killed_in_the_middle_of_work(
    toy: Callable[..., None], tmp_path: Path
) -> None:
    toy(f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\ntime.sleep(600)")
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.DEVNULL, env={**os.environ, "TOY": "toy_scorer"}
    )
    try:
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
            assert parent.poll() is None
            await asyncio.sleep(0.05)
        child = psutil.Process(int((tmp_path / "pid").read_text()))
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait(10)
    _, alive = psutil.wait_procs([child], timeout=10)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


PARENT = """
import asyncio, datetime
from core.registry import ScorerHost
from core.sdk import Material, Rubric
material = Material(id="1", sources=(), as_of=datetime.date(2026, 1, 1))
asyncio.run(ScorerHost(only=frozenset({"toy_scorer"})).judge("toy", {}, Rubric(requirements=()), [material]))
"""
