"""Reading what outsiders wrote, in a process of its own: one that takes too long or too much is ended.

Parsers of XML and HTML have bad inputs that nobody has found yet. Here such a one costs one document.
"""

import asyncio
import contextlib
import multiprocessing
import resource
import signal
import threading
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from streams.inlets.feeds.entries import Contents, TooLong, Unreadable

SECONDS = 10.0  # for one document; a long one takes half of one
MEMORY = 2 << 30  # bytes of address space, where the system can limit it

packer = msgspec.msgpack.Encoder()


class Reader:
    """A process that reads documents, one at a time; started when first wanted, and again after it was ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.turn = threading.Lock()
        self.ended = False
        self.process: multiprocessing.process.BaseProcess | None = None
        self.ours: Connection | None = None

    async def contents(self, body: bytes, url: str, content_type: str, charset: str | None, most: int) -> Contents:
        """What a feed document says, as entries.read. Raises Unreadable, TooLong."""
        answer = await asyncio.to_thread(self._ask, "entries", (body, url, content_type, charset, most))
        return msgspec.convert(answer, Contents)

    async def page(self, body: bytes, content_type: str, charset: str | None) -> str:
        """The text of an article's page, as page.read. Raises Unreadable, TooLong."""
        return await asyncio.to_thread(self._ask, "page", (body, content_type, charset))

    def close(self) -> None:
        """End for good; who still waits for an answer gets Unreadable."""
        self.ended = True
        if process := self.process:
            process.kill()
        with self.turn:
            self._end()

    def _ask(self, what: str, arguments: tuple[Any, ...]) -> Any:
        with self.turn:
            if self.ended:
                raise Unreadable("the program ends")
            if not self.process or not self.process.is_alive():
                self._end()
                self._start()
            try:
                self.ours.send_bytes(packer.encode((what, arguments)))
                if not self.ours.poll(self.seconds):
                    raise TooLong(f"not read within {self.seconds:g} s")
                problem, answer = msgspec.msgpack.decode(self.ours.recv_bytes())
            except (EOFError, OSError):
                self._end()
                raise Unreadable("the process that read it broke down") from None
            except Unreadable:
                self._end()
                raise
        if problem:
            raise Unreadable(problem)
        return answer

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.ours, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs,), daemon=True, name="tollwire-reader")
        self.process.start()
        theirs.close()

    def _end(self) -> None:
        if self.process:
            self.process.kill()
            self.process.join()
            self.ours.close()
            self.process = self.ours = None


def _serve(asked: Connection) -> None:
    """Answer until the other side is gone."""
    from streams.inlets.feeds import entries

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the parent, which ends this one
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    while True:
        try:
            what, arguments = msgspec.msgpack.decode(asked.recv_bytes())
        except (EOFError, OSError):
            return
        try:
            if what == "entries":
                answer = (None, entries.read(*arguments))
            else:
                from streams.inlets.feeds import page  # it costs a second and a hundred megabytes: only where asked for

                answer = (None, page.read(*arguments))
        except Unreadable as bad:
            answer = (str(bad), None)
        except (Exception, MemoryError) as bad:  # a parser's own: this document cannot be read, the next one can
            answer = (f"cannot be read ({type(bad).__name__}: {str(bad)[:200]})", None)
        asked.send_bytes(packer.encode(answer))
