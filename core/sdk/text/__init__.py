"""Reading words: sentences with offsets, dates, degrees, languages, and a lexicon of skills. Light, no model."""

from core.sdk.text.dates import MONTHS, Span, date_ranges, months_between, number_of, year_amounts
from core.sdk.text.education import DEGREES, degrees
from core.sdk.text.groups import AnyOf, any_n_of
from core.sdk.text.language import LEVELS, cefr_levels, languages
from core.sdk.text.lexicon import Lexicon, Skill, default_lexicon
from core.sdk.text.recency import lengths_of_time, months_within, without_recency
from core.sdk.text.sentences import Sentence, sentences

__all__ = [
    "DEGREES",
    "LEVELS",
    "MONTHS",
    "AnyOf",
    "Lexicon",
    "Sentence",
    "Skill",
    "Span",
    "any_n_of",
    "cefr_levels",
    "date_ranges",
    "default_lexicon",
    "degrees",
    "languages",
    "lengths_of_time",
    "months_between",
    "months_within",
    "number_of",
    "sentences",
    "without_recency",
    "year_amounts",
]
