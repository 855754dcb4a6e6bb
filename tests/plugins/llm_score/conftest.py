from collections.abc import Callable, Iterator, Mapping

import pytest

from core.registry import OwnCalls, open_http
from core.sdk.scorer import Connected, ScorerEntry
from core.sdk.testing.model import ModelService
from plugins.llm_score import shortlist_scorers
from plugins.llm_score.scorer import LlmScorer

Connect = Callable[..., Connected]


@pytest.fixture
def entry() -> ScorerEntry:
    (found,) = shortlist_scorers()
    return found


@pytest.fixture
def service() -> Iterator[ModelService]:
    with ModelService(key="sk-right") as running:
        yield running


@pytest.fixture
def connect(service: ModelService, entry: ScorerEntry) -> Connect:
    """A fresh scorer that asks the service over real HTTP, through the guard every scorer calls through."""

    def made(*, patience: float = 60.0, **changed: str) -> Connected:
        settings: Mapping[str, str] = {
            "base_url": service.url, "model": "toy", "api_key": "sk-right", "timeout": "20", **changed
        }  # fmt: skip
        calls = OwnCalls(lambda: open_http(entry, settings, patience=patience))
        return Connected(LlmScorer(settings), calls)

    return made
