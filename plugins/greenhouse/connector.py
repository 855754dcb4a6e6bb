"""The Greenhouse connector: one client, and the parts that read, write and judge with it."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Literal

from core.sdk import (
    Account,
    AnyRecord,
    ConnectorContext,
    Delivery,
    Document,
    Hint,
    Misconfigured,
    NotFound,
    Page,
    Reception,
    Removed,
    Selection,
    Stream,
    Subscription,
    Verdict,
    WriteItem,
    Written,
)
from core.sdk.delivery import HintKind
from plugins.greenhouse import checking, webhooks, writing
from plugins.greenhouse.bundling import Bundling
from plugins.greenhouse.client import Harvest, ids_of
from plugins.greenhouse.fields import authority_of, hosts
from plugins.greenhouse.job_reading import JobReading
from plugins.greenhouse.names import Names
from plugins.greenhouse.reading import Reading

Kind = Literal["job", "person", "application", "document"]


class GreenhouseConnector:
    """Implements `core.sdk.Connector` for Harvest v3."""

    def __init__(self, context: ConnectorContext) -> None:
        self._context = context
        self._harvest = Harvest(context)
        names = Names(self._harvest, context.log)
        self._bundling = Bundling(self._harvest, names)
        self._jobs = JobReading(self._harvest, names, context.now)
        self._reading = Reading(self._harvest, self._bundling, context.now)
        self._writing = writing.Writing(self._harvest, context)

    async def check(self) -> Account:
        return await checking.check(self._harvest, self._context)

    def read(self, stream: Stream, cursor: str, selection: Selection) -> AsyncIterator[Page]:
        if stream == "jobs":
            return self._jobs.pages(cursor)
        return self._reading.pages(cursor, selection)

    async def refetch(self, hints: Sequence[Hint]) -> Sequence[AnyRecord]:
        gone = [
            Removed(id=hint.id, kind=hint.kind, merged_into=hint.merged_into)
            for hint in hints
            if hint.removed and hint.kind != "everything"
        ]
        found: list[AnyRecord] = []
        for read in (self._jobs_again, self._people_again, self._applications_again):
            found += await read(hints)
        return [*found, *gone]

    async def _jobs_again(self, hints: Sequence[Hint]) -> list[AnyRecord]:
        wanted = _wanted(hints, "job")
        records, missing = await self._jobs.named(wanted)
        return [*records, *_removed("job", missing)]

    async def _people_again(self, hints: Sequence[Hint]) -> list[AnyRecord]:
        """Persons come with all their applications; one without any may be gone."""
        wanted = _wanted(hints, "person")
        rows = await self._harvest.batched("applications", "candidate_ids", wanted)
        records, _ = await self._bundling.bundle(rows)
        without = wanted - set(ids_of(rows, "candidate_id"))
        candidates = await self._harvest.batched("candidates", "ids", without)
        if any("id" not in row for row in candidates):  # stubs do not say whom they stand for
            return records
        return [*records, *_removed("person", without - set(ids_of(candidates, "id")))]

    async def _applications_again(self, hints: Sequence[Hint]) -> list[AnyRecord]:
        wanted, documents = _wanted(hints, "application"), _wanted(hints, "document")
        files = await self._harvest.batched("attachments", "ids", documents)
        asked = {*wanted, *ids_of(files, "application_id")}
        rows = await self._harvest.batched("applications", "ids", asked)
        records, _ = await self._bundling.bundle(rows)
        return [
            *records,
            *_removed("application", wanted - set(ids_of(rows, "id"))),
            *_removed("document", documents - set(ids_of(files, "id"))),
        ]

    async def fetch(self, document: Document) -> bytes:
        """The link may have expired (seven days): then the attachment is looked up once more."""
        found = await self._download(document.reference)
        if found is None:
            rows = await self._harvest.batched("attachments", "ids", [document.id])
            fresh = str(rows[0].get("url") or "") if rows else ""
            found = await self._download(fresh) if fresh and fresh != document.reference else None
        if found is None:
            raise NotFound("The file is no longer in Greenhouse.")
        return found

    async def _download(self, url: str) -> bytes | None:
        """Without our token: the store refuses two ways of signing, and it is none of its business.

        None when the link leads to nothing (any more). Raises Misconfigured for a store nobody named.
        """
        if not url:
            return None
        host = authority_of(url)
        if not {host, host.partition(":")[0]} & hosts(self._context.settings):
            raise Misconfigured(
                f"The file is kept at {host or 'an unknown place'}, which is not among the file hosts.",
                field="more_file_hosts",
                hint="Add it to the integration's settings under “Further hosts of the file store”.",
            )
        answer = await self._context.http.request("GET", url)
        return answer.body if answer.status == 200 else None

    def receive(self, delivery: Delivery, secrets: tuple[str, ...]) -> Reception:
        return webhooks.receive(delivery, secrets)

    async def subscribe(self, url: str) -> tuple[Subscription, ...]:
        """Webhooks are made by hand: the API for them is open to Greenhouse's partners only."""
        return ()

    async def unsubscribe(self, subscriptions: Sequence[Subscription]) -> None:
        return None

    def plan(self, verdict: Verdict) -> tuple[WriteItem, ...]:
        return writing.plan(verdict, self._context.settings)

    async def write(self, item: WriteItem) -> Written:
        return await self._writing.write(item)

    async def close(self) -> None:
        return None


def _wanted(hints: Sequence[Hint], kind: HintKind) -> set[str]:
    return {hint.id for hint in hints if hint.kind == kind and hint.id and not hint.removed}


def _removed(kind: Kind, ids: Iterable[str]) -> list[Removed]:
    return [Removed(id=found, kind=kind) for found in sorted(ids)]
