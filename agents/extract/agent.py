"""The extract agent: news.articles → news.figures."""

from itertools import product

import faust

from agents.extract.text.pack import codes
from agents.flow import Extract
from agents.shell import Shell, raw_topic
from streams import metrics
from streams.records import MEASURES, Reading
from streams.settings import Settings


def extract(app: faust.App, settings: Settings) -> Shell:
    """Add the agent to the app."""
    stage = Extract()
    for measure, language in product(MEASURES, (*codes(), "other")):
        metrics.figures.labels(measure, language)  # from zero, so that a rate sees the first of each
    shell = Shell(app, stage, settings, count=_count)

    @app.agent(raw_topic(app, settings, stage.reads), name="extract")
    async def work(articles: faust.Stream) -> None:
        await shell.run(articles)

    return shell


def _count(reading: Reading) -> None:
    language = reading.language if reading.language in codes() else "other"
    for figure in reading.figures:
        metrics.figures.labels(figure.measure, language).inc()
