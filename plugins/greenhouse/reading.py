"""Reads applications with persons and documents: each job once from its beginning, then what changed."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

import msgspec

from core.sdk import AnyRecord, Page, Problem, Selection
from plugins.greenhouse.bundling import Bundling
from plugins.greenhouse.client import (
    BATCH,
    PER_PAGE,
    RESTARTS,
    CursorExpired,
    Harvest,
    Row,
    ids_of,
    lost_place,
)
from plugins.greenhouse.mapping import moment
from plugins.greenhouse.overlap import stamp, updated_since

_CHANGES: Final = (
    # resource, its field that leads to applications, the filter of applications for that field
    ("candidates", "id", "candidate_ids"),
    ("attachments", "application_id", "ids"),
)
"""Children do not reliably touch their application, so they are asked for changes of their own."""


class Cursor(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Where reading stands; our own, opaque to everybody else.

    `jobs` tells for each job that was read completely when that began. While `reading` is not empty its
    jobs are being read: `following` is the vendor's next page, `began` the moment before the first page
    was asked for. Moments are by Greenhouse's clock.
    """

    jobs: dict[str, str] = msgspec.field(default_factory=dict)
    reading: list[str] = msgspec.field(default_factory=list)
    following: str = ""
    began: str = ""
    since: str = ""
    rejected: bool = True
    """Whether earlier rejections were read as well."""


class Reading:
    """The stream of applications of one connection, `per_page` of them to a page."""

    def __init__(
        self, harvest: Harvest, bundling: Bundling, now: Callable[[], datetime], *, per_page: int = PER_PAGE
    ) -> None:
        self._harvest = harvest
        self._bundling = bundling
        self._now = now
        self._per_page = per_page

    async def pages(self, cursor: str, selection: Selection) -> AsyncIterator[Page]:
        """Jobs not read yet from their beginning, then what changed in those that were."""
        state = _for(_decode(cursor), selection)
        missing = [job for job in selection.job_ids if job not in state.jobs and job not in state.reading]
        while state.reading or missing:
            if not state.reading:
                state.reading, missing = missing[:BATCH], missing[BATCH:]
                state.following = state.began = ""
            async for page in self._whole(state, selection):
                yield page
        if state.jobs:
            async for page in self._changes(state, selection):
                yield page

    async def _whole(self, state: Cursor, selection: Selection) -> AsyncIterator[Page]:
        """Every application of `state.reading`.

        Lists fall by id, so what is new appears ahead of a running crawl and is never met by it: the moment
        the crawl began is where the first delta starts.
        """
        params = {"job_ids": ",".join(state.reading), "per_page": str(self._per_page)}
        if not selection.include_rejected:
            params["status"] = "active"
        restarts = 0
        while state.reading:
            began = self._now()
            try:
                rows, following = await self._harvest.page("applications", params, cursor=state.following)
            except CursorExpired:
                restarts, state.following = restarts + 1, ""
                if restarts > RESTARTS:
                    raise lost_place("applications") from None
                continue
            state.began = state.began or stamp(self._harvest.their_time(began))
            state.following = following
            if not following:
                state.jobs |= dict.fromkeys(state.reading, state.began)
                state.since = min(filter(None, (state.since, state.began)))
                state.reading, state.began = [], ""
            yield await self._page(_of_jobs(rows, selection), state)

    async def _changes(self, state: Cursor, selection: Selection) -> AsyncIterator[Page]:
        """What changed since `state.since`, by the applications themselves, by persons and by files."""
        began = self._now()
        narrowed = {"job_ids": ",".join(selection.job_ids)} if len(selection.job_ids) <= BATCH else {}
        asked = {"updated_at": updated_since(state.since)}
        found = [row async for row in self._harvest.every("applications", {**asked, **narrowed})]
        for resource, field, filtered in _CHANGES:
            changed = [row async for row in self._harvest.every(resource, asked)]
            found += await self._harvest.batched("applications", filtered, ids_of(changed, field), **narrowed)
        rows = list({str(row.get("id")): row for row in _of_jobs(found, selection)}.values())
        kept = [row for row in rows if selection.include_rejected or not _rejected_before(row, state)]
        size = self._per_page
        chunks = [kept[start : start + size] for start in range(0, len(kept), size)] or [[]]
        for chunk in chunks[:-1]:
            yield await self._page(chunk, state)
        state.since = stamp(self._harvest.their_time(began))
        yield await self._page(chunks[-1], state)

    async def _page(self, rows: Sequence[Row], state: Cursor) -> Page:
        records: list[AnyRecord]
        problems: list[Problem]
        records, problems = await self._bundling.bundle(rows)
        return Page(
            records=tuple(records),
            cursor=msgspec.json.encode(state).decode(),
            problems=tuple(problems),
        )


def _decode(cursor: str) -> Cursor:
    try:
        return msgspec.json.decode(cursor, type=Cursor) if cursor else Cursor()
    except msgspec.DecodeError:
        return Cursor()


def _for(state: Cursor, selection: Selection) -> Cursor:
    """The cursor under the present selection: jobs let go are forgotten, and earlier rejections that were
    not wanted so far are read by reading their jobs again."""
    if selection.include_rejected and not state.rejected:
        state = Cursor(since=state.since)
    state.rejected = selection.include_rejected
    state.jobs = {job: began for job, began in state.jobs.items() if job in selection.job_ids}
    state.reading = [job for job in state.reading if job in selection.job_ids]
    return state


def _of_jobs(rows: Iterable[Row], selection: Selection) -> list[Row]:
    return [row for row in rows if str(row.get("job_id")) in selection.job_ids]


def _rejected_before(row: Row, state: Cursor) -> bool:
    """Rejected before its job was read for the first time; later rejections are news about what we have."""
    if row.get("status") != "rejected":
        return False
    rejected, began = moment(row.get("rejected_at")), moment(state.jobs.get(str(row.get("job_id"))))
    return rejected is not None and began is not None and rejected < began
