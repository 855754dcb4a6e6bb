"""Settings > Bias audit: answers in, a report out."""

from datetime import date, timedelta
from typing import Any, TypedDict
from urllib.parse import urlencode

import msgspec
import reflex as rx

from core.audit import Cell, Dimension, Measure, Settings
from core.audit.words import (
    COLUMNS_HELP,
    DIMENSION_LABEL,
    FLAGGED,
    MEASURE_HELP,
    MEASURE_LABEL,
    VERDICT_LABEL,
    category_label,
    conclusion,
    ll144,
    number,
    percent,
    probability,
    span,
)
from core.clock import now
from core.errors import Invalid
from core.services import audits
from core.services.audits import Audit, Wish
from ui.state.session import Session, guarded, identifier, opening
from ui.words import iso, plural

_YEAR = timedelta(days=365)


class JobChoice(TypedDict):
    """A job whose applications may be audited."""

    id: str
    title: str
    about: str
    chosen: bool


class CellView(TypedDict):
    """A category as a row."""

    category: str
    count: str
    selected: str
    rate: str
    ratio: str
    span: str
    ll144: str
    p_value: str
    verdict: str
    flag: str


class TableView(TypedDict):
    """One dimension."""

    label: str
    unknown: str
    rows: list[CellView]


class MeasureView(TypedDict):
    """One way of being selected, with its tables."""

    help: str
    conclusion: str
    counted: str
    tables: list[TableView]


class Fault(TypedDict):
    """What is wrong with a line of a file."""

    line: str
    text: str


def _cell(cell: Cell) -> CellView:
    return CellView(
        category=category_label(cell.category),
        count=f"{cell.count:,}",
        selected="–" if cell.selected is None else f"{cell.selected:,}",
        rate=percent(cell.rate),
        ratio=number(cell.ratio),
        span=span(cell),
        ll144=ll144(cell),
        p_value=probability(cell.p_value),
        verdict=VERDICT_LABEL[cell.verdict],
        flag=("strong" if cell.verdict == "below_four_fifths" else "weak") if cell.verdict in FLAGGED else "",
    )


def _table(label: str, dimension: Dimension) -> TableView:
    return TableView(
        label=label,
        unknown=f"{dimension.unknown:,} without an answer are in no category." if dimension.unknown else "",
        rows=[_cell(cell) for cell in dimension.cells],
    )


def _measure(measure: Measure) -> MeasureView:
    left = f", {measure.left_out:,} left out" if measure.left_out else ""
    return MeasureView(
        help=MEASURE_HELP[measure.key],
        conclusion=conclusion(measure),
        counted=f"{plural(measure.assessed, 'application')} counted{left}.",
        tables=[_table(label, getattr(measure, name)) for name, label in DIMENSION_LABEL.items()],
    )


