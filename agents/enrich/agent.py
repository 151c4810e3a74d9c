"""The enrich agent: news.figures → news.events. Its table keeps what each article said last."""

import faust

from agents.flow import Enrich
from agents.shell import Shell, raw_table, raw_topic
from streams.settings import Settings


def enrich(app: faust.App, settings: Settings) -> Shell:
    """Add the agent and its table to the app."""
    table = raw_table(app, settings, Enrich.state)
    stage = Enrich(table.data, settings.article_days)
    shell = Shell(app, stage, settings, table)

    @table.on_recover
    async def recall() -> None:
        stage.recall()

    @app.agent(raw_topic(app, settings, stage.reads), name="enrich")
    async def work(figures: faust.Stream) -> None:
        await shell.run(figures)

    return shell
