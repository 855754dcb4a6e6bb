"""Scores applications a page at a time, puts the result on the board and queues what the ATS should show."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
import structlog
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.documents import quality
from core.domain.words import Band, category_for
from core.errors import ShortlistError
from core.jobs.queue import Later, enqueue
from core.registry import ScorerFailed
from core.screening import (
    Assessed,
    Identity,
    Nonsense,
    ScoreSheet,
    Submission,
    Thresholds,
    asks,
    plain_text,
)
from core.screening.cards import Card, card_of
from core.screening.receipts import Circumstances, receipt_for
from core.sdk.events import ApplicationScored
from core.sdk.scorer import Rubric
from core.services import judging
from core.services.events import announce
from core.services.judging import Entry, Outcome
from core.services.rubrics import extract_rubric
from core.services.runtime import runtime
from core.services.scorers import Ready, key_for, ready_for, still_chosen
from core.services.writing import queue_verdict
from core.store import documents, jobs, receipts, records, scores
from core.store.documents import Stored
from core.store.scope import tenant
from core.store.scores import Due, RubricRow
from core.store.signing import signing_key

PAGE = 32
FIRST_PAGE = 6
"""Small, so that somebody who is looking sees the first scores soon."""
CALLING_PAGE = 4
"""Of a scorer that asks somebody: one answer may take half a minute."""
_log = structlog.stdlib.get_logger()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A page of applications of one job, ready to be judged by one version of a scorer."""

    job: UUID
    scorer: Ready
    row: RubricRow
    thresholds: Thresholds
    due: list[Due]
    entries: list[Entry]

    @property
    def rubric(self) -> Rubric:
        """The requirements as a scorer is asked about them."""
        return Rubric(requirements=self.row.requirements, version=self.row.version)


async def score_job(tenant_id: UUID, job: UUID) -> None:
    """Task: score what is due of a job, page after page, until nothing is left."""
    await extract_rubric(tenant_id, job)
    limit = FIRST_PAGE
    try:
        # Asked again for each page: an admin may choose another scorer meanwhile.
        while plan := await _plan(tenant_id, job, await _scorer(tenant_id), limit):
            limit = PAGE
            judged = await judging.judge_page(plan.scorer, plan.rubric, plan.thresholds, plan.entries)
            await _keep(tenant_id, plan, judged)
    except (ScorerFailed, Nonsense, ShortlistError) as error:
        if isinstance(error, ScorerFailed) and error.kind == "RateLimited":
            raise Later(error.retry_after, error.message) from error
        await _scorer_broke(tenant_id, error)
        raise Later(60.0, str(error)) from error


async def _scorer(tenant_id: UUID) -> Ready:
    scorer = await ready_for(tenant_id, "board")
    assert scorer is not None, "the board always has one"
    return scorer


async def _plan(tenant_id: UUID, job: UUID, scorer: Ready, limit: int) -> Plan | None:
    limit = min(limit, CALLING_PAGE) if scorer.calls else limit
    async with tenant(tenant_id):
        found = await jobs.get(job)
        rubric = await scores.rubric(job)
        due = await scores.due(job, limit) if found and found["selected"] and rubric else []
        if not due or rubric is None or found is None:
            return None
        return await page_of(scorer, rubric, found, due)


async def page_of(scorer: Ready, rubric: RubricRow, job: Mapping[str, Any], due: list[Due]) -> Plan:
    """The page of these applications with their texts, and with what is kept of them."""
    files = await documents.of_applications([entry.id for entry in due])
    posting = plain_text(job["description_html"])
    submitted = {entry.id: _submitted(entry, files[entry.id], posting) for entry in due}
    return Plan(
        job=job["id"],
        scorer=scorer,
        row=rubric,
        thresholds=Thresholds(pre_qualified=job["pre_qualified_from"], qualified=job["qualified_from"]),
        due=due,
        entries=await judging.entries_of(scorer, submitted),
    )


def _submitted(due: Due, files: Sequence[Stored], posting: str) -> tuple[Submission, dict[str, str]]:
    made = submission(due, files, posting)
    return made, judging.hashes(made, files)


def submission(due: Due, files: Sequence[Stored], posting: str) -> Submission:
    """What an application consists of: the newest readable resume, cover letter and answers."""
    texts: dict[str, str] = {}
    hidden = poor = False
    unreadable = ""
    for kind in ("resume", "cover_letter"):
        of_kind = [file for file in files if file.kind == kind]
        read = next((file for file in of_kind if file.text and file.text.reading == "read"), None)
        if read and read.text:
            texts[kind] = read.text.text
            hidden = hidden or bool(read.text.hidden)
            poor = poor or quality(read.text.text) != "good"
        elif of_kind and kind == "resume":
            unreadable = of_kind[0].reading or of_kind[0].fetch_state
            poor = poor or unreadable == "garbled"
            hidden = hidden or bool(of_kind[0].text and of_kind[0].text.hidden)
    if due.application.cover_letter and "cover_letter" not in texts:
        texts["cover_letter"] = due.application.cover_letter
    for number, answer in enumerate(due.application.answers, start=1):
        if answer.answer.strip():
            texts[f"answer:{number}"] = f"{answer.question}\n{answer.answer}"
    return Submission(
        id=str(due.id),
        texts=texts,
        identity=identity_of(due),
        as_of=_as_of(due),
        has_hidden_text=hidden,
        poorly_readable=poor,
        unreadable=bool(unreadable) and "resume" not in texts,
        posting=posting,
    )


