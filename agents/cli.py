"""The command `tollwire`. Each command is short; what it does is in the module it names.

Modules are imported inside the commands, so that `tollwire read` starts without Faust or Kafka.
"""

import logging
import sys
from functools import partial
from pathlib import Path
from typing import Any

import click

from streams.mendable import Mendable
from streams.settings import load

BROKER = click.option("--broker", metavar="HOST:PORT", help="Kafka's bootstrap servers; else TOLLWIRE_BROKER.")
DATA = click.option("--data", type=click.Path(path_type=Path), help="Folder for Kafka's data and the workers' state.")
LANGUAGE = click.option("--language", metavar="CODE", help="Language of plain text files; else detected.")
SOURCE = click.option("--source", metavar="NAME", help="Publisher of plain text files.")
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=str))


class InOrder(click.Group):
    """Lists its commands as they stand here: first what a newcomer wants, last what looks after a deployment."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _two_letters(ctx: click.Context, option: click.Parameter, code: str | None) -> str | None:
    if code is not None and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise click.BadParameter(f"{code!r} is not two letters of ISO 3166, as IQ")
    return code and code.upper()


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="tollwire")
def tollwire() -> None:
    """Casualty and displacement figures out of a stream of news, within a second and with proof."""


@tollwire.command()
@DATA
@click.option("--keep-open", is_flag=True, help="Go on after the drama is told, until Ctrl-C.")
def demo(data: Path | None, keep_open: bool) -> None:
    """An own Kafka, a worker, the seeds published, alerts shown."""
    from agents.demo import run

    sys.exit(run(data, keep_open))


@tollwire.command()
@DATA
@click.option("--port", type=click.IntRange(1, 65535), default=9092, show_default=True, help="Kafka's port.")
@click.option("--workers", type=click.IntRange(1, 16), default=1, show_default=True)
def up(data: Path | None, port: int, workers: int) -> None:
    """Everything on this machine: Kafka, workers, the board. Ctrl-C ends it; the data stay."""
    from agents.up import run

    run(load(data=data, broker=f"127.0.0.1:{port}"), workers)


@tollwire.command()
@BROKER
@PATHS
@LANGUAGE
@SOURCE
@click.option("--strict", is_flag=True, help="Publish nothing if anything is refused.")
@click.option("--rate", type=click.FloatRange(min=0.01), help="Articles a second, at most.")
def publish(broker: str | None, paths: tuple[str, ...], strict: bool, **options: Any) -> None:
    """Publish article updates out of files.

    They are ninjs 2.x or 3.x (JSON Lines, .gz, JSON), or plain text (.txt); - is standard input.

    Exit code 2 where lines were refused; each is named with its reason.
    """
    from agents.screen.publish import publishing

    sys.exit(publishing(load(broker=broker), paths, strict=strict, **options))


@tollwire.command()
@BROKER
@DATA
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--once", is_flag=True, help="Poll each feed once, then end.")
def feed(broker: str | None, data: Path | None, file: Path, once: bool) -> None:
    """Publish what is new in the feeds of a feeds.toml. RSS and Atom, until TERM or Ctrl-C.

    With --once, exit code 2 where a feed failed, 1 where Kafka did not take something.
    """
    from streams.inlets.feeds import config
    from streams.inlets.feeds.run import run
    from streams.inlets.publish import articles_topic

    settings = load(broker=broker, data=data)
    feeds = config.load(file)
    articles_topic(settings)
    _log()
    sys.exit(run(feeds, settings, once))


@tollwire.command()
@BROKER
@click.option("--port", type=click.IntRange(0, 65535), help="Where to listen; else TOLLWIRE_SERVE_PORT.")
def serve(broker: str | None, port: int | None) -> None:
    """Take article updates by HTTP, until TERM or Ctrl-C. POST /articles with the token as bearer.

    The token is TOLLWIRE_SERVE_TOKEN, better in a file: TOLLWIRE_SERVE_TOKEN_FILE.
    """
    from streams.inlets.publish import articles_topic
    from streams.inlets.serve import run

    settings = load(broker=broker, serve_port=port)
    articles_topic(settings)
    _log()
    run(settings, say=partial(click.echo, err=True))


@tollwire.command()
@PATHS
@LANGUAGE
@SOURCE
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each article version.")
@click.option("--explain", is_flag=True, help="Also why each number is a figure or is left out.")
def read(paths: tuple[str, ...], language: str | None, source: str | None, as_json: bool, explain: bool) -> None:
    """What articles say and what comes of it, without a broker. As the workers would give it."""
    from agents.screen.read import reading

    sys.exit(reading(paths, language, source, as_json=as_json, explain=explain))


@tollwire.command()
@BROKER
@click.argument("what", type=click.Choice(["alerts", "events", "figures", "articles", "deadletter"]), default="alerts")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each record.")
@click.option("--from-start", is_flag=True, help="What is in the topic already, too.")
@click.option("--no-follow", is_flag=True, help="End at the topic's end.")
def tail(broker: str | None, what: str, **options: Any) -> None:
    """Records as they come. Alerts, events, figures, articles, or what was refused."""
    from agents.screen.stream import tailing

    tailing(load(broker=broker), what, **options)


@tollwire.command()
@BROKER
@click.option("--port", type=click.IntRange(0, 65535), help="Of the page; else TOLLWIRE_BOARD_PORT.")
def board(broker: str | None, port: int | None) -> None:
    """A page on which alerts arrive, until Ctrl-C. With their history and a map."""
    from agents.up import until_ctrl_c
    from streams.outlets.board.serve import serving

    with until_ctrl_c() as ended, serving(load(broker=broker, board_port=port)) as address:
        click.echo(f"the board is at {address}")
        ended.wait()


@tollwire.command()
@BROKER
@click.option("--json", "form", flag_value="json", default=True, help="JSON Lines, as in the topic (the default).")
@click.option("--csv", "form", flag_value="csv", help="A table for spreadsheets.")
@click.option("--hxl", "form", flag_value="hxl", help="The table with HXL tags.")
@click.option("--geojson", "form", flag_value="geojson", help="A FeatureCollection, for maps.")
@click.option("--cap", "form", flag_value="cap", help="Common Alerting Protocol 1.2, a document a line.")
@click.option("--sender", metavar="NAME", help="CAP's sender: a name that is yours alone, such as your domain.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]), help="Alerts given from then on (UTC)."
)
@click.option("--country", metavar="CODE", callback=_two_letters, help="Only this country: two letters of ISO 3166.")
def export(broker: str | None, form: str, **options: Any) -> None:
    """The alerts so far, in a format that others read. On standard output."""
    from agents.screen.stream import exporting

    sys.exit(exporting(load(broker=broker), form, **options))


@tollwire.command()
@BROKER
@click.argument("situation_id", metavar="ID")
def situation(broker: str | None, situation_id: str) -> None:
    """What was said of a situation, and what came of it. When, by whom, with quotes; alerts name its ID.

    An article's uri instead gives all situations that it speaks of: why it gave no alert, for instance.
    """
    from agents.screen.situation import explaining

    sys.exit(explaining(load(broker=broker), situation_id))


@tollwire.command()
@BROKER
@click.option("--replay", is_flag=True, help="Send the letters back to the topics that they came from.")
@click.option("--stage", help="Only letters of this agent: extract, enrich or alert.")
@click.option("--reason", metavar="TEXT", help="Only letters whose reason contains this.")
def deadletters(broker: str | None, **options: Any) -> None:
    """What could not be processed: where it came from and why."""
    from agents.screen.stream import letters

    letters(load(broker=broker), **options)


@tollwire.command()
@BROKER
@click.option("--once", is_flag=True, help="One look, then end.")
@click.option("--json", "as_json", is_flag=True, help="A line of JSON for each look.")
def stats(broker: str | None, once: bool, as_json: bool) -> None:
    """How the stream is doing, as Kafka knows it. Rates, lag, latency, what is refused, the latest alerts."""
    from agents.screen.health import watching

    watching(load(broker=broker), once=once, as_json=as_json)


@tollwire.command()
@BROKER
@DATA
def doctor(broker: str | None, data: Path | None) -> None:
    """What is well with a deployment, what is not, what to do. Exit code 1 where it is ill."""
    from agents.screen.health import examining

    sys.exit(examining(load(broker=broker, data=data)))


@tollwire.command()
@BROKER
@DATA
@click.option(
    "--into", "prefix", metavar="PREFIX", default="again.", show_default=True, help="Before the new topics' names."
)
@click.option("--workers", type=click.IntRange(1, 16), default=1, show_default=True)
def reprocess(broker: str | None, data: Path | None, prefix: str, workers: int) -> None:
    """All articles once more through this program. Into fresh topics; tells what would change.

    Exit code 3 where events or alerts differ. The old topics stay as they are.
    """
    from agents.screen.health import reprocessing

    sys.exit(reprocessing(load(broker=broker, data=data), prefix, workers))


@tollwire.command()
@BROKER
def run(broker: str | None) -> None:
    """A worker for any cluster, until TERM or Ctrl-C. Creates the topics, then runs all agents."""
    from agents.app import build, work
    from streams import topics

    settings = load(broker=broker)
    for line in topics.ensure(topics.admin(settings), settings):
        click.echo(line, err=True)
    work(build(settings))


@tollwire.command()
@BROKER
@click.option("--ensure", is_flag=True, help="Create what is missing and set what can be set.")
@click.option("--acls", is_flag=True, help="Only print the rights of each role, as arguments of kafka-acls.sh.")
def topics(broker: str | None, ensure: bool, acls: bool) -> None:
    """The topics as they are, and what differs from the settings."""
    from streams import rights, topics

    settings = load(broker=broker)
    if acls:
        for right in rights.rights(settings):
            click.echo(rights.command(right))
        return
    client = topics.admin(settings)
    if ensure:
        for line in topics.ensure(client, settings):
            click.echo(line)
    found = topics.show(client, settings)
    for there in found:
        click.echo(
            f"{there.name:32} {there.partitions:3} partitions  replication {there.replication}  {there.records:9} records"
        )
    problems = [f"{there.name}: {line}" for there in found for line in (*there.wrong, *there.repairable)]
    problems += [
        f"{settings.prefix}{topic.name}: missing"
        for topic in topics.TOPICS + topics.STATE
        if topic not in {f.topic for f in found}
    ]
    if problems:
        raise click.ClickException("\n".join([*problems, "`tollwire topics --ensure` creates and sets what can be"]))


@tollwire.command()
@DATA
@click.option("--nodes", type=click.Choice(["1", "3"]), default="1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=9092, show_default=True, help="Of the first node.")
def broker(data: Path | None, nodes: str, port: int) -> None:
    """An own Apache Kafka on this machine, until Ctrl-C. Needs neither Java nor Docker."""
    from agents.up import until_ctrl_c
    from streams.broker import Cluster

    settings = load(data=data)
    say = partial(click.echo, err=True)
    with until_ctrl_c() as ended, Cluster(settings.data, int(nodes), port, say=say) as cluster:
        click.echo(f"Apache Kafka answers at {cluster.servers}; its data and log are in {cluster.folder}")
        while not ended.wait(1.0):
            if fallen := cluster.fallen():
                raise fallen.failure("ended by itself")


def _log() -> None:
    """A line on standard error for what a person should see; the Kafka client's chatter only where it is serious."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr)
    logging.getLogger("kafka").setLevel(logging.ERROR)


def main() -> None:
    """The entry point: an error that a person can mend is one line, without a traceback."""
    try:
        tollwire(prog_name="tollwire")
    except Mendable as error:
        click.echo(f"tollwire: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:  # `tollwire tail | head`
        sys.stderr.close()
        sys.exit(0)


if __name__ == "__main__":
    main()
