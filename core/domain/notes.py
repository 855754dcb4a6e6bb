"""The words of the note that goes into the ATS."""

from collections.abc import Sequence

from core.domain.words import BAND_LABEL, CATEGORY_LABEL

_SIGN = {"met": "✓", "partly": "◐", "not_stated": "–", "not_met": "✗"}
_SAID = {"met": "met", "partly": "partly met", "not_stated": "not stated", "not_met": "not met"}


def note(
    *,
    score: int | None,
    band: str,
    category: str,
    decided_by: str,
    decision_reason: str,
    rows: Sequence[tuple[str, str, int, int]],
    explanation: str,
    link: str,
) -> str:
    """The note of one decision version; rows are (requirement, match, points, most points)."""
    head = f"Shortlist: {BAND_LABEL.get(band, band)}"
    if score is not None:
        head += f", {score} of 100 points"
    lines = [head]
    if decided_by:
        lines.append(f"Moved to {CATEGORY_LABEL.get(category, category)} by {decided_by}.")
        if decision_reason:
            lines.append(f"Reason: {decision_reason}")
    if explanation:
        lines.append(explanation)
    for text, match, points, most in rows:
        lines.append(f"{_SIGN[match]} {text}: {_SAID[match]} ({points}/{most})")
    if link:
        lines.append(f"Details: {link}")
    lines.append("A person decides; a score rejects nobody.")
    return "\n".join(lines)
