"""The board: columns of cards, and the decisions people make by moving them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import dropwhile
from typing import Any
from uuid import UUID

import msgspec

from core.clock import now
from core.domain.words import CATEGORIES, CATEGORY_LABEL, Category, category_for
from core.errors import Conflict, Invalid, NotFound
from core.screening.cards import Card as CardFace
from core.screening.cards import Reason
from core.sdk.events import ApplicationMoved
from core.services.access import Actor, require
from core.services.events import announce
from core.services.writing import queue_verdict
from core.store import board, records
from core.store.board import Wish as Filter
from core.store.scope import tenant

__all__ = ["Card", "Column", "Filter", "Moved", "Reason", "columns", "move", "move_many", "undo"]

PAGE = 50


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """A card as a column shows it."""

    id: UUID
    name: str
    initials: str
    score: int | None
    band: str
    category: str
    reasons: tuple[Reason, ...]
    gap: Reason | None
    applied_at: datetime
    days_in_category: int
    whose_turn: str
    comments: int
    flags: tuple[str, ...]
    status_name: str
    decided_by: str
    stale: bool
    write_state: str


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its exact total and its first cards."""

    category: str
    label: str
    total: int
    cards: tuple[Card, ...]


class Moved(msgspec.Struct, frozen=True, kw_only=True):
    """What a move did. `needs_reason`: the person moved against the band without saying why."""

    application_id: UUID
    name: str
    job_id: UUID
    from_category: str
    to_category: str
    decision_id: UUID
    needs_reason: bool
    ats_note: str


async def columns(
    actor: Actor,
    job_id: UUID,
    categories: Sequence[str] = CATEGORIES,
    *,
    filter: Filter | None = None,
    limits: Mapping[str, int] | None = None,
) -> tuple[Column, ...]:
    """The asked columns of a job's board, best score first."""
    wish, limits = filter or Filter(), limits or {}
    async with tenant(actor.tenant_id):
        return tuple(
            [
                Column(
                    category=category,
                    label=CATEGORY_LABEL[category],
                    total=await board.total(job_id, category, wish),
                    cards=tuple(
                        _card(row)
                        for row in await board.cards(job_id, category, wish, limits.get(category, PAGE))
                    ),
                )
                for category in categories
                if category in CATEGORY_LABEL
            ]
        )


def _card(row: Mapping[str, Any]) -> Card:
    face = msgspec.json.decode(row["card"], type=CardFace)
    return Card(
        id=row["id"],
        name=row["name"],
        initials=row["initials"],
        score=row["score"],
        band=row["band"] or "",
        category=row["category"],
        reasons=face.reasons,
        gap=face.gap,
        applied_at=row["applied_at"] or row["arrived_at"],
        days_in_category=(now() - row["category_since"]).days,
        whose_turn="" if row["decided"] else "recruiter",
        comments=row["comments"],
        flags=face.flags,
        status_name=row["status_name"],
        decided_by=(row["decided_by"] or "") if row["decided"] else "",
        stale=row["stale"],
        write_state=row["write_state"] or "",
    )


async def move(actor: Actor, application_id: UUID, category: str, *, reason: str = "") -> Moved:
    """Decide where an application stands; the ATS is told, its own status never changes."""
    return (await move_many(actor, [application_id], category, reason=reason))[0]


async def move_many(
    actor: Actor, application_ids: Sequence[UUID], category: str, *, reason: str = ""
) -> tuple[Moved, ...]:
    """The same decision for several applications, all or none."""
    require(actor, "move")
    if category not in CATEGORY_LABEL:
        raise Invalid("This column does not exist.", "Reload the page.")
    async with tenant(actor.tenant_id):
        found = await board.lock(application_ids)
        if len(found) != len(set(application_ids)):
            raise NotFound("An application is no longer on the board.", "Reload the page.")
        made = tuple([await _decide(actor, row, category, reason) for row in found.values()])
        await _tell_plugins(actor, made)
        return made


async def _decide(
    actor: Actor,
    row: dict[str, Any],
    category: str,
    reason: str,
    *,
    undoes: UUID | None = None,
    stands: bool = True,
) -> Moved:
    before = row["category"] or "needs_a_look"
    decision = await board.decide(
        row["id"],
        actor.member_id,
        from_category=before,
        to_category=category,
        reason=reason.strip()[:2000],
        undoes=undoes,
        stands=stands,
    )
    items = await queue_verdict(row["id"])
    await records.audit(actor.email, "application moved", str(row["id"]), {"from": before, "to": category})
    await records.signal("board", row["job"], (before, category))
    await records.signal("profile", row["id"])
    await records.signal("jobs")
    return Moved(
        application_id=row["id"],
        name=row["name"],
        job_id=row["job"],
        from_category=before,
        to_category=category,
        decision_id=decision,
        needs_reason=not reason.strip() and undoes is None and _against(row["band"], category),
        ats_note="The ATS is updated in a moment." if items else "",
    )


async def _tell_plugins(actor: Actor, made: Sequence[Moved]) -> None:
    moved = [one for one in made if one.from_category != one.to_category]
    await announce(
        [
            ApplicationMoved(
                tenant_id=actor.tenant_id,
                application_id=one.application_id,
                job_id=one.job_id,
                from_category=one.from_category,
                to_category=one.to_category,
                member_id=actor.member_id,
            )
            for one in moved
        ]
    )


def _against(band: str | None, category: str) -> bool:
    """True when a person sees it otherwise than the score: worth a sentence why."""
    if band not in {"qualified", "pre_qualified", "not_qualified"}:
        return False
    return category_for(band) != category  # type: ignore[arg-type]  # narrowed by the line above


async def explain(actor: Actor, decision_id: UUID, reason: str) -> Moved:
    """Say afterwards why a decision went against the band: a new decision with the same outcome."""
    require(actor, "move")
    if not reason.strip():
        raise Invalid("Say why in a few words.", fields={"reason": "This is needed."})
    async with tenant(actor.tenant_id):
        decision = await board.decision(decision_id)
        if decision is None:
            raise NotFound("This decision does not exist.", "Reload the page.")
        found = await board.lock([decision["application"]])
        row = found.get(decision["application"])
        if row is None or row["category"] != decision["to_category"]:
            raise Conflict("The application has been moved since.", "Reload the page.")
        return await _decide(actor, row, decision["to_category"], reason)


async def undo(actor: Actor, decision_id: UUID) -> Moved:
    """Take a decision back by deciding the opposite; the ATS is told again.

    Where nobody had decided before, the card is the score's again and stands where its band puts it.
    """
    require(actor, "move")
    async with tenant(actor.tenant_id):
        decision = await board.decision(decision_id)
        if decision is None:
            raise NotFound("This decision does not exist.", "Reload the page.")
        found = await board.lock([decision["application"]])
        row = found.get(decision["application"])
        if row is None or row["category"] != decision["to_category"]:
            raise Conflict("The application has been moved since.", "Move it by hand.")
        stands = _stood_before(decision_id, await board.decisions(row["id"]))
        category: Category = decision["from_category"]
        if not stands and row["band"]:
            category = category_for(row["band"])
        made = await _decide(actor, row, category, "", undoes=decision_id, stands=stands)
        await _tell_plugins(actor, [made])
        return made


def _stood_before(decision_id: UUID, decisions: Sequence[dict[str, Any]]) -> bool:
    """Whether an earlier decision was still valid when this one was made; the newest comes first."""
    earlier = list(dropwhile(lambda made: made["id"] != decision_id, decisions))[1:]
    taken_back = {made["undoes"] for made in earlier}
    return any(made["undoes"] is None and made["id"] not in taken_back for made in earlier)
