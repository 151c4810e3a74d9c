"""How it is: the stream's numbers, a deployment's findings, what another program would say."""

import time
from contextlib import nullcontext, suppress

from rich.live import Live
from rich.text import Text

from agents.doctor import examine
from agents.local import WorkerFailed
from agents.reprocess import CannotReprocess, reprocess
from agents.screen.terminal import err, json_line, out
from streams import topics
from streams.outlets.shown import clean
from streams.outlets.stats import LOOK, looks, picture
from streams.settings import Settings

DIFFERENT = 3  # exit code where two runs say different things
LEVELS = {"well": "green", "look": "bold yellow", "ill": "bold red"}


def watching(settings: Settings, *, once: bool, as_json: bool) -> None:
    """`tollwire stats`: a look every two seconds, until Ctrl-C, or only one. On a screen it waits for a lost Kafka."""
    with suppress(KeyboardInterrupt), nullcontext() if as_json or once else Live(console=out, screen=True) as live:
        while True:
            try:
                for stats in looks(settings):
                    if as_json:
                        json_line(stats)
                    elif live:
                        live.update(picture(stats, settings), refresh=True)
                    else:
                        out.print(picture(stats, settings))
                    if once:
                        return
            except topics.NoBroker as away:
                if not live:
                    raise
                live.update(Text(str(away), "red"), refresh=True)
                time.sleep(LOOK)


def examining(settings: Settings) -> int:
    """`tollwire doctor`: a line for each finding, and under it what to do."""
    worst = 0
    for finding in examine(settings):
        out.print(
            Text.assemble((f"{finding.level:5}", LEVELS[finding.level]), f" {finding.about}: {clean(finding.says)}")
        )
        if finding.level != "well" and finding.do:
            out.print(Text(f"      → {finding.do}"))
        worst = max(worst, finding.level == "ill")
    return int(worst)


def reprocessing(settings: Settings, prefix: str, workers: int) -> int:
    """`tollwire reprocess`: what both runs say, the same and the different, with examples."""
    try:
        compared = reprocess(settings, prefix, workers, lambda line: err.print(Text(line)))
    except (CannotReprocess, WorkerFailed, TimeoutError) as failed:
        err.print(Text(f"tollwire: {failed}"))
        return 1
    for one in compared:
        out.print(f"{one.topic}: {one.same:,} the same, {one.only_before:,} only before, {one.only_after:,} only now")
        for sign, lines in (("-", one.before), ("+", one.after)):
            for line in lines:
                out.print(Text(f"  {sign} {clean(line)}"))
    events, alerts = ((one.only_before, one.only_after) != (0, 0) for one in compared)
    if alerts and not events:
        err.print(
            "events are the same: alerts may differ by the order alone in which articles of several partitions came"
        )
    return DIFFERENT if events or alerts else 0