class AuditState(Session):
    """The page of the bias audit."""

    loaded: bool = False
    answered: int = 0
    imported: str = ""
    jobs: list[JobChoice] = []
    since: str = ""
    until: str = ""
    least: str = "10"
    errors: dict[str, str] = {}
    faults: list[Fault] = []
    refused: str = ""
    erasing: bool = False
    made: bool = False
    making: bool = False
    summary: str = ""
    measure: str = "band_qualified"
    tables: list[TableView] = []
    help: str = ""
    conclusion: str = ""
    counted: str = ""
    report_link: str = ""
    rows_link: str = ""
    _views: dict[str, MeasureView] = {}

    @rx.event
    @opening
    async def load(self) -> None:
        """Show what there is to audit."""
        await self._enter("settings")
        today = now().date()
        self.since, self.until = self.since or str(today - _YEAR), self.until or str(today)
        self.refused, self.faults, self.errors, self.erasing = "", [], {}, False
        await self._fill()

    async def _fill(self) -> None:
        found = await audits.standing(await self._actor())
        chosen = {job["id"] for job in self.jobs if job["chosen"]} if self.jobs else None
        self.answered, self.imported = found.answered, iso(found.imported_at)
        self.jobs = [
            JobChoice(
                id=str(job.id),
                title=job.title,
                about=f"{plural(job.total, 'application')}, {job.state}",
                chosen=chosen is None or str(job.id) in chosen,
            )
            for job in found.jobs
            if job.total
        ]
        self.loaded = True

    @rx.event
    @guarded
    async def answered_by_file(self, status: int, body: str) -> Any:
        """The import has ended, well or badly."""
        self.refused, self.faults = "", []
        if status == 200:
            stored = msgspec.json.decode(body)["stored"]
            await self._renew()
            return rx.toast.success(f"Answers of {plural(stored, 'application')} imported.")
        self._refuse(body)
        return None

    def _refuse(self, body: str) -> None:
        try:
            problem = msgspec.json.decode(body, type=dict[str, Any])
        except msgspec.DecodeError:
            problem = {"title": "Shortlist did not answer, so nothing was imported.", "detail": "Try again."}
        self.refused = f"{problem.get('title', '')} {problem.get('detail', '')}".strip()
        fields: dict[str, str] = problem.get("fields", {})
        self.faults = [Fault(line=line, text=text) for line, text in fields.items()]

    @rx.event
    def ask_to_erase(self, asked: bool) -> None:
        """Open or close the question whether everything shall go."""
        self.erasing = asked

    @rx.event
    @guarded
    async def erase(self) -> Any:
        """Delete all answers."""
        erased = await audits.erase_answers(await self._actor())
        self.erasing = False
        await self._renew()
        return rx.toast.success(f"Answers of {plural(erased, 'application')} deleted.")

    async def _renew(self) -> None:
        self._forget()
        await self._fill()

    def _forget(self) -> None:
        """A report that does not fit what is chosen must not be looked at."""
        self.made, self._views, self.tables, self.errors = False, {}, [], {}

    @rx.event
    def choose(self, job: str, chosen: bool) -> None:
        """One job more or less."""
        self.jobs = [{**row, "chosen": chosen} if row["id"] == job else row for row in self.jobs]
        self._forget()

    @rx.event
    def choose_all(self, chosen: bool) -> None:
        """All jobs, or none."""
        self.jobs = [{**row, "chosen": chosen} for row in self.jobs]
        self._forget()

    @rx.event
    def set_since(self, day: str) -> None:
        """The first day."""
        self.since = day
        self._forget()

    @rx.event
    def set_until(self, day: str) -> None:
        """The last day."""
        self.until = day
        self._forget()

    @rx.event
    def set_least(self, least: Any) -> None:
        """The smallest category of which rates are shown: a number, or nothing while the field is empty."""
        self.least = "" if least is None else str(least)
        self._forget()

    @rx.event
    @guarded
    async def make(self) -> Any:
        """Make the report."""
        self._forget()
        try:
            made = await audits.audit(await self._actor(), self._wish())
        except Invalid as error:
            self.errors = error.fields
            raise
        self._show_report(made)
        return None

    def _wish(self) -> Wish:
        jobs = tuple(identifier(job["id"]) for job in self.jobs if job["chosen"])
        fields = {}
        days: dict[str, date] = {}
        for name, text in (("since", self.since), ("until", self.until)):
            try:
                days[name] = date.fromisoformat(text)
            except ValueError:
                fields[name] = "Choose a day."
        if not self.least.isdecimal():
            fields["min_cell"] = "Use a whole number."
        if fields:
            raise Invalid("Some entries cannot be used.", "Correct the marked fields.", fields=fields)
        return Wish(jobs=jobs, **days, settings=Settings(min_cell=int(self.least)))

    def _show_report(self, made: Audit) -> None:
        report = made.report
        median = "no scores" if report.median is None else f"median score {report.median:g}"
        self.summary = (
            f"{plural(report.applications, 'application')} to {plural(len(made.jobs), 'job')}, {median}, "
            f"{report.decided:,} decided by a person. Sex is known of {report.with_sex:,}, race and ethnicity "
            f"of {report.with_race_ethnicity:,}."
        )
        self._views = {measure.key: _measure(measure) for measure in report.measures}
        self._link([job["id"] for job in self.jobs if job["chosen"]])
        self._show(self.measure)
        self.made = True

    def _link(self, jobs: list[str]) -> None:
        asked = [*(("job", job) for job in jobs), ("since", self.since), ("until", self.until)]
        self.rows_link = f"/api/audits/rows?{urlencode(asked)}"
        self.report_link = f"/api/audits/report?{urlencode([*asked, ('min_cell', self.least)])}"

    @rx.event
    def show(self, measure: str) -> None:
        """Look at another measure of the same report."""
        if measure in self._views:
            self._show(measure)

    def _show(self, measure: str) -> None:
        view = self._views[measure]
        self.measure, self.tables = measure, view["tables"]
        self.help, self.conclusion, self.counted = view["help"], view["conclusion"], view["counted"]


MEASURES = tuple(MEASURE_LABEL.items())
__all__ = ["COLUMNS_HELP", "MEASURES", "AuditState", "CellView"]