def identity_of(due: Due) -> Identity:
    """Who the ATS says the person is, so that it can be taken out of the texts."""
    person = due.person
    return Identity(
        names=tuple(filter(None, (person.first_name, person.last_name, person.preferred_name, due.name))),
        emails=person.emails,
        phones=person.phones,
        links=person.links,
    )


def _as_of(due: Due) -> date:
    return (due.applied_at or due.arrived_at).date()


async def _keep(tenant_id: UUID, plan: Plan, outcomes: Sequence[Outcome | None]) -> None:
    touched: set[str] = set()
    key = signing_key(runtime().settings.data_dir)
    async with tenant(tenant_id):
        await judging.keep(plan.scorer, plan.rubric, outcomes)
        if not await still_chosen(plan.scorer, "board"):
            return
        for due, outcome in zip(plan.due, outcomes, strict=True):
            touched |= await (_keep_one(plan, due, outcome, key) if outcome else _set_aside(due))
        if await scores.due(plan.job, 1):
            await enqueue("score", plan.job)
        if await key_for("beside"):
            await enqueue("shadow", plan.job)
        await records.settle_task("scorer", "board")
        await records.signal("board", plan.job, touched)
        await records.signal("jobs")
        await announce(_events(tenant_id, plan, outcomes))


async def _keep_one(plan: Plan, due: Due, outcome: Outcome, key: Ed25519PrivateKey) -> set[str]:
    shown, assessed = await _stored(plan, due, outcome, key)
    sheet = assessed.sheet
    band: Band = sheet.band
    card = card_of(plan.rubric.requirements, sheet)
    visible = _changes_something(due, sheet, card)
    category = await scores.settle(
        due.id,
        wanted=due.wanted,
        score=sheet.score,
        band=band,
        category=category_for(band),
        card=msgspec.json.encode(card),
        changed=visible,
        shown=shown,
    )
    await records.settle_task("unjudged", str(due.id))
    return await _told(due, category, visible=visible)


async def _told(due: Due, category: str | None, *, visible: bool) -> set[str]:
    if category is None:
        return set()
    if visible:
        await queue_verdict(due.id)
        await records.signal("profile", due.id)
    return {category, due.category or category}


async def _set_aside(due: Due) -> set[str]:
    """No usable answer can be had about this one: no score, and a task, so that a person looks."""
    visible = due.band != "manual_review"
    category = await scores.settle(
        due.id,
        wanted=due.wanted,
        score=None,
        band="manual_review",
        category=category_for("manual_review"),
        card=msgspec.json.encode(Card()),
        changed=visible,
    )
    await records.open_task(
        "unjudged",
        str(due.id),
        f"{due.name} could not be judged",
        body="The scorer's answer could not be used, so there is no score. Please look yourself.",
        link=f"/applications/{due.id}",
    )
    return await _told(due, category, visible=visible)


async def _stored(plan: Plan, due: Due, outcome: Outcome, key: Ed25519PrivateKey) -> tuple[UUID, Assessed]:
    """Store the score with its receipt, both or neither.

    What is stored for the same inputs stays, and is what counts: a model elsewhere may have changed its mind.
    """
    sheet = outcome.assessed.sheet
    inputs: dict[str, Any] = {
        "rubric": plan.row.id,
        "scorer": plan.scorer.key,
        "scorer_version": plan.scorer.version,
        "input_digest": outcome.seen.digest,
    }
    added = await scores.add(
        due.id,
        **inputs,
        status=sheet.status,
        score=sheet.score,
        band=sheet.band,
        sheet=msgspec.json.encode(outcome.assessed),
        asks=msgspec.json.encode(asks(sheet, plan.rubric, plan.thresholds)),
    )
    if added is None:
        before = await scores.stored(due.id, **inputs)
        assert before is not None, "it is why nothing was added"
        return before[0], msgspec.json.decode(before[1], type=Assessed)
    around = Circumstances(
        rubric=plan.rubric, thresholds=plan.thresholds, scorer=f"{plan.scorer.key} {plan.scorer.version}"
    )
    receipt = receipt_for(around, outcome.seen, outcome.assessed, outcome.entry.inputs, key)
    await receipts.add(added, msgspec.json.encode(receipt))
    return added, outcome.assessed


def _changes_something(due: Due, sheet: ScoreSheet, card: Card) -> bool:
    return due.band is None or (due.score, due.band) != (sheet.score, sheet.band)


def _events(tenant_id: UUID, plan: Plan, outcomes: Sequence[Outcome | None]) -> list[ApplicationScored]:
    return [
        ApplicationScored(
            tenant_id=tenant_id,
            application_id=due.id,
            job_id=plan.job,
            score=outcome.assessed.sheet.score if outcome else None,
            band=outcome.assessed.sheet.band if outcome else "manual_review",
        )
        for due, outcome in zip(plan.due, outcomes, strict=True)
    ]


async def _scorer_broke(tenant_id: UUID, error: Exception) -> None:
    _log.warning("scorer failed", error=str(error))
    async with tenant(tenant_id):
        await records.open_task(
            "scorer",
            "board",
            "Applications cannot be scored right now",
            body=f"{error} We try again every minute. Nothing is lost and nothing was scored.",
            link="/settings/scoring",
        )
