"""What one sentence says of one requirement."""

from typing import Final

import msgspec

from core.sdk.scorer import Match


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A match with its reason; of several the one with the highest rank, the best news, counts."""

    rank: int
    match: Match
    reason: str


SILENT: Final = Verdict(rank=0, match="not_stated", reason="None of its words stand in the text.")
