"""What a plugin may import: named in order, all of it there, and light."""

import subprocess
import sys
from typing import Final

import core.sdk

HEAVY: Final = ("asyncpg", "litestar", "piccolo", "reflex", "torch")


def _place(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def test_the_names_of_the_sdk_are_in_order_and_once() -> None:
    names = core.sdk.__all__
    assert names == sorted(set(names), key=_place)


def test_every_name_of_the_sdk_is_there_and_every_public_one_is_named() -> None:
    assert [name for name in core.sdk.__all__ if not hasattr(core.sdk, name)] == []
    own = {
        name
        for name, value in vars(core.sdk).items()
        if not name.startswith("_") and not hasattr(value, "__path__") and not hasattr(value, "__spec__")
    }
    assert own == set(core.sdk.__all__)


def test_importing_the_sdk_loads_nothing_heavy() -> None:
    code = f"import sys, core.sdk; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == ""
