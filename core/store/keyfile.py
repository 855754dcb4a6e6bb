"""Keys of this instance that are kept in a file, made on first use."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def own_key(path: Path, make: Callable[[], str]) -> str:
    """The key in the file, which only its owner may read; raises OSError.

    Whoever links the file first wins, and nobody ever reads half a key.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "w") as file:
                file.write(make())
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(name)
    return path.read_text("ascii").strip()
