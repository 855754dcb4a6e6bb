"""The what-if beside the board: another rubric tried on the people who are there, then applied or dropped."""

from collections.abc import Mapping
from typing import Any, Final, TypedDict

import reflex as rx

from core.domain.words import CATEGORIES, CATEGORY_LABEL
from core.errors import Conflict, Invalid
from core.screening import max_points
from core.sdk.scorer import Requirement, Rubric
from core.services import rubrics, whatif
from ui.state.board import BoardState
from ui.state.profile import ProfileState
from ui.state.session import Session, guarded, identifier
from ui.words import plural, whole

MOST: Final = 60
"""Movers listed by name; more are counted."""


class DemandView(TypedDict):
    """A requirement with what is tried for it; `was` says what it is now, where that differs."""

    id: str
    text: str
    weight: int
    must: bool
    points: int
    was: str
    error: str


class ColumnView(TypedDict):
    """A column's cards before and after; `after` is a dash where what is tried cannot be."""

    category: str
    label: str
    before: int
    after: str
    change: str


class MoverView(TypedDict):
    """Somebody who would stand elsewhere."""

    id: str
    name: str
    way: str
    scores: str
    to: str


class WhatIfState(Session):
    """What is tried, and what it would do."""

    job: str = ""
    open: bool = False
    round: int = 0
    version: int = 0
    rows: list[DemandView] = []
    pre_qualified: int = 40
    qualified: int = 70
    columns: list[ColumnView] = []
    movers: list[MoverView] = []
    moving: str = ""
    notes: list[str] = []
    trouble: str = ""
    changed: bool = False
    _now: dict[str, Any] = {}

    @rx.event
    @guarded
    async def start(self, job: str) -> Any:
        """Open with the rubric as it is."""
        found = await rubrics.rubric(await self._actor(), identifier(job))
        self.job = job
        self._take(found)
        await self._try()
        self.open = True
        return ProfileState.close

    def _take(self, found: rubrics.RubricView) -> None:
        self.version = found.version
        self._now = {
            "rows": {r.id: (r.weight, r.must_have) for r in found.requirements},
            "thresholds": (found.pre_qualified, found.qualified),
        }
        self.pre_qualified, self.qualified = found.pre_qualified, found.qualified
        self.round += 1
        self.rows = [
            DemandView(id=r.id, text=r.text, weight=r.weight, must=r.must_have, points=0, was="", error="")
            for r in found.requirements
        ]

    @rx.event
    def cancel(self) -> None:
        """Drop what was tried; nothing has changed anywhere."""
        self.open, self.rows, self.movers, self.columns, self.notes = False, [], [], [], []

    @rx.event
    @guarded
    async def reset_rubric(self) -> None:
        """Back to the rubric as it is."""
        self._take(await rubrics.rubric(await self._actor(), identifier(self.job)))
        await self._try()

    @rx.event
    @guarded
    async def set_weight(self, row: str, weight: str) -> None:
        await self._change(row, weight=whole(weight))

    @rx.event
    @guarded
    async def set_must(self, row: str, must: bool) -> None:
        await self._change(row, must=must)

    async def _change(self, row: str, **values: Any) -> None:
        self.rows = [DemandView(**(r | values)) if r["id"] == row else r for r in self.rows]  # type: ignore[typeddict-item]
        await self._try()

    @rx.event
    @guarded
    async def set_threshold(self, which: str, value: str) -> None:
        """Move where a band begins."""
        if which == "pre":
            self.pre_qualified = whole(value)
        else:
            self.qualified = whole(value)
        await self._try()

    async def _try(self) -> None:
        self.rows = self._pointed()
        self.changed = self._differs()
        try:
            tried = await whatif.try_rubric(await self._actor(), identifier(self.job), self._trial())
        except (Invalid, Conflict) as error:
            self._refuse(error)
            return
        self.trouble = ""
        self.columns = [
            _column(category, tried.before[category], tried.after[category]) for category in CATEGORIES
        ]
        self.movers = [_mover(mover) for mover in tried.movers[:MOST]]
        self.moving = f"{plural(len(tried.movers), 'application')} would move" if tried.movers else ""
        self.notes = _notes(tried)

    def _refuse(self, error: Invalid | Conflict) -> None:
        """Say why there is no result, and show none: the last one is of other weights."""
        fields = error.fields if isinstance(error, Invalid) else {}
        self.trouble = " ".join(dict.fromkeys(fields.values())) or f"{error.message} {error.hint}"
        self.rows = [DemandView(**{**r, "error": fields.get(r["id"], "")}) for r in self.rows]
        self.columns = [ColumnView(**{**column, "after": "–", "change": ""}) for column in self.columns]
        self.movers, self.moving, self.notes = [], "", []

    def _trial(self) -> whatif.Trial:
        return whatif.Trial(
            version=self.version,
            changes={r["id"]: whatif.Change(weight=r["weight"], must_have=r["must"]) for r in self.rows},
            pre_qualified=self.pre_qualified,
            qualified=self.qualified,
        )

    def _pointed(self) -> list[DemandView]:
        asked = tuple(
            Requirement(id=r["id"], text="", category="other", must_have=r["must"], weight=r["weight"])
            for r in self.rows
        )
        points = max_points(Rubric(requirements=asked))
        return [
            DemandView(**{**r, "points": points[r["id"]], "was": self._was(r), "error": ""})
            for r in self.rows
        ]

    def _was(self, row: DemandView) -> str:
        weight, must = self._now["rows"].get(row["id"], (row["weight"], row["must"]))
        parts = [f"weight {weight}"] if weight != row["weight"] else []
        if must != row["must"]:
            parts.append("a must-have" if must else "no must-have")
        return f"so far {', '.join(parts)}" if parts else ""

    def _differs(self) -> bool:
        return any(r["was"] for r in self.rows) or self._now["thresholds"] != (
            self.pre_qualified,
            self.qualified,
        )

    @rx.event
    @guarded
    async def apply(self) -> Any:
        """Store it as the rubric's next version; the board follows by itself."""
        saved = await whatif.apply(await self._actor(), identifier(self.job), self._trial())
        moving, self.open = self.moving, False
        columns = await self.get_state(BoardState)
        await columns._fill(CATEGORIES)
        return rx.toast.success(
            f"Saved as version {saved.version}.",
            description=f"{moving.replace(' would move', '')} on the way to another column."
            if moving
            else "Nobody changes column.",
        )


