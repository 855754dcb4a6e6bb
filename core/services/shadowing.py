"""Lets a second scorer judge beside the first, for comparison alone.

What it says goes into a table of its own: never onto the board, into a band, a receipt or the ATS.
"""

from uuid import UUID

import msgspec
import structlog

from core.errors import ShortlistError
from core.jobs.queue import Later, enqueue
from core.registry import ScorerFailed
from core.screening import Assessed, Nonsense, ScoreSheet
from core.screening.disagreement import compare
from core.services import judging
from core.services.judging import Outcome
from core.services.scorers import Ready, key_for, ready_for, still_chosen
from core.services.scoring import CALLING_PAGE, Plan, page_of
from core.store import jobs, records, scores, shadows
from core.store.scope import tenant

_PAGE = 16
"""Small: scores people wait for use the same process between two pages."""
_AGAIN = 300.0
UNJUDGED = ScoreSheet(
    status="manual_review", score=None, band="manual_review", confidence=0.0, flags=(), results=()
)
_log = structlog.stdlib.get_logger()


async def shadow_job(tenant_id: UUID, job: UUID) -> None:
    """Task: judge with the second scorer what the first has scored, page after page."""
    try:
        while (scorer := await ready_for(tenant_id, "beside")) and (
            plan := await _plan(tenant_id, job, scorer)
        ):
            outcomes = await judging.judge_page(scorer, plan.rubric, plan.thresholds, plan.entries)
            await _keep(tenant_id, plan, outcomes)
    except (ScorerFailed, Nonsense, ShortlistError) as error:
        if isinstance(error, ScorerFailed) and error.kind == "RateLimited":
            raise Later(error.retry_after, error.message) from error
        await _broke(tenant_id, error)
        raise Later(_AGAIN, str(error)) from error


async def _plan(tenant_id: UUID, job: UUID, scorer: Ready) -> Plan | None:
    async with tenant(tenant_id):
        found = await jobs.get(job)
        rubric = await scores.rubric(job)
        if found is None or not found["selected"] or rubric is None:
            return None
        limit = CALLING_PAGE if scorer.calls else _PAGE
        due = await shadows.due(job, scorer.key, scorer.version, limit)
        return await page_of(scorer, rubric, found, due) if due else None


async def _keep(tenant_id: UUID, plan: Plan, outcomes: list[Outcome | None]) -> None:
    async with tenant(tenant_id):
        await judging.keep(plan.scorer, plan.rubric, outcomes)
        if not await still_chosen(plan.scorer, "beside"):
            return
        for entry, outcome in zip(plan.entries, outcomes, strict=True):
            await _keep_one(plan, entry.application, outcome)
        await records.settle_task("scorer", "beside")


async def _keep_one(plan: Plan, application: UUID, outcome: Outcome | None) -> None:
    """Store what was said, or that nothing usable was, which is compared with nothing."""
    beside = await shadows.beside(application)
    if beside is None or beside["rubric"] != plan.row.id:
        # It was scored under another rubric meanwhile, and comes again with that.
        return
    shown = msgspec.json.decode(beside["sheet"], type=Assessed)
    other = outcome.assessed.sheet if outcome else UNJUDGED
    await shadows.add(
        application,
        beside=beside["id"],
        scorer=plan.scorer.key,
        scorer_version=plan.scorer.version,
        input_digest=outcome.seen.digest if outcome else "",
        score=other.score,
        band=other.band,
        sheet=msgspec.json.encode(outcome.assessed if outcome else Assessed(sheet=other)),
        found=compare(plan.rubric, shown.sheet, other),
    )


async def uncompared(tenant_id: UUID) -> None:
    """Queue what the second scorer has not judged yet: the net under every crash."""
    async with tenant(tenant_id):
        scorer = await key_for("beside")
        if scorer:
            for job in await shadows.jobs_due(scorer):
                await enqueue("shadow", job, hurry=False)


async def _broke(tenant_id: UUID, error: Exception) -> None:
    _log.warning("second scorer failed", error=str(error))
    async with tenant(tenant_id):
        await records.open_task(
            "scorer",
            "beside",
            "The second scorer does not work right now",
            body=f"{error} Scores, bands and the ATS do not depend on it. We try again every five minutes.",
            link="/settings/scoring",
        )
