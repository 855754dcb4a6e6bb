"""Signing in and out by plain form posts, so that the cookie is out of every script's reach."""

from typing import Any
from urllib.parse import quote, urlsplit

import msgspec
from litestar import Request, post
from litestar.datastructures import Cookie
from litestar.params import URLEncodedBody
from litestar.response import Redirect

from core.errors import Conflict, Invalid
from core.services import access


class SignIn(msgspec.Struct):
    """The login form."""

    email: str = ""
    password: str = ""
    next: str = ""


class SetUp(msgspec.Struct):
    """The first-run form."""

    organisation: str = ""
    name: str = ""
    email: str = ""
    password: str = ""


@post("/auth/login", include_in_schema=False, status_code=303)
async def sign_in(
    data: URLEncodedBody[SignIn],
    request: Request[Any, Any, Any],
) -> Redirect:
    """Open a session, or go back to the form with the reason."""
    outcome = await access.sign_in(data.email, data.password)
    if outcome in {"credentials", "locked"}:
        return Redirect(f"/login?error={outcome}&next={quote(_local(data.next))}", status_code=303)
    return _enter(outcome, _local(data.next), request)


@post("/auth/setup", include_in_schema=False, status_code=303)
async def set_up(
    data: URLEncodedBody[SetUp],
    request: Request[Any, Any, Any],
) -> Redirect:
    """Create the first admin and sign them in."""
    try:
        actor = await access.set_up(data.organisation, data.name, data.email, data.password)
    except Conflict:
        return Redirect("/login?error=taken", status_code=303)
    except Invalid as error:
        reason = "weak" if "password" in error.fields else "fields"
        return Redirect(f"/setup?error={reason}", status_code=303)
    return _enter(await access.open_session(actor.tenant_id, actor.member_id), "/jobs", request)


@post("/auth/logout", include_in_schema=False, status_code=303)
async def sign_out(request: Request[Any, Any, Any]) -> Redirect:
    """End the session."""
    await access.sign_out(request.headers.get("cookie", ""))
    leave = Cookie(key=access.COOKIE, value="", max_age=0, path="/", httponly=True, samesite="lax")
    return Redirect("/login", status_code=303, cookies=[leave])


def _enter(key: str, target: str, request: Request[Any, Any, Any]) -> Redirect:
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    cookie = Cookie(key=access.COOKIE, value=key, path="/", httponly=True, samesite="lax", secure=secure)
    return Redirect(target, status_code=303, cookies=[cookie])


def _local(target: str) -> str:
    """A path of this instance; anything else becomes the list of jobs."""
    parts = urlsplit(target)
    safe = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc
    return target if safe and not parts.scheme else "/jobs"
