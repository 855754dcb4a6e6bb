from collections.abc import Callable
from datetime import date

import pytest

from core.screening import extract
from core.sdk import Judgement, Material, Requirement, Rubric, Source
from plugins.keyword_score.scorer import KeywordScorer

Judge = Callable[..., Judgement]


@pytest.fixture
def judge() -> Judge:
    """Judges one demand, as the extraction types it, against one text."""

    def one(demand: str | Requirement, text: str) -> Judgement:
        if isinstance(demand, str):
            (demand,) = extract(f"Requirements:\n- {demand}").requirements
        material = Material(id="1", sources=(Source(name="resume", text=text),), as_of=date(2026, 11, 1))
        ((judgement,),) = KeywordScorer().judge(Rubric(requirements=(demand,)), [material])
        return judgement

    return one
