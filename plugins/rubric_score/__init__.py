"""Judges requirement by requirement: words, meaning, and comparisons of years, degrees and levels."""

from collections.abc import Iterable, Mapping

from core.sdk import Scorer, ScorerEntry, hookimpl


def _make(settings: Mapping[str, str]) -> Scorer:
    from plugins.rubric_score.scorer import RubricScorer

    return RubricScorer()


@hookimpl
def shortlist_scorers() -> Iterable[ScorerEntry]:
    """The default scorer."""
    yield ScorerEntry(
        key="rubric",
        title="Rubric scorer",
        description=(
            "Looks for evidence of each requirement in the text: the words themselves and their usual "
            "spellings, sentences of the same meaning (all-MiniLM-L6-v2), and comparisons of years, degrees, "
            "language levels and certificates. Measured for English texts."
        ),
        make=_make,
    )
