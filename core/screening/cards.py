"""What stands on a card of the board: the score in a few words."""

from collections.abc import Sequence

import msgspec

from core.screening.points import RequirementResult, ScoreSheet
from core.screening.reasons import biggest_gap, strongest
from core.sdk.scorer import Requirement, Rubric


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A requirement with how it was judged, short enough for a card."""

    text: str
    match: str


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """Two strongest reasons, the biggest gap, flags, and every match by requirement id for filters."""

    reasons: tuple[Reason, ...] = ()
    gap: Reason | None = None
    flags: tuple[str, ...] = ()
    matches: dict[str, str] = msgspec.field(default_factory=dict)


def card_of(requirements: Sequence[Requirement], sheet: ScoreSheet) -> Card:
    """The card of a score."""
    texts = {requirement.id: requirement.text for requirement in requirements}
    gap = biggest_gap(sheet, Rubric(requirements=tuple(requirements)))
    return Card(
        reasons=tuple(_reason(texts, row) for row in strongest(sheet) if row is not gap),
        gap=_reason(texts, gap) if gap else None,
        flags=sheet.flags,
        matches={row.requirement_id: row.match for row in sheet.results},
    )


def _reason(texts: dict[str, str], row: RequirementResult) -> Reason:
    return Reason(text=texts.get(row.requirement_id, "")[:80], match=row.match)
