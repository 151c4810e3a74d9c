"""Read again after a crash: an event gives what it gave, and changes nothing.

Kafka may take the change of a situation and not yet the alert, and gives back every event since the last
commit. So how far the log has been worked in is kept with the situations (each has the offset of the last event
that changed it), and what an event gave is kept beside them, written first, for as long as it may be read again:

- above that offset an event is new, whatever was written of its answer;
- at or below it, it is answered from what was kept: the same alert, or silence;
- one that changed several situations, and is the last, may have been written by half: it is written again, from
  copies that were made before.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from agents.alert.situations.situation import Situation
from agents.alert.telling.give import Given, alert, of_alert
from agents.outcome import REPLAYABLE, Outcome
from streams import wire
from streams.records import Country, Event

DUPLICATE = Outcome(silenced=("duplicate",))
ANSWER, PART = "answer/", "part/"  # what their keys begin with; a situation's has no slash
OLD = 2  # answers let go with one event, at most; it adds one


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the event at an offset gave, beside the one situation that it changed."""

    country: Country
    offset: int
    given: Given | None = None
    parts: int = 0  # situations that it changed, where it was more than one
    forgot: tuple[str, ...] = ()  # those that it ended then

    @property
    def key(self) -> str:
        return _key(self.country, self.offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the situations that an event changed together. The next such event of the country writes over it."""

    number: int
    offset: int
    situation: Situation

    @property
    def key(self) -> str:
        return _part(self.situation.country, self.number)


class Answers:
    """Where the answers are that are kept: only how old they are, as `again` reads them from the state itself."""

    def __init__(self) -> None:
        self._offsets: dict[str, deque[int]] = {}

    def put(self, answer: Answer) -> None:
        """Answers come in the order of their offsets."""
        self._offsets.setdefault(answer.country, deque()).append(answer.offset)

    def drop(self, key: str) -> None:
        """Let go of an answer, the oldest of its country."""
        country, offset = key.removeprefix(ANSWER).split("/")
        offsets = self._offsets.get(country)
        if offsets and offsets[0] == int(offset):
            offsets.popleft()

    def old(self, country: str, offset: int) -> Iterator[str]:
        """The keys of some that cannot be asked for any more, now that the log is read at this offset."""
        for one in islice(self._offsets.get(country, ()), OLD):
            if offset - one > REPLAYABLE:
                yield _key(country, one)


def again(event: Event, offset: int, reached: int, store: Mapping[bytes, bytes]) -> Outcome | None:
    """The answer to an event that was worked in before; None to a new one.

    `reached` is the offset up to which the events of its country have been worked in, `store` the state.
    """
    if not 0 <= reached - offset <= REPLAYABLE:  # further back, the topic was made anew
        return None
    found = store.get(_key(event.country, offset).encode())
    if found is None:
        return DUPLICATE
    answer = wire.decode(found, Answer)
    outcome = Outcome(records=(alert(event, answer.given),)) if answer.given else DUPLICATE
    if offset == reached:
        parts = tuple(_parts(answer, store))
        if len(parts) == answer.parts:
            return replace(outcome, remember=parts, forget=answer.forgot)
    return outcome


def kept(outcome: Outcome, event: Event, offset: int, answers: Answers) -> Outcome:
    """The outcome, with what must be written before it so that it can be given again."""
    changed = outcome.remember
    if not (outcome.records or outcome.forget or len(changed) > 1):
        return outcome
    parts = tuple(Part(number=at, offset=offset, situation=one) for at, one in enumerate(changed) if len(changed) > 1)
    answer = Answer(
        country=event.country, offset=offset, given=next(map(of_alert, outcome.records), None), parts=len(parts),
        forgot=outcome.forget,
    )  # fmt: skip
    old = tuple(answers.old(event.country, offset))
    return replace(outcome, remember=(*parts, answer, *changed), forget=(*outcome.forget, *old))


def is_situation(key: str) -> bool:
    """Is it a situation's key, among those of the state?"""
    return not key.startswith((ANSWER, PART))


def decoded(key: str, value: bytes) -> Situation | Answer | Part:
    """A record of the state."""
    return wire.decode(value, Situation if is_situation(key) else Answer if key.startswith(ANSWER) else Part)


def _key(country: str, offset: int) -> str:
    return f"{ANSWER}{country}/{offset}"


def _part(country: str, number: int) -> str:
    return f"{PART}{country}/{number}"


def _parts(answer: Answer, store: Mapping[bytes, bytes]) -> Iterator[Situation]:
    """Those that are still there: a later event may have written over them, once all of them were worked in."""
    for number in range(answer.parts):
        found = store.get(_part(answer.country, number).encode())
        part = wire.decode(found, Part) if found else None
        if part is not None and part.offset == answer.offset:
            yield part.situation
