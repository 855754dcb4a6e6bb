"""Reads jobs with their posts and stages: all of them once a day, in between what changed.

A post or a stage changes without touching its job, so all three are asked for changes.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from core.sdk import AnyRecord, BadData, Page, Problem
from plugins.greenhouse import mapping
from plugins.greenhouse.client import Harvest, Row, ids_of, together
from plugins.greenhouse.names import Names
from plugins.greenhouse.overlap import stamp, updated_since

_FULL: Final = timedelta(hours=24)
"""How often everything is read: locations and departments change without a trace."""


class JobCursor(msgspec.Struct, kw_only=True, omit_defaults=True):
    """When all jobs were read last, and up to when changes are known; by Greenhouse's clock."""

    full: str = ""
    since: str = ""


class JobReading:
    """The stream of jobs of one connection."""

    def __init__(self, harvest: Harvest, names: Names, now: Callable[[], datetime]) -> None:
        self._harvest = harvest
        self._names = names
        self._now = now

    async def pages(self, cursor: str) -> AsyncIterator[Page]:
        """One page: there are few jobs, and only together do job, posts and stages make sense."""
        state, began = _decode(cursor), self._now()
        full = mapping.moment(state.full)
        if full is None or not state.since or full + _FULL <= self._harvest.their_time(began):
            records, problems = await self._all()
            reached = stamp(self._harvest.their_time(began))
            after = JobCursor(full=reached, since=reached)
            total: int | None = len(records)
        else:
            changed = await self._changed(state.since)
            records, problems = await self._read(changed)
            after = JobCursor(full=state.full, since=stamp(self._harvest.their_time(began)))
            total = None
        yield Page(
            records=tuple(records),
            cursor=msgspec.json.encode(after).decode(),
            total=total,
            problems=tuple(problems),
        )

    async def named(self, ids: Iterable[str]) -> tuple[list[AnyRecord], set[str]]:
        """The jobs with these ids as they are now, and the ids Greenhouse has no job for."""
        wanted = set(ids)
        listed = set(ids_of(await self._harvest.batched("jobs", "ids", wanted), "id")) if wanted else set()
        records, _ = await self._read(listed)
        return records, wanted - listed

    async def _all(self) -> tuple[list[AnyRecord], list[Problem]]:
        harvest = self._harvest
        jobs, posts, stages, locations = await together(
            _listed(harvest.every("jobs")),
            _listed(harvest.every("job_posts")),
            self._names.optional(harvest.every("job_interview_stages"), "job_interview_stages"),
            self._names.optional(harvest.every("job_post_locations"), "job_post_locations"),
        )
        return await self._mapped(jobs, posts, stages, locations)

    async def _changed(self, since: str) -> set[str]:
        asked = {"updated_at": updated_since(since)}
        listed = self._harvest.every
        jobs, posts, deleted_posts, stages = await together(
            _listed(listed("jobs", asked)),
            _listed(listed("job_posts", asked)),
            _listed(listed("job_posts", {**asked, "active": "false"})),
            self._names.optional(listed("job_interview_stages", asked), "job_interview_stages"),
        )
        return {*ids_of(jobs, "id"), *ids_of([*posts, *deleted_posts, *stages], "job_id")}

    async def _read(self, ids: Iterable[str]) -> tuple[list[AnyRecord], list[Problem]]:
        wanted = sorted(set(ids))
        if not wanted:
            return [], []
        harvest = self._harvest
        jobs, posts, stages = await together(
            harvest.batched("jobs", "ids", wanted),
            harvest.batched("job_posts", "job_ids", wanted),
            self._names.optional(
                harvest.in_batches("job_interview_stages", "job_ids", wanted), "job_interview_stages"
            ),
        )
        locations = await self._names.optional(
            harvest.in_batches("job_post_locations", "job_post_ids", ids_of(posts, "id")),
            "job_post_locations",
        )
        return await self._mapped(jobs, posts, stages, locations)

    async def _mapped(
        self, jobs: Sequence[Row], posts: Sequence[Row], stages: Sequence[Row], locations: Sequence[Row]
    ) -> tuple[list[AnyRecord], list[Problem]]:
        places = mapping.Places(
            departments=await self._names.of("departments"),
            offices=await self._names.of("offices"),
            posts={str(row.get("job_post_id")): _plain(row) for row in locations if _plain(row)},
        )
        posts_of, stages_of = grouped(posts, "job_id"), grouped(stages, "job_id")
        records: list[AnyRecord] = []
        problems: list[Problem] = []
        for row in jobs:
            key = str(row.get("id"))
            if row.get("is_template") is True:
                continue
            try:
                records.append(mapping.job(row, posts_of.get(key, ()), stages_of.get(key, ()), places))
            except BadData as error:
                problems.append(Problem(reference=f"job {key}", message=error.message))
        return records, problems


def grouped(rows: Iterable[Row], field: str) -> dict[str, list[Row]]:
    """The rows by the value of a field, as a string."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row.get(field)), []).append(row)
    return found


def _decode(cursor: str) -> JobCursor:
    try:
        return msgspec.json.decode(cursor, type=JobCursor) if cursor else JobCursor()
    except msgspec.DecodeError:
        return JobCursor()


def _plain(row: Row) -> str:
    return str(row.get("plain_text_location") or "").replace("\x00", "")


async def _listed(rows: AsyncIterator[Row]) -> list[Row]:
    return [row async for row in rows]
