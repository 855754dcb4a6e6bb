"""The child's side: takes one file after another from standard input under hard limits.

Limits are the kernel's: address space, processor time per file, no core files, no new processes, no
files written. The network is out of reach of the code that runs here (nothing imports it), but not
forbidden by the kernel. The child ends when its parent does, because standard input closes.
"""

import resource
import struct
import sys
from typing import BinaryIO

import msgspec

from core.documents.formats import read_file
from core.documents.reading import Limits, Reading

_HEADER = struct.Struct(">I")


def main() -> None:
    """Serve until standard input closes."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    limits = msgspec.msgpack.decode(_take(source), type=Limits)
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


def _confine(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def _allow_time(limits: Limits) -> None:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + limits.cpu_seconds, hard))


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
