"""A trained model that finds the skills and the knowledge a sentence names; loaded when first asked."""

from typing import Literal

import msgspec

Kind = Literal["skill", "knowledge"]


class Span(msgspec.Struct, frozen=True, kw_only=True):
    """`sentence[start:end]` is something a person can do (skill) or know (knowledge)."""

    kind: Kind
    start: int
    end: int
