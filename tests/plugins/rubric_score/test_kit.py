"""The default scorer holds to what every scorer must."""

import pytest

from core.sdk.testing import scorer_kit
from plugins.rubric_score.scorer import RubricScorer


@pytest.mark.parametrize("check", scorer_kit.CHECKS, ids=lambda check: check.__name__)
def test_it_holds_to_what_every_scorer_must(check: scorer_kit.Check) -> None:
    check(RubricScorer)
