"""The first sync of many candidates against the twin's real rate limit, over what the limit alone implies.

python tests/benchmarks/initial_sync.py --candidates 5000
"""

import argparse
import asyncio
import tempfile
import time

from instance import prepare, settings_in

from core.app import running
from core.sdk.testing.cast import make_cast
from core.services.sync import sync
from core.store import connections, scope
from plugins.greenhouse.twin.seed import seed_account
from plugins.greenhouse.twin.serve import TwinServer

_CALLS, _WINDOW = 150, 30.0


def main() -> None:
    """Run it and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--candidates", type=int, default=5000)
    options = parser.parse_args()
    account = seed_account(make_cast(applications=options.candidates, jobs=8))
    with tempfile.TemporaryDirectory(prefix="sl") as folder, TwinServer(account) as twin:
        settings = settings_in(folder)
        actor, connection = prepare(settings, twin)
        before = len(twin.calls(prefix="/v3"))
        seconds = asyncio.run(_sync(settings, actor.tenant_id, connection))
        calls = twin.calls(prefix="/v3")[before:]
        refused = sum(call.get("status") == 429 for call in calls)
    implied = max(0.0, (len(calls) - _CALLS) / _CALLS * _WINDOW)
    print(f"{options.candidates} candidates, {len(calls)} calls, {refused} of them answered 429")
    print(
        f"measured {seconds:.1f} s; the limit of {_CALLS} calls in {_WINDOW:.0f} s alone implies {implied:.1f} s"
    )
    print(f"ratio {seconds / implied:.2f}" if implied else "the limit was not reached")


async def _sync(settings: object, tenant_id: object, connection: object) -> float:
    async with running(settings, worker=False):  # type: ignore[arg-type]
        begun = time.monotonic()
        await sync(tenant_id, connection)  # type: ignore[arg-type]
        seconds = time.monotonic() - begun
        async with scope.tenant(tenant_id):  # type: ignore[arg-type]
            print(await connections.progress(connection))  # type: ignore[arg-type]
    return seconds


if __name__ == "__main__":
    main()
