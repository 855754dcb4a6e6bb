from datetime import date
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from core.screening import Identity, Submission, Thresholds, conclude, prepare
from core.screening.receipts import BadReceipt, Circumstances, Receipt, checked, receipt_for, recomputed
from core.sdk.scorer import Evidence, Judgement, Requirement, Rubric

TEXT = (
    "Built billing services in Python for eight years, ran Kafka clusters, and speaks German at C1 level. "
    * 2
)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TRUSTED = KEY.public_key().public_bytes_raw().hex()
MATCHES = ("met", "partly", "not_stated", "not_met")
EXTENTS = ("little", "half", "most")
CATEGORIES = ("hard_skill", "education", "authorization", "other")
Told = tuple[str, int, bool, str, str]
"""Match, weight, whether it is a must, category, extent."""


def _judgement(name: str, match: Any, extent: Any) -> Judgement:
    evidence = () if match == "not_stated" else (Evidence(source="resume", quote="Built", start=0, end=5),)
    return Judgement(requirement_id=name, match=match, reason="Because.", evidence=evidence, extent=extent)


def _receipt(rows: list[Told], thresholds: Thresholds) -> Receipt:
    rubric = Rubric(
        requirements=tuple(
            Requirement(id=f"r{n}", text="x", category=category, weight=weight, must_have=must)  # type: ignore[arg-type]
            for n, (_, weight, must, category, _) in enumerate(rows)
        )
    )
    submission = Submission(
        id="1", texts={"resume": TEXT}, identity=Identity(names=()), as_of=date(2026, 11, 25)
    )
    prepared = prepare(submission)
    judgements = [_judgement(f"r{n}", match, extent) for n, (match, *_, extent) in enumerate(rows)]
    assessed = conclude(rubric, prepared, judgements, thresholds)
    around = Circumstances(rubric=rubric, thresholds=thresholds, scorer="rubric 1")
    return receipt_for(around, prepared.seen, assessed, {"resume": "00"}, KEY)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(MATCHES),
        st.integers(1, 9),
        st.booleans(),
        st.sampled_from(CATEGORIES),
        st.sampled_from(EXTENTS),
    ),
    min_size=1,
    max_size=8,
)


@given(ROWS, st.integers(1, 60), st.integers(61, 100))
def test_whatever_was_judged_can_be_added_up_again(rows: list[Told], pre: int, qualified: int) -> None:
    receipt = _receipt(rows, Thresholds(pre_qualified=pre, qualified=qualified))
    found = checked(msgspec.json.encode(receipt), TRUSTED)
    assert found == receipt
    sheet = recomputed(found.body)
    assert (sheet.score, sheet.band, sheet.confidence) == (
        receipt.body.score, receipt.body.band, receipt.body.confidence,
    )  # fmt: skip


def test_a_receipt_from_before_there_were_extents_is_still_what_was_signed() -> None:
    receipt = _receipt([("partly", 3, True, "hard_skill", "half")], Thresholds())
    written = msgspec.json.encode(receipt)
    assert b"extent" not in written
    assert checked(written, TRUSTED).body.rows[0].points == 50


SAMPLE = msgspec.json.encode(
    _receipt(
        [
            ("met", 3, True, "hard_skill", "half"),
            ("partly", 2, False, "other", "most"),
            ("not_met", 1, False, "other", "half"),
        ],
        Thresholds(),
    )
)


@settings(max_examples=1500)
@given(st.integers(0, len(SAMPLE) - 1), st.integers(1, 255))
def test_a_change_of_any_byte_is_found(place: int, change: int) -> None:
    changed = bytearray(SAMPLE)
    changed[place] ^= change
    with pytest.raises(BadReceipt):
        checked(bytes(changed), TRUSTED)


def test_a_signature_in_capitals_is_not_what_was_signed() -> None:
    receipt = msgspec.json.decode(SAMPLE)
    shouted = msgspec.json.encode(receipt | {"signature": receipt["signature"].upper()})
    with pytest.raises(BadReceipt):
        checked(shouted, TRUSTED)


def test_who_signs_a_changed_score_anew_is_found_by_the_key_and_by_the_addition() -> None:
    receipt = msgspec.json.decode(SAMPLE, type=Receipt)
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    with pytest.raises(BadReceipt, match="another key"):
        checked(SAMPLE, other.public_key().public_bytes_raw().hex())
    body = msgspec.structs.replace(receipt.body, score=99)
    from core.screening.receipts import _canonical

    signed = msgspec.structs.replace(receipt, body=body, signature=KEY.sign(_canonical(body)).hex())
    with pytest.raises(BadReceipt, match="add up"):
        checked(msgspec.json.encode(signed), TRUSTED)


def test_a_receipt_holds_no_word_of_the_person() -> None:
    assert b"billing" not in SAMPLE
    assert b"Python" not in SAMPLE
