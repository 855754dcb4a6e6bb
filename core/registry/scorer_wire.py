"""What the host and the scorers' process say to each other: frames of a length and a message."""

import struct
from typing import Final

import msgspec

from core.sdk.scorer import Judgement, Material, Rubric

HEADER: Final = struct.Struct(">I")
MOST_BYTES: Final = 64 * 1024 * 1024
"""Longer answers are nonsense: a page of judgements takes a few hundred kilobytes."""


class Setup(msgspec.Struct, frozen=True, kw_only=True):
    """The first message: which plugins to load, and how much memory they may take in bytes."""

    plugins_dir: str
    only: tuple[str, ...] | None
    memory: int


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What the child is asked: the version of a scorer, or judgements by it."""

    number: int
    scorer: str
    settings: dict[str, str]
    rubric: Rubric | None = None
    materials: tuple[Material, ...] = ()


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What the child answers; `problem` is empty when all went well."""

    number: int
    version: str = ""
    judgements: tuple[tuple[Judgement, ...], ...] = ()
    problem: str = ""


def frame(message: msgspec.Struct) -> bytes:
    """The message as it goes over the pipe."""
    packed = msgspec.msgpack.encode(message)
    return HEADER.pack(len(packed)) + packed
