"""The token endpoint and the bearer check."""

import hmac
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import msgspec

from plugins.greenhouse.twin.account import Account, Row, is_number
from plugins.greenhouse.twin.refusals import Refused, unauthorized
from plugins.greenhouse.twin.settings import TwinSettings

GRANTS = (
    "authorization_code",
    "refresh_token",
    "client_credentials",
    "urn:ietf:params:oauth:grant-type:token-exchange",
)


class Credential(msgspec.Struct, kw_only=True):
    """An API credential as an admin makes it; a rotated secret leaves the old one valid for a while."""

    client_id: str
    secret: str
    scopes: set[str]
    old_secret: str = ""
    revoked: bool = False

    def accepts(self, secret: str) -> bool:
        """True for the secret, or the one before a rotation."""
        known = [value for value in (self.secret, self.old_secret) if value]
        return not self.revoked and any(hmac.compare_digest(secret.encode(), v.encode()) for v in known)


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What a token stands for: a credential and the user it acts as."""

    client_id: str
    user_id: int
    expires_at: datetime


class Keys:
    """Credentials and the tokens given out for them."""

    def __init__(self, account: Account, clock: Callable[[], datetime]) -> None:
        self._account = account
        self._clock = clock
        self._tokens: dict[str, Grant] = {}
        self._errors = 0
        self.credentials: dict[str, Credential] = {}

    def add(self, credential: Credential) -> None:
        self.credentials[credential.client_id] = credential

    def revoke_tokens(self, client_id: str = "") -> None:
        """Make every token, or every token of one credential, worthless."""
        self._tokens = {
            token: grant
            for token, grant in self._tokens.items()
            if client_id and grant.client_id != client_id
        }

    def bearer(self, header: str) -> tuple[Credential, Row]:
        """The credential and acting user of an Authorization header; raises a 401."""
        scheme, _, token = header.partition(" ")
        grant = self._tokens.get(token) if scheme.lower() == "bearer" else None
        if grant is None or grant.expires_at <= self._clock():
            raise unauthorized()
        credential = self.credentials.get(grant.client_id)
        user = self._account.get("users", grant.user_id)
        if credential is None or credential.revoked or user is None or user["deactivated"]:
            raise unauthorized()
        return credential, user

    def token(self, header: str, form: Mapping[str, str], settings: TwinSettings) -> dict[str, str]:
        """The answer of the token endpoint; raises its refusals in the order it checks."""
        client_id, secret = presented(header, form)
        if not client_id:
            raise Refused(401, self._with_id("Unauthorized"))
        if "-" not in client_id or not is_number(client_id.rpartition("-")[2]):
            text = f"client_id={client_id} does not contain a valid client ID suffix"
            raise Refused(400, self._with_id(text))
        _check_grant(form.get("grant_type", ""))
        credential = self.credentials.get(client_id)
        if credential is None or not credential.accepts(secret):
            raise Refused(401, {"error": "invalid_client"})
        if not credential.scopes:
            raise Refused(400, self._with_id("Client application is not requesting any scopes"))
        user = self._subject(form.get("sub", ""))
        if settings.one_active_token:
            self.revoke_tokens(client_id)
        return self._mint(credential, user, settings.token_seconds)

    def _with_id(self, message: str) -> dict[str, str]:
        self._errors += 1
        return {"message": message, "errorId": f"err-{self._errors:08d}"}

    def _subject(self, sub: str) -> Row:
        service = self._account.first("users", primary_email=None, first_name="Integration")
        user = self._account.get("users", int(sub)) if is_number(sub) else None if sub else service
        if user is None or user["deactivated"]:
            raise Refused(400, {"error": "invalid_grant"})
        return user

    def _mint(self, credential: Credential, user: Row, life: int) -> dict[str, str]:
        expires = (self._clock() + timedelta(seconds=life)).replace(microsecond=0)
        claims = {
            "iss": "auth.greenhouse.io",
            "sub": str(user["id"]),
            "exp": int(expires.timestamp()),
            "jti": len(self._tokens) + 1,
        }
        token = _jwt(claims, f"{credential.secret}{self._clock().isoformat()}")
        self._tokens[token] = Grant(client_id=credential.client_id, user_id=user["id"], expires_at=expires)
        stated = expires.isoformat().replace("+00:00", "Z")
        return {"token_type": "Bearer", "access_token": token, "expires_at": stated}


def presented(header: str, form: Mapping[str, str]) -> tuple[str, str]:
    """The client id and secret of a token request, from HTTP Basic or the form; empty when unreadable."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        client_id, _, secret = b64decode(encoded).decode().partition(":")
    except ValueError:
        return "", ""
    return client_id, secret


def _check_grant(grant: str) -> None:
    if not grant:
        raise Refused(400, {"message": "Must include `grant_type` parameter in /token request"})
    if grant not in GRANTS:
        allowed = ", ".join(GRANTS)
        raise Refused(400, {"message": f"grant_type={grant} is invalid, please use one of: {allowed}"})
    if grant != "client_credentials":
        raise Refused(400, {"error": "invalid_grant"})


def _jwt(claims: Mapping[str, Any], secret: str) -> str:
    header = {"alg": "HS256", "typ": "JWT"}
    signed = ".".join(_b64(msgspec.json.encode(part)) for part in (header, claims))
    return f"{signed}.{_b64(hmac.new(secret.encode(), signed.encode(), sha256).digest())}"


def _b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")
