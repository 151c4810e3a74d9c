"""Article updates by HTTP: `tollwire serve`. Who bears the token may post; the answer comes when Kafka has it.

    POST /articles   one ninjs object (application/json), or one a line (application/x-ndjson)
    GET  /health     whether the process answers

202 has the ids under which the articles flow. Anything else took nothing, says why in `error`, and may be sent
again as it was: the same article version has the same id. Of lines, all are taken or none.
"""

import asyncio
import hmac
import logging
import re
import signal
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

import orjson
from aiohttp import web

from streams import metrics, probe, wire
from streams.inlets import ninjs
from streams.inlets.handover import Handover, NotTaken
from streams.records import Article
from streams.settings import BadSetting, Settings

MAX_BODY = 4 << 20  # bytes of a request
MOST_AT_ONCE = 32  # requests whose bodies are held in memory
MOST_TOLD = 100  # refused lines that an answer names
BODY_SECONDS = 30.0  # for a body to arrive
RETRY_SECONDS = 5
SHORTEST_TOKEN = 16  # characters; a shorter one can be guessed
OBJECT = frozenset(("application/json", "application/vnd.iptc.ninjs+json"))
LINES = frozenset(("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"))
FIELD = re.compile(r"([A-Za-z_]+(\[\d+\])?(\.[A-Za-z_]+)?): ")

log = logging.getLogger("tollwire.serve")


class Refusal(Exception):
    """What was posted cannot be taken: the status, and what to say."""

    def __init__(self, status: int, error: str, headers: dict[str, str] | None = None, **more: Any) -> None:
        super().__init__(error)
        self.status, self.headers, self.answer = status, headers, {"error": error, **more}


def articles(body: bytes, lines: bool) -> list[Article]:
    """The articles of a body, one or one a line. Raises Refusal, which names each line and field that is wrong."""
    numbered = [(n, line) for n, line in enumerate(body.split(b"\n"), 1) if line.strip()] if lines else [(1, body)]
    found, refused, status = [], [], 422
    for number, line in numbered:
        try:
            plain = wire.load(line)
        except wire.BadRecord as bad:
            status = 400
            refused.append({"line": number, "field": None, "reason": str(bad)})
            continue
        try:
            found.append(ninjs.article(plain))
        except wire.BadRecord as bad:
            named = FIELD.match(str(bad))
            refused.append({"line": number, "field": named[1] if named else None, "reason": str(bad)})
    if refused:
        first = refused[0]
        where = f"line {first['line']}: " if lines else ""
        raise Refusal(status, f"{where}{first['reason']}", refused=refused[:MOST_TOLD])
    if not found:
        raise Refusal(400, "the body is empty")
    return found


def application(token: str, send: Callable[[list[Article]], Awaitable[None]]) -> web.Application:
    """The web application; `send` returns when Kafka has the articles, and raises NotTaken."""
    wanted = sha256(token.encode()).digest()
    places = asyncio.Semaphore(MOST_AT_ONCE)

    def check(request: web.Request) -> None:
        """The token and the kind, before a byte of the body is read. Raises Refusal."""
        scheme, _, borne = request.headers.get("Authorization", "").partition(" ")
        given = sha256(borne.strip().encode("utf-8", "surrogateescape")).digest()
        if not hmac.compare_digest(given, wanted) or scheme.lower() != "bearer":
            raise Refusal(
                401, "the right bearer token is wanted, as in Authorization: Bearer …", {"WWW-Authenticate": "Bearer"}
            )
        if request.content_type not in OBJECT | LINES:
            raise Refusal(415, "wanted is application/json (one object) or application/x-ndjson (one a line)")
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            raise Refusal(415, "a body that is not compressed is wanted", {"Accept-Encoding": "identity"})

    async def post(request: web.Request) -> web.Response:
        check(request)
        async with places:
            try:
                async with asyncio.timeout(BODY_SECONDS):
                    body = await request.read()
            except TimeoutError:
                raise Refusal(408, f"the body did not arrive within {BODY_SECONDS:g} s") from None
            found = articles(body, request.content_type in LINES)
            try:
                await send(found)
            except NotTaken as bad:
                log.warning("%d articles not taken, told to come again: %s", len(found), bad)
                raise Refusal(503, "Kafka does not take it now", {"Retry-After": str(RETRY_SECONDS)}) from None
        metrics.serve_articles.inc(len(found))
        taken = [{"id": wire.record_id(each), "uri": each.uri, "version": each.version} for each in found]
        return _json(202, {"accepted": taken})

    async def health(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    app = web.Application(client_max_size=MAX_BODY, middlewares=[_answered])
    app.add_routes([web.post("/articles", post), web.get("/health", health)])
    return app


@web.middleware
async def _answered(request: web.Request, handler: Callable[[web.Request], Awaitable[web.Response]]) -> web.Response:
    """Every answer in JSON, and counted."""
    try:
        answer = await handler(request)
    except Refusal as bad:
        answer = _json(bad.status, bad.answer, bad.headers)
    except web.HTTPRequestEntityTooLarge:
        answer = _json(413, {"error": f"longer than {MAX_BODY:,} bytes"})
    except web.HTTPException as bad:
        answer = _json(bad.status, {"error": bad.reason}, {k: v for k, v in bad.headers.items() if k == "Allow"})
    except (ConnectionError, asyncio.CancelledError):
        raise  # who asked has gone
    except Exception:
        log.exception("a bug: the request was not answered as it should be")
        answer = _json(500, {"error": "an error of this program; nothing is known of what was posted"})
    if request.path != "/health":
        status = str(answer.status)
        metrics.serve_requests.labels(status if status in metrics.SERVE_STATUSES else "other").inc()
    return answer


def _json(status: int, answer: dict[str, Any], headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(
        status=status, body=orjson.dumps(answer), content_type="application/json", headers=headers
    )  # fmt: skip


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until TERM or Ctrl-C; requests under way are still answered. Raises BadSetting without a good token."""
    if len(settings.serve_token) < SHORTEST_TOKEN:
        raise BadSetting(
            f"a token of at least {SHORTEST_TOKEN} characters is wanted: name a file that holds it in "
            "TOLLWIRE_SERVE_TOKEN_FILE (`openssl rand -hex 32` makes one)"
        )
    asyncio.run(_run(settings, say))


async def _run(settings: Settings, say: Callable[[str], None]) -> None:
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    handover = Handover(settings)
    # A compressed body is refused by its header; it must not be inflated before.
    runner = web.AppRunner(
        application(settings.serve_token, handover.send), access_log=None, auto_decompress=False, shutdown_timeout=15.0
    )
    await runner.setup()
    answering = await probe.serve(settings.metrics_host, settings.metrics_port, lambda: None)
    try:
        await web.TCPSite(runner, settings.serve_host, settings.serve_port).start()
        host, port = runner.addresses[0][:2]
        say(f"articles are taken at http://{host}:{port}/articles")
        await ending.wait()
    finally:
        await runner.cleanup()
        await handover.close()
        await answering.cleanup()
