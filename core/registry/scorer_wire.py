"""What the host and the scorers' process say to each other: frames of a length and a message."""

import struct
from typing import Any, Final

import msgspec

from core.sdk.http import Response
from core.sdk.scorer import Judgement, Material, Rubric

HEADER: Final = struct.Struct(">I")
MOST_BYTES: Final = 64 * 1024 * 1024
"""Longer answers are nonsense: a page of judgements takes a few hundred kilobytes."""


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """The first message: which plugins to load, and how much memory they may take in bytes."""

    plugins_dir: str
    only: tuple[str, ...] | None
    memory: int


class Question(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the child is asked: the version of a scorer, or judgements by it."""

    number: int
    scorer: str
    settings: dict[str, str]
    rubric: Rubric | None = None
    materials: tuple[Material, ...] = ()


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the child answers; `problem` is empty when all went well.

    `kind` is the class of `core.sdk.errors` the scorer raised, if it raised one.
    """

    number: int
    version: str = ""
    judgements: tuple[tuple[Judgement, ...], ...] = ()
    problem: str = ""
    hint: str = ""
    kind: str = ""
    retry_after: float = 0.0


class Call(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """A request the child asks its parent to make."""

    number: int
    method: str
    url: str
    headers: dict[str, str]
    json: Any
    seconds: float


class Called(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What came of a call: an answer, or the kind of error of `core.sdk.errors` with its words."""

    number: int
    response: Response | None = None
    kind: str = ""
    message: str = ""
    hint: str = ""
    retry_after: float = 0.0


def frame(message: msgspec.Struct) -> bytes:
    """The message as it goes over the pipe."""
    packed = msgspec.msgpack.encode(message)
    return HEADER.pack(len(packed)) + packed
