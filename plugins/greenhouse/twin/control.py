"""The control panel below `/_twin`: what a test or a demo does that no Greenhouse API does."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, delete, get, patch, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from core.sdk.testing.twin import Fault, TwinClock
from plugins.greenhouse.twin.acts import ACTS
from plugins.greenhouse.twin.auth import Credential
from plugins.greenhouse.twin.hooks import EVENTS, Hook
from plugins.greenhouse.twin.refusals import Refused
from plugins.greenhouse.twin.settings import TwinSettings
from plugins.greenhouse.twin.world import World

Wire = Request[Any, Any, State]


class NewHook(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Webhooks as made in the Dev Center: one per event, `all` for every event."""

    url: str
    secret: str
    events: tuple[str, ...] = ("all",)
    name: str = "Webhook"
    basic_user: str = ""
    basic_password: str = ""
    headers: dict[str, str] = {}


class CredentialChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What an admin changes about a credential; a new secret leaves the old one valid."""

    revoked: bool | None = None
    scopes: set[str] | None = None
    add_scopes: set[str] = set()
    remove_scopes: set[str] = set()
    secret: str = ""
    forget_old_secret: bool = False


def _world(request: Wire) -> World:
    world: World = request.app.state.world
    if not world.base_url:
        world.base_url = str(request.base_url).rstrip("/")
    return world


def _json(value: Any, status: int = 200) -> Response[bytes]:
    return Response(msgspec.json.encode(value), status_code=status, media_type="application/json")


async def _body(request: Wire, kind: Any) -> Any:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=kind)
    except msgspec.MsgspecError as error:
        raise HTTPException(status_code=400, detail=str(error)) from error


@get("/")
async def summary(request: Wire) -> Response[bytes]:
    """What the account holds and how it is reached."""
    world = _world(request)
    return _json(
        {
            "organization": world.account.name,
            "now": world.clock(),
            "client_ids": list(world.keys.credentials),
            "rows": {name: len(table.ids) for name, table in world.account.tables.items() if table.ids},
        }
    )


@get("/rows/{name:str}")
async def rows(request: Wire, name: FromPath[str]) -> Response[bytes]:
    """All rows of a resource as stored, oldest first."""
    return _json(_world(request).account.all(name))


@get("/dump")
async def dump(request: Wire) -> Response[bytes]:
    """The whole account, for `Account.load`."""
    return Response(_world(request).account.dump(), media_type="application/json")


@post("/acts/{name:str}", status_code=200)
async def act(request: Wire, name: FromPath[str]) -> Response[bytes]:
    """Do what somebody does in Greenhouse: see `acts.ACTS`."""
    if name not in ACTS:
        raise HTTPException(status_code=404, detail=f"There is no act {name}; there are {', '.join(ACTS)}.")
    kind, run = ACTS[name]
    what = await _body(request, kind)
    try:
        return _json(run(_world(request), what))
    except Refused as refusal:
        return _json(refusal.body, refusal.status)
    except (KeyError, ValueError) as error:
        raise HTTPException(status_code=400, detail=f"{type(error).__name__}: {error}") from error


@post("/clock", status_code=200)
async def advance(request: Wire) -> Response[bytes]:
    """Move the clock forward by `seconds`."""
    world = _world(request)
    body = await _body(request, dict[str, float])
    if not isinstance(world.clock, TwinClock):
        raise HTTPException(status_code=409, detail="This twin was given a clock of its own.")
    world.clock.advance(body["seconds"])
    return _json({"now": world.clock()})


@get("/settings")
async def settings(request: Wire) -> Response[bytes]:
    return _json(_world(request).settings)


@patch("/settings")
async def change_settings(request: Wire) -> Response[bytes]:
    """Change some settings and switches."""
    world = _world(request)
    merged = msgspec.to_builtins(world.settings) | await _body(request, dict[str, Any])
    try:
        world.configure(msgspec.convert(merged, TwinSettings))
    except msgspec.ValidationError as error:
        raise HTTPException(status_code=400, detail=str(error)) from error
    return _json(world.settings)


@post("/faults")
async def add_fault(request: Wire) -> Response[bytes]:
    """Something to go wrong with coming calls: see `core.sdk.testing.twin.Fault`."""
    _world(request).faults.add(await _body(request, Fault))
    return _json(_world(request).faults.pending, 201)


@get("/faults")
async def pending_faults(request: Wire) -> Response[bytes]:
    return _json(_world(request).faults.pending)


@delete("/faults", status_code=200)
async def clear_faults(request: Wire) -> Response[bytes]:
    _world(request).faults.clear()
    return _json([])


@get("/calls")
async def calls(request: Wire) -> Response[bytes]:
    """Recorded calls, oldest first; narrowed by `method` and `prefix`."""
    query = request.query_params
    found = _world(request).calls.matching(method=query.get("method", ""), prefix=query.get("prefix", ""))
    return _json(found)


@delete("/calls", status_code=200)
async def clear_calls(request: Wire) -> Response[bytes]:
    _world(request).calls.clear()
    return _json([])


@patch("/credentials/{client_id:str}")
async def change_credential(request: Wire, client_id: FromPath[str]) -> Response[bytes]:
    """Revoke, re-scope or rotate; tokens already given out live on unless the credential is revoked."""
    world, change = _world(request), await _body(request, CredentialChange)
    credential = world.keys.credentials.get(client_id)
    if credential is None:
        raise HTTPException(status_code=404, detail=f"There is no credential {client_id}.")
    _apply_change(credential, change)
    return _json({"client_id": client_id, "revoked": credential.revoked, "scopes": sorted(credential.scopes)})


def _apply_change(credential: Credential, change: CredentialChange) -> None:
    if change.revoked is not None:
        credential.revoked = change.revoked
    if change.scopes is not None:
        credential.scopes = change.scopes
    credential.scopes = (credential.scopes | change.add_scopes) - change.remove_scopes
    if change.secret:
        credential.old_secret, credential.secret = credential.secret, change.secret
    if change.forget_old_secret:
        credential.old_secret = ""


@delete("/tokens", status_code=200)
async def revoke_tokens(request: Wire) -> Response[bytes]:
    """Make all access tokens worthless; clients have to fetch new ones."""
    _world(request).keys.revoke_tokens()
    return _json([])


@delete("/cursors", status_code=200)
async def expire_cursors(request: Wire) -> Response[bytes]:
    """Make all cursors given out so far expire."""
    _world(request).lister.expire_cursors()
    return _json([])


@patch("/rows/{name:str}/{row_id:int}")
async def change_row(request: Wire, name: FromPath[str], row_id: FromPath[int]) -> Response[bytes]:
    """Change a row directly, without any event: demote a user, hide a candidate, break a job."""
    world = _world(request)
    if world.account.get(name, row_id) is None:
        raise HTTPException(status_code=404, detail=f"There is no {name} {row_id}.")
    return _json(world.account.change(name, row_id, world.clock(), **await _body(request, dict[str, Any])))


@post("/webhooks")
async def add_webhooks(request: Wire) -> Response[bytes]:
    """Make webhooks by hand as in the Dev Center; one that fails its ping comes back inactive."""
    world, new = _world(request), await _body(request, NewHook)
    events = EVENTS if new.events == ("all",) else new.events
    unknown = [event for event in events if event not in EVENTS]
    if unknown:
        raise HTTPException(status_code=400, detail=f"There are no events {', '.join(unknown)}.")
    made = [
        await world.hooks.create(
            Hook(
                id=0,
                name=new.name,
                event=event,
                url=new.url,
                secret=new.secret,
                basic_user=new.basic_user,
                basic_password=new.basic_password,
                headers=new.headers,
            )
        )
        for event in events
    ]
    return _json(made, 201)


@get("/webhooks")
async def webhooks(request: Wire) -> Response[bytes]:
    return _json(list(_world(request).hooks.hooks.values()))


@patch("/webhooks/{hook_id:int}")
async def switch_webhook(request: Wire, hook_id: FromPath[int]) -> Response[bytes]:
    """Enable or disable a webhook by hand."""
    active = (await _body(request, dict[str, bool]))["active"]
    return _json(_world(request).hooks.switch(hook_id, active=active))


@get("/deliveries")
async def deliveries(request: Wire) -> Response[bytes]:
    """Everything sent or still to be sent, with every attempt."""
    return _json([_delivery(item) for item in _world(request).hooks.sender.deliveries.values()])


def _delivery(item: Any) -> dict[str, Any]:
    return {**msgspec.to_builtins(item), "body": item.body.decode()}


@post("/deliveries/{delivery_id:int}/resend", status_code=200)
async def resend(request: Wire, delivery_id: FromPath[int]) -> Response[bytes]:
    """Send a delivery once more."""
    sender = _world(request).hooks.sender
    delivery = sender.resend(delivery_id)
    await sender.pump()
    return _json(_delivery(delivery))


@post("/pump", status_code=200)
async def pump(request: Wire) -> Response[bytes]:
    """Send all webhooks that are due now and say how many attempts that were."""
    return _json({"attempts": await _world(request).hooks.sender.pump()})


def _failed(_: Wire, error: HTTPException) -> Response[bytes]:
    return _json({"message": error.detail}, error.status_code)


def control_routes() -> list[Router]:
    """The control panel's routes."""
    handlers: list[Any] = [
        summary,
        rows,
        dump,
        act,
        advance,
        settings,
        change_settings,
        add_fault,
        pending_faults,
        clear_faults,
        calls,
        clear_calls,
        change_credential,
        revoke_tokens,
        expire_cursors,
        change_row,
        add_webhooks,
        webhooks,
        switch_webhook,
        deliveries,
        resend,
        pump,
    ]
    return [Router("/_twin", route_handlers=handlers, exception_handlers={HTTPException: _failed})]
