"""Encryption at rest: every secret is sealed for its tenant with rotatable keys."""

from typing import TypeVar
from uuid import UUID

import msgspec
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from core.errors import Broken
from core.settings import Settings
from core.store.keyfile import own_key

T = TypeVar("T")


class _Sealed(msgspec.Struct):
    tenant: UUID
    content: msgspec.Raw


class KeyLost(Broken):
    """None of the keys opens what was stored."""


class Vault:
    """Seals values with the newest key and opens them with any; a seal opens for its own tenant only.

    Raises Broken when a key has another form than Fernet's.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise Broken(
                "A key for stored credentials cannot be used: keys are 32 bytes in URL-safe base64.",
                "Correct SHORTLIST_KEYS, or bring vault.key back from the backup.",
            ) from error

    def seal(self, tenant_id: UUID, content: object) -> bytes:
        """Encrypt any value msgspec can encode."""
        sealed = _Sealed(tenant=tenant_id, content=msgspec.Raw(msgspec.json.encode(content)))
        return self._fernet.encrypt(msgspec.json.encode(sealed))

    def open(self, tenant_id: UUID, seal: bytes, kind: type[T]) -> T:
        """Decrypt; raises KeyLost when the key is gone, Broken when the seal belongs to another tenant."""
        try:
            sealed = msgspec.json.decode(self._fernet.decrypt(seal), type=_Sealed)
        except InvalidToken as error:
            raise KeyLost(
                "A stored credential cannot be decrypted.",
                "Put the key it was made with back into SHORTLIST_KEYS, "
                "or enter the credentials anew on the integration's page.",
            ) from error
        if sealed.tenant != tenant_id:
            raise Broken("A stored credential belongs to another tenant.", "Reconnect the integration.")
        return msgspec.json.decode(sealed.content, type=kind)

    def rotate(self, seal: bytes) -> bytes:
        """The same content under the newest key."""
        return self._fernet.rotate(seal)


def open_vault(settings: Settings) -> Vault:
    """The vault with the keys of the settings, or with the instance's own key, made on first use."""
    keys = tuple(key.strip() for key in settings.keys.split(",") if key.strip())
    return Vault(keys or (own_key(settings.data_dir / "vault.key", lambda: Fernet.generate_key().decode()),))
