"""The key this installation signs receipts with, made on first use."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.errors import Broken
from core.store.keyfile import own_key

_BYTES = 32


def signing_key(folder: Path) -> Ed25519PrivateKey:
    """The key in the data folder; raises Broken when it cannot be read or made."""
    path = folder / "receipt.key"
    try:
        key = own_key(path, lambda: os.urandom(_BYTES).hex())
        return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key))
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