def _column(category: str, before: int, after: int) -> ColumnView:
    change = f"{after - before:+d}".replace("-", "−") if after != before else ""
    return ColumnView(
        category=category, label=CATEGORY_LABEL[category], before=before, after=str(after), change=change
    )


def _mover(mover: whatif.Mover) -> MoverView:
    scores = [("–" if score is None else str(score)) for score in (mover.from_score, mover.to_score)]
    return MoverView(
        id=str(mover.id),
        name=mover.name or "No name",
        way=f"to {CATEGORY_LABEL[mover.to_category]}",
        scores=" → ".join(dict.fromkeys(scores)),
        to=mover.to_category,
    )


def _notes(tried: whatif.Tried) -> list[str]:
    said: Mapping[str, int] = {
        "stays where a person put it": tried.held if tried.held == 1 else 0,
        "stay where a person put them": tried.held if tried.held > 1 else 0,
        "is not counted: still being scored": tried.unknown if tried.unknown == 1 else 0,
        "are not counted: still being scored": tried.unknown if tried.unknown > 1 else 0,
    }
    more = [f"and {len(tried.movers) - MOST} more"] if len(tried.movers) > MOST else []
    return more + [f"{plural(count, 'application')} {words}." for words, count in said.items() if count]


__all__ = ["WhatIfState"]
