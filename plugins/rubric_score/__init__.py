"""Judges requirement by requirement: words, meaning, and comparisons of years, degrees and levels."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from core.sdk import Choice, Field, Scorer, ScorerEntry, hookimpl

_FIELDS: Final = (
    Field(
        name="encoder",
        label="How meaning is computed",
        kind="choice",
        default="exact",
        help=(
            "Fast takes a fraction of the time and needs the extra shortlist[fast]. Its numbers differ a "
            "little, so every score is made anew; where it is not exact enough, exact is used by itself."
        ),
        choices=(Choice(value="exact", label="Exact"), Choice(value="fast", label="Fast (eight-bit)")),
        advanced=True,
    ),
    Field(
        name="threads",
        label="Processor cores for it",
        kind="choice",
        default="2",
        help="Two at most, and never more than there are. One leaves room for others on a small machine.",
        choices=(Choice(value="2", label="Two"), Choice(value="1", label="One")),
        advanced=True,
    ),
)


def _make(settings: Mapping[str, str]) -> Scorer:
    from plugins.rubric_score.fast import network
    from plugins.rubric_score.reader.fast import halves
    from plugins.rubric_score.reader.model import Reader
    from plugins.rubric_score.rounding import Trials
    from plugins.rubric_score.scorer import RubricScorer

    encoder, threads = (settings.get(field.name, field.default) for field in _FIELDS)
    chosen = (Trials(encoder), int(threads))
    return RubricScorer(partial(network, *chosen), partial(Reader, partial(halves, *chosen)))


@hookimpl
def shortlist_scorers() -> Iterable[ScorerEntry]:
    """The default scorer."""
    yield ScorerEntry(
        key="rubric",
        title="Rubric scorer",
        description=(
            "Looks for evidence of each requirement in the text: the words themselves and their usual "
            "spellings, sentences of the same meaning (all-MiniLM-L6-v2), deeds told in other words (a reader "
            "trained on it), and comparisons of years, degrees, language levels and certificates. Measured for "
            "English texts."
        ),
        make=_make,
        fields=_FIELDS,
    )
