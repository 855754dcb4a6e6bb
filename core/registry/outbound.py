"""The network as a connection sees it: the hosts its settings name, at addresses that are allowed.

A host the admin typed in may be anywhere, this machine included: self-hosted ATSs and twins live there.
Any other host must resolve to public addresses only, and the connection goes to the very address that
was checked, so that a second look-up cannot lead elsewhere.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

import httpx

from core.sdk.connector import ConnectorEntry
from core.sdk.errors import Misconfigured
from core.sdk.http import Http

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
_SECONDS: Final = 30.0


class BlockedAddress(Misconfigured):
    """A host leads to an address inside the network that nobody asked for."""


def open_http(
    entry: ConnectorEntry,
    settings: Mapping[str, str],
    *,
    on_wait: Callable[[float], Awaitable[None]] | None = None,
) -> Http:
    """The client of one connection."""
    named = frozenset(
        host
        for field in entry.fields
        if field.kind == "url" and settings.get(field.name)
        if (host := urlsplit(settings[field.name]).hostname)
    )
    return Http(entry.hosts(settings), transport=GuardedTransport(named), timeout=_SECONDS, on_wait=on_wait)


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [entry[4][0] for entry in found]


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx's transport, after a look at where a host leads."""

    def __init__(
        self,
        trusted: frozenset[str],
        *,
        resolve: Resolve = _resolve,
        inner: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._trusted = trusted
        self._resolve = resolve
        self._inner = inner or httpx.AsyncHTTPTransport(retries=0)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.userinfo:
            raise BlockedAddress("Addresses with a user name in them are not called.")
        host = request.url.host
        if host not in self._trusted:
            address = await self._checked(host, request.url.port or 443)
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.headers.setdefault("host", request.url.netloc.decode("ascii"))
            request.url = request.url.copy_with(host=address)
        return await self._inner.handle_async_request(request)

    async def _checked(self, host: str, port: int) -> str:
        try:
            addresses = await self._resolve(host, port)
        except OSError as error:
            raise httpx.ConnectError(f"{host} cannot be found") from error
        for address in addresses:
            if not is_public(address):
                raise BlockedAddress(
                    f"{host} leads to an address inside this network, so it is not called.",
                    hint="Check the addresses in the integration's settings.",
                )
        return addresses[0]

    async def aclose(self) -> None:
        await self._inner.aclose()


def is_public(text: str) -> bool:
    """True for an address of the public internet, IPv4 inside IPv6 included."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if mapped is not None:
        address = mapped
    return address.is_global and not address.is_multicast
