"""The key this installation signs receipts with, made on first use."""

import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.errors import Broken

_BYTES = 32


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The key in the data folder; raises Broken when it cannot be read or made."""
    path = folder / "receipt.key"
    try:
        if not path.exists():
            _make(path)
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii")))
    except OSError as error:
        raise Broken(
            f"The key that signs receipts cannot be kept in {folder}: {error.strerror}.",
            "Set SHORTLIST_DATA_DIR to a folder that can be written.",
        ) from error
    except ValueError as error:
        raise Broken(
            f"{path} is not a key for receipts.",
            "Bring it back from the backup; a new key cannot vouch for receipts made before.",
        ) from error


def _make(path: Path) -> None:
    """Whoever links first wins; nobody ever sees half a key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(os.urandom(_BYTES).hex())
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
