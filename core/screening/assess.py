"""From an application's texts to its score sheet: de-identify, judge, verify, add up.

The scorer's part is left out of `prepare` and `conclude`, so that it can run in another process.
"""

import hashlib
from collections.abc import Sequence
from datetime import date

import msgspec

from core.screening.defences import Aside, blanked, find_asides, flags_of, without
from core.screening.deidentify import Deidentified, Identity, deidentify, recognised
from core.screening.points import LITTLE_TEXT, POORLY_READABLE, ScoreSheet, Thresholds, settle
from core.screening.verify import verify
from core.sdk.scorer import Judgement, Material, Rubric, Scorer, Source


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What one application consists of: texts by source name, and who it is by.

    `posting` is the plain text of the job it is for, so that what was copied from it is told apart.
    """

    id: str
    texts: dict[str, str]
    identity: Identity
    as_of: date
    has_hidden_text: bool = False
    poorly_readable: bool = False
    unreadable: bool = False
    posting: str = ""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was judged, without a word of it: enough to add up again and to sign.

    `digest` is that of all a scorer saw, `sources` are SHA-256 by source; `asides` are passages written for
    a machine, which are shown to people and, unless they are lists, to no scorer.
    """

    digest: str
    sources: dict[str, str]
    characters: int
    as_of: date
    flags: tuple[str, ...]
    unreadable: bool
    asides: tuple[Aside, ...] = ()

    @property
    def worth_judging(self) -> bool:
        """False when there is nothing to score and so must be no score."""
        return self.characters >= LITTLE_TEXT and not self.unreadable


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """The material a scorer may see, with the way back to the original texts."""

    material: Material
    submission: Submission
    maps: dict[str, Deidentified]
    seen: Seen

    @property
    def worth_judging(self) -> bool:
        """False when there is nothing to score and so must be no score."""
        return self.seen.worth_judging


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A quote as people are shown it: where it stands in the original text of its source."""

    requirement_id: str
    source: str
    quote: str
    start: int
    end: int


class Assessed(msgspec.Struct, frozen=True, kw_only=True):
    """A score sheet with its quotes: `judgements` in the scorer's text, `shown` in the original's."""

    sheet: ScoreSheet
    judgements: tuple[Judgement, ...] = ()
    shown: tuple[Shown, ...] = ()
    asides: tuple[Aside, ...] = ()


def prepare(submission: Submission) -> Prepared:
    """Take out who the person is, and what was written for a machine; the rest is all a scorer ever sees."""
    asides = find_asides(submission.texts, submission.posting)
    kept = {
        name: without(text, [aside for aside in asides if aside.source == name])
        for name, text in sorted(submission.texts.items())
    }
    whole = "\n\n".join(kept[name] for name in ("resume", "cover_letter") if name in kept)
    identity = recognised(whole, submission.identity)
    maps = {name: deidentify(text, identity) for name, text in kept.items()}
    sources = tuple(Source(name=name, text=found.text) for name, found in maps.items())
    material = Material(id=submission.id, sources=sources, as_of=submission.as_of)
    return Prepared(
        material=material, submission=submission, maps=maps, seen=_seen(sources, submission, asides)
    )


def _seen(sources: tuple[Source, ...], submission: Submission, asides: tuple[Aside, ...]) -> Seen:
    everything = msgspec.json.encode((sources, submission.as_of, submission.unreadable))
    return Seen(
        digest=hashlib.sha256(everything).hexdigest(),
        sources={source.name: hashlib.sha256(source.text.encode()).hexdigest() for source in sources},
        characters=sum(len(source.text) for source in sources) - blanked(asides),
        as_of=submission.as_of,
        flags=(
            *(("hidden_text",) if submission.has_hidden_text else ()),
            *flags_of(asides),
            *((POORLY_READABLE,) if submission.poorly_readable else ()),
        ),
        unreadable=submission.unreadable,
        asides=asides,
    )


def conclude(
    rubric: Rubric, prepared: Prepared, judgements: Sequence[Judgement] | None, thresholds: Thresholds
) -> Assessed:
    """Verify and add up; None for judgements means nothing was judged. Raises Nonsense."""
    if judgements is None or prepared.submission.unreadable:
        return add_up(rubric, prepared.seen, None, (), thresholds)
    verify(rubric, prepared.material, judgements)
    shown = tuple(
        _shown(prepared, judgement.requirement_id, evidence.source, evidence.start, evidence.end)
        for judgement in judgements
        for evidence in judgement.evidence
    )
    return add_up(rubric, prepared.seen, judgements, shown, thresholds)


def add_up(
    rubric: Rubric,
    seen: Seen,
    judgements: Sequence[Judgement] | None,
    shown: tuple[Shown, ...],
    thresholds: Thresholds,
) -> Assessed:
    """The score of what was judged and verified before; None for judgements means nothing was judged."""
    if seen.unreadable:
        return Assessed(sheet=_without(rubric, "unreadable", seen.flags), asides=seen.asides)
    if judgements is None:
        return Assessed(sheet=_without(rubric, "not_enough_information", seen.flags), asides=seen.asides)
    sheet = settle(rubric, judgements, thresholds, characters=seen.characters, flags=seen.flags)
    return Assessed(sheet=sheet, judgements=tuple(judgements), shown=shown, asides=seen.asides)


def _without(rubric: Rubric, status: str, flags: tuple[str, ...]) -> ScoreSheet:
    sheet = settle(rubric, (), Thresholds(), characters=0, flags=flags)
    if status == "unreadable":
        return msgspec.structs.replace(sheet, status="unreadable", band="unreadable")
    return sheet


def _shown(prepared: Prepared, requirement: str, source: str, start: int, end: int) -> Shown:
    first, last = prepared.maps[source].original(start, end)
    return Shown(
        requirement_id=requirement,
        source=source,
        quote=prepared.submission.texts[source][first:last],
        start=first,
        end=last,
    )


def assess(
    scorer: Scorer, rubric: Rubric, submissions: Sequence[Submission], thresholds: Thresholds
) -> list[Assessed]:
    """All of it in this process, for the command line and for tests."""
    return judge_all(scorer, rubric, [prepare(submission) for submission in submissions], thresholds)


def judge_all(
    scorer: Scorer, rubric: Rubric, prepared: Sequence[Prepared], thresholds: Thresholds
) -> list[Assessed]:
    """Judge what is worth judging, in one call of the scorer, and add up; in order."""
    asked = [entry for entry in prepared if entry.worth_judging and rubric.requirements]
    answers = scorer.judge(rubric, [entry.material for entry in asked]) if asked else ()
    judged = {entry.material.id: answer for entry, answer in zip(asked, answers, strict=True)}
    return [conclude(rubric, entry, judged.get(entry.material.id), thresholds) for entry in prepared]
