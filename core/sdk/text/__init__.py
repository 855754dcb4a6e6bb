"""Reading words: sentences with offsets, quantities, and a lexicon of skills. Light, no model."""

from core.sdk.text.lexicon import Lexicon, Skill, default_lexicon
from core.sdk.text.quantities import (
    DEGREES,
    LEVELS,
    Span,
    cefr_levels,
    date_ranges,
    degrees,
    languages,
    months_between,
    year_amounts,
)
from core.sdk.text.sentences import Sentence, sentences

__all__ = [
    "DEGREES",
    "LEVELS",
    "Lexicon",
    "Sentence",
    "Skill",
    "Span",
    "cefr_levels",
    "date_ranges",
    "default_lexicon",
    "degrees",
    "languages",
    "months_between",
    "sentences",
    "year_amounts",
]
