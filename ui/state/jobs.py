"""The list of jobs and the list of open tasks."""

from typing import Any, TypedDict

import reflex as rx

from core.services import jobs, tasks
from ui.state.cards import waiting_for_requirements
from ui.state.session import Session, guarded, identifier, opening
from ui.words import day, iso, plural

_WAITING = {"recruiter": "Recruiter", "hiring_manager": "Hiring manager", "candidate": "Candidate"}


class JobView(TypedDict):
    """A job as a row; widths are percentages of its bar."""

    id: str
    title: str
    team: str
    source: str
    state: str
    since: str
    new: int
    total: int
    standing: str
    width_q: str
    width_p: str
    width_n: str
    width_l: str
    counts: str
    waiting: str
    synced: str
    decided: str
    problem: str


def _view(row: jobs.JobRow) -> JobView:
    counts, total = row.counts, max(row.total, 1)
    return JobView(
        id=str(row.id),
        title=row.title,
        team=" · ".join(filter(None, (row.department, row.location))),
        source=row.source_title,
        state=row.state,
        since=day(row.opened_at),
        new=row.new,
        total=row.total,
        standing=_standing(row),
        width_q=f"{100 * counts.qualified / total:.1f}%",
        width_p=f"{100 * counts.pre_qualified / total:.1f}%",
        width_n=f"{100 * counts.not_qualified / total:.1f}%",
        width_l=f"{100 * counts.needs_a_look / total:.1f}%",
        counts=f"{counts.qualified} qualified, {counts.pre_qualified} pre-qualified, "
        f"{counts.not_qualified} not qualified, {counts.needs_a_look} need a look{_left(row)}",
        waiting=_WAITING.get(row.waiting_on, row.waiting_on),
        synced=iso(row.synced_at),
        decided=f"{plural(row.unseen_decisions, 'decision')} you have not seen"
        if row.unseen_decisions
        else "",
        problem=row.problem,
    )


def _standing(row: jobs.JobRow) -> str:
    """How many are qualified; while nobody has a score yet, that number would say nothing."""
    counts = row.counts
    placed = counts.qualified + counts.pre_qualified + counts.not_qualified + counts.needs_a_look
    if row.problem and row.total > placed:
        return waiting_for_requirements(row.total - placed)
    if row.total and not placed:
        return f"{row.total} being scored"
    return f"{counts.qualified} qualified of {row.total}{_left(row)}"


def _left(row: jobs.JobRow) -> str:
    return f", {row.scoring} still being scored" if row.scoring and not row.problem else ""


class JobsState(Session):
    """The Jobs page."""

    rows: list[JobView] = []
    loaded: bool = False
    search: str = ""
    closed: bool = False
    summary: str = ""

    @rx.event
    @opening
    async def load(self) -> None:
        """Show the jobs."""
        await self._enter("jobs")
        await self._fill()

    @rx.event
    @guarded
    async def refresh(self) -> None:
        """Something changed."""
        await self._fill()

    @rx.event
    @guarded
    async def look_for(self, text: str) -> None:
        """Narrow the list."""
        self.search = text[:100]
        await self._fill()

    @rx.event
    @guarded
    async def show_closed(self, closed: bool) -> None:
        """Show closed jobs as well, or not."""
        self.closed = closed
        await self._fill()

    @rx.event
    @guarded
    async def clear(self) -> None:
        """Show all open jobs again."""
        self.search, self.closed = "", False
        await self._fill()

    async def _fill(self) -> None:
        actor = await self._actor()
        found = await jobs.list_jobs(actor, search=self.search, include_closed=self.closed)
        self.rows = [_view(row) for row in sorted(found, key=lambda row: not row.unseen_decisions)]
        self.summary = plural(len(found), "job") + ", " + plural(sum(r.total for r in found), "application")
        self.loaded = True


class TaskView(TypedDict):
    """A task as a row."""

    id: str
    title: str
    about: str
    body: str
    link: str
    at: str


class TasksState(Session):
    """The Review page: what only a person can settle."""

    rows: list[TaskView] = []
    loaded: bool = False

    @rx.event
    @opening
    async def load(self) -> None:
        """Show what is open."""
        await self._enter("jobs")
        await self._fill()

    @rx.event
    @opening
    async def load_help(self) -> None:
        """The help page needs nobody's tasks, only the shell around it."""
        await self._enter("help")

    @rx.event
    @guarded
    async def settle(self, task: str) -> Any:
        """The member says it is done."""
        await tasks.settle(await self._actor(), identifier(task))
        await self._fill()
        return rx.toast.success("Done. It is off the list for everybody.")

    async def _fill(self) -> None:
        found = await tasks.list_tasks(await self._actor())
        self.rows = [
            TaskView(
                id=str(r.id),
                title=r.title,
                body=r.body,
                link=r.link,
                at=iso(r.at),
                about=" · ".join(filter(None, (r.person, r.job))),
            )
            for r in found
        ]
        self.loaded = True
