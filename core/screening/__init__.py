"""What a job asks, what a scorer may see, and how judgements become points. No I/O."""

from core.screening.asking import Ask, asks
from core.screening.assess import (
    Assessed,
    Prepared,
    Seen,
    Shown,
    Submission,
    assess,
    conclude,
    judge_all,
    prepare,
)
from core.screening.defences import Aside
from core.screening.deidentify import Deidentified, Identity, deidentify, recognised
from core.screening.extract import extract
from core.screening.jobtext import plain_text
from core.screening.points import (
    RequirementResult,
    ScoreSheet,
    Thresholds,
    band_for,
    cap_of,
    holding,
    max_points,
    settle,
)
from core.screening.reasons import biggest_gap, strongest
from core.screening.verify import Nonsense, verify

__all__ = [
    "Aside",
    "Ask",
    "Assessed",
    "Deidentified",
    "Identity",
    "Nonsense",
    "Prepared",
    "RequirementResult",
    "ScoreSheet",
    "Seen",
    "Shown",
    "Submission",
    "Thresholds",
    "asks",
    "assess",
    "band_for",
    "biggest_gap",
    "cap_of",
    "conclude",
    "deidentify",
    "extract",
    "holding",
    "judge_all",
    "max_points",
    "plain_text",
    "prepare",
    "recognised",
    "settle",
    "strongest",
    "verify",
]
