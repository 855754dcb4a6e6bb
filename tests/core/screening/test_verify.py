"""A scorer that answers nonsense gets a clear error and never a score."""

from datetime import date

import msgspec
import pytest

from core.screening import Nonsense, verify
from core.sdk.scorer import Evidence, Judgement, Material, Requirement, Rubric, Source

_TEXT = "Five years of nursing. No Spanish."
_RUBRIC = Rubric(
    requirements=(
        Requirement(id="r1", text="Nursing", category="hard_skill", must_have=True),
        Requirement(id="r2", text="Spanish", category="language", must_have=False),
    )
)
_MATERIAL = Material(id="1", sources=(Source(name="resume", text=_TEXT),), as_of=date(2026, 1, 1))
_GOOD = Judgement(
    requirement_id="r1",
    match="met",
    reason="",
    evidence=(Evidence(source="resume", quote="Five years", start=0, end=10),),
)
_SILENT = Judgement(requirement_id="r2", match="not_stated", reason="")


def _with(**changes: object) -> Judgement:
    return msgspec.structs.replace(_GOOD, evidence=(msgspec.structs.replace(_GOOD.evidence[0], **changes),))


def test_a_sound_answer_passes() -> None:
    verify(_RUBRIC, _MATERIAL, (_GOOD, _SILENT))


@pytest.mark.parametrize(
    ("judgements", "says"),
    [
        ((_GOOD,), "once, in order"),
        ((_SILENT, _GOOD), "once, in order"),
        ((_GOOD, _GOOD), "once, in order"),
        ((_GOOD, _SILENT, _SILENT), "once, in order"),
        ((msgspec.structs.replace(_GOOD, evidence=()), _SILENT), "must quote"),
        ((_GOOD, msgspec.structs.replace(_SILENT, evidence=_GOOD.evidence)), "must quote"),
        ((msgspec.structs.replace(_GOOD, match="excellent"), _SILENT), "unknown match"),
        ((_with(source="cover_letter"), _SILENT), "does not exist"),
        ((_with(quote="Six years", end=9), _SILENT), "do not stand there"),
        ((_with(start=1, end=11), _SILENT), "do not stand there"),
        ((_with(start=-34, end=-24), _SILENT), "outside"),
        ((_with(end=10_000), _SILENT), "outside"),
        ((_with(quote="", end=0), _SILENT), "outside"),
    ],
)
def test_nonsense_is_refused_in_words(judgements: tuple[Judgement, ...], says: str) -> None:
    with pytest.raises(Nonsense, match=says):
        verify(_RUBRIC, _MATERIAL, judgements)
