"""Fetching from servers that are slow, endless, lying, or that point inwards: always bounded, always with a reason."""

import asyncio
import gzip
import socket
import ssl
import time
import zlib
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address

import pytest
import trustme
from yarl import URL

from streams.inlets.feeds.addresses import public
from streams.inlets.feeds.config import Feed
from streams.inlets.feeds.fetch import Failed, _next, fetch, session

HERE = ("127.0.0.1/32",)


@asynccontextmanager
async def at_once(_host):
    yield


def get(url, headers=None, **options):
    options = {"allow": HERE, "timeout": 2, "max_bytes": 100_000} | options
    feed = Feed(url=url, **options)

    async def run():
        async with session(feed, "tollwire tests") as client:
            return await fetch(client, feed, url, headers or {}, at_once)

    return asyncio.run(run())


def failure(url, **options):
    with pytest.raises(Failed) as error:
        get(url, **options)
    return error.value


def test_a_document_comes_with_what_the_server_says_of_it(site):
    site.pages["/rss"] = (200, {"ETag": '"1"', "Last-Modified": "x", "Content-Type": "text/xml"}, b"<rss/>")
    document = get(site.url + "/rss#part", {"If-None-Match": '"0"'})
    assert (document.body, document.etag, document.modified, document.content_type) == (
        b"<rss/>",
        '"1"',
        "x",
        "text/xml",
    )
    (path, headers), *more = site.asked
    assert (path, headers["User-Agent"], headers["If-None-Match"], more) == ("/rss", "tollwire tests", '"0"', [])
    assert not {"Cookie", "Authorization", "Proxy-Authorization"} & set(headers)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_compressed_documents(site, coding):
    text = b"<rss/>" * 1000
    site.pages["/"] = (
        200,
        {"Content-Encoding": coding},
        gzip.compress(text) if coding == "gzip" else zlib.compress(text),
    )
    assert get(site.url + "/").body == text


def test_not_modified(site):
    site.pages["/"] = (304, {}, b"")
    assert get(site.url + "/").body is None


@pytest.mark.parametrize(
    ("status", "why"),
    [(404, "status"), (410, "status"), (500, "status"), (206, "status"), (429, "busy"), (503, "busy")],
)
def test_other_answers_are_failures_with_what_the_server_asks_for(site, status, why):
    site.pages["/"] = (status, {"Retry-After": "120"}, b"later")
    failed = failure(site.url + "/")
    assert (failed.why, failed.retry_after) == (why, "120")
    assert f"answers {status}" in str(failed)


def quietly(page):
    """The client goes away midway, which is what these tests want."""

    def wrapped(handler):
        with suppress(OSError):
            page(handler)
        handler.close_connection = True

    return wrapped


def forever(start, piece, pause=0.0):
    """An answer that never ends."""

    @quietly
    def page(handler):
        handler.wfile.write(start)
        while True:
            handler.wfile.write(piece)
            time.sleep(pause)

    return page


def test_a_slow_server_is_left_in_time(site):
    site.pages["/body"] = forever(b"HTTP/1.1 200 OK\r\n\r\n", b"x", 0.05)
    site.pages["/head"] = forever(b"HTTP/1.1 200 OK\r\n", b"X", 0.05)
    for path in ("/body", "/head"):
        began = time.monotonic()
        assert failure(site.url + path, timeout=0.5).why == "timeout"
        assert time.monotonic() - began < 2


def test_an_endless_document_is_left_at_its_limit(site):
    site.pages["/"] = forever(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 10_000)
    failed = failure(site.url + "/", timeout=20)
    assert (failed.why, "longer than 100,000 bytes" in str(failed)) == ("size", True)


def test_endless_headers_are_left(site):
    site.pages["/"] = forever(b"HTTP/1.1 200 OK\r\n", b"X-Filler: 1\r\n" * 100)
    assert failure(site.url + "/", timeout=20).why == "connection"
    site.pages["/"] = forever(b"HTTP/1.1 200 OK\r\nX: ", b"y" * 10_000)
    assert failure(site.url + "/", timeout=20).why == "connection"


def test_a_bomb_is_not_inflated(site):
    squeeze = zlib.compressobj(9, wbits=31)
    bomb = b"".join(squeeze.compress(bytes(1 << 20)) for _ in range(200)) + squeeze.flush()
    site.pages["/"] = (200, {"Content-Encoding": "gzip"}, bomb)
    assert len(bomb) < 250_000
    failed = failure(site.url + "/", timeout=20)
    assert failed.why == "size"
    site.pages["/"] = (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(bomb))
    assert failure(site.url + "/").why == "encoding"


