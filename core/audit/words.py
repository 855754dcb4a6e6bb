"""The report in words: what people read on the screen and what the command prints."""

from collections.abc import Iterable, Iterator
from typing import Final

from core.audit.rates import Category, Cell, Dimension
from core.audit.report import Measure, Report
from core.audit.sample import RACES, SEXES

MEASURE_LABEL: Final[dict[str, str]] = {
    "band_qualified": "Band: Qualified",
    "band_forward": "Band: Qualified or Pre-Qualified",
    "decision": "People's decisions",
    "score": "Scores above the median",
}
MEASURE_HELP: Final[dict[str, str]] = {
    "band_qualified": "Selected means that the score put the application into Qualified. Applications that could "
    "not be read, or need a person, count as not selected.",
    "band_forward": "Selected means that the score put the application into Qualified or Pre-Qualified. "
    "Applications that could not be read, or need a person, count as not selected.",
    "decision": "Selected means that a person moved the application to Qualified, and it still is there. "
    "Applications nobody has decided about yet count as not selected: choose jobs that are finished.",
    "score": "Selected means a score above the median of all scores in the sample: the scoring rate of NYC "
    "Local Law 144. Applications without a score are left out.",
}
DIMENSION_LABEL: Final[dict[str, str]] = {
    "sex": "Sex",
    "race_ethnicity": "Race and ethnicity",
    "both": "Sex with race and ethnicity",
}
COLUMNS_HELP: Final = (
    "Ratio is the rate divided by the highest rate. The LL144 ratio leaves categories under 2 % of those counted out, "
    "as New York City's rules allow. The interval and Fisher's exact test compare with the highest rate."
)
VERDICT_LABEL: Final[dict[str, str]] = {
    "highest": "Highest rate: the others are compared with it",
    "too_few": "Too few people to show a rate",
    "no_ratio": "Nobody was selected, so there is nothing to compare",
    "similar": "At least four fifths of the highest rate; chance could explain the difference",
    "below_four_fifths": "Below four fifths of the highest rate, and hardly by chance",
    "below_maybe_chance": "Below four fifths of the highest rate, but chance could explain it",
    "smaller_difference": "At least four fifths of the highest rate, yet the difference is hardly chance",
}
FLAGGED: Final = frozenset({"below_four_fifths", "below_maybe_chance"})


def conclusion(measure: Measure) -> str:
    """What the measure's tables come to, in a sentence."""
    cells = [cell for name in DIMENSION_LABEL for cell in getattr(measure, name).cells]
    compared = [cell for cell in cells if cell.p_value is not None]
    clear = sum(cell.verdict == "below_four_fifths" for cell in compared)
    maybe = sum(cell.verdict == "below_maybe_chance" for cell in compared)
    if not compared:
        return "No two categories are large enough to be compared."
    if not clear + maybe:
        return f"Below four fifths of the highest rate: none of {len(compared)} categories compared."
    found = f"Below four fifths of the highest rate: {clear + maybe} of {len(compared)} categories compared"
    return f"{found}, {clear} hardly by chance, {maybe} perhaps by chance."


def category_label(category: Category) -> str:
    """A category as people say it; words of an auditor's own stay as they are."""
    return ", ".join({**SEXES, **RACES}.get(part, part) for part in category)


def percent(rate: float | None) -> str:
    """A rate with one decimal; a dash where there is none to show."""
    return "–" if rate is None else f"{100 * rate:.1f} %"


def number(value: float | None) -> str:
    """A ratio with three decimals; a dash where there is none."""
    return "–" if value is None else f"{value:.3f}"


def probability(value: float | None) -> str:
    """A p-value as it is usually given."""
    if value is None:
        return "–"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def span(cell: Cell) -> str:
    """The confidence interval of the ratio."""
    return "–" if cell.low is None or cell.high is None else f"{cell.low:.2f} to {cell.high:.2f}"


def ll144(cell: Cell) -> str:
    """The ratio in Local Law 144's form, or why there is none."""
    return "excluded" if cell.ll144_excluded else number(cell.ll144_ratio)


def as_text(report: Report) -> Iterator[str]:
    """The whole report as lines of plain text."""
    middle = "none" if report.median is None else f"{report.median:g}"
    yield f"Applications: {report.applications}, {report.scored} with a score (median {middle})"
    yield f"Decided by a person: {report.decided}"
    yield f"Sex known of {report.with_sex}, race and ethnicity of {report.with_race_ethnicity}"
    yield f"Categories of fewer than {report.settings.min_cell} are counted only."
    yield COLUMNS_HELP
    for measure in report.measures:
        yield from _measure(measure)
    yield ""
    yield "A ratio below 0.8 is an indication to look closer, not a verdict, and one above it is no proof."


def _measure(measure: Measure) -> Iterator[str]:
    yield from ("", MEASURE_LABEL[measure.key].upper(), MEASURE_HELP[measure.key])
    yield f"{measure.assessed} counted, {measure.left_out} left out. {conclusion(measure)}"
    for key, label in DIMENSION_LABEL.items():
        yield from ("", label)
        yield from _dimension(getattr(measure, key))


def _dimension(dimension: Dimension) -> Iterator[str]:
    heads = ("", "count", "selected", "rate", "ratio", "95 % interval", "LL144 ratio", "Fisher p", "")
    lines = [heads, *(_line(cell) for cell in dimension.cells)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    for line in lines:
        yield _aligned(line, widths)
    yield f"  unknown: {dimension.unknown}"


def _line(cell: Cell) -> tuple[str, ...]:
    return (
        category_label(cell.category),
        str(cell.count),
        "–" if cell.selected is None else str(cell.selected),
        percent(cell.rate),
        number(cell.ratio),
        span(cell),
        ll144(cell),
        probability(cell.p_value),
        VERDICT_LABEL[cell.verdict],
    )


def _aligned(line: Iterable[str], widths: list[int]) -> str:
    name, *rest = line
    *figures, verdict = rest
    padded = (text.rjust(width) for text, width in zip(figures, widths[1:-1], strict=True))
    return "  ".join(("  " + name.ljust(widths[0]), *padded, verdict)).rstrip()
