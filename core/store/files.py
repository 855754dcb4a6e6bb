"""Bytes of documents in a local folder, addressed by tenant and SHA-256."""

import asyncio
import hashlib
import os
import tempfile
from pathlib import Path
from uuid import UUID

from core.errors import NotFound


class Files:
    """A folder of contents; the same bytes of one tenant are kept once, tenants share nothing."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def keep(self, tenant_id: UUID, data: bytes) -> str:
        """Store the bytes durably and return their SHA-256."""
        digest = hashlib.sha256(data).hexdigest()
        await asyncio.to_thread(_write, self._path(tenant_id, digest), data)
        return digest

    async def read(self, tenant_id: UUID, sha256: str) -> bytes:
        """The bytes; raises NotFound when they were removed."""
        try:
            return await asyncio.to_thread(self._path(tenant_id, sha256).read_bytes)
        except FileNotFoundError as error:
            raise NotFound("The file is no longer kept here.", "Open it in the ATS.") from error

    async def remove(self, tenant_id: UUID, sha256: str) -> None:
        """Forget the bytes; removing twice is fine."""
        await asyncio.to_thread(self._path(tenant_id, sha256).unlink, missing_ok=True)

    def _path(self, tenant_id: UUID, sha256: str) -> Path:
        return self._root / str(tenant_id) / sha256[:2] / sha256


def _write(path: Path, data: bytes) -> None:
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(path)
