"""The Greenhouse connector: one client, and the parts that read, write and judge with it."""

from collections.abc import AsyncIterator, Sequence

from core.sdk import (
    Account,
    AnyRecord,
    ConnectorContext,
    Delivery,
    Document,
    Hint,
    NotFound,
    Page,
    Reception,
    Removed,
    Selection,
    Stream,
    Subscription,
    Unavailable,
    Verdict,
    WriteItem,
    Written,
)
from plugins.greenhouse import checking, webhooks, writing
from plugins.greenhouse.client import Harvest, Row
from plugins.greenhouse.reading import Reading


class GreenhouseConnector:
    """Implements `core.sdk.Connector` for Harvest v3."""

    def __init__(self, context: ConnectorContext) -> None:
        self._context = context
        self._harvest = Harvest(context)
        self._reading = Reading(self._harvest, context.now)
        self._writing = writing.Writing(self._harvest, context)

    async def check(self) -> Account:
        return await checking.check(self._harvest, self._context)

    def read(self, stream: Stream, cursor: str, selection: Selection) -> AsyncIterator[Page]:
        if stream == "jobs":
            return self._reading.jobs()
        return self._reading.applications(cursor, selection)

    async def refetch(self, hints: Sequence[Hint]) -> Sequence[AnyRecord]:
        gone = [
            Removed(id=hint.id, kind=hint.kind, merged_into=hint.merged_into)
            for hint in hints
            if hint.removed and hint.kind in {"job", "person", "application", "document"}
        ]
        wanted = {hint.id for hint in hints if not hint.removed and hint.kind == "application"}
        people = {hint.id for hint in hints if not hint.removed and hint.kind == "person"}
        rows = await self._harvest.batched("applications", "ids", wanted)
        missing = wanted - {str(row.get("id")) for row in rows}
        rows += await self._harvest.batched("applications", "candidate_ids", people)
        records, _ = await self._reading.bundle(_distinct(rows))
        vanished = [Removed(id=found, kind="application") for found in sorted(missing)]
        return [*records, *vanished, *gone]

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
        """Without our token: the store refuses two ways of signing, and it is none of its business."""
        if not url:
            return None
        answer = await self._context.http.request("GET", url)
        if answer.status == 200:
            return answer.body
        if answer.status in {301, 302, 403, 404, 410}:
            return None
        raise Unavailable(f"The file store answered with error {answer.status}.")

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


def _distinct(rows: Sequence[Row]) -> list[Row]:
    return list({str(row.get("id")): row for row in rows}.values())
