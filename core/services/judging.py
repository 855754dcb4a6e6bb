"""Asks a scorer about what is not known yet: kept judgements of the same texts are not asked for again."""

import asyncio
import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from core.registry import ScorerFailed
from core.screening import Assessed, Prepared, Seen, Submission, Thresholds, conclude, prepare
from core.screening.reuse import Kept, added_up, by_questions, input_key, kept_of, missing, recalled
from core.sdk.scorer import Judgement, Requirement, Rubric
from core.services.runtime import runtime
from core.services.scorers import Ready, try_out
from core.store import judged
from core.store.documents import Stored


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One application to be judged; `kept` holds for exactly these texts and this scorer."""

    application: UUID
    submission: Submission
    inputs: dict[str, str]
    key: str
    kept: Kept | None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """An application with its score and what it rests on."""

    entry: Entry
    seen: Seen
    assessed: Assessed


def hashes(submission: Submission, files: Sequence[Stored]) -> dict[str, str]:
    """The SHA-256 of each input by name: of the file it came in, or of the text where there was none."""
    found = {name: _sha256(text) for name, text in submission.texts.items()}
    for kind in ("resume", "cover_letter"):
        of_kind = [file for file in files if file.kind == kind and file.sha256]
        read = [file for file in of_kind if file.text and file.text.reading == "read"]
        if read or (of_kind and submission.unreadable):
            found[kind] = (read or of_kind)[0].sha256
    return found


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


async def entries_of(
    scorer: Ready, submissions: Mapping[UUID, tuple[Submission, dict[str, str]]]
) -> list[Entry]:
    """The applications with what is kept of them; runs in a tenant's transaction."""
    kept = await judged.of_applications(list(submissions), scorer.key)
    found = []
    for application, (submission, inputs) in submissions.items():
        key, before = input_key(submission), kept.get(application)
        holds = before is not None and (before.input_key, before.scorer_version) == (key, scorer.version)
        found.append(
            Entry(
                application=application,
                submission=submission,
                inputs=inputs,
                key=key,
                kept=before.kept if before is not None and holds else None,
            )
        )
    return found


async def judge(
    scorer: Ready, rubric: Rubric, thresholds: Thresholds, entries: Sequence[Entry]
) -> list[Outcome]:
    """The outcome of each application, in order. Raises ScorerFailed and Nonsense."""
    asked = [missing(rubric, entry.kept) for entry in entries]
    unknown = [
        place for place, entry in enumerate(entries) if entry.kept is None or asked[place]
    ]  # These need their text; all others are added up from what is kept.
    texts = await asyncio.to_thread(lambda: {place: prepare(entries[place].submission) for place in unknown})
    fresh = await _ask(scorer, rubric.version, texts, asked)
    return [
        _outcome(rubric, thresholds, entry, texts.get(place), fresh.get(place, ()))
        for place, entry in enumerate(entries)
    ]


async def judge_page(
    scorer: Ready, rubric: Rubric, thresholds: Thresholds, entries: Sequence[Entry]
) -> list[Outcome | None]:
    """As `judge`, but one application with which a scorer cannot cope does not hold up the others.

    None stands for such an application: its answer is unusable although the scorer answers other questions.
    """
    try:
        return list(await judge(scorer, rubric, thresholds, entries))
    except ScorerFailed as error:
        if error.kind != "BadData":
            raise
    return [await _alone(scorer, rubric, thresholds, entry) for entry in entries]


async def _alone(scorer: Ready, rubric: Rubric, thresholds: Thresholds, entry: Entry) -> Outcome | None:
    try:
        (found,) = await judge(scorer, rubric, thresholds, [entry])
    except ScorerFailed as error:
        if error.kind != "BadData":
            raise
        await try_out(scorer.key, scorer.settings)
        return None
    return found


async def _ask(
    scorer: Ready,
    version: int,
    texts: Mapping[int, Prepared],
    asked: Sequence[tuple[Requirement, ...]],
) -> dict[int, tuple[Judgement, ...]]:
    worth = [
        requirements if place in texts and texts[place].worth_judging else ()
        for place, requirements in enumerate(asked)
    ]
    answers: dict[int, tuple[Judgement, ...]] = {}
    for requirements, places in by_questions(worth).items():
        question = Rubric(requirements=requirements, version=version)
        materials = [texts[place].material for place in places]
        found = await runtime().scorers.judge(scorer.key, scorer.settings, question, materials)
        answers |= dict(zip(places, found, strict=True))
    return answers


def _outcome(
    rubric: Rubric,
    thresholds: Thresholds,
    entry: Entry,
    prepared: Prepared | None,
    fresh: Sequence[Judgement],
) -> Outcome:
    if prepared is None:
        assert entry.kept is not None, "without anything kept the text was prepared"
        return Outcome(entry=entry, seen=entry.kept.seen, assessed=added_up(rubric, entry.kept, thresholds))
    known = {j.requirement_id: j for j in (*(recalled(rubric, entry.kept) if entry.kept else ()), *fresh)}
    in_order = [known[r.id] for r in rubric.requirements if r.id in known]
    assessed = conclude(rubric, prepared, in_order or None, thresholds)
    return Outcome(entry=entry, seen=prepared.seen, assessed=assessed)


async def keep(scorer: Ready, rubric: Rubric, outcomes: Sequence[Outcome | None]) -> None:
    """Keep what was judged for the next rubric."""
    await judged.keep(
        scorer.key,
        [
            judged.Judged(
                application=outcome.entry.application,
                scorer_version=scorer.version,
                input_key=outcome.entry.key,
                kept=kept_of(rubric, outcome.seen, outcome.assessed, outcome.entry.kept),
            )
            for outcome in outcomes
            if outcome is not None
            if outcome.entry.kept is None or missing(rubric, outcome.entry.kept)
        ],
    )
