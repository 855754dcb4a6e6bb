"""What a connector is: an entry that describes it and an asynchronous client the host drives.

The host asks, the connector answers with records; it never sees a database. Webhooks are hints to
fetch again, reading is the truth. `docs/decisions/connector_contract.md` shows call by call how
Greenhouse, Lever and SmartRecruiters fit.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

import msgspec
import structlog

from core.sdk.delivery import Delivery, Hint, Reception
from core.sdk.fields import Field
from core.sdk.http import Http
from core.sdk.records import AnyRecord, Document

Stream = Literal["jobs", "applications"]
WriteKind = Literal["fields", "note", "tags"]


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the credentials must be able to do.

    `granted` is None when it could not be told. `without` says in words what stops working without it;
    a connection cannot be saved while a `required` permission is missing.
    """

    key: str
    label: str
    without: str
    required: bool = True
    granted: bool | None = None
    fix: str = ""


class User(msgspec.Struct, frozen=True, kw_only=True):
    """A user of the ATS on whose behalf we may write."""

    id: str
    name: str
    email: str = ""
    active: bool = True
    admin: bool = False


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What `Connector.check` found out: whose account it is, what is allowed, who may be acted for."""

    name: str
    permissions: tuple[Permission, ...]
    users: tuple[User, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """True when no required permission is missing."""
        return all(permission.granted is not False for permission in self.permissions if permission.required)


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """What to read: vendor job ids, and whether applications rejected before are wanted."""

    job_ids: tuple[str, ...] = ()
    include_rejected: bool = True


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """A record that was set aside: where it is and why, without personal data."""

    reference: str
    message: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One committed step of reading: the host stores `records` and `cursor` in one transaction.

    `cursor` resumes right after this page, in another process if need be. The cursor of the last page of
    a read is where the next read of the stream starts: reading from it yields only what changed since.
    `total` is the number of main objects of the stream when the vendor tells it.
    """

    records: tuple[AnyRecord, ...]
    cursor: str
    total: int | None = None
    problems: tuple[Problem, ...] = ()


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the ATS should show about one application after one decision version.

    `key` is unique per application and version and short enough to stand in a note as a marker.
    `score` is 0-100 or None when there was nothing to score.
    """

    key: str
    application_id: str
    person_id: str
    job_id: str
    version: int
    score: int | None
    band: str
    band_label: str
    note: str
    link: str = ""
    acting_user_id: str = ""


class WriteItem(msgspec.Struct, frozen=True, kw_only=True):
    """One visible change in the ATS. `preview` is what the recruiter is shown before it is written."""

    kind: WriteKind
    key: str
    preview: str
    payload: dict[str, Any]


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """Where the change can be found in the ATS; `already` when an earlier attempt had done it."""

    reference: str = ""
    already: bool = False


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """An access token with its refresh token, if any; `expires_at` None means unknown."""

    access: str
    refresh: str = ""
    expires_at: datetime | None = None


class TokenStore(Protocol):
    """Keeps a connection's token for all processes, encrypted."""

    async def current(
        self, mint: Callable[[Token | None], Awaitable[Token]], *, stale: Token | None = None
    ) -> Token:
        """The stored token, or a new one when it has expired or is the one passed as `stale`.

        `mint` gets the old token (its refresh token may be single-use) and runs under a lock shared by
        all processes; what it returns is saved before anybody sees it.
        """
        ...


class ConnectorContext(msgspec.Struct, frozen=True, kw_only=True):
    """All a connector gets: validated settings with secrets, a client, the token store, the log."""

    settings: Mapping[str, str]
    http: Http
    tokens: TokenStore
    log: structlog.stdlib.BoundLogger
    now: Callable[[], datetime]


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """A webhook the connector registered: the vendor's id and the secret to verify with."""

    id: str
    secret: str


@runtime_checkable
class Connector(Protocol):
    """One connection to one ATS account. Every call may raise a `core.sdk.errors.ConnectorError`."""

    async def check(self) -> Account:
        """Try the credentials and each permission without changing anything."""
        ...

    def read(self, stream: Stream, cursor: str, selection: Selection) -> AsyncIterator[Page]:
        """Read the stream from the cursor; an empty cursor means from the beginning.

        Objects may come twice (overlap is wanted), never not at all. Stream "jobs" yields `Job`,
        stream "applications" yields `Person`, `Application` and `Document` so that a page holds the
        person of each application in it. `Removed` may come in either.
        """
        ...

    async def refetch(self, hints: Sequence[Hint]) -> Sequence[AnyRecord]:
        """The present state of what the hints name; `Removed` for what is gone."""
        ...

    async def fetch(self, document: Document) -> bytes:
        """The bytes of a file. Raises NotFound when it is gone."""
        ...

    def receive(self, delivery: Delivery, secrets: tuple[str, ...]) -> Reception:
        """Judge a webhook without any I/O: verify it, name what to fetch again, say what to answer."""
        ...

    async def subscribe(self, url: str) -> tuple[Subscription, ...]:
        """Register webhooks for the address; empty where the vendor wants it done by hand."""
        ...

    async def unsubscribe(self, subscriptions: Sequence[Subscription]) -> None:
        """Remove what `subscribe` made; what is gone already counts as removed."""
        ...

    def plan(self, verdict: Verdict) -> tuple[WriteItem, ...]:
        """The changes that make the verdict visible, without any I/O; the same verdict, the same items."""
        ...

    async def write(self, item: WriteItem) -> Written:
        """Make the change visible exactly once, however often and from wherever it is called.

        No vendor here has idempotency keys: look for the item's key before writing, and after an answer
        that was lost.
        """
        ...

    async def close(self) -> None:
        """Release what the connector holds; the host closes the client it gave."""
        ...


class OAuth(msgspec.Struct, frozen=True, kw_only=True):
    """The authorization-code grant (RFC 6749 4.1) of a vendor that wants the admin to sign in there."""

    authorize_url: Callable[[Mapping[str, str], str, str], str]
    """(settings, state, redirect address) to the address the browser is sent to."""
    exchange: Callable[[ConnectorContext, str, str], Awaitable[Token]]
    """(context, code, redirect address) to the first token."""
    permissions: tuple[str, ...] = ()


class WebhookSetup(msgspec.Struct, frozen=True, kw_only=True):
    """How webhooks come to be: by the connector itself, or by hand with these steps and events."""

    automatic: bool
    steps: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


class ConnectorEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a plugin registers for one ATS.

    `hosts` returns the hosts (or host:port) a connection with these settings may call, nothing else is
    reachable. `prerequisites` is shown before the first step of the wizard. `sdk` is the range of SDK
    versions the plugin was written for, such as "1".
    """

    key: str
    title: str
    fields: tuple[Field, ...]
    make: Callable[[ConnectorContext], Connector]
    hosts: Callable[[Mapping[str, str]], frozenset[str]]
    writes: tuple[WriteKind, ...] = ()
    prerequisites: tuple[str, ...] = ()
    webhooks: WebhookSetup = WebhookSetup(automatic=False)
    oauth: OAuth | None = None
    poll_seconds: int = 60
    sdk: str = "1"
