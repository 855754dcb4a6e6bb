"""From texts to a sheet: de-identified before the scorer sees it, verified after, quoted from the original."""

from collections.abc import Sequence
from datetime import date

import pytest

from core.screening import Identity, Nonsense, Submission, Thresholds, assess, prepare
from core.sdk.scorer import Evidence, Judgement, Material, Requirement, Rubric

_RUBRIC = Rubric(
    requirements=(
        Requirement(id="r1", text="nursing", category="hard_skill", must_have=True, weight=3),
        Requirement(id="r2", text="Spanish", category="language", must_have=False, weight=1),
    )
)
_CV = (
    "Anna Lee\nanna.lee@example.org\nAnna Lee led nursing on two wards for six years.\n"
    "She wrote the handover sheet that three other wards took over, and trained eleven colleagues in its use.\n"
)
_ANNA = Identity(names=("Anna", "Lee"), emails=("anna.lee@example.org",))


class WordScorer:
    """Finds the requirement's own words; the whole line is the quote."""

    version = "1"

    def __init__(self) -> None:
        self.seen: list[Material] = []

    def judge(self, rubric: Rubric, materials: Sequence[Material]) -> Sequence[tuple[Judgement, ...]]:
        self.seen += materials
        return [tuple(self._one(r, material) for r in rubric.requirements) for material in materials]

    def _one(self, requirement: Requirement, material: Material) -> Judgement:
        for source in material.sources:
            at = source.text.find(requirement.text)
            if at >= 0:
                start = source.text.rfind("\n", 0, at) + 1
                end = source.text.index("\n", at)
                quote = Evidence(source=source.name, quote=source.text[start:end], start=start, end=end)
                return Judgement(
                    requirement_id=requirement.id, match="met", reason="Named.", evidence=(quote,)
                )
        return Judgement(requirement_id=requirement.id, match="not_stated", reason="Not named.")


class LyingScorer(WordScorer):
    """Quotes what nobody wrote."""

    def _one(self, requirement: Requirement, material: Material) -> Judgement:
        quote = Evidence(source="resume", quote="ten years", start=0, end=9)
        return Judgement(requirement_id=requirement.id, match="met", reason="", evidence=(quote,))


def _submission(**changes: object) -> Submission:
    fields = {"id": "1", "texts": {"resume": _CV}, "identity": _ANNA, "as_of": date(2026, 11, 1)} | changes
    return Submission(**fields)  # type: ignore[arg-type]


def test_the_scorer_never_sees_who_it_is() -> None:
    scorer = WordScorer()
    assess(scorer, _RUBRIC, [_submission()], Thresholds())
    (material,) = scorer.seen
    assert not any(word in material.sources[0].text for word in ("Anna", "Lee", "@", "She "))


def test_people_are_shown_the_quote_as_it_stands_in_the_original() -> None:
    (result,) = assess(WordScorer(), _RUBRIC, [_submission()], Thresholds())
    (shown,) = result.shown
    assert shown.quote == "Anna Lee led nursing on two wards for six years."
    assert _CV[shown.start : shown.end] == shown.quote
    assert result.judgements[0].evidence[0].quote == "▪ led nursing on two wards for six years."


def test_the_sheet_adds_up() -> None:
    (result,) = assess(WordScorer(), _RUBRIC, [_submission()], Thresholds())
    assert [row.points for row in result.sheet.results] == [75, 0]
    assert (result.sheet.score, result.sheet.band) == (75, "qualified")


def test_an_invented_quote_gives_an_error_and_no_score() -> None:
    with pytest.raises(Nonsense):
        assess(LyingScorer(), _RUBRIC, [_submission()], Thresholds())


def test_results_come_in_the_order_of_the_submissions_whatever_is_between() -> None:
    other = _CV.replace("nursing", "carpentry")
    results = assess(
        WordScorer(),
        _RUBRIC,
        [
            _submission(id="a", texts={"resume": other}),
            _submission(id="b", texts={}, unreadable=True),
            _submission(id="c"),
            _submission(id="d", texts={"resume": "Hello."}),
        ],
        Thresholds(),
    )
    assert [result.sheet.status for result in results] == [
        "not_enough_information",
        "unreadable",
        "scored",
        "not_enough_information",
    ]
    assert [result.sheet.band for result in results][1] == "unreadable"


def test_a_job_that_asks_nothing_scores_nobody() -> None:
    scorer = WordScorer()
    (result,) = assess(scorer, Rubric(requirements=()), [_submission()], Thresholds())
    assert (result.sheet.score, result.sheet.band) == (None, "not_enough_information")
    assert scorer.seen == []


def test_a_cover_letter_is_a_source_of_its_own() -> None:
    letter = "I have spoken Spanish since school and use it with patients every day at work.\n"
    (result,) = assess(
        WordScorer(), _RUBRIC, [_submission(texts={"resume": _CV, "cover_letter": letter})], Thresholds()
    )
    assert [(shown.requirement_id, shown.source) for shown in result.shown] == [
        ("r1", "resume"),
        ("r2", "cover_letter"),
    ]


def test_hidden_text_is_flagged() -> None:
    (result,) = assess(WordScorer(), _RUBRIC, [_submission(has_hidden_text=True)], Thresholds())
    assert result.sheet.flags == ("hidden_text",)


def test_two_people_with_one_career_have_one_digest() -> None:
    other = _submission(
        texts={
            "resume": _CV.replace("Anna", "Bola")
            .replace("Lee", "Okafor")
            .replace("anna.lee", "bola")
            .replace("She", "He")
        },
        identity=Identity(names=("Bola", "Okafor"), emails=("bola@example.org",)),
    )
    assert prepare(other).seen.digest == prepare(_submission()).seen.digest
    assert prepare(_submission(as_of=date(2020, 1, 1))).seen.digest != prepare(_submission()).seen.digest


def test_a_poorly_readable_text_is_flagged_and_its_score_is_less_certain() -> None:
    results = assess(
        WordScorer(), _RUBRIC, [_submission(), _submission(id="2", poorly_readable=True)], Thresholds()
    )
    good, poor = (result.sheet for result in results)
    assert (good.flags, poor.flags) == ((), ("poorly_readable",))
    assert (poor.score, poor.confidence) == (good.score, round(good.confidence / 2, 2))
