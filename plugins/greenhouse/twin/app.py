"""The twin as a Litestar application: token endpoint, Harvest v3, file host and control panel on one port.

In production these are auth.greenhouse.io, harvest.greenhouse.io and a storage host. Here the path tells
them apart, and because the twin answers on any name of this machine, links to files can use another host
name than the API (`TwinSettings.files_url`).
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from urllib.parse import parse_qsl, quote

import msgspec
from litestar import Litestar, Response, delete, get, patch, post
from litestar.exceptions import HTTPException
from litestar.params import FromPath

from core.sdk.testing.twin import Gate, TwinClock
from core.sdk.testing.twin.gate import AsgiApp
from plugins.greenhouse.twin import files
from plugins.greenhouse.twin.account import Account
from plugins.greenhouse.twin.answers import Answer, Wire, admit, meter, read_body, respond
from plugins.greenhouse.twin.auth import presented
from plugins.greenhouse.twin.control import control_routes
from plugins.greenhouse.twin.refusals import Refused, forbidden, not_found
from plugins.greenhouse.twin.resources import resources
from plugins.greenhouse.twin.settings import TwinSettings
from plugins.greenhouse.twin.world import World
from plugins.greenhouse.twin.writes import WRITES, WriteCall

_log = logging.getLogger(__name__)


@post("/token", status_code=200)
async def token(request: Wire) -> Response[bytes]:
    """auth.greenhouse.io: client credentials for an access token; form, query or JSON parameters."""
    world, raw = world_of(request), await request.body()

    def work(headers: dict[str, str]) -> Answer:
        header = request.headers.get("authorization", "")
        form = dict(request.query_params) | _form(raw, request.headers.get("content-type", ""))
        meter(world, headers, presented(header, form)[0], token=True)
        return 200, world.keys.token(header, form, world.settings), {}

    return respond(world, work)


def _form(raw: bytes, media_type: str) -> dict[str, str]:
    """The parameters in a body; raises a 400 for one that cannot be read."""
    try:
        if not media_type.startswith("application/json"):
            return dict(parse_qsl(raw.decode()))
        return {name: str(value) for name, value in msgspec.json.decode(raw or b"{}", type=dict).items()}
    except (ValueError, msgspec.MsgspecError):
        raise Refused(400, {"message": "Bad Request"}) from None


@get("/v3/{name:str}")
async def list_rows(request: Wire, name: FromPath[str]) -> Response[bytes]:
    """One page of a resource."""
    world, resource = world_of(request), resources().get(name)
    if resource is None:
        raise HTTPException(status_code=404)

    def work(headers: dict[str, str]) -> Answer:
        caller = admit(world, request, headers, resource.scope)
        if not caller.user["site_admin"]:
            raise forbidden(world.settings, "The token's subject must be a Site Admin.")
        query = dict(request.query_params)
        page = world.lister.page(
            resource,
            query,
            world.settings,
            request_id=headers["x-request-id"],
            subject=caller.user["id"],
        )
        rows = world.presenter().rows(resource, page.rows, page.fields)
        return 200, rows, _link(world, name, page.next)

    return respond(world, work)


def _link(world: World, name: str, cursor: str) -> dict[str, str]:
    if cursor:
        return {"link": f'<{world.base_url}/v3/{name}?cursor={quote(cursor)}>; rel="next"'}
    return {"link": ""} if world.settings.last_link == "empty" else {}


@get("/v3/{name:str}/{row_id:int}")
async def one_row(request: Wire, name: FromPath[str], row_id: FromPath[int]) -> Response[bytes]:
    """One row by id, which v3 has for rejection reasons only."""
    world = world_of(request)
    if name != "rejection_reasons":
        raise HTTPException(status_code=404)

    def work(headers: dict[str, str]) -> Answer:
        admit(world, request, headers, "harvest:rejection_reasons:list")
        row = world.account.get("rejection_reasons", row_id)
        if row is None:
            raise not_found()
        return 200, world.presenter().one("rejection_reasons", row), {}

    return respond(world, work)


@post("/v3/{name:str}")
async def create(request: Wire, name: FromPath[str]) -> Response[bytes]:
    return await _write(request, ("POST", name), None)


@patch("/v3/{name:str}/{row_id:int}")
async def update(request: Wire, name: FromPath[str], row_id: FromPath[int]) -> Response[bytes]:
    return await _write(request, ("PATCH", f"{name}/id"), row_id)


@delete("/v3/{name:str}/{row_id:int}", status_code=200)
async def destroy(request: Wire, name: FromPath[str], row_id: FromPath[int]) -> Response[bytes]:
    return await _write(request, ("DELETE", f"{name}/id"), row_id)


@post("/v3/{name:str}/{row_id:int}/{action:str}")
async def act(
    request: Wire, name: FromPath[str], row_id: FromPath[int], action: FromPath[str]
) -> Response[bytes]:
    return await _write(request, ("POST", f"{name}/id/{action}"), row_id)


@patch("/v3/{name:str}/{row_id:int}/{action:str}")
async def act_patch(
    request: Wire, name: FromPath[str], row_id: FromPath[int], action: FromPath[str]
) -> Response[bytes]:
    return await _write(request, ("PATCH", f"{name}/id/{action}"), row_id)


async def _write(request: Wire, key: tuple[str, str], row_id: int | None) -> Response[bytes]:
    world, write = world_of(request), WRITES.get(key)
    if write is None:
        raise HTTPException(status_code=404)
    raw = await request.body()

    def work(headers: dict[str, str]) -> Answer:
        caller = admit(world, request, headers, write.scope)
        body = read_body(raw, request.headers.get("content-type", ""), write.accepts, write.requires)
        if row_id is not None and world.account.get(write.resource, row_id) is None:
            raise not_found()
        status, answer = write.run(WriteCall(world=world, user=caller.user, row_id=row_id or 0, body=body))
        return status, answer, {}

    response = respond(world, work)
    await world.hooks.settle()
    return response


@get("/files/{key:path}")
async def file(request: Wire, key: FromPath[str]) -> Response[bytes]:
    """The storage host: signed links only, no bearer."""
    world = world_of(request)
    try:
        found = files.fetch(
            world.account,
            key.lstrip("/"),
            dict(request.query_params),
            authorization=request.headers.get("authorization", ""),
            now=world.clock(),
        )
    except files.StorageError as refusal:
        return Response(refusal.xml, status_code=refusal.status, media_type="application/xml")
    return Response(found.content, media_type=found.media_type)


def world_of(request: Wire) -> World:
    """The twin's world, which learns from the first request under which address it is reached."""
    world: World = request.app.state.world
    if not world.base_url:
        world.base_url = str(request.base_url).rstrip("/")
    return world


