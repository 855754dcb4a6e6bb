"""Finds the requirements of a job in its text, each tied to the sentence it comes from."""

from collections.abc import Sequence
from typing import Final

import msgspec

from core.screening.demands import Said, asks, may_ask
from core.screening.drafts import Draft, drafts_of
from core.screening.jobtext import segment
from core.screening.merging import merge
from core.screening.wishes import NICE_CUE
from core.sdk.scorer import Requirement, Rubric

_MUST: Final = 3
_UNCLEAR: Final = 2
_NICE: Final = 1
_SOFT: Final = 1
_MOST: Final = 40


def extract(source: str) -> Rubric:
    """The requirements of a job text (HTML or plain), in reading order, near-duplicates merged.

    Spans are character offsets into `plain_text(source)`. A text without requirements gives an empty
    rubric. The same text gives the same rubric.
    """
    text, lines = segment(source)
    worth = list(may_ask(lines))
    found = [(said, draft) for said in _looked_at(worth) if asks(said) for draft in drafts_of(said)]
    if not any(draft.must for _, draft in found):
        for said, draft in found:
            draft.must = said.part != "nice_to_have" and not NICE_CUE.search(draft.sentence)
    kept = merge([draft for _, draft in found])[:_MOST]
    assert all(text[draft.start : draft.end] for draft in kept), "spans lie in the text"
    return Rubric(requirements=tuple(_requirement(place, draft) for place, draft in enumerate(kept, start=1)))


def _looked_at(worth: Sequence[Said]) -> list[Said]:
    """The sentences with what the span model sees in them."""
    if not worth:
        return []
    from core.screening.spans.tagger import default_tagger  # loads NumPy and 90 MB of weights

    spans = default_tagger().find([said.text for said in worth])
    return [msgspec.structs.replace(said, spans=seen) for said, seen in zip(worth, spans, strict=True)]


def _requirement(place: int, draft: Draft) -> Requirement:
    return Requirement(
        id=f"r{place}",
        text=draft.text,
        category=draft.category,
        must_have=draft.must and draft.category != "personal_skill",
        weight=_weight(draft),
        span=(draft.start, draft.end),
        sentence=draft.sentence,
        years=draft.years,
        level=draft.level,
        alternatives=draft.alternatives,
    )


def _weight(draft: Draft) -> int:
    """A must of no known kind counts less than a skill: a text seldom shows clearly whether it is met."""
    if not draft.must:
        return _NICE
    return {"personal_skill": _SOFT, "other": _UNCLEAR}.get(draft.category, _MUST)
