"""Reads the two streams: everything once, then what changed since, with an overlap."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec

from core.sdk import AnyRecord, BadData, Forbidden, Page, Problem, Selection
from plugins.greenhouse import mapping
from plugins.greenhouse.client import BATCH, CursorExpired, Harvest, Row, ids_of

_OVERLAP: Final = timedelta(minutes=5)
"""How far a delta reaches back: clocks differ, and a row may be visible later than its time says."""
_PAGE: Final = 500


class Cursor(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Where reading stands; our own, opaque to everybody else.

    `jobs` are the jobs read completely. While `reading` is not empty its jobs are being read, `following`
    is the vendor's next page, and `began` the moment before the first of these pages was asked for.
    """

    jobs: list[str] = msgspec.field(default_factory=list)
    reading: list[str] = msgspec.field(default_factory=list)
    following: str = ""
    began: str = ""
    since: str = ""


def _decode(cursor: str) -> Cursor:
    try:
        return msgspec.json.decode(cursor, type=Cursor) if cursor else Cursor()
    except msgspec.DecodeError:
        return Cursor()


def _encode(cursor: Cursor) -> str:
    return msgspec.json.encode(cursor).decode()


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _since(cursor: Cursor) -> str:
    since = mapping.moment(cursor.since)
    return f"gte|{_stamp(since - _OVERLAP)}" if since else ""


