"""What stands on the cards of the board and above it, as the screens want it."""

from typing import TypedDict

from core.domain.words import BAND_LABEL, CATEGORIES
from core.services import board, jobs
from ui.words import day, in_days, iso


class CardView(TypedDict):
    """A card."""

    id: str
    name: str
    initials: str
    label: str
    score: str
    points: str
    band: str
    band_label: str
    first: str
    first_match: str
    second: str
    second_match: str
    gap: str
    gap_match: str
    age: str
    since: str
    turn: str
    comments: int
    hidden: bool
    status: str
    decided_by: str
    decider: str
    stale: bool
    write_state: str


class BoardHead(TypedDict):
    """What stands above the board."""

    title: str
    state: str
    source: str
    integration: str
    stale: str
    url: str
    synced: str
    problem: str
    scoring: int
    total: int


NO_HEAD = BoardHead(
    title="", state="", source="", integration="", stale="", url="", synced="", problem="", scoring=0, total=0
)
_STALE = {"needs_attention": "needs attention", "paused": "is paused", "disconnected": "is disconnected"}
_TURN = {"recruiter": "Recruiter", "hiring_manager": "Manager", "candidate": "Candidate"}


def card_view(card: board.Card) -> CardView:
    """A card in words."""
    first, second, *_ = (*card.reasons, None, None)
    label = BAND_LABEL.get(card.band, "Waiting for its score")
    said = "no score" if card.score is None else f"{card.score} of 100"
    return CardView(
        id=str(card.id),
        name=card.name or "No name",
        initials=card.initials or "–",
        label=f"{card.name or 'No name'}, {said}, {label}",
        score="–" if card.score is None else str(card.score),
        points="" if card.score is None else str(card.score),
        band=card.band,
        band_label=label,
        first=first.text if first else "",
        first_match=first.match if first else "",
        second=second.text if second else "",
        second_match=second.match if second else "",
        gap=card.gap.text if card.gap else "",
        gap_match=card.gap.match if card.gap else "",
        age=in_days(card.days_in_category),
        since=f"In this column: {in_days(card.days_in_category)}. Applied {day(card.applied_at)}.",
        turn=_TURN.get(card.whose_turn, card.whose_turn),
        comments=card.comments,
        hidden="hidden_text" in card.flags,
        status=card.status_name,
        decided_by=card.decided_by,
        decider="".join(word[0].upper() for word in card.decided_by.split()[:2]),
        stale=card.stale,
        write_state=card.write_state,
    )


def board_head(head: jobs.JobHead) -> BoardHead:
    """The job above its board."""
    return BoardHead(
        title=head.title,
        state=head.state.capitalize(),
        source=head.source_title,
        integration=f"/settings/integrations/{head.source_id}",
        stale=_stale(head),
        url=head.url,
        synced=iso(head.synced_at),
        problem=head.problem,
        scoring=head.scoring,
        total=sum(getattr(head.counts, category) for category in CATEGORIES),
    )


def waiting(head: BoardHead) -> str:
    """How many have no up-to-date score yet, in words; empty when all have."""
    if not head["scoring"]:
        return ""
    # Without requirements nobody is being scored, however long one waits.
    return (
        waiting_for_requirements(head["scoring"])
        if head["problem"]
        else f"{head['scoring']} still being scored"
    )


def waiting_for_requirements(count: int) -> str:
    """What is said of applications of a job nobody has named requirements for."""
    return f"{count} {'waits' if count == 1 else 'wait'} for requirements"


def _stale(head: jobs.JobHead) -> str:
    happened = _STALE.get(head.source_state, "")
    return f"{head.source_title} {happened}: what changes there does not arrive here." if happened else ""
