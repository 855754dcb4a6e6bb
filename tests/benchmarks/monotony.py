"""More good news must never be bad news: lines that support a requirement, added to resumes."""

import random
from collections.abc import Iterator, Sequence

import msgspec
from cases import AS_OF, Case, Pool
from peers import tf_idf

from core.screening import Thresholds
from core.screening.points import ScoreSheet, settle
from core.sdk.scorer import Judgement, Material, Requirement, Rubric, Scorer, Source

_SUPPORTS = frozenset({"met", "partly"})


class Addition(msgspec.Struct, frozen=True, kw_only=True):
    """A case, and a line to be added at a place."""

    case: Case
    line: str
    place: int

    @property
    def longer(self) -> tuple[str, ...]:
        """The resume with the line."""
        lines = self.case.lines
        return (*lines[: self.place], self.line, *lines[self.place :])


def additions(scorer: Scorer, pool: Pool, cases: Sequence[Case], dice: random.Random) -> Iterator[Addition]:
    """For each case a line that supports one of its requirements; cases without such a line are left out."""
    alone = [_alone(scorer, asked, lines) for asked, lines in zip(pool.requirements, pool.lines, strict=True)]
    for case in cases:
        names = {requirement.id for requirement in case.rubric.requirements}
        fit = [line for line, found in alone[case.job].items() if _supports(found, names)]
        if fit:
            yield Addition(case=case, line=dice.choice(fit), place=dice.randint(0, len(case.lines)))


def _alone(scorer: Scorer, asked: tuple[Requirement, ...], lines: Sequence[str]) -> dict[str, dict[str, str]]:
    """How each line by itself is judged: line to requirement to match."""
    judged = _judge(scorer, Rubric(requirements=asked), [(line,) for line in lines])
    return {
        line: {one.requirement_id: one.match for one in found}
        for line, found in zip(lines, judged, strict=True)
    }


def _supports(found: dict[str, str], names: set[str]) -> bool:
    matches = {found[name] for name in names}
    return bool(matches & _SUPPORTS) and "not_met" not in matches


def _judge(
    scorer: Scorer, rubric: Rubric, resumes: Sequence[Sequence[str]]
) -> Sequence[tuple[Judgement, ...]]:
    materials = [
        Material(id=str(n), sources=(Source(name="resume", text="\n".join(lines)),), as_of=AS_OF)
        for n, lines in enumerate(resumes)
    ]
    return scorer.judge(rubric, materials)


def lowered(scorer: Scorer, addition: Addition) -> bool:
    """Whether the line costs points, of one requirement or of the whole."""
    rubric, resumes = addition.case.rubric, (addition.case.lines, addition.longer)
    before, after = (
        settle(rubric, found, Thresholds(), characters=len("\n".join(lines)))
        for found, lines in zip(_judge(scorer, rubric, resumes), resumes, strict=True)
    )
    return _fell(before, after)


def _fell(before: ScoreSheet, after: ScoreSheet) -> bool:
    if before.score is not None and (after.score is None or after.score < before.score):
        return True
    rows = zip(before.results, after.results, strict=False)
    return any(one.points > other.points for one, other in rows)


def made_small(scorer: Scorer, addition: Addition) -> Addition:
    """The same violation with as few lines and requirements as it takes."""
    smaller = next((one for one in _smaller(addition) if lowered(scorer, one)), None)
    return addition if smaller is None else made_small(scorer, smaller)


def _smaller(addition: Addition) -> Iterator[Addition]:
    case = addition.case
    for n in range(len(case.rubric.requirements)):
        rest = (*case.rubric.requirements[:n], *case.rubric.requirements[n + 1 :])
        if rest:
            yield _with(addition, msgspec.structs.replace(case, rubric=Rubric(requirements=rest)), 0)
    for n in range(len(case.lines)):
        rest_lines = (*case.lines[:n], *case.lines[n + 1 :])
        yield _with(addition, msgspec.structs.replace(case, lines=rest_lines), int(n < addition.place))


def _with(addition: Addition, case: Case, earlier: int) -> Addition:
    return Addition(case=case, line=addition.line, place=addition.place - earlier)


def peer_lowers(addition: Addition) -> bool:
    """Whether TF-IDF finds the longer resume less like the job's requirements."""
    asked = "\n".join(requirement.text for requirement in addition.case.rubric.requirements)
    before, after = tf_idf(asked, ["\n".join(lines) for lines in (addition.case.lines, addition.longer)])
    return after < before