class Reading:
    """The streams of one connection."""

    def __init__(self, harvest: Harvest, now: Any) -> None:
        self._harvest = harvest
        self._now = now
        self._options: dict[str, str] = {}

    async def jobs(self) -> AsyncIterator[Page]:
        """All jobs with posts and stages; there are few, and posts change without touching their job."""
        harvest = self._harvest
        posts = _grouped([row async for row in harvest.every("job_posts")], "job_id")
        stages = _grouped([row async for row in harvest.every("job_interview_stages")], "job_id")
        departments = await self._names("departments")
        locations = await self._locations()
        records: list[AnyRecord] = []
        problems: list[Problem] = []
        async for row in harvest.every("jobs"):
            key = str(row.get("id"))
            if row.get("is_template") is True:
                continue
            try:
                records.append(
                    mapping.job(row, posts.get(key, ()), stages.get(key, ()), departments, locations)
                )
            except BadData as error:
                problems.append(Problem(reference=f"job {key}", message=error.message))
        yield Page(
            records=tuple(records),
            cursor=_encode(Cursor(since=_stamp(self._now()))),
            total=len(records),
            problems=tuple(problems),
        )

    async def _names(self, resource: str) -> dict[str, str]:
        try:
            return {str(r["id"]): str(r.get("name") or "") async for r in self._harvest.every(resource)}
        except Forbidden:
            return {}

    async def _locations(self) -> dict[str, str]:
        try:
            rows = [row async for row in self._harvest.every("job_post_locations")]
        except Forbidden:
            return {}
        return {str(row.get("job_post_id")): str(row.get("plain_text_location") or "") for row in rows}

    async def applications(self, cursor: str, selection: Selection) -> AsyncIterator[Page]:
        """Jobs not read yet from their beginning, then what changed in those that were."""
        state = _decode(cursor)
        state.jobs = [job for job in state.jobs if job in selection.job_ids]
        state.reading = [job for job in state.reading if job in selection.job_ids]
        missing = [job for job in selection.job_ids if job not in state.jobs and job not in state.reading]
        while state.reading or missing:
            if not state.reading:
                state = Cursor(
                    jobs=state.jobs,
                    reading=missing[:BATCH],
                    began=_stamp(self._now()),
                    since=state.since,
                )
                missing = missing[BATCH:]
            async for page in self._whole(state, selection):
                yield page
        async for page in self._changes(state, selection):
            yield page

    async def _whole(self, state: Cursor, selection: Selection) -> AsyncIterator[Page]:
        """Every application of `state.reading`. New ones appear ahead of a running crawl (ids fall), so
        the moment it began is where the first delta starts."""
        while state.reading:
            params = {"job_ids": ",".join(state.reading), "per_page": str(_PAGE)}
            if not selection.include_rejected:
                params["status"] = "active"
            try:
                rows, following = (
                    await self._harvest.page(state.following)
                    if state.following
                    else await self._harvest.page("applications", params)
                )
            except CursorExpired:
                state.following = ""
                continue
            state.following = following
            if not following:
                state.jobs = sorted({*state.jobs, *state.reading})
                state.reading = []
                state.since = min(filter(None, (state.since, state.began)))
            yield await self._page(rows, state)

    async def _changes(self, state: Cursor, selection: Selection) -> AsyncIterator[Page]:
        began, since = _stamp(self._now()), _since(state)
        tracked = set(selection.job_ids)
        rows: dict[str, Row] = {}
        for resource, field in (("applications", ""), ("candidates", "id"), ("attachments", "candidate_id")):
            changed = [row async for row in self._harvest.every(resource, {"updated_at": since})]
            if resource == "applications":
                found = changed
            else:
                found = await self._harvest.batched("applications", "candidate_ids", ids_of(changed, field))
            rows |= {str(row["id"]): row for row in found if str(row.get("job_id")) in tracked}
        kept = [
            row
            for row in rows.values()
            if selection.include_rejected or row.get("status") not in {"rejected"}
        ]
        chunks = [kept[start : start + _PAGE] for start in range(0, len(kept), _PAGE)]
        for chunk in chunks[:-1]:
            yield await self._page(chunk, state)
        state.since = began
        yield await self._page(chunks[-1] if chunks else [], state)

    async def _page(self, rows: Sequence[Row], state: Cursor) -> Page:
        records, problems = await self.bundle(rows)
        return Page(records=tuple(records), cursor=_encode(state), problems=tuple(problems))

    async def bundle(self, rows: Sequence[Row]) -> tuple[list[AnyRecord], list[Problem]]:
        """Applications with their persons and documents."""
        wanted = [row for row in rows if row.get("job_id") is not None]
        records: list[AnyRecord] = []
        problems: list[Problem] = []
        people = ids_of(wanted, "candidate_id")
        records += await self._people(people, problems)
        stages = await self._stages(wanted)
        for row in wanted:
            try:
                application = mapping.application(row, stages.get(str(row.get("id")), ""))
            except BadData as error:
                problems.append(Problem(reference="application", message=error.message))
                continue
            if application is not None:
                records.append(application)
        records += await self._documents(wanted)
        return records, problems

    async def _people(self, ids: Sequence[str], problems: list[Problem]) -> list[AnyRecord]:
        if not ids:
            return []
        candidates = await self._harvest.batched("candidates", "ids", ids)
        employments = await self._optional("candidate_employments", ids)
        educations = await self._optional("candidate_educations", ids)
        options = await self._option_names() if educations else {}
        records: list[AnyRecord] = []
        for row in candidates:
            key = str(row.get("id"))
            try:
                records.append(
                    mapping.person(row, employments.get(key, ()), educations.get(key, ()), options)
                )
            except BadData as error:
                problems.append(Problem(reference=f"candidate {key}", message=error.message))
        return records

    async def _optional(self, resource: str, ids: Sequence[str]) -> dict[str, list[Row]]:
        try:
            return _grouped(await self._harvest.batched(resource, "candidate_ids", ids), "candidate_id")
        except Forbidden:
            return {}

    async def _option_names(self) -> dict[str, str]:
        """Schools, degrees and disciplines by option id, read once per connection."""
        if not self._options:
            try:
                for key in ("school_name", "degree", "discipline"):
                    async for row in self._harvest.every("custom_field_options", {"custom_field_key": key}):
                        self._options[str(row.get("id"))] = str(row.get("name") or "")
            except Forbidden:
                self._options = {"": ""}
        return self._options

    async def _stages(self, rows: Sequence[Row]) -> dict[str, str]:
        """The job's interview stage per application, where the rows do not tell it themselves."""
        unknown = [str(row["id"]) for row in rows if "job_interview_stage_id" not in row and "id" in row]
        if not unknown:
            return {}
        try:
            found = await self._harvest.batched(
                "application_stages", "application_ids", unknown, current="true"
            )
        except Forbidden:
            return {}
        return {str(row.get("application_id")): str(row.get("job_interview_stage_id") or "") for row in found}

    async def _documents(self, rows: Sequence[Row]) -> list[AnyRecord]:
        people = {str(row.get("id")): str(row.get("candidate_id")) for row in rows}
        if not people:
            return []
        attachments = await self._harvest.batched("attachments", "application_ids", people)
        found = [
            mapping.document(
                row, str(row.get("candidate_id") or people.get(str(row.get("application_id")), ""))
            )
            for row in attachments
        ]
        return [document for document in found if document is not None]


def _grouped(rows: Sequence[Row], field: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(str(row.get(field)), []).append(row)
    return found
