"""Judgements kept per application and scorer, to be added up again under another rubric."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.clock import new_id, now
from core.screening.reuse import Kept
from core.screening.whatif import Standing, in_short
from core.store.engine import many, rows


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of one application; `input_key` and `scorer_version` say for what it holds."""

    application: UUID
    scorer_version: str
    input_key: str
    kept: Kept


async def of_applications(applications: Sequence[UUID], scorer: str) -> dict[UUID, Judged]:
    """What is kept of each application; those of which nothing is are not in it."""
    found = await rows(
        "SELECT application, scorer_version, input_key, kept FROM judged "
        "WHERE application = ANY($1) AND scorer = $2",
        list(applications),
        scorer,
    )
    return {
        row["application"]: Judged(**{**row, "kept": msgspec.json.decode(row["kept"], type=Kept)})
        for row in found
    }


async def keep(scorer: str, entries: Iterable[Judged]) -> None:
    """Keep these in place of what was kept of the same applications."""
    await many(
        """
        INSERT INTO judged (id, application, scorer, scorer_version, input_key, characters, matches, kept,
            judged_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, $8::jsonb, $9)
        ON CONFLICT (application, scorer) DO UPDATE SET scorer_version = excluded.scorer_version,
            input_key = excluded.input_key, characters = excluded.characters, matches = excluded.matches,
            kept = excluded.kept, judged_at = excluded.judged_at
        """,
        [_arguments(scorer, entry) for entry in entries],
    )


def _arguments(scorer: str, entry: Judged) -> tuple[Any, ...]:
    matches = {name: in_short(result.match, result.extent) for name, result in entry.kept.results.items()}
    return (
        new_id(),
        entry.application,
        scorer,
        entry.scorer_version,
        entry.input_key,
        entry.kept.seen.characters,
        msgspec.json.encode(matches).decode(),
        msgspec.json.encode(entry.kept).decode(),
        now(),
    )


async def standings(job: UUID, scorer: str) -> list[Standing]:
    """Everybody on the job's board who has a band, in the order of their arrival."""
    found = await rows(
        """
        SELECT a.id, a.category, a.decided, a.band, a.score, coalesce(k.characters, 0) AS characters, k.matches
        FROM application a LEFT JOIN judged k ON k.application = a.id AND k.scorer = $2
        WHERE a.job = $1 AND a.removed_at IS NULL AND a.band IS NOT NULL AND a.category IS NOT NULL
        ORDER BY a.id
        """,
        job,
        scorer,
    )
    return [
        Standing(
            id=row["id"],
            category=row["category"],
            decided=row["decided"],
            band=row["band"],
            score=row["score"],
            characters=row["characters"],
            matches=_MATCHES.decode(row["matches"]) if row["matches"] else None,
        )
        for row in found
    ]


_MATCHES = msgspec.json.Decoder(dict[str, str])
