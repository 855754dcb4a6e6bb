"""Looks for the words of each requirement in the text; no model, nothing but words and scales."""

from collections.abc import Iterable, Mapping

from core.sdk import Scorer, ScorerEntry, hookimpl


def _make(settings: Mapping[str, str]) -> Scorer:
    from plugins.keyword_score.scorer import KeywordScorer

    return KeywordScorer()


@hookimpl
def shortlist_scorers() -> Iterable[ScorerEntry]:
    """The scorer by words."""
    yield ScorerEntry(
        key="keywords",
        title="Keyword scorer",
        description=(
            "Finds the names and words of each requirement in the text, misspelt ones too, and nothing said in other "
            "words. A word alone is half of a skill and nothing of experience, a degree or a certificate. Small and "
            "fast; finds less than the rubric scorer. For English texts."
        ),
        make=_make,
    )
