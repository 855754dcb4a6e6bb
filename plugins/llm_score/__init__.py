"""Asks a language model for quotes, proves that they stand in the text, and judges by what they are said to show."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from core.sdk import CallingScorer, ScorerEntry, hookimpl
from plugins.llm_score.fields import FIELDS


def _make(settings: Mapping[str, str]) -> CallingScorer:
    from plugins.llm_score.scorer import LlmScorer

    return LlmScorer(settings)


def _hosts(settings: Mapping[str, str]) -> frozenset[str]:
    parts = urlsplit(settings.get("base_url", ""))
    if not parts.hostname:
        return frozenset()
    usual = parts.port in {None, 443 if parts.scheme == "https" else 80}
    return frozenset({parts.hostname if usual else f"{parts.hostname}:{parts.port}"})


@hookimpl
def shortlist_scorers() -> Iterable[ScorerEntry]:
    """The scorer that asks a model."""
    yield ScorerEntry(
        key="llm",
        title="Language model scorer",
        description=(
            "Sends each application's text, without name, contacts and schools, to the OpenAI-compatible service you "
            "enter, and asks for the words that bear on each requirement. Only quotes that stand in the text count; "
            "the model never gives a number. The same model may still answer otherwise after a restart or an update "
            "of its service, so results are less repeatable than the other scorers'."
        ),
        make=_make,
        fields=FIELDS,
        hosts=_hosts,
        sdk="1.1",
    )
