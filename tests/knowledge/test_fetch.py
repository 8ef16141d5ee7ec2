"""Fetching reaches public addresses only, whatever is written, resolved or redirected to."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any

import httpx
import pytest

from assistant.errors import BackendUnavailable, InvalidInput
from assistant.knowledge.fetch import FetchLimits, fetch, is_public

PUBLIC = "93.184.215.14"
HTML = {"content-type": "text/html; charset=utf-8"}
# what a name or a number may hide: loopback, private, link-local, metadata, multicast, reserved, tunnels, other forms, other ports and schemes
LITERALS = (
    "127.0.0.1", "127.1", "127.0.1", "127.255.255.254", "0", "0.0.0.0", "2130706433", "017700000001", "0177.0.0.1", "0x7f.0.0.1", "0x7f000001", "0x7F.1",
    "127.0.0.1.", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.1.254", "169.254.0.1", "169.254.169.254",
    "169.254.170.2", "100.64.0.1", "100.100.100.200", "192.0.0.192", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255", "168.63.129.16", "3232235777", "0300.0250.1.1", "0xc0a80101", "2852039166", "0xa9fea9fe",
    "0251.0376.0251.0376", "1.1", "00.0.0.0", "127.000.000.001",
    "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:169.254.169.254]", "[::ffff:93.184.215.14]", "[::127.0.0.1]",
    "[64:ff9b::7f00:1]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2001::1]", "[fe80::1]", "[fe80::1%25eth0]",
    "[fc00::1]", "[fd00:ec2::254]", "[fd12:3456::1]", "[ff02::1]", "[fec0::1]", "[2001:db8::1]", "[100::1]", "[::ffff:0:127.0.0.1]", "[3fff::1]",
    "localhost", "LOCALHOST", "localhost.", "app.localhost", "printer.local", "metadata.google.internal", "db.internal", "router.lan", "wiki.corp",
    "nas.home.arpa", "intranet", "host", "①②⑦.⓪.⓪.①", "１２７.０.０.１", "127。0。0。1",
)  # fmt: skip
WRITTEN = (
    "http://user@example.com/", "http://user:pw@example.com/", "http://example.com@127.0.0.1/", "http://127.0.0.1#@example.com/", "http://example.com:8080/",
    "http://example.com:22/", "https://example.com:80/", "http://example.com:0/", "http://example.com:99999/", "ftp://example.com/", "file:///etc/passwd",
    "gopher://example.com/", "dict://example.com:11211/", "data:text/plain,x", "javascript:alert(1)", "//example.com/", "http:///path", "http://",
    "http://exa mple.com/", "http://example.com\\@127.0.0.1/", "http://example.com\r\nHost: x/", "http://-bad.example/", "http://[::1/", "jar:http://example.com!/",
)  # fmt: skip


def nobody(host: str, port: int) -> Sequence[str]:
    raise AssertionError(f"{host} was looked up")


def answering(answers: dict[str, Callable[[httpx.Request], httpx.Response]], seen: list[str]) -> httpx.MockTransport:
    """A transport that notes whom it is asked to connect to."""

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return answers[request.headers["host"]](request)

    return httpx.MockTransport(handle)


@pytest.fixture
def sentinel() -> Iterator[tuple[int, list[str]]]:
    """A server on the loopback address that counts who comes."""
    hits: list[str] = []

    class Counting(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None: ...

    server = http.server.HTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server.server_address[1], hits
    server.shutdown()
    thread.join()
    server.server_close()


def test_no_address_that_is_not_public_is_asked(sentinel: tuple[int, list[str]]) -> None:
    port, hits = sentinel
    urls = [f"{scheme}://{host}{where}/" for host in LITERALS for scheme in ("http", "https") for where in ("", f":{port}")] + list(WRITTEN)
    assert len(LITERALS) + len(WRITTEN) >= 80
    for url in urls:
        with pytest.raises(InvalidInput) as refused:
            fetch(url, resolve=nobody)
        assert refused.value.code == "address", url
    assert hits == []


@pytest.mark.parametrize("address", [host.strip("[]") for host in LITERALS if (host.count(".") == 3 and host[0] in "12") or host.startswith("[")])
def test_a_name_that_leads_to_one_is_refused(address: str) -> None:
    if "%" in address or not _reads(address):
        return
    for found in ([address], [PUBLIC, address], [address, PUBLIC]):
        with pytest.raises(InvalidInput, match="not a public address"):
            fetch("http://docs.example.com/", resolve=lambda host, port, found=found: found, transport=answering({}, []))  # type: ignore[misc]


def _reads(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4001:82a::200e", "172.32.0.1", "11.0.0.1"]
)
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


def test_an_answer_that_flips_between_check_and_connection_changes_nothing() -> None:
    seen: list[str] = []
    asked: list[str] = []

    def flipping(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else ["127.0.0.1"]

    transport = answering({"docs.example.com": lambda request: httpx.Response(200, headers=HTML, stream=httpx.ByteStream(b"<p>hello</p>"))}, seen)
    assert fetch("https://docs.example.com/guide.html", resolve=flipping, transport=transport) == (b"<p>hello</p>", "guide.html")
    assert (asked, seen) == (["docs.example.com"], [PUBLIC])


def test_name_and_certificate_are_those_of_the_host() -> None:
    sent: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, headers=HTML, stream=httpx.ByteStream(b"x"))

    fetch("https://docs.example.com/a?b=c", resolve=lambda host, port: [PUBLIC], transport=httpx.MockTransport(handle))
    (request,) = sent
    assert (request.url.host, request.headers["host"], request.extensions["sni_hostname"]) == (PUBLIC, "docs.example.com", "docs.example.com")
    assert request.url.raw_path == b"/a?b=c"


@pytest.mark.parametrize("target", ["http://127.0.0.1/", "http://169.254.169.254/latest", "//127.0.0.1/x", "http://inside.example.com/", "file:///etc/passwd"])
def test_a_redirect_is_checked_like_the_first_address(target: str) -> None:
    seen: list[str] = []
    known = {"docs.example.com": [PUBLIC], "inside.example.com": ["10.0.0.7"]}
    transport = answering({"docs.example.com": lambda request: httpx.Response(302, headers={"location": target})}, seen)
    with pytest.raises(InvalidInput) as refused:
        fetch("http://docs.example.com/", resolve=lambda host, port: known[host], transport=transport)
    assert (refused.value.code, seen) == ("address", [PUBLIC])


def test_redirects_are_few_and_never_leave_https() -> None:
    seen: list[str] = []
    transport = answering({"docs.example.com": lambda request: httpx.Response(301, headers={"location": "/again"})}, seen)
    with pytest.raises(InvalidInput, match="redirects"):
        fetch("https://docs.example.com/", resolve=lambda host, port: [PUBLIC], transport=transport)
    assert len(seen) == 4
    down = answering({"docs.example.com": lambda request: httpx.Response(301, headers={"location": "http://docs.example.com/"})}, seen)
    with pytest.raises(InvalidInput, match="https"):
        fetch("https://docs.example.com/", resolve=lambda host, port: [PUBLIC], transport=down)


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (httpx.Response(200, headers={"content-type": "image/png"}, content=b"x"), "content_type"),
        (httpx.Response(200, content=b"x"), "content_type"),
        (httpx.Response(404, headers=HTML), "status"),
        (httpx.Response(200, headers={**HTML, "content-length": "9999"}, content=b"x" * 9999), "too_large"),
        (httpx.Response(200, headers=HTML, content=iter([b"x" * 600, b"x" * 600])), "too_large"),
        (httpx.Response(200, headers={**HTML, "content-encoding": "gzip"}, stream=httpx.ByteStream(b"x")), "content_type"),
    ],
)
def test_what_comes_back_is_limited(answer: httpx.Response, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        fetch(
            "http://docs.example.com/",
            limits=FetchLimits(bytes=1000),
            resolve=lambda h, p: [PUBLIC],
            transport=answering({"docs.example.com": lambda _: answer}, []),
        )
    assert refused.value.code == code


def test_a_host_that_is_not_known_or_does_not_answer_is_unreachable() -> None:
    def unknown(host: str, port: int) -> Sequence[str]:
        raise OSError("no such host")

    def broken(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(BackendUnavailable):
        fetch("http://docs.example.com/", resolve=unknown)
    with pytest.raises(BackendUnavailable):
        fetch("http://docs.example.com/", resolve=lambda h, p: [PUBLIC], transport=answering({"docs.example.com": broken}, []))


@pytest.mark.parametrize(
    ("body", "limits", "said"),
    [
        (b"x" * 21, FetchLimits(bytes=20), "21 bytes, more than 20 bytes; raise `bytes` in [knowledge.fetch_limits] of assistant.toml"),
        (b"", FetchLimits(redirects=0), "raise `redirects` in [knowledge.fetch_limits] of assistant.toml"),
    ],
)
def test_a_refusal_names_the_setting(body: bytes, limits: FetchLimits, said: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-type": "text/plain"}, content=body) if body else httpx.Response(302, headers={"location": "/again"})

    with pytest.raises(InvalidInput) as refused:
        fetch("http://docs.example.com/", limits=limits, resolve=lambda host, port: [PUBLIC], transport=httpx.MockTransport(answer))
    assert said in refused.value.message
