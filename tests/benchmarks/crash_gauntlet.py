"""Kills the worker with SIGKILL at random moments of sync, scoring and write-back, then counts.

    python tests/benchmarks/crash_gauntlet.py --kills 200 --applications 120

Prints how many applications, documents and scores were lost and how many notes stand twice in the twin;
all of them must be 0. The moments are drawn from a seed, so that a failure can be run again.
"""

import argparse
import asyncio
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from core import log
from core.app import running
from core.sdk.testing.cast import make_cast
from core.services import access, connections
from core.settings import Settings, load
from core.store import scope
from core.store.engine import Database, rows
from plugins.greenhouse.twin.seed import seed_account
from plugins.greenhouse.twin.serve import TwinServer

_WORKER = [sys.executable, "-m", "core.cli", "worker"]


def main() -> None:
    """Run the gauntlet and print the result; exit 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--applications", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--settle", type=float, default=240.0, help="Seconds to finish after the last kill.")
    options = parser.parse_args()
    log.configure("console", "error")
    with tempfile.TemporaryDirectory(prefix="sl") as folder:
        settings = load(data_dir=Path(folder), log_level="error")
        with TwinServer(seed_account(make_cast(applications=options.applications, jobs=4))) as twin:
            twin.configure(rate_limit=False)
            sys.exit(_run(settings, twin, options))


def _run(settings: Settings, twin: TwinServer, options: argparse.Namespace) -> int:
    tenant = asyncio.run(_connect(settings, twin))
    keeper = Database(settings)
    keeper.start()
    try:
        begun = time.monotonic()
        kills = _kill_often(settings, random.Random(options.seed), options.kills)
        worker = _start(settings)
        found = asyncio.run(_wait(settings, tenant, twin, options.settle))
        worker.terminate()
        worker.wait(20)
    finally:
        keeper.stop()
    print(f"{kills} kills in {time.monotonic() - begun:.0f} s")
    for name, number in found.items():
        print(f"{name:32} {number}")
    return int(
        any(
            found[name]
            for name in (
                "applications lost",
                "documents lost",
                "scores lost",
                "notes missing",
                "notes doubled",
            )
        )
    )


async def _connect(settings: Settings, twin: TwinServer) -> Any:
    from core.cli.demo import credentials

    async with running(settings, worker=False):
        admin = await access.set_up("Gauntlet", "Ada", "ada@example.org", "a short sentence")
        connection = await connections.connect(admin, "greenhouse", credentials(twin))
        choices = await connections.job_choices(admin, connection)
        await connections.configure(admin, connection, job_ids=[c.id for c in choices if c.state == "open"])
        return admin.tenant_id


def _start(settings: Settings) -> subprocess.Popen[bytes]:
    import os

    environment = {**os.environ, "SHORTLIST_DATA_DIR": str(settings.data_dir), "SHORTLIST_LOG_LEVEL": "error"}
    return subprocess.Popen(_WORKER, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _kill_often(settings: Settings, dice: random.Random, kills: int) -> int:
    for _ in range(kills):
        worker = _start(settings)
        time.sleep(dice.uniform(1.0, 5.0) if dice.random() < 0.8 else dice.uniform(5.0, 12.0))
        worker.kill()
        worker.wait(20)
    return kills


async def _wait(settings: Settings, tenant: Any, twin: TwinServer, seconds: float) -> dict[str, int]:
    """Give the last worker its time, then compare our side with the twin's."""
    database = Database(settings)
    database.start()
    await database.open_pool(2)
    try:
        end = time.monotonic() + seconds
        found: dict[str, int] = {}
        while time.monotonic() < end:
            found = await _compare(tenant, twin)
            if not any(
                found[name]
                for name in ("applications lost", "documents lost", "scores lost", "notes missing")
            ):
                break
            await asyncio.sleep(2)
        return found
    finally:
        await database.close_pool()
        database.stop()


async def _compare(tenant: Any, twin: TwinServer) -> dict[str, int]:
    open_jobs = {row["id"] for row in twin.rows("jobs") if row["status"] == "open"}
    theirs = {str(row["id"]) for row in twin.rows("applications") if row["job_id"] in open_jobs}
    async with scope.tenant(tenant):
        ours = await rows("SELECT external_id, band, wanted, settled FROM application")
        wanted = await rows("SELECT id FROM document WHERE fetch_state = 'wanted'")
        keys = [row["key"] for row in await rows("SELECT key FROM write_back WHERE kind = 'note'")]
    bodies = [
        str(row["body"]).rstrip().rpartition(" ")[2]
        for row in twin.rows("notes")
        if "Shortlist ref" in str(row["body"])
    ]
    notes = Counter(bodies)
    return {
        "applications in the twin": len(theirs),
        "applications lost": len(theirs - {row["external_id"] for row in ours}),
        "documents lost": len(wanted),
        "scores lost": sum(row["band"] is None or row["wanted"] > row["settled"] for row in ours),
        "decision versions": len(keys),
        "notes missing": sum(notes[key] == 0 for key in keys),
        "notes doubled": sum(count - 1 for count in notes.values() if count > 1),
    }


if __name__ == "__main__":
    main()
