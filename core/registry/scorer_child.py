"""The scorers' process: answers one question after another, with the network taken away.

Sockets are refused in Python, which stops mistakes and careless libraries, not native code written to
get around it. The process ends when its parent does, because standard input closes.
"""

import os
import socket
import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

import msgspec

from core.registry.catalog import Catalog, load_catalog
from core.registry.loader import last_line
from core.registry.scorer_host import Question, Reply
from core.sdk.scorer import Judgement, Scorer

_HEADER = struct.Struct(">I")


def main() -> None:
    """Serve until standard input closes."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _refuse_network()
    os.nice(5)
    catalog = load_catalog(plugins_dir=Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    scorers: dict[tuple[str, str], Scorer] = {}
    while True:
        question = msgspec.msgpack.decode(_take(source), type=Question)
        _give(target, msgspec.msgpack.encode(_answer(catalog, scorers, question)))


def _answer(catalog: Catalog, scorers: dict[tuple[str, str], Scorer], question: Question) -> Reply:
    try:
        scorer = _scorer(catalog, scorers, question)
        if question.rubric is None:
            return Reply(version=str(scorer.version))
        judged = scorer.judge(question.rubric, question.materials)
        return Reply(judgements=_as_judgements(judged))
    except Exception as error:
        # A scorer is a stranger's code; its last line is all that is told.
        return Reply(problem=last_line(error))


def _as_judgements(judged: Any) -> tuple[tuple[Judgement, ...], ...]:
    if not isinstance(judged, Sequence):
        raise TypeError("judge() must return a sequence with one tuple per material")
    return msgspec.convert(
        msgspec.to_builtins(judged), type=tuple[tuple[Judgement, ...], ...], strict=True
    )


def _scorer(catalog: Catalog, scorers: dict[tuple[str, str], Scorer], question: Question) -> Scorer:
    key = (question.scorer, msgspec.json.encode(question.settings, order="sorted").decode())
    if key not in scorers:
        scorers[key] = catalog.scorers[question.scorer].entry.make(question.settings)
    return scorers[key]


def _refuse_network() -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError("scorers have no network")

    socket.socket.connect = refuse  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = refuse  # type: ignore[method-assign,assignment]
    socket.create_connection = refuse
    socket.getaddrinfo = refuse


def _take(source: BinaryIO) -> bytes:
    header = source.read(_HEADER.size)
    if len(header) < _HEADER.size:
        sys.exit(0)
    (size,) = _HEADER.unpack(header)
    return source.read(size)


def _give(target: BinaryIO, message: bytes) -> None:
    target.write(_HEADER.pack(len(message)) + message)
    target.flush()


if __name__ == "__main__":
    main()
