"""Proves receipts: unchanged since they were signed, and their rows add up to their score."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from core.cli.inputs import FILE_OR_STDIN, content_of
from core.errors import Invalid
from core.screening.receipts import BadReceipt, Receipt, checked
from core.settings import load
from core.store.signing import signing_key


@click.command()
@click.option("--key", help="The public key, in hex, of who must have signed (default: this installation).")
@click.argument("receipt", type=FILE_OR_STDIN)
def verify(receipt: Path, key: str | None) -> None:
    """Recompute the scores of a RECEIPT, or of everything `shortlist score --json` printed (- for input)."""
    trusted = key or signing_key(load(os.environ).data_dir).public_key().public_bytes_raw().hex()
    entries = enumerate(_entries(content_of(receipt)), start=1)
    if sum(not _holds(number, entry, trusted) for number, entry in entries):
        sys.exit(1)


class _Entry(msgspec.Struct, frozen=True):
    """A receipt as it came, and the result it belongs to, if that came along."""

    receipt: bytes
    result: dict[str, Any] | None = None


def _entries(data: bytes) -> list[_Entry]:
    """One receipt, one result that holds it, or a list of either; a receipt alone is checked as it came."""
    try:
        found = json.loads(data)
    except ValueError as error:
        raise Invalid(
            f"This is not JSON: {error}.", "Give a receipt, or what `score --json` printed."
        ) from error
    if isinstance(found, dict) and "receipt" not in found:
        return [_Entry(data)]
    return [_entry(one) for one in (found if isinstance(found, list) else [found])]


def _entry(found: Any) -> _Entry:
    if isinstance(found, dict) and "receipt" in found:
        return _Entry(json.dumps(found["receipt"]).encode(), found)
    return _Entry(json.dumps(found).encode())


def _holds(number: int, entry: _Entry, trusted: str) -> bool:
    try:
        receipt = checked(entry.receipt, trusted)
        if entry.result is not None and not _agrees(entry.result, receipt):
            raise BadReceipt("The result it came with says something else.")
    except BadReceipt as error:
        click.echo(f"Receipt {number} cannot be trusted. {error}", err=True)
        return False
    _tell(number, receipt)
    return True


def _agrees(result: dict[str, Any], receipt: Receipt) -> bool:
    body = receipt.body
    rows = [(row.get("id"), row.get("match"), row.get("points")) for row in result.get("requirements", ())]
    signed = [(row.id, row.match, row.points) for row in body.rows]
    return (result.get("score"), result.get("band"), rows) == (body.score, body.band, signed)


def _tell(number: int, receipt: Receipt) -> None:
    body = receipt.body
    score = "no score" if body.score is None else f"{body.score} of 100"
    parts = " + ".join(str(row.points) for row in body.rows if row.points)
    addition = f" = {parts}" if parts else ""
    band = body.band.replace("_", " ")
    click.echo(f"Receipt {number} holds: {score}{addition}, {band}, as of {body.as_of}, by {body.scorer}.")
