"""Judges each requirement with what fits its kind: names, scales, years, and meaning where words differ."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz

from core.sdk import Judgement, Material, Requirement, Rubric
from core.sdk.scorer import Match
from core.sdk.text import months_within
from plugins.rubric_score.amounts import asks_amount, judge_amount
from plugins.rubric_score.availability import judge_availability
from plugins.rubric_score.clauses import Place
from plugins.rubric_score.deeds import asks_for_deeds
from plugins.rubric_score.demands import Demand, demand_of, together
from plugins.rubric_score.driving import judge_driving
from plugins.rubric_score.education import judge_education
from plugins.rubric_score.language import judge_language
from plugins.rubric_score.model import WEIGHTS_SHA256, Exact, Model, Network, Vectors
from plugins.rubric_score.papers import asks_for_paper, is_graded_paper, judge_certificate, standing
from plugins.rubric_score.permits import judge_permit
from plugins.rubric_score.recency import recent_part, too_long_ago
from plugins.rubric_score.seniority import asked_rank, judge_seniority
from plugins.rubric_score.senses import other_sense
from plugins.rubric_score.skills import judge_skills, judge_words, names_of, names_only_products, shows_any
from plugins.rubric_score.text import Read, Statement, judged, read
from plugins.rubric_score.words import stems
from plugins.rubric_score.years import judge_years, subject_of

VERSION: Final = "8"
_MET: Final = 0.56
_PARTLY: Final = 0.45
_LONGEST: Final = 400
_STEPS: Final = 1000
"""Similarities are compared in thousandths: far coarser than what differs between machines."""
_FEW_WORDS: Final = 2
_LADDERS: Final[dict[str, Callable[[Requirement, Read], Judgement | None]]] = {
    "education": judge_education,
    "language": judge_language,
    "certification": judge_certificate,
}
"""Kinds judged by their scale alone: likeness of meaning says nothing about a degree."""


class RubricScorer:
    """See the package's docstring; implements `core.sdk.Scorer`."""

    def __init__(self, open_network: Callable[[], Network] = Exact) -> None:
        self._open = open_network
        self._model: Model | None = None

    @cached_property
    def _network(self) -> Network:
        return self._open()

    @property
    def version(self) -> str:
        """The code's version, the model's weights and what computes with them."""
        return f"{VERSION}+minilm.{WEIGHTS_SHA256[:12]}.{self._network.name}"

    @property
    def loaded(self) -> bool:
        """True once something needed the model."""
        return self._model is not None

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        """See `core.sdk.Scorer.judge`."""
        reads = [read(material) for material in materials]
        demands = [demand_of(requirement) for requirement in rubric.requirements]
        meaning = Meaning(self._encode)
        meaning.foresee(_to_compare(demands, reads))
        return [tuple(self._judged(demand, found, meaning) for demand in demands) for found in reads]

    def _judged(self, demand: Demand, found: Read, meaning: "Meaning") -> Judgement:
        recent = recent_part(demand.requirement, found)
        if recent is None:
            return self._whole(demand, found, meaning)
        now = self._whole(demand, recent, meaning)
        if now.match in {"met", "partly"}:
            return now
        return too_long_ago(demand.requirement, found, self._whole(demand, found, meaning))

    def _whole(self, demand: Demand, found: Read, meaning: "Meaning") -> Judgement:
        judgements = [self._one(part, found, meaning) for part in demand.parts]
        return together(demand.requirement, demand.needed, judgements) if demand.several else judgements[0]

    def _encode(self, texts: Iterable[str]) -> dict[str, Vectors]:
        if self._model is None:
            self._model = Model(self._network)
        return self._model.encode(texts)

    def _one(self, requirement: Requirement, found: Read, meaning: "Meaning") -> Judgement:
        by_kind = self._by_kind(requirement, found, meaning)
        if by_kind is not None:
            return by_kind
        if requirement.category in _LADDERS:
            return judged(requirement.id, "not_stated", "The text does not say.")
        return self._by_meaning(requirement, found, meaning)

    def _by_kind(self, requirement: Requirement, found: Read, meaning: "Meaning") -> Judgement | None:
        if said := _by_permission(requirement, found):
            return said
        if asks_for_size(requirement) and (
            said := judge_availability(requirement, found)
            or judge_amount(requirement, found, meaning.similar)
        ):
            return said
        if rank := judge_seniority(requirement, found, meaning.similar):
            return rank
        if requirement.years and requirement.category not in _LADDERS:
            return judge_years(requirement, found, meaning.similar) or _without_years(requirement, found)
        return _by_name(requirement, found)

    def _by_meaning(self, requirement: Requirement, found: Read, meaning: "Meaning") -> Judgement:
        """Every part of a sentence close in meaning is weighed and the best news counts: more never hurts."""
        best: Weighed | None = None
        for statement in filter(may_bear_on(requirement), found.statements):
            weighed = self._weighed(requirement, statement, found, meaning)
            if weighed and (best is None or weighed[:2] > best[:2]):
                best = weighed
        if best is None:
            return judged(requirement.id, "not_stated", "The text does not say.")
        return judged(requirement.id, best[2], best[3], best[4])

    def _weighed(
        self, requirement: Requirement, statement: Statement, found: Read, meaning: "Meaning"
    ) -> "Weighed | None":
        """The best news of one sentence; a denial in the requirement's own words is not outweighed by likeness."""
        news: list[Weighed] = []
        for start, end in statement.places():
            text = statement.text[start:end]
            likeness = max(meaning.similar(asked, text) for asked in compared_texts(requirement))
            if likeness >= _PARTLY and (
                one := _weigh(requirement, statement, (start, end), likeness, found.as_of)
            ):
                news.append(one)
        denials = [one for one in news if one[0] == 1]
        if denials and _denied_in_words(requirement, statement):
            return max(denials, key=lambda one: one[:2])
        return max(news, key=lambda one: one[:2], default=None)


