"""The requirements of a job, as people edit them."""

from collections.abc import Mapping
from typing import Any, Final, TypedDict, get_args

import msgspec
import reflex as rx

from core.domain.permissions import may
from core.errors import Invalid
from core.sdk.scorer import Category, Requirement
from core.services import calibrating, jobs, rubrics
from ui.state.session import Session, guarded, identifier, opening
from ui.words import whole

CATEGORIES = get_args(Category)
_ENDS: Final = " .;,"
"""What ends a line of a list, and says nothing."""


class RequirementView(TypedDict):
    """A requirement in the editor."""

    id: str
    text: str
    category: str
    must: bool
    weight: str
    points: str
    sentence: str
    error: str


class FindingView(TypedDict):
    """Words worth changing, why, and what to say instead."""

    key: str
    quote: str
    why: str
    suggestion: str
    place: str


class RangeView(TypedDict):
    """What the team did with scores of one range."""

    scores: str
    said: str
    share: str
    smoothed: str


class RubricState(Session):
    """The editor."""

    job: str = ""
    title: str = ""
    version: int = 0
    edited_by: str = ""
    rows: list[RequirementView] = []
    pre_qualified: int = 40
    qualified: int = 70
    counts: str = ""
    findings: list[FindingView] = []
    ranges: list[RangeView] = []
    decided: int = 0
    loaded: bool = False
    dirty: bool = False
    trouble: str = ""
    _kept: dict[str, Any] = {}

    @rx.event
    @opening
    async def load(self) -> None:
        """Show the newest version."""
        self.job = str(getattr(self, "job_id", "") or "")
        actor = await self._enter("rubric", self.job)
        self.title = (await jobs.get_job(actor, identifier(self.job))).title
        self._show(await rubrics.rubric(actor, identifier(self.job)))
        if may(actor.role, "edit_rubric"):
            self._calibrate(await calibrating.calibration(actor))

    def _calibrate(self, found: calibrating.Calibration | None) -> None:
        self.decided = found.decided if found else 0
        self.ranges = [_range(each) for each in reversed(found.ranges)] if found else []

    def _show(self, found: rubrics.RubricView) -> None:
        self.version, self.edited_by = found.version, found.edited_by
        self.pre_qualified, self.qualified = found.pre_qualified, found.qualified
        self.rows = [
            RequirementView(
                id=r.id,
                text=r.text,
                category=r.category,
                must=r.must_have,
                weight=str(r.weight),
                points=str(found.max_points.get(r.id, 0)),
                sentence="" if r.sentence.strip(_ENDS) == r.text.strip(_ENDS) else r.sentence.strip(_ENDS),
                error="",
            )
            for r in found.requirements
        ]
        self._kept = {r.id: msgspec.to_builtins(r) for r in found.requirements}
        self.findings = _findings(found)
        self._count(found.counts)
        self.loaded, self.dirty, self.trouble = True, False, ""

    def _count(self, counts: jobs.BandCounts) -> None:
        self.counts = (
            f"{counts.qualified} qualified, {counts.pre_qualified} pre-qualified, "
            f"{counts.not_qualified} not qualified, {counts.needs_a_look} without a score"
        )

    def _change(self, row: str, **values: Any) -> None:
        changed = [RequirementView(**(r | values)) if r["id"] == row else r for r in self.rows]  # type: ignore[typeddict-item]
        self.dirty = self.dirty or changed != self.rows
        self.rows = changed

    @rx.event
    def set_text(self, row: str, text: str) -> None:
        self._change(row, text=text)

    @rx.event
    def set_category(self, row: str, category: str) -> None:
        self._change(row, category=category)

    @rx.event
    def set_must(self, row: str, must: bool) -> None:
        self._change(row, must=must)

    @rx.event
    def set_weight(self, row: str, weight: str) -> None:
        # A number field sends a number, whatever the annotation says.
        self._change(row, weight=str(weight))

    @rx.event
    def remove(self, row: str) -> None:
        self.rows = [r for r in self.rows if r["id"] != row]
        self.dirty = True

    @rx.event
    def add(self) -> None:
        """An empty line to fill."""
        taken = {r["id"] for r in self.rows}
        new = next(f"r{n}" for n in range(1, 1000) if f"r{n}" not in taken)
        self.rows = [
            *self.rows,
            RequirementView(
                id=new,
                text="",
                category="hard_skill",
                must=True,
                weight="3",
                points="",
                sentence="",
                error="",
            ),
        ]
        self.dirty = True

    @rx.event
    @guarded
    async def set_thresholds(self, which: str, value: str) -> None:
        """Move where a band begins, and see how many that would be."""
        number = whole(value)
        if which == "pre":
            self.pre_qualified = number
        else:
            self.qualified = number
        self.dirty = True
        self._count(
            await rubrics.preview_thresholds(
                await self._actor(), identifier(self.job), self.pre_qualified, self.qualified
            )
        )

    @rx.event
    @guarded
    async def save(self) -> Any:
        """Keep a new version; scores are made anew."""
        try:
            found = await rubrics.save(
                await self._actor(),
                identifier(self.job),
                [self._requirement(row) for row in self.rows],
                pre_qualified=self.pre_qualified,
                qualified=self.qualified,
            )
        except Invalid as error:
            self._mark(error.fields)
            raise
        self._show(found)
        return rx.toast.success(
            f"Saved as version {found.version}.", description="Applications are scored again now."
        )

    def _mark(self, errors: Mapping[str, str]) -> None:
        self.rows = [RequirementView(**{**row, "error": errors.get(row["id"], "")}) for row in self.rows]
        self.trouble = " ".join(errors[name] for name in ("thresholds", "requirements") if name in errors)

    def _requirement(self, row: RequirementView) -> Requirement:
        before = self._kept.get(row["id"], {})
        same = before.get("text") == row["text"] and before.get("category") == row["category"]
        kept = before if same else {}
        values = {
            **kept,
            "id": row["id"],
            "text": row["text"].strip(),
            "category": row["category"],
            "must_have": row["must"],
            "weight": whole(row["weight"]),
        }
        return msgspec.convert(values, Requirement)


def _range(found: calibrating.Range) -> RangeView:
    return RangeView(
        scores=f"{found.first}–{found.last}",
        said=f"{found.qualified} of {found.decided}",
        share=f"{100 * found.qualified / found.decided:.0f} %",
        smoothed=f"{100 * found.smoothed:.0f} %",
    )


def _findings(found: rubrics.RubricView) -> list[FindingView]:
    texts = {requirement.id: requirement.text for requirement in found.requirements}
    return [
        FindingView(
            key=f"{finding.requirement_id}:{finding.start}",
            quote=finding.quote,
            why=finding.why,
            suggestion=finding.suggestion,
            place=f"in the requirement “{texts[finding.requirement_id]}”"
            if finding.requirement_id in texts
            else "in the job's text",
        )
        for finding in found.findings
    ]
