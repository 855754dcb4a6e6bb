"""A scorer: the words stand in the text, or the text does not say."""

import re
from collections.abc import Mapping, Sequence

from core.sdk import Evidence, Judgement, Material, Requirement, Rubric


class KeywordScorer:
    """Implements `core.sdk.Scorer`."""

    version = "1"

    def __init__(self, settings: Mapping[str, str]) -> None:
        """This scorer declares no fields, so `settings` is empty."""

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """One tuple per material, one judgement per requirement, both in the order they came."""
        return [
            tuple(_judged(requirement, material) for requirement in rubric.requirements)
            for material in materials
        ]


def _judged(requirement: Requirement, material: Material) -> Judgement:
    for words in requirement.alternatives or (requirement.text,):
        pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)
        for source in material.sources:
            if found := pattern.search(source.text):
                quote = Evidence(
                    source=source.name, quote=found.group(), start=found.start(), end=found.end()
                )
                return Judgement(
                    requirement_id=requirement.id,
                    match="met",
                    reason=f"The text says “{found.group()}”.",
                    evidence=(quote,),
                )
    return Judgement(requirement_id=requirement.id, match="not_stated", reason="The text does not say.")