def _to_compare(demands: Sequence[Demand], reads: Sequence[Read]) -> set[str]:
    """Every text whose meaning will be asked for, so that a page is one run of the model."""
    texts: set[str] = set()
    for found in reads:
        asked = [part for demand in demands for part in demand.parts if _is_weighed(demand, part, found)]
        for statement in found.statements:
            if asked and comparable(statement, asked):
                texts |= {statement.text[start:end] for start, end in statement.places()}
        texts |= {compared for requirement in asked for compared in compared_texts(requirement)}
    return texts


def _is_weighed(demand: Demand, part: Requirement, found: Read) -> bool:
    """Whether likeness may decide: always where sizes, ranks, years or times are asked, else where names do not."""
    if part.category in _LADDERS:
        return False
    if part.years or asks_for_size(part) or asked_rank(part) is not None:
        return True
    if months_within(demand.requirement.text) is not None:
        return True
    return not (_by_permission(part, found) or _by_name(part, found))


def _by_permission(requirement: Requirement, found: Read) -> Judgement | None:
    return judge_driving(requirement, found) or judge_permit(requirement, found)


def _by_name(requirement: Requirement, found: Read) -> Judgement | None:
    """What can be judged without the model."""
    ladder = _LADDERS.get(requirement.category)
    if ladder:
        return (judge_certificate if is_graded_paper(requirement) else ladder)(requirement, found)
    if said := judge_availability(requirement, found):
        return said
    if asks_for_paper(requirement) and (held := judge_certificate(requirement, found)):
        return held
    return judge_skills(requirement, found) or judge_words(requirement, found)


Weighed = tuple[int, float, Match, str, Statement]
"""(rank, likeness, match, reason, statement)"""


def may_bear_on(requirement: Requirement) -> Callable[[Statement], bool]:
    """Rules out statements that are not about the requirement however alike they read."""
    names = proper_names(requirement)
    products = names_of(requirement) if names_only_products(requirement) else ()

    def may(statement: Statement) -> bool:
        if len(statement.text.split()) <= _FEW_WORDS:
            return False
        if statement.lacks_paper(requirement.text) or (names and not _mentions(names, statement.text)):
            return False
        return not products or shows_any(products, statement)

    return may


def proper_names(requirement: Requirement) -> frozenset[str]:
    """Products and methods the requirement names: what does not mention one is not about it."""
    words = re.findall(r"[^\W_][\w.+#-]*", requirement.text)
    later = words if len(words) == 1 else words[1:]
    found = (word for word in later if word[0].isupper() or any(c.isupper() for c in word[1:]))
    return frozenset(word.strip(".").lower() for word in found) - _NOT_NAMES


