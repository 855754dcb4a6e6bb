from collections.abc import Callable
from datetime import date

import pytest

from core.screening import extract
from core.sdk import Judgement, Material, Requirement, Rubric, Source
from plugins.rubric_score.scorer import RubricScorer

Judge = Callable[..., Judgement]


@pytest.fixture(scope="session")
def scorer() -> RubricScorer:
    return RubricScorer()


@pytest.fixture(scope="session")
def judge(scorer: RubricScorer) -> Judge:
    """Judges one demand, as the extraction types it, against one text."""

    def one(demand: str | Requirement, text: str, as_of: date = date(2026, 11, 1)) -> Judgement:
        if isinstance(demand, str):
            (demand,) = extract(f"Requirements:\n- {demand}").requirements
        material = Material(id="1", sources=(Source(name="resume", text=text),), as_of=as_of)
        ((judgement,),) = scorer.judge(Rubric(requirements=(demand,)), [material])
        return judgement

    return one
