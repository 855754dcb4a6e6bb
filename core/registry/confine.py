"""Takes from the scorers' process what scoring does not need: the network, endless memory, priority.

Enforced by the kernel on Linux: memory, no core dumps (they would hold resumes), being first to go when
memory runs out, and, where the system lets a process have a network namespace of its own, no network.
Everywhere else the network is refused in Python alone, which stops mistakes and careless libraries but not
native code written to get around it. Files stay readable: models are files.
"""

import ctypes
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

_NEW_NETWORK: Final = 0x40000000
_NEW_USER: Final = 0x10000000
_NICENESS: Final = 5
_FIRST_TO_GO: Final = "900"


def confine(memory: int) -> None:
    """Confine this process for good. Must run before it starts threads or loads a plugin."""
    _leave_network()
    _refuse_sockets()
    _limit(memory)
    _be_modest()


def _leave_network() -> bool:
    """An empty network namespace: of root's own, or inside a user namespace that maps us to ourselves."""
    if sys.platform != "linux":
        return False
    libc, user, group = ctypes.CDLL(None), os.getuid(), os.getgid()
    if libc.unshare(_NEW_NETWORK) == 0:
        return True
    if libc.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with suppress(OSError):
            Path("/proc/self", name).write_text(text)
    return True


def _refuse_sockets() -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise PermissionError("scorers have no network")

    for name in ("connect", "connect_ex", "bind", "listen", "sendto", "sendmsg"):
        if hasattr(socket.socket, name):
            setattr(socket.socket, name, refuse)
    for name in ("create_connection", "create_server", "getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        setattr(socket, name, refuse)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:
        return
    for kind, wanted in ((resource.RLIMIT_DATA, memory), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        limit = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def _be_modest() -> None:
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
