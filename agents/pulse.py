"""Ends a worker that has slept through its session, before it does anything else.

A process that was stopped, a container that was paused: Kafka has given its partitions to another worker, but records
on their way and those already fetched would still be written, and the state that they bring would pass for newer than
the other's. Faust notices only when it next hears from Kafka. The process ends without committing; its supervisor
starts it again, and what it had not acknowledged has been done by the other.
"""

import os
import signal
import sys
import threading
import time

from agents.watchdog import EXIT

BEAT = 0.2  # seconds


class Pulse:
    """The time of the last sign of life."""

    def __init__(self, longest: float) -> None:
        self.longest, self.last = longest, time.monotonic()

    def beat(self) -> None:
        """Give a sign of life; ends the process where the last one is longer ago than `longest` seconds."""
        now = time.monotonic()
        slept, self.last = now - self.last, now
        if slept > self.longest:
            sys.stderr.write(f"this worker stood still for {slept:.0f} s and has lost its partitions; ending\n")
            sys.stderr.flush()
            os._exit(EXIT)


def start(longest: float) -> None:
    """Beat in a thread of its own; and when the process is told to continue, before anything that waited goes on."""
    pulse = Pulse(longest)
    signal.signal(signal.SIGCONT, lambda *_: pulse.beat())
    threading.Thread(target=_beat, args=(pulse,), name="pulse", daemon=True).start()


def _beat(pulse: Pulse) -> None:
    while True:
        time.sleep(BEAT)
        pulse.beat()
