"""`tollwire situation`: what was said of a situation, out of the agents' own state in Kafka."""

from rich.text import Text

from agents.alert.again import is_situation
from agents.alert.claims.claim import article
from agents.alert.history import history
from agents.alert.situations.situation import Situation
from agents.screen.terminal import err, out
from streams import topics, wire
from streams.outlets.messages import messages
from streams.outlets.shown import clean
from streams.settings import Settings


def explaining(settings: Settings, name: str) -> int:
    """The history of the situation of this id, or of all that the article of this uri speaks of."""
    (state,) = (topic for topic in topics.STATE if "situations" in topic.name)
    uri, found = article(name), {}
    for message in messages(state, settings, "earliest", follow=False):
        found.pop(message.key, None)
        if (
            message.value
            and is_situation(message.key.decode())
            and (message.key == name.encode() or uri.encode() in message.value)
        ):
            found[message.key] = message.value
    situations = [wire.decode(value, Situation) for value in found.values()]
    told = [one for one in situations if one.id == name or any(claim.article == uri for claim in one.claims)]
    if not told:
        err.print(
            Text(
                f"no situation {name}, and none that an article of this uri speaks of: it never was, or has expired; "
                "`tollwire tail --json` shows the ids"
            )
        )
        return 1
    for line in "\n\n".join(map(history, told)).split("\n"):
        out.print(Text("  " * line.startswith(" ") + clean(line).strip()))
    return 0
