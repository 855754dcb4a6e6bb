"""The child's side: takes one file after another from standard input under hard limits.

What the kernel refuses, once all modules are loaded and before the first byte of a stranger's file is read:
any new file descriptor (so no file is opened and no connection made), more address space than the limit,
more processor time than the limit for each file, files written, core dumps, and new processes unless the
server runs as root. What it does not refuse: other system calls. A fault in a parser that runs code of its
own choosing is held by these limits, by the empty environment and by the parent's clock, not by a system
call filter. The child ends when its parent does, because standard input closes.
"""

import encodings
import importlib
import pkgutil
import resource
import struct
import sys
from typing import BinaryIO, Final

import msgspec

from core.documents.formats import read_file
from core.documents.reading import Limits, Reading

_HEADER = struct.Struct(">I")
_NOT_HERE: Final = frozenset(("mbcs", "oem"))
"""Encodings of Windows only."""


def main() -> None:
    """Serve until standard input closes."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    limits = msgspec.msgpack.decode(_take(source), type=Limits)
    _load_encodings()
    _confine(limits)
    _give(target, b"ready")
    while True:
        data = _take(source)
        _allow_time(limits)
        _give(target, msgspec.msgpack.encode(_read(data, limits)))


def _read(data: bytes, limits: Limits) -> Reading:
    try:
        return read_file(data, limits)
    except (MemoryError, RecursionError):
        return Reading(status="unsafe")


def _load_encodings() -> None:
    """Python imports an encoding when it is first used, and later no file can be opened."""
    for module in pkgutil.iter_modules(encodings.__path__):
        if module.name not in _NOT_HERE:
            importlib.import_module(f"encodings.{module.name}")


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC, resource.RLIMIT_NOFILE):
        resource.setrlimit(kind, (0, 0))


def _allow_time(limits: Limits) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    until = int(usage.ru_utime + usage.ru_stime) + 1 + limits.cpu_seconds
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(
        resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard)
    )


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
