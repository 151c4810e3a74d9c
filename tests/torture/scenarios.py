"""What is done to the workers and to Kafka. Each scenario is given a ground and the seconds it may take."""

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

from topic_log import write
from torture.ground import Ground
from torture.news import articles, stream

from streams import topics

RATE = 120.0  # articles a second that keep coming: about a third of what a core works off
FAKETIME = (
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
)


class Absent(RuntimeError):
    """The machine lacks what a scenario needs; the message says what."""


def killed(ground: Ground, seconds: float) -> None:
    """kill -9 a worker at random, again and again, under load."""
    dice, ends = random.Random(1), time.monotonic() + seconds
    workers = [ground.join(), ground.join()]
    with ground.flow(stream(1), RATE):
        while time.monotonic() < ends:
            time.sleep(dice.uniform(0.2, 4.0))  # anywhere: while it starts, recovers, works
            one = dice.choice(workers)
            if one.running:
                one.process.kill()
                one.process.wait()
                ground.faults += 1


def ended(ground: Ground, seconds: float) -> None:
    """TERM to a worker, again and again, under load; no duplicate may come of it."""
    ends = time.monotonic() + seconds
    ground.join()
    other = ground.join()
    with ground.flow(stream(2), RATE):
        while time.monotonic() < ends:
            code = ground.leave(other)
            if code != 0:
                raise RuntimeError(f"TERM: exit code {code}")
            ground.faults += 1
            other = ground.join()


def joined(ground: Ground, seconds: float) -> None:
    """A second and a third worker join and leave, under load."""
    ends = time.monotonic() + seconds
    ground.join()
    with ground.flow(stream(3), RATE):
        while time.monotonic() < ends:
            second, third = ground.join(), ground.join()
            ground.leave(second)
            ground.leave(third)
            ground.faults += 4


def broker_killed(ground: Ground, seconds: float) -> None:
    """The only broker is killed and started again."""
    ends = time.monotonic() + seconds
    ground.join()
    ground.join()
    with ground.flow(stream(4), RATE):
        while time.monotonic() < ends:
            time.sleep(5)
            ground.cluster.kill(1)
            time.sleep(3)
            ground.cluster.restart(1)
            ground.faults += 1


def one_of_three(ground: Ground, seconds: float) -> None:
    """One broker of three is killed and started again, then the next."""
    ends, number = time.monotonic() + seconds, 0
    ground.join()
    ground.join()
    with ground.flow(stream(5), RATE / 2):
        while time.monotonic() < ends:
            number = number % 3 + 1
            time.sleep(5)
            ground.cluster.kill(number)
            time.sleep(8)
            ground.cluster.restart(number)
            ground.faults += 1


def stalled(ground: Ground, seconds: float) -> None:
    """A worker stands still for longer than its session lasts, loses its partitions, and wakes up."""
    ends = time.monotonic() + seconds
    first = ground.join()
    ground.join()
    with ground.flow(stream(6), RATE):
        while time.monotonic() < ends:
            time.sleep(4)
            first.process.send_signal(signal.SIGSTOP)
            time.sleep(12)
            first.process.send_signal(signal.SIGCONT)
            ground.faults += 1
            time.sleep(4)


def clock(ground: Ground, seconds: float) -> None:
    """The workers' clock jumps a day on and two days back, as an operator or a bad time server may make it."""
    library = next((path for path in FAKETIME if Path(path).exists()), None)
    if library is None:
        raise Absent("libfaketime is not installed (Debian: apt install faketime)")
    said = ground.folder / "clock"
    said.write_text("+0")
    pretend = {
        "LD_PRELOAD": library, "FAKETIME_TIMESTAMP_FILE": str(said), "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    ends = time.monotonic() + seconds
    ground.join(**pretend)
    with ground.flow(stream(7), RATE):
        while time.monotonic() < ends:
            for jump in ("+1d", "-1d", "+0"):
                said.write_text(jump)
                ground.faults += 1
                time.sleep(3)


def twice(ground: Ground, seconds: float) -> None:
    """The same news published twice, the second time while the first is being worked off."""
    told = articles(8, int(RATE * seconds / 4))
    ground.join()
    ground.publish(told)
    ground.publish(told)
    ground.faults += 1


def disordered(ground: Ground, seconds: float) -> None:
    """Versions out of order: each stretch of the news shuffled."""
    dice, told = random.Random(9), articles(9, int(RATE * seconds / 2))
    ground.join()
    for start in range(0, len(told), 200):
        stretch = told[start : start + 200]
        dice.shuffle(stretch)
        ground.publish(stretch)
        ground.faults += 1


def malformed(ground: Ground, seconds: float, count: int = 100_000) -> None:
    """100,000 records that nobody can read, among good ones; one worker is killed half way."""
    dice, good = random.Random(10), stream(10)
    shapes = (b"", b"\xff\xfe", b"{", b"[]", b"{}", b"null", b'{"uri": 7}', b'{"uri": "urn:x", "version": "1"}')
    worker = ground.join()
    for sent in range(0, count, 500):  # fewer in a row than the brake allows
        bad = [(b"%d" % dice.randrange(10**6), dice.choice(shapes)) for _ in range(500)]
        write(ground.settings, topics.ARTICLES, bad)
        ground.publish(next(good) for _ in range(20))
        if sent == count // 2:
            worker.process.kill()
    ground.faults += count


Scenario = Callable[[Ground, float], None]
# Each with the nodes it needs and its share of the time.
SCENARIOS: dict[str, tuple[Scenario, int, float]] = {
    "killed": (killed, 1, 5), "ended": (ended, 1, 1), "joined": (joined, 1, 1), "broker-killed": (broker_killed, 1, 1),
    "one-of-three": (one_of_three, 3, 1), "stalled": (stalled, 1, 1), "clock": (clock, 1, 0.5), "twice": (twice, 1, 0.5),
    "disordered": (disordered, 1, 0.5), "malformed": (malformed, 1, 0.5),
}  # fmt: skip
