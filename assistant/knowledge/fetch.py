"""Gets one public address over HTTP for ingestion, and refuses everything that leads into a private network; it reads no format and follows no links.

The name is resolved once a hop, every address it has must be public, and the connection goes to the address that was checked: an answer that changes
between check and connection changes nothing. Rules after OWASP's SSRF prevention sheet and ASVS 1.3.6.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from assistant.errors import BackendUnavailable, InvalidInput
from assistant.knowledge.load.model import over, raise_it
from assistant.workspace.company import FetchLimits

if TYPE_CHECKING:
    import httpx

Resolve = Callable[[str, int], Sequence[str]]
__all__ = ["FetchLimits", "checked_address", "checked_url", "fetch", "is_public", "system_resolve"]
_PORTS = {"http": 80, "https": 443}
_TYPES = re.compile(
    r"text/(?:html|plain|markdown|csv|x-markdown)|application/(?:xhtml\+xml|pdf|zip|msword|octet-stream|vnd\.openxmlformats-officedocument\.[\w.]+)|message/rfc822"
)
_NAME = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9_-]{1,63}(?<!-))+")
# what C libraries read as an IPv4 address although it is not written as one: 2130706433, 0x7f.1, 0177.0.0.1, 127.1
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?")
_INSIDE = re.compile(r"(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa|in-addr\.arpa|ip6\.arpa|onion)\.?$")
# the IPv6 internet, and in it what carries an IPv4 address inside or is set aside: Teredo and protocols, documentation, 6to4
_IPV6 = IPv6Network("2000::/3")
_SET_ASIDE = tuple(ip_network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "192.0.0.0/24", "192.88.99.0/24"))
# a cloud's own services on addresses that look public
_CLOUD = {"168.63.129.16"}


def fetch(url: str, *, limits: FetchLimits | None = None, resolve: Resolve | None = None, transport: httpx.BaseTransport | None = None) -> tuple[bytes, str]:
    """(body, file name) of an address. Raises InvalidInput (`address`: not public, `redirects`, `too_large`, `content_type`, `status`) and
    BackendUnavailable when it cannot be reached in time."""
    limits, resolve = limits or FetchLimits(), resolve or system_resolve
    until = time.perf_counter() + limits.seconds
    for _ in range(limits.redirects + 1):
        parts, host = checked_url(url)
        address = checked_address(host, _PORTS[parts.scheme], resolve)
        outcome = _get(parts, host, address, limits=limits, until=until, transport=transport)
        if isinstance(outcome, bytes):
            return outcome, unquote(parts.path.rstrip("/").rpartition("/")[2]) or host
        target = urljoin(url, outcome)
        if parts.scheme == "https" and not target.startswith("https:"):
            raise InvalidInput("a redirect from https to something else is not followed", code="address")
        url = target
    raise InvalidInput(f"more than {limits.redirects} redirects; {_raise('redirects')}", code="redirects")


def _raise(name: str) -> str:
    return raise_it(name, "knowledge.fetch_limits")


def checked_url(url: str) -> tuple[SplitResult, str]:
    """The address in parts, and its host in lower case. Raises InvalidInput for anything but plain http(s) to a named host or an address on its own port."""
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise InvalidInput("the address holds blanks, control characters or backslashes", code="address")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise InvalidInput(f"no address: {error}", code="address") from error
    if parts.scheme not in _PORTS:
        raise InvalidInput("only http and https are fetched", code="address")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise InvalidInput("an address with a user name is not fetched", code="address")
    if port not in (None, _PORTS[parts.scheme]):
        raise InvalidInput("only the default port is fetched", code="address")
    if not host or "%" in host:
        raise InvalidInput("the address names no host", code="address")
    return parts, _host(host)


def _host(host: str) -> str:
    """A host name in its wire form, or an address literal. Raises InvalidInput."""
    if ":" in host:
        return str(_public(host))
    try:
        name = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise InvalidInput(f"{host!r} is no host name", code="address") from error
    if _NUMERIC.fullmatch(name):
        if not re.fullmatch(r"(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}", name):
            raise InvalidInput("an address in decimal, octal, hexadecimal or short form is not fetched", code="address")
        return str(_public(name))
    if _INSIDE.search(name) or not _NAME.fullmatch(name):
        raise InvalidInput(f"{name!r} is no public host name", code="address")
    return name


def _public(text: str) -> IPv4Address | IPv6Address:
    """The address a text is, when it is a public one. Raises InvalidInput."""
    try:
        address = ip_address(text)
    except ValueError as error:
        raise InvalidInput(f"{text!r} is no address", code="address") from error
    if not is_public(address):
        raise InvalidInput(f"{address} is not a public address", code="address")
    return address


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of the open internet: not private, loopback, link-local, shared, multicast, reserved or a tunnel to any address."""
    if isinstance(address, IPv6Address) and (address.scope_id is not None or address not in _IPV6):
        return False
    if any(address.version == network.version and address in network for network in _SET_ASIDE):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified) and str(address) not in _CLOUD


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a host. Raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def checked_address(host: str, port: int, resolve: Resolve) -> str:
    """The address to connect to: every address of the host has to be public. Raises InvalidInput, BackendUnavailable when there is none."""
    if ":" in host or _NUMERIC.fullmatch(host):
        return str(_public(host))
    try:
        found = resolve(host, port)
    except OSError as error:
        raise BackendUnavailable(f"the host {host} is not known", code="unreachable") from error
    if not found:
        raise BackendUnavailable(f"the host {host} has no address", code="unreachable")
    checked = [_public(each) for each in found]
    return str(checked[0])


