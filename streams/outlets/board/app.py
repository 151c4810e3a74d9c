"""The board's web application: a page, its files, and a stream of alerts. Nothing can be changed through it."""

import asyncio
import secrets
import zlib
from contextlib import suppress
from pathlib import Path

import orjson
from aiohttp import web

from streams.outlets.board.follow import Follower

PAGE = Path(__file__).parent / "page"
PAGES = 200  # open at once; each holds a connection
BEAT = 10.0  # seconds of silence after which a sign of life is sent
STATIC, LIVE = "public, max-age=0, must-revalidate", "no-store"
SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Bell:
    """Wakes all who wait, from any thread."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._next = asyncio.Event()

    def ring(self) -> None:
        with suppress(RuntimeError):  # the loop has ended: nobody waits
            self._loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    @property
    def next(self) -> asyncio.Event:
        """What the next ring sets."""
        return self._next


class Board:
    """The handlers. An alert's number says nothing to another run of the board, so ids name the run."""

    def __init__(self, follower: Follower, bell: Bell) -> None:
        self.follower, self.bell = follower, bell
        self.run = secrets.token_hex(4)
        self.open = 0

    def app(self) -> web.Application:
        app = web.Application()
        app.add_routes([
            web.get("/", self.index), web.get("/alerts", self.alerts, allow_head=False), web.get("/health", self.health),
            web.get("/ready", self.ready), web.static("/", PAGE),
        ])  # fmt: skip
        app.on_response_prepare.append(_secure)
        return app

    async def index(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def health(self, _: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def ready(self, _: web.Request) -> web.Response:
        reason = self.follower.unready
        return web.Response(text=f"{reason or 'ready'}\n", status=503 if reason else 200)

    async def alerts(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: `alerts`, up to 200 a time, from after Last-Event-ID on; `state` when it changes."""
        if self.open >= PAGES:
            raise web.HTTPServiceUnavailable(text="too many pages are open\n", headers={"Retry-After": "30"})
        self.open += 1
        try:
            return await self._stream(request)
        finally:
            self.open -= 1

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": LIVE})
        packed = "gzip" in request.headers.get("Accept-Encoding", "")
        if packed:
            answer.headers["Content-Encoding"] = "gzip"
        await answer.prepare(request)
        squeeze = zlib.compressobj(1, wbits=31)

        async def send(text: bytes) -> None:
            await answer.write(squeeze.compress(text) + squeeze.flush(zlib.Z_SYNC_FLUSH) if packed else text)

        run, _, number = request.headers.get("Last-Event-ID", "").partition("-")
        last = int(number) if run == self.run and number.isascii() and number.isdigit() and len(number) < 16 else 0
        told = None
        try:
            while True:
                rung = self.bell.next
                last, batch = self.follower.latest.after(last)
                if batch:
                    await send(
                        b"id: %s-%d\nevent: alerts\ndata: [%s]\n\n" % (self.run.encode(), last, b",".join(batch))
                    )
                    continue
                state = {"away": self.follower.away is not None, "behind": self.follower.behind}
                if state != told:
                    told = state
                    await send(b"event: state\ndata: %s\n\n" % orjson.dumps(state))
                try:
                    await asyncio.wait_for(rung.wait(), BEAT)
                except TimeoutError:
                    told = None  # the state again, as a sign of life: a page takes longer silence for a lost board
        except ConnectionResetError:
            return answer  # the page was closed


async def _secure(_: web.Request, answer: web.StreamResponse) -> None:
    answer.headers.update(SAFE)
    answer.headers.setdefault("Cache-Control", STATIC)
    answer.headers.pop("Server", None)
