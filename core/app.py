"""Builds the web application: the only place where everything meets."""

import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from urllib.parse import unquote

from litestar import HttpMethod, Litestar, asgi, route
from litestar.openapi import OpenAPIConfig
from litestar.plugins.prometheus import PrometheusConfig
from litestar.types import ASGIApp, ControllerRouterHandler, Receive, Scope, Send

from core import __version__, log
from core.api import audits, auth, candidates, health, receipts, webhooks
from core.api.guards import SameOrigin, SecureHeaders
from core.api.problems import HANDLERS
from core.documents import DocumentReader
from core.jobs.worker import Worker
from core.registry import Breaker, Dispatcher, ScorerHost, load_catalog, scorer_client
from core.services.plugins import enabled_plugins
from core.services.runtime import Runtime, install
from core.services.schedule import tick
from core.services.work import TASKS
from core.settings import Settings, load, make_data_dir
from core.store.engine import Database
from core.store.files import Files
from core.store.migrate import migrate
from core.store.vault import open_vault

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def running(settings: Settings, *, worker: bool) -> AsyncIterator[Runtime]:
    """Everything below HTTP: database, migrations, plugins, readers, scorers, and the worker."""
    make_data_dir(settings)
    async with AsyncExitStack() as closing:
        database = Database(settings)
        closing.callback(database.stop)
        database.start()
        await migrate(database)
        closing.push_async_callback(database.close_pool)
        await database.open_pool()
        runtime = _runtime(settings, database)
        closing.callback(install(runtime))
        closing.push_async_callback(runtime.scorers.close)
        for reader in runtime.readers:
            closing.push_async_callback(reader.close)
        if worker:
            work = Worker(database, TASKS, tick=tick, concurrency=settings.worker_concurrency)
            await closing.enter_async_context(work.running())
        yield runtime


def _runtime(settings: Settings, database: Database) -> Runtime:
    catalog = load_catalog(plugins_dir=settings.plugins_dir)
    return Runtime(
        settings=settings,
        database=database,
        vault=open_vault(settings),
        files=Files(settings.data_dir / "files"),
        catalog=catalog,
        dispatcher=Dispatcher(catalog, enabled_plugins, Breaker()),
        scorers=ScorerHost(
            plugins_dir=settings.plugins_dir,
            only=settings.allowed_plugins,
            client=lambda scorer, values: scorer_client(catalog, scorer, values),
        ),
        readers=tuple(DocumentReader() for _ in range(settings.readers)),
    )


def create_app(
    settings: Settings | None = None,
    *,
    reflex_asgi: ASGIApp | None = None,
    lifespan: Sequence[Lifespan] = (),
) -> Litestar:
    """The application; with Reflex's ASGI app it serves the screens too, without it the API alone."""
    chosen = settings or load(os.environ)
    log.configure(chosen.log_format, chosen.log_level)

    @asynccontextmanager
    async def parts(_: Litestar) -> AsyncIterator[None]:
        async with running(chosen, worker=chosen.worker):
            yield

    handlers: list[ControllerRouterHandler] = [
        auth.sign_in,
        auth.set_up,
        auth.sign_out,
        candidates.api,
        audits.api,
        candidates.documents,
        receipts.api,
        webhooks.receive,
        health.get_health,
        health.Metrics,
    ]
    if reflex_asgi is not None:
        handlers += _screens(reflex_asgi)
    return Litestar(
        handlers,
        lifespan=[parts, *lifespan],
        middleware=[
            SecureHeaders(),
            SameOrigin(),
            PrometheusConfig(app_name="shortlist", group_path=True).middleware,
        ],
        exception_handlers=HANDLERS,  # type: ignore[arg-type]  # the union of handlers is wider than needed
        openapi_config=OpenAPIConfig(title="Shortlist", version=__version__),
        logging_config=None,
        debug=False,
    )


def _screens(reflex_asgi: ASGIApp) -> list[ControllerRouterHandler]:
    """Reflex below Litestar: its socket by mount, its static files by a catch-all of GET.

    A mount at "/" would swallow every route with a path parameter, so the catch-all is a route.
    """

    async def below(scope: Scope, receive: Receive, send: Send) -> None:
        path = unquote(scope["raw_path"].decode("ascii"))
        await reflex_asgi({**scope, "path": path, "root_path": ""}, receive, send)  # type: ignore[arg-type]

    @asgi(["/_event", "/_upload", "/ping", "/_health"], is_mount=True, copy_scope=True)
    async def socket(scope: Scope, receive: Receive, send: Send) -> None:
        await below(scope, receive, send)

    @route(["/", "/{path:path}"], http_method=[HttpMethod.GET, HttpMethod.HEAD], include_in_schema=False)
    async def frontend() -> ASGIApp:
        return below

    return [socket, frontend]


__all__ = ["create_app", "running"]