def _get(parts: SplitResult, host: str, address: str, *, limits: FetchLimits, until: float, transport: httpx.BaseTransport | None) -> bytes | str:
    """The body, or where a redirect leads. The connection goes to `address`; name and certificate are those of `host`."""
    import httpx

    place = f"[{address}]" if ":" in address else address
    target = httpx.URL(scheme=parts.scheme, host=place, raw_path=(parts.path or "/").encode() + (f"?{parts.query}".encode() if parts.query else b""))
    headers = {"Host": f"[{host}]" if ":" in host else host, "Accept-Encoding": "identity", "User-Agent": "knowledge-fetch"}
    left = max(until - time.perf_counter(), 0.1)
    try:
        with httpx.Client(transport=transport, trust_env=False, follow_redirects=False, timeout=httpx.Timeout(left, connect=min(left, 10.0))) as client:
            request = client.build_request("GET", target, headers=headers, extensions={"sni_hostname": host})
            response = client.send(request, stream=True)
            try:
                return _read(response, address, limits, until)
            finally:
                response.close()
    except httpx.TimeoutException as error:
        raise BackendUnavailable(f"{host} does not answer within {limits.seconds:g} s; {_raise('seconds')}", code="unreachable") from error
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise BackendUnavailable(f"{host} does not answer: {type(error).__name__}", code="unreachable") from error


def _read(response: httpx.Response, address: str, limits: FetchLimits, until: float) -> bytes | str:
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None else None
    if peer is not None and ip_address(peer[0]) != ip_address(address):
        raise InvalidInput("the connection went somewhere else", code="address")
    if response.is_redirect:
        return response.headers["location"]
    if response.status_code != 200:
        raise InvalidInput(f"the address answers with status {response.status_code}", code="status")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if not _TYPES.fullmatch(kind):
        raise InvalidInput(f"content of the type {kind or 'unknown'} is not read", code="content_type")
    if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise InvalidInput("compressed content was not asked for", code="content_type")
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > limits.bytes:
        raise InvalidInput(f"is {over(int(length), limits.bytes)}; {_raise('bytes')}", code="too_large")
    body = bytearray()
    for block in response.iter_raw():
        body += block
        if len(body) > limits.bytes:
            raise InvalidInput(f"is more than {limits.bytes:,} bytes; {_raise('bytes')}", code="too_large")
        if time.perf_counter() > until:
            raise BackendUnavailable(f"the answer takes longer than {limits.seconds:g} s; {_raise('seconds')}", code="unreachable")
    return bytes(body)
