"""How long from an application in the ATS to its score on an open board and its note in the ATS.

    python tests/benchmarks/webhook_latency.py --applications 200 --rate 5

A twin sends real webhooks over HTTP to a served instance; times come from the rows each step commits and
from the change the open board hears. Prints p50 and p95 in seconds, and the split.
"""

import argparse
import asyncio
import re
import tempfile
import time
from base64 import b64encode
from collections import Counter
from typing import Any

import asyncpg
from instance import SECRET, all_scored, percentile, prepare, served, settings_in, until

from core.clock import now
from core.sdk.testing.cast import make_cast
from core.store.engine import Database
from plugins.greenhouse.twin.seed import seed_account
from plugins.greenhouse.twin.serve import TwinServer

_STEPS = ("webhook", "fetch", "parse", "score", "push", "write-back", "to the board", "to the note")


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=200)
    parser.add_argument("--rate", type=float, default=5.0)
    parser.add_argument("--limit", type=int, default=150, help="calls the twin allows in 30 seconds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sl") as folder:
        settings = settings_in(folder)
        with TwinServer(seed_account(make_cast(applications=40, jobs=4))) as twin:
            twin.configure(calls_per_window=options.limit)
            _, connection = prepare(settings, twin)
            with served(settings) as client:
                until(lambda: all_scored(client, 30), 240)
                twin.webhooks(f"{settings.url}/webhooks/{connection}", SECRET)
                before, begun = len(twin.calls()), time.monotonic()
                applied, heard = asyncio.run(_run(settings, twin, options))
                calls, took = twin.calls()[before:], time.monotonic() - begun
                rows = asyncio.run(_rows(settings, list(applied)))
    _print(applied, heard, rows)
    _print_calls(calls, len(applied), took, options.limit)


async def _run(
    settings: Any, twin: TwinServer, options: argparse.Namespace
) -> tuple[dict[str, float], list[float]]:
    """Apply at the rate while listening to what boards are told; external id to moment, and the moments."""
    database = Database(settings)
    database.start()
    listener = await asyncpg.connect(**database.as_app())
    heard: list[float] = []
    await listener.add_listener(
        "shortlist_changes", lambda *message: heard.append(time.time()) if '"board"' in message[-1] else None
    )
    cast = make_cast(seed=99, applications=2 * options.applications, jobs=4)
    people = [a for a in cast.applications if a.resume and a.resume.layout.startswith(("pdf-", "docx-"))]
    jobs = [row["id"] for row in twin.rows("jobs") if row["status"] == "open"][:4]
    applied: dict[str, float] = {}
    begun = time.monotonic()
    for number, application in enumerate(people[: options.applications]):
        await asyncio.sleep(max(0.0, begun + number / options.rate - time.monotonic()))
        made = await asyncio.to_thread(_apply, twin, application, jobs[number % len(jobs)])
        applied[str(made["id"])] = time.time()
    end = time.monotonic() + 400
    while time.monotonic() < end:
        done = await listener.fetchval("SELECT 1")
        assert done
        if await _settled(database, list(applied)):
            break
        await asyncio.sleep(1)
    await listener.close()
    return applied, heard


def _apply(twin: TwinServer, application: Any, job: int) -> Any:
    person = {"first_name": application.person.first_name, "last_name": application.person.last_name}
    content = b64encode(application.resume.content()).decode()
    files = [{"filename": application.resume.filename, "content": content}]
    return twin.act("apply", candidate=person, job_id=job, files=files)


async def _settled(database: Database, ids: list[str]) -> bool:
    connection = await asyncpg.connect(**database.as_owner())
    try:
        count = await connection.fetchval(
            "SELECT count(DISTINCT a.id) FROM application a JOIN write_back w ON w.application = a.id "
            "AND w.kind = 'note' AND w.state = 'written' WHERE a.external_id = ANY($1) AND a.band IS NOT NULL",
            ids,
        )
        return int(count) >= len(ids)
    finally:
        await connection.close()


async def _rows(settings: Any, ids: list[str]) -> list[Any]:
    database = Database(settings)
    database.start()
    connection = await asyncpg.connect(**database.as_owner())
    try:
        return list(
            await connection.fetch(
                """
                SELECT a.external_id, a.arrived_at,
                    (SELECT min(d.received_at) FROM delivery d
                        WHERE d.hints::text LIKE '%"' || a.external_id || '"%') AS received_at,
                    (SELECT max(t.read_at) FROM document f JOIN document_text t ON t.sha256 = f.sha256
                        WHERE f.application = a.id) AS read_at,
                    (SELECT max(s.created_at) FROM score s WHERE s.application = a.id) AS scored_at,
                    (SELECT max(w.written_at) FROM write_back w
                        WHERE w.application = a.id AND w.kind = 'note') AS written_at
                FROM application a WHERE a.external_id = ANY($1)
                """,
                ids,
            )
        )
    finally:
        await connection.close()
        database.stop()


def _print(applied: dict[str, float], heard: list[float], rows: list[Any]) -> None:
    found: dict[str, list[float]] = {step: [] for step in _STEPS}
    for row in rows:
        moments = [row[name] for name in ("received_at", "arrived_at", "read_at", "scored_at", "written_at")]
        if any(moment is None for moment in moments):
            continue
        received, arrived, read, scored, written = (moment.timestamp() for moment in moments)
        push = next((moment for moment in sorted(heard) if moment >= scored), scored)
        start = applied[row["external_id"]]
        for step, seconds in zip(
            _STEPS,
            (
                received - start,
                arrived - received,
                read - arrived,
                scored - read,
                push - scored,
                written - scored,
                push - start,
                written - start,
            ),
            strict=True,
        ):
            found[step].append(seconds)
    print(f"{len(found['fetch'])} of {len(applied)} applications followed to their note, {now():%Y-%m-%d}")
    print(f"{'step':14} {'p50 s':>8} {'p95 s':>8}")
    for step, values in found.items():
        print(f"{step:14} {percentile(values, 0.5):8.2f} {percentile(values, 0.95):8.2f}")


def _print_calls(calls: list[dict[str, Any]], applications: int, took: float, limit: int) -> None:
    limited = sum(call["path"].startswith("/v3/") for call in calls)
    print(
        f"{len(calls)} calls, {limited / applications:.1f} limited ones for an application, in {took:.0f} s"
    )
    print(f"the limit of {limit} calls in 30 s alone asks for {limited * 30 / limit:.0f} s")
    kinds = Counter(f"{call['method']} {re.sub(r'/[0-9]+', '/N', call['path'])}" for call in calls)
    for kind, count in kinds.most_common(12):
        print(f"  {kind:40} {count:6} {count / applications:6.2f} each")


if __name__ == "__main__":
    main()