def _unknown(_: Wire, error: HTTPException) -> Response[bytes]:
    """What routing refuses: paths and methods that do not exist are the same to Greenhouse."""
    status = 404 if error.status_code == 405 else error.status_code
    body = {"message": "Resource not found" if status == 404 else error.detail}
    return Response(msgspec.json.encode(body) + b"\n", status_code=status, media_type="application/json")


def _broken(request: Wire, error: Exception) -> Response[bytes]:
    """A mistake in the twin itself: told in the log, answered like a vendor would."""
    _log.error("%s %s broke the twin", request.method, request.url.path, exc_info=error)
    body = msgspec.json.encode({"message": "Internal Server Error"}) + b"\n"
    return Response(body, status_code=500, media_type="application/json")


@asynccontextmanager
async def _webhooks(app: Litestar) -> AsyncIterator[None]:
    world: World = app.state.world
    sending = asyncio.create_task(world.hooks.sender.run())
    yield
    sending.cancel()
    with suppress(asyncio.CancelledError):
        await sending


def create_twin(
    account: Account,
    settings: TwinSettings | None = None,
    clock: Callable[[], datetime] | None = None,
    *,
    world: World | None = None,
) -> Litestar:
    """The application; its world is `app.state.world`. Serve it through `front`."""
    app = Litestar(
        [token, list_rows, one_row, create, update, destroy, act, act_patch, file, *control_routes()],
        exception_handlers={HTTPException: _unknown, Exception: _broken},
        lifespan=[_webhooks],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=64 * 1024 * 1024,
    )
    app.state.world = world or World(account, settings or TwinSettings(), clock or TwinClock())
    return app


def front(app: Litestar) -> AsgiApp:
    """The application behind the gate that records calls, makes faults happen and writes header names."""
    world: World = app.state.world
    return Gate(app, faults=world.faults, calls=world.calls, clock=world.clock)  # type: ignore[arg-type]
