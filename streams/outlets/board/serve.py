"""The board on a port, in a thread of its own: `tollwire board` has nothing else, `tollwire up` has it beside the workers."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from streams.outlets.board.app import Bell, Board
from streams.outlets.board.follow import Follower
from streams.settings import BadSetting, Settings


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """Serve the board; gives its address. Kafka may come later. Raises BadSetting where the port is taken."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="board", daemon=True)
    thread.start()
    try:
        follower, runner = asyncio.run_coroutine_threadsafe(_start(settings), loop).result()
        try:
            host, port, *_ = runner.addresses[0]
            follower.start()
            yield f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        finally:
            follower.stop()
            asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


async def _start(settings: Settings) -> tuple[Follower, web.AppRunner]:
    bell = Bell()
    follower = Follower(settings, bell.ring)
    runner = web.AppRunner(Board(follower, bell).app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        await web.TCPSite(runner, settings.board_host, settings.board_port).start()
    except OSError as taken:
        await runner.cleanup()
        raise BadSetting(
            f"the board cannot listen at {settings.board_host}:{settings.board_port} ({taken.strerror or taken}); "
            "set TOLLWIRE_BOARD_PORT to another"
        ) from None
    return follower, runner
