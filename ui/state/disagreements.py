"""What the board's scorer and a second one disagree on."""

from typing import Any, TypedDict

import reflex as rx

from core.domain.words import BAND_LABEL
from core.services import disagreements
from core.services.disagreements import Comparison, Disagreement, Side
from ui.state.session import Session, guarded, identifier, opening
from ui.words import plural

_MATCH = {"met": "Met", "partly": "Partly", "not_stated": "Not stated", "not_met": "Not met"}


class SideView(TypedDict):
    """What one scorer says of a requirement."""

    match: str
    label: str
    reason: str
    quotes: list[str]


class DifferenceView(TypedDict):
    """A requirement judged otherwise."""

    text: str
    must: bool
    board: SideView
    beside: SideView


class DisagreementView(TypedDict):
    """An application the two see differently."""

    id: str
    name: str
    job: str
    band: str
    band_label: str
    score: str
    other_band: str
    other_label: str
    other_score: str
    same_band: bool
    rows: list[DifferenceView]


class JobComparison(TypedDict):
    """A job in numbers."""

    id: str
    title: str
    compared: int
    disagree: int
    share: str
    decided: str


def _side(side: Side) -> SideView:
    return SideView(match=side.match, label=_MATCH[side.match], reason=side.reason, quotes=list(side.quotes))


def _view(found: Disagreement) -> DisagreementView:
    return DisagreementView(
        id=str(found.application_id),
        name=found.name,
        job=found.job_title,
        band=found.band,
        band_label=BAND_LABEL.get(found.band, found.band),
        score="–" if found.score is None else str(found.score),
        other_band=found.other_band,
        other_label=BAND_LABEL.get(found.other_band, found.other_band),
        other_score="–" if found.other_score is None else str(found.other_score),
        same_band=found.band == found.other_band,
        rows=[
            DifferenceView(text=r.text, must=r.must_have, board=_side(r.board), beside=_side(r.beside))
            for r in found.rows
        ],
    )


def _jobs(found: Comparison) -> list[JobComparison]:
    return [
        JobComparison(
            id=str(job.job),
            title=job.title,
            compared=job.compared,
            disagree=job.disagree,
            share=f"{100 * job.disagree / max(job.compared, 1):.0f} %",
            decided=f"{job.board_right} and {job.other_right} of {job.decided}" if job.decided else "–",
        )
        for job in found.jobs
    ]


class DisagreementsState(Session):
    """The comparison of all jobs, or of the chosen one."""

    loaded: bool = False
    board: str = ""
    beside: str = ""
    job: str = ""
    jobs: list[JobComparison] = []
    requirements: list[dict[str, str]] = []
    rows: list[DisagreementView] = []
    summary: str = ""
    more: str = ""

    @rx.event
    @opening
    async def load(self) -> None:
        """Show the comparison of all jobs."""
        self.reset()
        await self._enter("settings")
        await self._fill()

    @rx.event
    @guarded
    async def choose_job(self, job: str) -> None:
        """Narrow it to one job, or widen it to all again."""
        self.job = job
        await self._fill()

    async def _fill(self) -> None:
        job: Any = identifier(self.job) if self.job else None
        found = await disagreements.comparison(await self._actor(), job)
        self.board, self.beside = found.board, found.beside
        self.jobs, self.rows = _jobs(found), [_view(one) for one in found.found]
        self.requirements = [
            {"text": text, "count": plural(count, "application")} for text, count in found.requirements
        ]
        compared = sum(one.compared for one in found.jobs if job in {None, one.job})
        self.summary = f"They disagree on {found.total:,} of {plural(compared, 'application')}."
        left = found.total - len(found.found)
        self.more = f"{left:,} more; the widest are shown first." if left > 0 else ""
        self.loaded = True
