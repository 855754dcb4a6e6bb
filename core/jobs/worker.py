"""Works off the queue: lanes, retries, and the revival of jobs whose worker was killed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from uuid import UUID

import procrastinate
import structlog
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException, UniqueViolation
from procrastinate.jobs import Status

from core import log
from core.errors import DatabaseAway
from core.jobs.queue import QUEUE, Later, enqueue
from core.store.engine import APP_ROLE, Database
from core.store.reach import OUTAGE
from core.store.scope import tenant

Task = Callable[[UUID], Awaitable[None]]
"""Gets the subject's id; the tenant is bound around it, the transaction is its own business."""
Tick = Callable[[], Awaitable[None]]

_HEARTBEAT = 5.0
_STALLED = 20.0
_MARGIN = 2.0
_ATTEMPTS = 6
_WAIT = 3
_log = structlog.stdlib.get_logger()


class Worker:
    """Runs the tasks of one process and a tick every few seconds.

    When it is stopped, running jobs have `patience` seconds to finish; then they wait for the next start.
    When the database is away for more than `outage_patience` seconds, the library's worker ends and a new one
    is started.
    """

    def __init__(
        self,
        database: Database,
        tasks: Mapping[str, Callable[[UUID, UUID], Awaitable[None]]],
        *,
        tick: Tick,
        tick_seconds: float = 5.0,
        concurrency: int = 6,
        patience: float = 5.0,
        outage_patience: float = 30.0,
    ) -> None:
        self._connector = PsycopgConnector(
            conninfo=database.dsn,
            kwargs={"options": f"-c role={APP_ROLE}"},
            min_size=1,
            max_size=concurrency + 4,
            timeout=outage_patience,
        )
        self._app = procrastinate.App(connector=self._connector)
        log.leave_out(ConnectorException, DatabaseAway)
        self._tick, self._tick_seconds, self._concurrency = tick, tick_seconds, concurrency
        self._patience = patience
        for name, task in tasks.items():
            self._register(name, task)

    def _register(self, name: str, task: Callable[[UUID, UUID], Awaitable[None]]) -> None:
        async def run(tenant: str, subject: str, attempt: int = 1) -> None:
            with structlog.contextvars.bound_contextvars(task=name, tenant=tenant, subject=subject):
                await _run(name, task, UUID(tenant), UUID(subject), attempt)

        self._app.task(name=name, queue=QUEUE)(run)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work until the block ends; running jobs get a few seconds to finish."""
        async with self._app.open_async():
            loops = [asyncio.create_task(self._work()), asyncio.create_task(self._ticking())]
            try:
                yield
            finally:
                await self._stop(loops)

    async def _stop(self, loops: list[asyncio.Task[None]]) -> None:
        # A query that is just answered when it is cut short swallows the request: it is made again, after
        # the time that running jobs have.
        left = set(loops)
        while left:
            for loop in left:
                loop.cancel()
            _, left = await asyncio.wait(left, timeout=self._patience + _MARGIN)

    async def _work(self) -> None:
        # Procrastinate's worker ends when the database is away for longer than its patience.
        while True:
            try:
                await self._run_worker()
            except ConnectorException as error:
                OUTAGE.noticed(error.__cause__ or error)
            except Exception:
                _log.exception("worker ended, starting it again")
            if _stopping():
                return
            await asyncio.sleep(1.0)

    async def _run_worker(self) -> None:
        await self._app.run_worker_async(
            queues=[QUEUE],
            concurrency=self._concurrency,
            fetch_job_polling_interval=1.0,
            shutdown_graceful_timeout=self._patience,
            install_signal_handlers=False,
            update_heartbeat_interval=_HEARTBEAT,
            stalled_worker_timeout=_STALLED,
            delete_jobs="successful",
        )

    async def _ticking(self) -> None:
        while True:
            try:
                await self.revive()
                await self._tick()
            except ConnectorException as error:
                OUTAGE.noticed(error.__cause__ or error)
            except DatabaseAway:
                pass
            except Exception:
                _log.exception("tick failed")
            if _stopping():
                return
            await asyncio.sleep(self._tick_seconds)

    async def revive(self) -> int:
        """Put back jobs whose worker stopped without a word; returns how many.

        Procrastinate leaves them in `doing` for ever unless somebody asks for them.
        """
        jobs = self._app.job_manager
        stalled = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=_STALLED))
        for job in stalled:
            try:
                await jobs.retry_job(job)
            except UniqueViolation:
                # The same work has been queued again since; two of it would be one too many.
                await jobs.finish_job(job, Status.FAILED, delete_job=True)
            _log.warning("job revived", job=job.id, task=job.task_name)
        return len(stalled)


def _stopping() -> bool:
    """Whether this task was told to stop: a query that was cut short may raise its own error instead."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def _run(
    name: str,
    task: Callable[[UUID, UUID], Awaitable[None]],
    tenant_id: UUID,
    subject: UUID,
    attempt: int,
) -> None:
    # Procrastinate's own retry fails where the same work waits again already, and then keeps the lane
    # shut for as long as the worker lives; a new job in its place cannot.
    async def again(delay: float, attempt: int) -> None:
        async with tenant(tenant_id):
            await enqueue(name, subject, delay=delay, attempt=attempt)

    try:
        await task(tenant_id, subject)
    except Later as later:
        await again(later.seconds, 1)
    except asyncio.CancelledError:
        await again(0.0, attempt)
        raise
    except DatabaseAway:
        # No fault of the work: it may have as many outages as there are.
        await again(float(_WAIT), attempt)
    except Exception:
        _log.exception("job failed", attempt=attempt)
        if attempt >= _ATTEMPTS:
            raise
        await again(float(_WAIT**attempt), attempt + 1)
