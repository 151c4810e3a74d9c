"""A web site on this machine that does whatever a test tells it, well-behaved or not."""

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class Site:
    """`pages` maps a path to (status, headers, body), or to a function that is given the request's handler."""

    def __init__(self, address="127.0.0.1"):
        self.pages: dict[str, tuple[int, dict[str, str], bytes] | Callable] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                site.asked.append((self.path, dict(self.headers)))
                page = site.pages.get(self.path, (404, {}, b"no such page"))
                if callable(page):
                    page(self)
                    return
                status, headers, body = page
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer((address, 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.url = f"http://{address}:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self):
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def site():
    running = Site()
    yield running
    running.close()


@pytest.fixture
def inner_site():
    """A service that no feed may reach: it listens on an address that is not allowed."""
    try:
        running = Site("127.0.0.2")
    except OSError as bad:  # macOS has one loopback address
        pytest.skip(f"127.0.0.2: {bad}")
    yield running
    running.close()
