"""Receipts: what a score rests on, signed, so that anybody can add it up again and nobody can change it.

A receipt names its inputs by SHA-256 and holds every sub-score, but no word of the person's text. It is
signed with Ed25519 (RFC 8032) over its body as JSON with sorted keys and no spaces.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core import __version__
from core.screening.assess import Assessed, Seen
from core.screening.points import ScoreSheet, Thresholds, settle
from core.sdk.scorer import Category, Extent, Judgement, Match, Requirement, Rubric

FORM: Final = 1


class BadReceipt(Exception):
    """A receipt is not what was signed, or does not add up; the words say which."""


class Quoted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a quote stands in the text the scorer saw, and its SHA-256."""

    source: str
    start: int
    end: int
    sha256: str


class Row(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One requirement with its judgement and its points; half is not written, as it was before there were others."""

    id: str
    category: Category
    must_have: bool
    weight: int
    match: Match
    points: int
    max_points: int
    reason: str
    evidence: tuple[Quoted, ...]
    extent: Extent = "half"


class Body(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that is signed. `inputs` and `sources` map names to SHA-256.

    `inputs` are the files as they came, `sources` the texts a scorer saw; `rubric` is the hash of the
    rubric with its sentences.
    """

    form: int
    code: str
    scorer: str
    inputs: dict[str, str]
    sources: dict[str, str]
    characters: int
    as_of: date
    rubric: str
    thresholds: Thresholds
    status: str
    score: int | None
    band: str
    confidence: float
    flags: tuple[str, ...]
    rows: tuple[Row, ...]


class Receipt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body with the public key it was signed with and the signature, both in hex."""

    body: Body
    key: str
    signature: str


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What was the same for all applications of a run."""

    rubric: Rubric
    thresholds: Thresholds
    scorer: str


def receipt_for(
    around: Circumstances,
    seen: Seen,
    assessed: Assessed,
    inputs: Mapping[str, str],
    key: Ed25519PrivateKey,
) -> Receipt:
    """The signed receipt of one assessment; `inputs` are the hashes of the files it came from."""
    sheet = assessed.sheet
    body = Body(
        form=FORM,
        code=__version__,
        scorer=around.scorer,
        inputs=dict(sorted(inputs.items())),
        sources=seen.sources,
        characters=seen.characters,
        as_of=seen.as_of,
        rubric=sha256(msgspec.json.encode(around.rubric.requirements)),
        thresholds=around.thresholds,
        status=sheet.status,
        score=sheet.score,
        band=sheet.band,
        confidence=sheet.confidence,
        flags=sheet.flags,
        rows=_rows(around.rubric.requirements, assessed),
    )
    return Receipt(
        body=body, key=key.public_key().public_bytes_raw().hex(), signature=key.sign(_canonical(body)).hex()
    )


def sha256(data: bytes) -> str:
    """The hash of some bytes in hex."""
    return hashlib.sha256(data).hexdigest()


def _rows(requirements: Sequence[Requirement], assessed: Assessed) -> tuple[Row, ...]:
    known = {requirement.id: requirement for requirement in requirements}
    quoted = {judgement.requirement_id: _quoted(judgement) for judgement in assessed.judgements}
    return tuple(
        Row(
            id=result.requirement_id,
            category=known[result.requirement_id].category,
            must_have=known[result.requirement_id].must_have,
            weight=known[result.requirement_id].weight,
            match=result.match,
            points=result.points,
            max_points=result.max_points,
            reason=result.reason,
            evidence=quoted.get(result.requirement_id, ()),
            extent=result.extent,
        )
        for result in assessed.sheet.results
    )


def _quoted(judgement: Judgement) -> tuple[Quoted, ...]:
    return tuple(
        Quoted(source=e.source, start=e.start, end=e.end, sha256=sha256(e.quote.encode()))
        for e in judgement.evidence
    )


def _canonical(value: object) -> bytes:
    plain = msgspec.to_builtins(value)
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def checked(data: bytes, trusted: str) -> Receipt:
    """The receipt in some JSON, proven unchanged and added up again; raises BadReceipt.

    `trusted` is the public key, in hex, of who must have signed it.
    """
    receipt = _decoded(data)
    if receipt.key != trusted:
        raise BadReceipt("It was signed with another key than this installation's.")
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(receipt.key)).verify(
            bytes.fromhex(receipt.signature), _canonical(receipt.body)
        )
    except (InvalidSignature, ValueError) as error:
        raise BadReceipt("It is not what was signed: something in it was changed.") from error
    _add_up(receipt.body)
    return receipt


def _decoded(data: bytes) -> Receipt:
    """Strict: what a lenient reader would pass over could be changed unnoticed."""
    try:
        plain = json.loads(data, object_pairs_hook=_once)
        receipt = msgspec.convert(plain, Receipt)
    except (ValueError, msgspec.ValidationError) as error:
        raise BadReceipt(f"It is not a receipt: {error}.") from error
    if json.loads(msgspec.json.encode(receipt)) != plain or receipt.signature != receipt.signature.lower():
        raise BadReceipt("It is not written the way receipts are.")
    if receipt.body.form != FORM:
        raise BadReceipt(f"It has the form {receipt.body.form}, and this version knows {FORM}.")
    return receipt


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name occurs twice")
    return found


def _add_up(body: Body) -> None:
    sheet = recomputed(body)
    if (sheet.score, sheet.band) != (body.score, body.band):
        raise BadReceipt("Its rows do not add up to its score.")


def recomputed(body: Body) -> ScoreSheet:
    """The addition done again from the matches, their extents and weights alone."""
    rubric = Rubric(
        requirements=tuple(
            Requirement(id=row.id, text="", category=row.category, must_have=row.must_have, weight=row.weight)
            for row in body.rows
        )
    )
    judgements = tuple(
        Judgement(requirement_id=row.id, match=row.match, reason=row.reason, extent=row.extent)
        for row in body.rows
    )
    sheet = settle(rubric, judgements, body.thresholds, characters=body.characters, flags=body.flags)
    if body.status == "unreadable":
        return msgspec.structs.replace(sheet, status="unreadable", score=None, band="unreadable")
    return sheet
