"""The alert agent: news.events → news.alerts. Its table keeps the situations."""

import faust

from agents.flow import Alert
from agents.shell import Shell, raw_table, raw_topic
from streams import metrics, records
from streams.settings import Settings


def alert(app: faust.App, settings: Settings) -> Shell:
    """Add the agent and its table to the app."""
    table = raw_table(app, settings, Alert.state)
    stage = Alert(table.data, settings.situation_days)
    shell = Shell(app, stage, settings, table, count=_count)
    metrics.situations.set_function(lambda: len(stage.situations))

    @table.on_recover
    async def recall() -> None:
        stage.recall()

    @app.agent(raw_topic(app, settings, stage.reads), name="alert")
    async def work(events: faust.Stream) -> None:
        await shell.run(events)

    return shell


def _count(alert: records.Alert) -> None:
    metrics.alerts.labels(alert.kind, alert.measure).inc()
    metrics.alert_countries.labels(alert.country).inc()
    if alert.unit == "person":
        change = (alert.best or 0) - ((alert.previous and alert.previous.best) or 0)
        metrics.toll_persons.labels(alert.measure, "up" if change > 0 else "down").inc(abs(change))
