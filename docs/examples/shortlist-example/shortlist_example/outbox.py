"""A notifier: each notice becomes a text file."""

import asyncio
import hashlib
from collections.abc import Mapping
from pathlib import Path

from core.sdk import Misconfigured, Notice, Unavailable


class Outbox:
    """Implements `core.sdk.Notifier`."""

    def __init__(self, settings: Mapping[str, str]) -> None:
        self._folder = Path(settings["folder"])

    async def check(self) -> None:
        """Raises Misconfigured, which is shown at the field it names."""
        if not self._folder.is_dir():
            raise Misconfigured(
                "There is no such folder.", field="folder", hint="Make it, or name another one."
            )

    async def send(self, notice: Notice) -> None:
        """The file is named for the notice's key: the same notice sent twice is one file."""
        path = self._folder / f"{hashlib.sha256(notice.key.encode()).hexdigest()[:32]}.txt"
        text = f"To: {notice.recipient}\n{notice.subject}\n\n{notice.body}\n{notice.link}\n"
        try:
            await asyncio.to_thread(path.write_text, text, "utf-8")
        except OSError as error:
            raise Unavailable("The folder cannot be written.", hint="Check its rights.") from error
