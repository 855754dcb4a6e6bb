"""Nothing a scorer says is believed before its quotes were found where it says they are."""

from collections.abc import Sequence

from core.sdk.scorer import Evidence, Judgement, Material, Rubric

_MATCHES = frozenset({"met", "partly", "not_stated", "not_met"})


class Nonsense(Exception):
    """A scorer's answer does not fit its question; nothing of it is used."""


def verify(rubric: Rubric, material: Material, judgements: Sequence[Judgement]) -> None:
    """Raises Nonsense unless there is one judgement per requirement, in order, with verbatim quotes."""
    expected = [requirement.id for requirement in rubric.requirements]
    given = [judgement.requirement_id for judgement in judgements]
    if given != expected:
        raise Nonsense("The scorer did not judge each requirement once, in order.")
    texts = {source.name: source.text for source in material.sources}
    for judgement in judgements:
        if judgement.match not in _MATCHES:
            raise Nonsense(f"The scorer gave an unknown match: {judgement.match[:40]!r}.")
        if (judgement.match == "not_stated") == bool(judgement.evidence):
            raise Nonsense("The scorer must quote the text for every match but “not stated”.")
        for evidence in judgement.evidence:
            _quoted(texts, evidence)


def _quoted(texts: dict[str, str], evidence: Evidence) -> None:
    text = texts.get(evidence.source)
    if text is None:
        raise Nonsense("The scorer quotes a source that does not exist.")
    if not evidence.quote or not 0 <= evidence.start < evidence.end <= len(text):
        raise Nonsense("The scorer quotes a place outside of the text.")
    if text[evidence.start : evidence.end] != evidence.quote:
        raise Nonsense("The scorer quotes words that do not stand there.")
