from collections.abc import Callable
from datetime import date

import pytest

from core.screening import extract
from core.sdk import PASSAGE, Judgement, Material, Requirement, Rubric, Source
from plugins.rubric_score.scorer import RubricScorer

Judge = Callable[..., Judgement]


@pytest.fixture(scope="session")
def scorer() -> RubricScorer:
    return RubricScorer()


@pytest.fixture(scope="session")
def judge_each(scorer: RubricScorer) -> Callable[..., list[Judgement]]:
    """Judges one demand, as the extraction types it, against each of some texts in one run of the model.

    The texts are passages, unless their `source` is "resume".
    """

    def each(
        demand: str | Requirement, *texts: str, as_of: date = date(2026, 11, 1), source: str = PASSAGE
    ) -> list[Judgement]:
        if isinstance(demand, str):
            (demand,) = extract(f"Requirements:\n- {demand}").requirements
        materials = [
            Material(id=str(place), sources=(Source(name=source, text=text),), as_of=as_of)
            for place, text in enumerate(texts)
        ]
        return [judgement for (judgement,) in scorer.judge(Rubric(requirements=(demand,)), materials)]

    return each


@pytest.fixture(scope="session")
def judge(judge_each: Callable[..., list[Judgement]]) -> Judge:
    """Judges one demand against one passage."""

    def one(demand: str | Requirement, text: str, as_of: date = date(2026, 11, 1)) -> Judgement:
        return judge_each(demand, text, as_of=as_of)[0]

    return one


@pytest.fixture(scope="session")
def judge_resume(judge_each: Callable[..., list[Judgement]]) -> Judge:
    """Judges one demand against one resume."""

    def one(demand: str | Requirement, text: str, as_of: date = date(2026, 11, 1)) -> Judgement:
        return judge_each(demand, text, as_of=as_of, source="resume")[0]

    return one
