"""The network as a connection sees it: the hosts its settings name, at addresses that are allowed.

A name that anybody can register must lead to the public internet. Addresses and names that only the local
network can answer (`localhost`, one label, `.internal` and the like) may be anywhere, but only when an admin
typed them into the settings: self-hosted ATSs and twins live there. Link-local addresses, where clouds keep
their instance credentials, are never called. The connection goes to the very address that was checked, so
that a second look-up cannot lead elsewhere.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from typing import Final
from urllib.parse import urlsplit

import httpx

from core.registry.catalog import Catalog
from core.sdk.connector import ConnectorEntry
from core.sdk.errors import Misconfigured
from core.sdk.http import Http
from core.sdk.scorer import ScorerEntry

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Awaitable[list[str]]]
_SECONDS: Final = 30.0
_PATIENCE: Final = 900.0
_SCORERS_PATIENCE: Final = 60.0
"""Seconds a scorer's call waits when told to; longer waits are the queue's, which keeps no process for them."""
_LOCAL_SUFFIXES: Final = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".test")
"""Names no public registry hands out: RFC 6761, 6762, 8375; `.internal` is ICANN's, `.lan` is habit."""
_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: carries an IPv4 address in its last 32 bits."""
_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
"""RFC 4291 2.5.5.1, deprecated: the same for IPv4-compatible addresses."""


class BlockedAddress(Misconfigured):
    """A host leads to an address inside the network that nobody asked for."""


def open_http(
    entry: ConnectorEntry | ScorerEntry,
    settings: Mapping[str, str],
    *,
    on_wait: Callable[[float], Awaitable[None]] | None = None,
    patience: float = _PATIENCE,
) -> Http:
    """The client of one connection, or of one scorer; it waits at most `patience` seconds when told to."""
    hosts = entry.hosts(settings) if entry.hosts else frozenset[str]()
    typed = frozenset(
        host
        for field in entry.fields
        if field.kind == "url" and settings.get(field.name)
        if (host := urlsplit(settings[field.name]).hostname) and is_local_name(host)
    )
    transport = GuardedTransport(typed)
    return Http(hosts, transport=transport, timeout=_SECONDS, patience=patience, on_wait=on_wait)


def scorer_client(catalog: Catalog, scorer: str, settings: Mapping[str, str]) -> Http | None:
    """The client of a scorer that calls somebody; None for one that does not, or is not installed."""
    found = catalog.scorers.get(scorer)
    if found is None or found.entry.hosts is None:
        return None
    return open_http(found.entry, settings, patience=_SCORERS_PATIENCE)


async def _resolve(host: str, port: int) -> list[str]:
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def _transport() -> httpx.AsyncBaseTransport:
    return httpx.AsyncHTTPTransport(retries=0, verify=_certificates())


@cache
def _certificates() -> ssl.SSLContext:
    """Read once: it takes longer than a request."""
    return httpx.create_ssl_context()


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx's transport, after a look at where a host leads; `local` hosts may lead inside.

    Every host has connections of its own: two names at one address must not share a TLS session that was
    verified for one of them.
    """

    def __init__(
        self,
        local: frozenset[str],
        *,
        resolve: Resolve = _resolve,
        inner: Callable[[], httpx.AsyncBaseTransport] = _transport,
    ) -> None:
        self._local = local
        self._resolve = resolve
        self._make_inner = inner
        self._inner: dict[str, httpx.AsyncBaseTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.url.userinfo:
            raise BlockedAddress("Addresses with a user name in them are not called.")
        host = request.url.host
        addresses = await self._checked(host, request.url.port or 443)
        if host not in self._inner:
            self._inner[host] = self._make_inner()
        inner = self._inner[host]
        for address in addresses[:-1]:
            try:
                return await inner.handle_async_request(_to(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
        return await inner.handle_async_request(_to(request, addresses[-1]))

    async def _checked(self, host: str, port: int) -> list[str]:
        try:
            async with asyncio.timeout(_SECONDS):
                addresses = list(dict.fromkeys(await self._resolve(host, port)))
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"{host} cannot be found") from error
        allowed = may_be_called if host in self._local else is_public
        if not addresses:
            raise httpx.ConnectError(f"{host} cannot be found")
        if not all(map(allowed, addresses)):
            raise BlockedAddress(
                f"{host} leads to an address inside this network, so it is not called.",
                hint="Check the addresses in the integration's settings.",
            )
        return addresses

    async def aclose(self) -> None:
        for inner in self._inner.values():
            await inner.aclose()


def _to(request: httpx.Request, address: str) -> httpx.Request:
    """The same request to a checked address. The one given stays as it is: it may be sent again."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": request.url.host},
    )


def is_local_name(host: str) -> bool:
    """True for what only the local network answers: an IP address, one label, a name kept for local use."""
    name = host.rstrip(".").lower()
    return _parsed(name) is not None or "." not in name or name.endswith(_LOCAL_SUFFIXES)


def may_be_called(text: str) -> bool:
    """True for an address a self-hosted system may have: public, private or this machine's loopback."""
    address = _parsed(text)
    if address is None:
        return False
    return address.is_loopback or not (
        address.is_link_local
        or address.is_multicast
        or address.is_unspecified
        or address.is_reserved
        or getattr(address, "is_site_local", False)
    )


def is_public(text: str) -> bool:
    """True for an address of the public internet, IPv4 inside IPv6 included."""
    address = _parsed(text)
    return address is not None and may_be_called(text) and address.is_global


def _parsed(text: str) -> Address | None:
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return _inside(address) or address


def _inside(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address an IPv6 address stands for; `::` and `::1` stand for themselves."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    carries = address in _NAT64 or (address in _COMPATIBLE and int(address) > 1)
    if carries:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour
