"""What a reading means beside what the comparators said: a small table of weights, fitted on files of others.

A multinomial logistic regression over three things: what the comparators said of the passage, how likely the reader
holds each match, and how near the passage is to the requirement. `tests/benchmarks/fit_weighing.py` fits it on
passages the reader was not trained on, and writes `weighing.json`.
"""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.sdk.scorer import Match
from plugins.rubric_score.reader import MATCHES, WORTH, Reading

WEIGHING_FILE: Final = Path(str(files("plugins.rubric_score.reader").joinpath("weighing.json")))
SILENT: Final = ("silent", "silent on years", "silent on a paper")
"""The comparators found nothing in the passage; where years, or a degree, language or certificate, are asked, it is
they who should have."""
NAMED: Final = "named"
"""Only a name stands there, which is partly a skill."""
STATES: Final = (*SILENT, NAMED, *(f"{match}{firm}" for match in MATCHES for firm in ("", " firmly")))
"""What the comparators said of a passage; firmly where a scale, a date, a number or a paper said it."""
_FLOOR: Final = 5
"""Thousandths added to each share of a reading before its logarithm is taken."""
_NEAR: Final = 0.6
_FAR: Final = 0.2


class Weighed(NamedTuple):
    """The likeliest match, and how much of the requirement is shown on average, 0 to 1."""

    match: Match
    worth: float


def features(state: str, reading: Reading, near: float) -> NDArray[np.float64]:
    """What the weights are for: (states + 4 + 2,)."""
    said = np.zeros(len(STATES))
    said[STATES.index(state)] = 1.0
    shares = (np.array(reading, np.float64) + _FLOOR) / (1000 + 4 * _FLOOR)
    return np.concatenate([said, np.log(shares), [min(near, _NEAR), max(0.0, _FAR - near)]])


def weigh(state: str, reading: Reading, near: float) -> Weighed:
    """What to make of a passage; decided in thousandths, the first of equals in the order of the matches."""
    weights, bias = _table()
    scores = weights @ features(state, reading, near) + bias
    raised = np.exp(scores - scores.max())
    shares = np.rint(raised / raised.sum() * 1000) / 1000
    return Weighed(MATCHES[int(shares.argmax())], round(float(shares @ np.array(WORTH)), 3))


@cache
def _table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    stored = json.loads(WEIGHING_FILE.read_text("utf-8"))
    if stored["states"] != list(STATES):
        raise RuntimeError(f"{WEIGHING_FILE} is of another version; fit it again.")
    return np.array(stored["weights"], np.float64), np.array(stored["bias"], np.float64)