_NOT_NAMES: Final = frozenset(
    {"i", "it", "ii", "uk", "us", "usa", "eu", "english", "german", "the", "a", "or", "and"}
    | {"bachelor", "master", "degree"}
)
_SPELT_ALIKE: Final = 88


def _mentions(names: frozenset[str], text: str) -> bool:
    words = [word.lower() for word in re.findall(r"[^\W_][\w+#-]*", text)]
    return any(
        name in words or (len(name) > 4 and any(fuzz.ratio(name, word) >= _SPELT_ALIKE for word in words))
        for name in names
    )


def _weigh(
    requirement: Requirement, statement: Statement, place: Place, likeness: float, as_of: date
) -> Weighed | None:
    sure = likeness >= _MET
    start, end = _where(requirement, statement, place)
    if not statement.is_own(start, end) or other_sense(requirement.text, statement.text):
        return None
    if asks_for_paper(requirement):
        rank, match, reason = standing(statement, start, end, as_of)
        return (rank, likeness, match, reason, statement) if sure else None
    if statement.denies(start, end):
        return (1, likeness, "not_met", "The text says otherwise.", statement) if sure else None
    if statement.intends(start, end):
        return (2, likeness, "not_met", "A plan, not something done.", statement)
    if sure and statement.deed and not requirement.years:
        return (9, likeness, "met", "The text says so in other words.", statement)
    if not statement.deed and asks_for_deeds(requirement.category, requirement.text):
        return None
    if not statement.deed and requirement.category == "other":
        return None
    return (5, likeness, "partly", "The text says something close to it.", statement)


def _denied_in_words(requirement: Requirement, statement: Statement) -> bool:
    wanted = stems(requirement.text)
    shared = wanted & stems(statement.text)
    return len(shared) * 2 >= len(wanted) and statement.denies(*statement.place_of(shared))


def _where(requirement: Requirement, statement: Statement, place: Place) -> Place:
    """The requirement's own words within the place where it names some, else the place."""
    text = statement.text[place[0] : place[1]]
    wanted = stems(requirement.text) & stems(text)
    if not wanted:
        return place
    start, end = statement.place_of(wanted)
    return (start, end) if place[0] <= start and end <= place[1] else place


def _without_years(requirement: Requirement, found: Read) -> Judgement | None:
    """The subject is shown but no amount of time: half of it is known."""
    by_name = judge_skills(requirement, found)
    if by_name is None or by_name.match in {"not_met", "not_stated"}:
        return by_name
    return Judgement(
        requirement_id=requirement.id,
        match="partly",
        reason="It is there; how many years, the text does not say.",
        evidence=by_name.evidence,
    )


def key(text: str) -> str:
    """What of a text the model is given."""
    return text[:_LONGEST]


class Meaning:
    """How alike two texts are, in thousandths; what was foreseen is encoded at once, the rest when asked for."""

    def __init__(self, encode: Callable[[Iterable[str]], dict[str, Vectors]]) -> None:
        self._encode = encode
        self._vectors: dict[str, Vectors] = {}

    def foresee(self, texts: Iterable[str]) -> None:
        """Encode these now."""
        keys = {key(text) for text in texts}
        if keys:
            self._vectors |= self._encode(keys)

    def similar(self, one: str, other: str) -> float:
        """The cosine of their vectors, rounded to thousandths."""
        missing = {key(one), key(other)} - self._vectors.keys()
        if missing:
            self.foresee(missing)
        product = float(self._vectors[key(one)] @ self._vectors[key(other)])
        return round(product * _STEPS) / _STEPS


def asks_for_size(requirement: Requirement) -> bool:
    """True when a number of people, sites or money decides."""
    return not requirement.years and requirement.category not in _LADDERS and asks_amount(requirement)


def compared_texts(requirement: Requirement) -> tuple[str, ...]:
    """What of the requirement is compared with sentences: all of it, and its subject."""
    return tuple(dict.fromkeys((requirement.text, subject_of(requirement))))


def comparable(statement: Statement, asked: Sequence[Requirement]) -> bool:
    """Very short lines are compared only where a duration's subject may stand in them."""
    return len(statement.text.split()) > _FEW_WORDS or any(requirement.years for requirement in asked)


__all__ = ["Meaning", "RubricScorer"]
