import asyncio
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import psutil
import pytest

from core.cli.inputs import read_files
from core.documents import DocumentReader, Limits
from core.errors import Broken

pytestmark = pytest.mark.anyio

GOOD = b"Mira Ost\nPlatform engineer, Riga"


def children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if child.status() != psutil.STATUS_ZOMBIE and "core.documents.child" in child.cmdline()
    ]


@pytest.fixture
def fresh() -> Callable[[], list[psutil.Process]]:
    """The reading processes started since the test began."""
    before = {child.pid for child in children()}
    return lambda: [child for child in children() if child.pid not in before]


@cache
def slow_pdf() -> bytes:
    """A page that takes long to draw: one path of very many curves, each painted over all others."""
    curves = b"".join(b"%d 0 %d 842 595 %d c " % (n % 595, n * 7 % 595, n % 842) for n in range(20_000))
    stream = zlib.compress(b"BT /F1 9 Tf 50 700 Td (slow) Tj ET " + (b"0 0 m " + curves + b" B* ") * 40)
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
        b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
        b"4 0 obj<</Length "
        + str(len(stream)).encode()
        + b"/Filter/FlateDecode>>stream\n"
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    )


async def test_no_process_runs_before_the_first_file_and_none_after_closing(
    fresh: Callable[[], list[psutil.Process]],
) -> None:
    reader = DocumentReader()
    assert fresh() == []
    assert (await reader.read(GOOD)).status == "read"
    [child] = fresh()
    await reader.read(GOOD)
    assert fresh() == [child]
    await reader.close()
    assert fresh() == []
    assert (await reader.read(GOOD)).status == "read"
    await reader.close()


async def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    reader = DocumentReader(Limits(wall_seconds=0.5))
    assert (await reader.read(slow_pdf())).status == "timed_out"
    assert (await reader.read(GOOD)).text == GOOD.decode()
    await reader.close()


async def test_processor_time_is_limited_by_the_kernel_for_each_file() -> None:
    reader = DocumentReader(Limits(cpu_seconds=1, wall_seconds=30))
    assert (await reader.read(slow_pdf())).status == "timed_out"
    assert (await reader.read(GOOD)).status == "read"
    await reader.close()


async def test_a_child_killed_while_reading_is_reported_and_replaced(
    fresh: Callable[[], list[psutil.Process]],
) -> None:
    reader = DocumentReader()
    await reader.read(GOOD)
    [child] = fresh()
    pending = asyncio.create_task(reader.read(slow_pdf()))
    await asyncio.sleep(0.2)
    child.kill()
    assert (await pending).status == "unsafe"
    assert (await reader.read(GOOD)).status == "read"
    await reader.close()


async def test_a_child_that_died_while_idle_is_no_fault_of_the_next_file(
    fresh: Callable[[], list[psutil.Process]],
) -> None:
    reader = DocumentReader()
    await reader.read(GOOD)
    [child] = fresh()
    child.kill()
    await asyncio.sleep(0.1)
    assert (await reader.read(GOOD)).status == "read"
    await reader.close()


async def test_a_cancelled_reading_leaves_no_answer_for_the_next_file() -> None:
    reader = DocumentReader()
    for wait in (0.0, 0.01, 0.3):
        pending = asyncio.create_task(reader.read(slow_pdf()))
        await asyncio.sleep(wait)
        pending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await pending
        assert (await reader.read(GOOD)).text == GOOD.decode()
    await reader.close()


async def test_calls_made_at_once_each_get_their_own_answer() -> None:
    reader = DocumentReader()
    texts = [f"candidate number {number}" for number in range(30)]
    readings = await asyncio.gather(*(reader.read(text.encode()) for text in texts))
    assert [reading.text for reading in readings] == texts
    await reader.close()


async def test_the_event_loop_goes_on_while_a_file_is_read() -> None:
    reader = DocumentReader(Limits(wall_seconds=1.0))
    pending = asyncio.create_task(reader.read(slow_pdf()))
    turns = 0
    while not pending.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns >= 20
    await reader.close()


async def test_the_kernel_holds_the_child(
    fresh: Callable[[], list[psutil.Process]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHORTLIST_SECRET_KEY", "do not pass on")
    reader = DocumentReader()
    await reader.read(GOOD)
    [child] = fresh()
    limits = {
        name: child.rlimit(getattr(psutil, f"RLIMIT_{name}"))[1] for name in ("NOFILE", "FSIZE", "CORE")
    }
    assert limits == {"NOFILE": 0, "FSIZE": 0, "CORE": 0}
    assert child.rlimit(psutil.RLIMIT_AS) == (Limits().memory, Limits().memory)
    assert child.num_fds() == 3
    assert "SHORTLIST_SECRET_KEY" not in child.environ()
    assert os.getsid(child.pid) != os.getsid(0)
    await reader.close()


async def test_a_reader_that_cannot_start_blames_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    reader = DocumentReader()
    with monkeypatch.context() as broken:
        broken.setattr(sys, "executable", "/bin/false")
        with pytest.raises(Broken, match="does not start"):
            await reader.read(GOOD)
    assert (await reader.read(GOOD)).status == "read"
    await reader.close()


def test_a_program_without_an_event_loop_can_read_too(
    fresh: Callable[[], list[psutil.Process]], tmp_path: Path
) -> None:
    (tmp_path / "cv.txt").write_bytes(GOOD)
    (found,) = read_files([tmp_path / "cv.txt"])
    assert found.reading.text == GOOD.decode()
    assert fresh() == []


def test_one_reader_serves_one_loop_after_another() -> None:
    reader = DocumentReader()

    async def once() -> str:
        reading = await reader.read(GOOD)
        await reader.close()
        return reading.text

    assert asyncio.run(once()) == asyncio.run(once()) == GOOD.decode()


def test_the_child_ends_when_its_parent_is_killed() -> None:
    program = (
        "import asyncio, time\n"
        "from core.documents import DocumentReader\n"
        "async def main():\n"
        "    await DocumentReader().read(b'Mira Ost')\n"
        "    print('ready', flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    try:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        [child] = psutil.Process(parent.pid).children()
        parent.send_signal(signal.SIGKILL)
        parent.wait(10)
        deadline = time.monotonic() + 10
        while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline, "the child outlives its parent"
            time.sleep(0.02)
    finally:
        parent.kill()
        parent.communicate()


def test_the_child_loads_no_sockets() -> None:
    program = "import core.documents.child, sys; print({'socket', 'ssl', 'asyncio'} & set(sys.modules))"
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "set()\n"
