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
def judge_each(scorer: RubricScorer) -> Callable[..., list[Judgement]]:
    """Judges one demand, as the extraction types it, against each of some texts in one run of the model."""

    def each(demand: str | Requirement, *texts: str, as_of: date = date(2026, 11, 1)) -> list[Judgement]:
        if isinstance(demand, str):
            (demand,) = extract(f"Requirements:\n- {demand}").requirements
        materials = [
            Material(id=str(place), sources=(Source(name="resume", text=text),), as_of=as_of)
            for place, text in enumerate(texts)
        ]
        return [judgement for (judgement,) in scorer.judge(Rubric(requirements=(demand,)), materials)]

    return each


@pytest.fixture(scope="session")
def judge(judge_each: Callable[..., list[Judgement]]) -> Judge:
    """Judges one demand against one text."""

    def one(demand: str | Requirement, text: str, as_of: date = date(2026, 11, 1)) -> Judgement:
        return judge_each(demand, text, as_of=as_of)[0]

    return one
