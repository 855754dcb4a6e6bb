"""Ten thousand receipts proved by `shortlist verify`, as an auditor would prove a year's.

    python tests/benchmarks/verify_receipts.py --receipts 10000

Each receipt has twenty requirements with quotes and is signed with a key of its own file; the time is that of
the command in a process of its own, from start to end. One receipt is then changed by a point and must be
found among them.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from random import Random

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.screening import Seen, Thresholds
from core.screening.assess import add_up
from core.screening.receipts import Circumstances, Receipt, receipt_for
from core.sdk.scorer import Evidence, Judgement, Match, Requirement, Rubric

REQUIREMENTS = 20
MATCHES: tuple[Match, ...] = ("met", "met", "partly", "not_stated", "not_met")
RUBRIC = Rubric(
    requirements=tuple(
        Requirement(id=f"r{n}", text=f"Skill {n}", category="hard_skill", must_have=n < 4, weight=1 + n % 5)
        for n in range(REQUIREMENTS)
    )
)


def main() -> None:
    """Run it and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--receipts", type=int, default=10_000)
    options = parser.parse_args()
    key, chance = Ed25519PrivateKey.generate(), Random(3)
    begun = time.perf_counter()
    made = [_receipt(number, key, chance) for number in range(options.receipts)]
    signing = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        file, public = Path(folder) / "receipts.json", key.public_key().public_bytes_raw().hex()
        file.write_bytes(msgspec.json.encode(made))
        size = file.stat().st_size
        seconds, status, _ = _verify(file, public)
        assert status == 0, "receipts that were just signed must hold"
        spoilt = options.receipts // 2
        body = msgspec.structs.replace(made[spoilt].body, score=(made[spoilt].body.score or 0) + 1)
        made[spoilt] = msgspec.structs.replace(made[spoilt], body=body)
        file.write_bytes(msgspec.json.encode(made))
        _, status, said = _verify(file, public)
        assert status == 1, "the changed receipt must be found"
        assert f"Receipt {spoilt + 1} cannot be trusted" in said, "and named"
    print(f"{options.receipts} receipts of {REQUIREMENTS} requirements, {size / 2**20:.1f} MiB")
    print(f"{'added up and signed':40} {signing:8.2f} s  {options.receipts / signing:10.0f} /s")
    print(f"{'proved by shortlist verify':40} {seconds:8.2f} s  {options.receipts / seconds:10.0f} /s")
    print("one point changed in one of them: found and named")


def _receipt(number: int, key: Ed25519PrivateKey, chance: Random) -> Receipt:
    judgements = [_judgement(f"r{place}", chance.choice(MATCHES), chance) for place in range(REQUIREMENTS)]
    digest = f"{number:064x}"
    seen = Seen(
        digest=digest,
        sources={"resume": digest},
        characters=3000,
        as_of=date(2026, 11, 25),
        flags=(),
        unreadable=False,
    )
    around = Circumstances(rubric=RUBRIC, thresholds=Thresholds(), scorer="rubric 1")
    assessed = add_up(RUBRIC, seen, judgements, (), around.thresholds)
    return receipt_for(around, seen, assessed, {"resume": digest}, key)


def _judgement(name: str, match: Match, chance: Random) -> Judgement:
    if match == "not_stated":
        return Judgement(requirement_id=name, match=match, reason="The text does not say.")
    start = chance.randrange(2900)
    evidence = (Evidence(source="resume", quote=f"Words {start}", start=start, end=start + 12),)
    return Judgement(requirement_id=name, match=match, reason="The text says so.", evidence=evidence)


def _verify(file: Path, public: str) -> tuple[float, int, str]:
    """Seconds, exit status and complaints of the command."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "core.cli", "verify", "--key", public, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return time.perf_counter() - begun, done.returncode, done.stderr


if __name__ == "__main__":
    main()
