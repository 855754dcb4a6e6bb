"""Runs a twin: in the foreground for people, in a thread for tests and the demo."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

import httpx
import msgspec

from core.sdk.testing.twin import LocalServer, TwinClock, listen, serve
from plugins.greenhouse.twin.account import Account
from plugins.greenhouse.twin.app import create_twin, front
from plugins.greenhouse.twin.auth import Credential
from plugins.greenhouse.twin.resources import resources
from plugins.greenhouse.twin.settings import TwinSettings
from plugins.greenhouse.twin.world import World
from plugins.greenhouse.twin.writes import WRITES

CLIENT_ID = "shortlist-twin-2"
CLIENT_SECRET = "twin-secret-not-for-production"
"""What a demo signs in with; a twin holds nothing worth protecting."""


def all_scopes() -> set[str]:
    """Every scope the twin knows."""
    return {resource.scope for resource in resources().values()} | {w.scope for w in WRITES.values()}


def new_world(
    account: Account, settings: TwinSettings | None = None, clock: TwinClock | None = None
) -> World:
    """A world with one credential that has every scope."""
    world = World(account, settings or TwinSettings(), clock or TwinClock())
    world.keys.add(Credential(client_id=CLIENT_ID, secret=CLIENT_SECRET, scopes=all_scopes()))
    return world


def subject(account: Account) -> str:
    """The id of the first Site Admin who is a person, to act as."""
    admins = account.where("users", site_admin=True, deactivated=False)
    return str(next(user["id"] for user in admins if user["primary_email"]))


class TwinServer:
    """A twin on a port of this machine, with a control client; leave it to stop it.

    Attachment links use another host name than the API, as in production.
    """

    def __init__(
        self,
        account: Account,
        settings: TwinSettings | None = None,
        *,
        start: datetime | None = None,
        port: int = 0,
    ) -> None:
        self.world = new_world(account, settings, TwinClock(start))
        self._server = LocalServer(front(create_twin(account, world=self.world)), port=port)
        self.client_id, self.client_secret = CLIENT_ID, CLIENT_SECRET
        self.subject_id = subject(account)

    @property
    def url(self) -> str:
        """Base of everything: `/token`, `/v3`, `/files`, `/_twin`."""
        return self._server.url

    @property
    def files_host(self) -> str:
        """Host and port attachment links lead to."""
        return f"localhost:{self._server.port}"

    def __enter__(self) -> Self:
        self._server.start()
        self.world.base_url = self.url
        if not self.world.settings.files_url:
            files = f"http://{self.files_host}/files"
            self.world.configure(msgspec.structs.replace(self.world.settings, files_url=files))
        self.control = httpx.Client(base_url=f"{self.url}/_twin", timeout=30)
        return self

    def __exit__(self, *_: object) -> None:
        self.control.close()
        self._server.stop()

    def act(self, name: str, /, **body: Any) -> Any:
        """Do something in Greenhouse itself; raises httpx.HTTPStatusError when it is refused."""
        return self._sent("POST", f"/acts/{name}", body)

    def advance(self, seconds: float) -> None:
        self._sent("POST", "/clock", {"seconds": seconds})

    def configure(self, **settings: Any) -> None:
        self._sent("PATCH", "/settings", settings)

    def fault(self, kind: str, /, **what: Any) -> None:
        """Something to go wrong with coming calls: see `core.sdk.testing.twin.Fault`."""
        self._sent("POST", "/faults", {"kind": kind, **what})

    def calls(self, *, method: str = "", prefix: str = "") -> list[dict[str, Any]]:
        """Recorded calls, oldest first."""
        return list(self._sent("GET", f"/calls?method={method}&prefix={prefix}"))

    def rows(self, resource: str) -> list[dict[str, Any]]:
        """All rows of a resource as stored, oldest first."""
        return list(self._sent("GET", f"/rows/{resource}"))

    def change(self, resource: str, row_id: int, /, **values: Any) -> Any:
        """Change a row directly, without an event."""
        return self._sent("PATCH", f"/rows/{resource}/{row_id}", values)

    def credential(self, **change: Any) -> None:
        """Revoke, re-scope or rotate the credential."""
        self._sent("PATCH", f"/credentials/{self.client_id}", change)

    def revoke_tokens(self) -> None:
        self._sent("DELETE", "/tokens")

    def expire_cursors(self) -> None:
        self._sent("DELETE", "/cursors")

    def webhooks(self, url: str, secret: str, events: Sequence[str] = ("all",)) -> list[dict[str, Any]]:
        """Make webhooks; one that fails its ping comes back inactive."""
        return list(self._sent("POST", "/webhooks", {"url": url, "secret": secret, "events": list(events)}))

    def deliveries(self) -> list[dict[str, Any]]:
        """Webhooks sent or waiting, with every attempt."""
        return list(self._sent("GET", "/deliveries"))

    def pump(self) -> int:
        """Send the webhooks that are due and return the number of attempts."""
        return int(self._sent("POST", "/pump")["attempts"])

    def _sent(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.control.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json()


def run_twin(
    account: Account, *, port: int, host: str = "127.0.0.1", settings: TwinSettings | None = None
) -> None:
    """Serve a twin of the account in the foreground and say what a client needs to know.

    Port 0 takes a free one. Raises OSError when the port is taken.
    """
    listener = listen(host, port)
    port = listener.getsockname()[1]
    world = new_world(account, settings or standalone(host, port))
    world.base_url = f"http://{host}:{port}"
    print(introduction(world, host=host, port=port), flush=True)
    serve(front(create_twin(account, world=world)), listener)


def standalone(host: str, port: int) -> TwinSettings:
    """Settings for clients nobody here knows: documented fields only, files on another host than the API."""
    files = "127.0.0.1" if host == "localhost" else "localhost"
    return TwinSettings(job_interview_stage_id=False, files_url=f"http://{files}:{port}/files")


def introduction(world: World, *, host: str, port: int) -> str:
    """The addresses and credentials of a twin, for people."""
    base = f"http://{host}:{port}"
    rows = world.account.tables
    return "\n".join(
        (
            f"Greenhouse twin: {len(rows['jobs'].ids)} jobs, {len(rows['applications'].ids)} applications",
            f"  Harvest v3     {base}/v3     (production: https://harvest.greenhouse.io/v3)",
            f"  Tokens         {base}/token  (production: https://auth.greenhouse.io/token)",
            f"  Files          {world.files_url}",
            f"  Control panel  {base}/_twin",
            f"  Client id      {CLIENT_ID}",
            f"  Client secret  {CLIENT_SECRET}",
            f"  Act as user    {subject(world.account)}",
        )
    )
