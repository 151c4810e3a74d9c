"""What an event gave when it was applied before.

The same event at the same offset is the same event read again after a crash: it gives the very same
alert again and changes nothing. The same event at another offset is a duplicate in the log.
"""

from agents.alert.claims import Claim
from agents.alert.give import alert
from agents.alert.situations import Situations
from agents.outcome import Outcome
from streams.records import KINDS, Event

DUPLICATE = Outcome(silenced=("duplicate",))


def again(event: Event, offset: int, situations: Situations) -> Outcome | None:
    """The answer to an event that was applied before; None to one that is new."""
    gave = situations.of_alert(event.country, event.event_id)
    for gift in gave.given if gave else ():
        if gift.event_id == event.event_id:
            return Outcome(records=(alert(event, gift),)) if gift.offset == offset else DUPLICATE
    known = situations.of_claim(event.country, event.event_id)
    for one in known.claims if known else ():
        for name, at, verdict in ((one.event_id, one.offset, one.verdict), *_withdrawal(one)):
            if name == event.event_id and at >= 0:
                return Outcome(silenced=(verdict,)) if at == offset and verdict not in KINDS else DUPLICATE
    return None


def _withdrawal(one: Claim) -> tuple[tuple[str, int, str], ...]:
    return ((one.gone.event_id, one.gone.offset, one.gone.verdict),) if one.gone else ()
