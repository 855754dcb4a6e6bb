"""Judgements used again give the same bytes as judgements made again, and only what is new is asked."""

from collections.abc import Sequence
from datetime import date

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from core.screening import Identity, Submission, Thresholds, conclude, prepare
from core.screening.reuse import added_up, by_questions, demand, input_key, kept_of, missing
from core.sdk.scorer import Evidence, Judgement, Requirement, Rubric

_TEXT = "Mira Sol ran Kafka clusters and wrote SQL for the finance team, for eight years, in Python. " * 3
_WORDS = ("Kafka", "SQL", "Python", "Rust", "German")
_SUBMISSION = Submission(
    id="1", texts={"resume": _TEXT}, identity=Identity(names=("Mira", "Sol")), as_of=date(2026, 11, 25)
)


def _judged(rubric: Rubric) -> list[Judgement]:
    text = prepare(_SUBMISSION).material.sources[0].text
    return [_one(requirement, text) for requirement in rubric.requirements]


def _one(requirement: Requirement, text: str) -> Judgement:
    start = text.find(requirement.text)
    if start < 0:
        return Judgement(requirement_id=requirement.id, match="not_stated", reason="Silent.")
    quote = Evidence(source="resume", quote=requirement.text, start=start, end=start + len(requirement.text))
    if requirement.text == "SQL":
        return Judgement(
            requirement_id=requirement.id, match="partly", reason="Some.", evidence=(quote,), extent="most"
        )
    return Judgement(requirement_id=requirement.id, match="met", reason="There.", evidence=(quote,))


def _rubric(rows: Sequence[tuple[str, int, bool]]) -> Rubric:
    return Rubric(
        requirements=tuple(
            Requirement(id=f"r{n}", text=word, category="hard_skill", must_have=must, weight=weight)
            for n, (word, weight, must) in enumerate(rows)
        )
    )


_ROWS = st.lists(
    st.tuples(st.sampled_from(_WORDS), st.integers(1, 9), st.booleans()),
    min_size=1, max_size=5, unique_by=lambda row: row[0],
)  # fmt: skip


@given(_ROWS, st.data())
def test_a_rubric_in_another_order_with_other_weights_is_added_up_as_if_judged_anew(
    rows: list[tuple[str, int, bool]], data: st.DataObject
) -> None:
    prepared = prepare(_SUBMISSION)
    first = _rubric(rows)
    kept = kept_of(first, prepared.seen, conclude(first, prepared, _judged(first), Thresholds()), None)
    others = [
        (word, data.draw(st.integers(1, 9)), data.draw(st.booleans()))
        for word, _, _ in data.draw(st.permutations(rows))
    ]
    second, thresholds = _rubric(others), Thresholds(pre_qualified=30, qualified=60)
    assert missing(second, kept) == ()
    anew = conclude(second, prepared, _judged(second), thresholds)
    assert msgspec.json.encode(added_up(second, kept, thresholds)) == msgspec.json.encode(anew)


def test_only_new_wordings_are_asked_and_old_ones_are_not_forgotten() -> None:
    prepared = prepare(_SUBMISSION)
    first = _rubric([("Kafka", 1, True), ("SQL", 1, True)])
    second = _rubric([("SQL", 5, False), ("Rust", 1, True)])
    kept = kept_of(first, prepared.seen, conclude(first, prepared, _judged(first), Thresholds()), None)
    assert [r.text for r in missing(second, kept)] == ["Rust"]
    later = kept_of(second, prepared.seen, conclude(second, prepared, _judged(second), Thresholds()), kept)
    assert missing(first, later) == ()
    assert [r.text for r in missing(second, None)] == ["SQL", "Rust"]


def test_what_bears_on_the_judgement_makes_another_demand_and_the_rest_does_not() -> None:
    base = Requirement(id="r1", text="SQL", category="hard_skill", must_have=True)
    same = msgspec.structs.replace(base, id="r9", weight=7, must_have=False, span=(3, 6))
    assert demand(same) == demand(base)
    for changes in ({"text": "NoSQL"}, {"years": 3.0}, {"level": "C1"}, {"alternatives": ("T-SQL",)}):
        assert demand(msgspec.structs.replace(base, **changes)) != demand(base)


def test_another_text_or_another_day_is_another_input() -> None:
    for changes in ({"texts": {"resume": "x"}}, {"as_of": date(2020, 1, 1)}, {"identity": Identity()}):
        assert input_key(msgspec.structs.replace(_SUBMISSION, **changes)) != input_key(_SUBMISSION)


def test_what_could_not_be_judged_is_kept_as_such_and_never_asked() -> None:
    rubric = _rubric([("Kafka", 1, True)])
    short = prepare(msgspec.structs.replace(_SUBMISSION, texts={"resume": "Kafka"}))
    kept = kept_of(rubric, short.seen, conclude(rubric, short, None, Thresholds()), None)
    assert missing(rubric, kept) == ()
    assert added_up(rubric, kept, Thresholds()).sheet.status == "not_enough_information"


def test_applications_that_miss_the_same_share_one_question() -> None:
    sql, rust = _rubric([("SQL", 1, True), ("Rust", 1, True)]).requirements
    assert by_questions([(sql,), (), (sql, rust), (sql,)]) == {(sql,): [0, 3], (sql, rust): [2]}