def test_broken_compression(site):
    whole = gzip.compress(b"<rss/>" * 1000)
    for body in (b"<rss/>", whole[:-12], b""):
        site.pages["/"] = (200, {"Content-Encoding": "gzip"}, body)
        assert failure(site.url + "/").why == "encoding"
    site.pages["/"] = (200, {"Content-Encoding": "br"}, b"x")
    assert failure(site.url + "/").why == "encoding"


def test_nonsense_and_silence(site):
    @quietly
    def nonsense(handler):
        handler.wfile.write(b"\0\1\2 this is not HTTP\r\n\r\n")

    @quietly
    def silence(handler):
        handler.connection.shutdown(2)

    @quietly
    def cut(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")

    for page in (nonsense, silence, cut):
        site.pages["/"] = page
        assert failure(site.url + "/").why == "connection"
    assert failure("http://127.0.0.1:1/").why == "connection"


def test_redirects_are_followed_only_as_far_as_allowed(site):
    for hop in range(3):
        site.pages[f"/{hop}"] = (301, {"Location": f"/{hop + 1}"}, b"")
    site.pages["/3"] = (200, {}, b"there")
    assert get(site.url + "/0", redirects=3).body == b"there"
    failed = failure(site.url + "/0", redirects=2)
    assert (failed.why, "more than 2 times" in str(failed)) == ("redirect", True)
    failed = failure(site.url + "/0")
    assert (failed.why, "/1 and `redirects` in feeds.toml allows none" in str(failed)) == ("redirect", True)


def test_a_loop_of_redirects_ends(site):
    site.pages["/a"] = (302, {"Location": "/b"}, b"")
    site.pages["/b"] = (302, {"Location": "/a"}, b"")
    assert failure(site.url + "/a", redirects=5).why == "redirect"
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://169.254.169.254/latest/meta-data", "address"),
        ("http://[::ffff:169.254.169.254]/", "address"),
        ("http://10.0.0.1/", "address"),
        ("http://[fe80::1]/", "address"),
        ("http://0.0.0.0/", "address"),
        ("file:///etc/passwd", "address"),
        ("gopher://127.0.0.1/", "address"),
        ("http://user:password@127.0.0.1/", "address"),
        ("", "redirect"),
    ],
)
def test_a_redirect_inwards_is_refused(site, target, why):
    site.pages["/"] = (302, {"Location": target}, b"")
    failed = failure(site.url + "/", redirects=3)
    assert failed.why == why
    assert "password" not in str(failed).replace("user or a password", "")
    assert len(site.asked) == 1


def test_a_redirect_to_another_service_on_this_machine_does_not_arrive(site, inner_site):
    site.pages["/"] = (302, {"Location": inner_site.url + "/admin"}, b"")
    failed = failure(site.url + "/", redirects=3)
    assert (failed.why, "127.0.0.2 is not a public address" in str(failed)) == ("address", True)
    assert inner_site.asked == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "127.1", "0x7f000001", "[::1]", "[::ffff:7f00:1]"]
)
def test_this_machine_under_any_name_is_refused_unless_allowed(site, host):
    port = site.server.server_port
    assert failure(f"http://{host}:{port}/", allow=()).why in ("address", "connection")  # no name for it: no connection
    assert site.asked == []


def test_a_name_is_judged_by_what_it_resolves_to_at_each_connection(site, monkeypatch):
    """A name server that answers with a public address first and 127.0.0.1 then (DNS rebinding)."""
    real, answers = socket.getaddrinfo, iter(["127.0.0.1", "127.0.0.2"])

    def lying(host, port, *more, **others):
        return real(next(answers) if host == "feeds.example.org" else host, port, *more, **others)

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    there = f"http://feeds.example.org:{site.server.server_port}/"
    site.pages["/"] = (200, {}, b"<rss/>")
    assert get(there).body == b"<rss/>"  # allowed: 127.0.0.1
    assert failure(there).why == "address"  # not allowed: 127.0.0.2
    assert len(site.asked) == 1


def test_a_certificate_of_nobody_is_refused(site):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    failed = failure(site.url.replace("http:", "https:") + "/")
    assert (failed.why, "certificate verify failed" in str(failed)) == ("connection", True)
    assert site.asked == []


def test_a_redirect_out_of_tls_is_refused():
    assert _next(URL("https://example.org/rss"), "/atom", 301) == "https://example.org/atom"
    with pytest.raises(Failed, match="not protected by TLS"):
        _next(URL("https://example.org/rss"), "http://example.org/rss", 301)


def test_public_addresses():
    inner = (
        "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.0.1 100.64.0.1 0.0.0.0 255.255.255.255 224.0.0.1 240.0.0.1 "
        "::1 :: fe80::1 fc00::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1"
    )
    assert [each for each in inner.split() if public(ip_address(each))] == []
    assert all(public(ip_address(each)) for each in ["9.9.9.9", "2620:fe::fe", "::ffff:9.9.9.9"])
