"""The Faust app: names the agents, in the order of the flow."""

import gc
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import faust
from faust.types.auth import SASLMechanism

from agents import pulse, watchdog
from agents.alert.agent import alert
from agents.enrich.agent import enrich
from agents.extract.agent import extract
from agents.fence import FencedTable
from agents.read import warm
from agents.recovery import HoldingTables, NumberingProducer, SeekingConsumer
from agents.shell import Shell
from streams import connection, probe
from streams.settings import Settings

log = logging.getLogger("tollwire")

SESSION, HEARTBEAT = 6.0, 1.0  # seconds after which a silent worker's partitions are another's; between signs of life

Attach = Callable[[faust.App, Settings], Shell]
AGENTS: tuple[Attach, ...] = (extract, enrich, alert)


def build(settings: Settings, agents: Sequence[Attach] = AGENTS) -> faust.App:
    """The app with its agents and its probe."""
    app = faust.App(
        f"{settings.prefix}tollwire",
        broker=[f"kafka://{server.strip()}" for server in settings.broker.split(",")],
        broker_credentials=_credentials(settings),
        broker_client_id=f"tollwire-{settings.worker_name}",
        broker_session_timeout=SESSION,
        broker_heartbeat_interval=HEARTBEAT,
        broker_commit_interval=0.5,
        # A named worker that restarts within the session timeout keeps its partitions.
        consumer_group_instance_id=settings.worker or None,
        consumer_auto_offset_reset="earliest",
        producer_linger=0.02,
        producer_max_request_size=2 << 20,
        stream_wait_empty=True,
        store="memory://" if settings.store == "memory" else "rocksdb://?driver=rocksdict",
        datadir=_folder(settings),
        key_serializer="raw",
        value_serializer="raw",
        topic_partitions=settings.partitions,
        topic_replication_factor=settings.replication,
        topic_disable_leader=True,
        topic_allow_declare=False,  # topics.ensure has made them, with an operator's rights or a worker's
        table_standby_replicas=0,
        Table=FencedTable,
        TableManager=HoldingTables,
        web_enabled=False,
        web_tables_enabled=False,
    )
    app.transport.Consumer, app.transport.Producer = SeekingConsumer, NumberingProducer
    _serve_probe(app, settings, [attach(app, settings) for attach in agents])
    return app


def work(app: faust.App) -> None:
    """Run a worker until TERM or Ctrl-C; ends the process."""
    warm(datetime.now(UTC))
    logging.disable(logging.DEBUG)  # Faust builds its debug records even where nobody reads them
    faust.Worker(app, loglevel="WARNING", redirect_stdouts=False).execute_from_commandline()


def _serve_probe(app: faust.App, settings: Settings, shells: list[Shell]) -> None:
    recovered = False

    @app.on_rebalance_complete.connect
    async def ready(*_: object, **__: object) -> None:
        nonlocal recovered
        gc.freeze()  # words, names and state stay: looking at all of them again and again held the flow up for 0.2 s
        recovered = True

    @app.on_partitions_revoked.connect
    async def unready(*_: object, **__: object) -> None:
        nonlocal recovered
        recovered = False

    def reason() -> str | None:
        braked = [shell.stage.name for shell in shells if shell.braked]
        if braked:
            return f"the brake holds: {', '.join(braked)}"
        return None if recovered else "waiting for partitions and state"

    def mine() -> set[watchdog.Partition] | None:
        if not recovered or any(shell.braked for shell in shells):
            return None
        return {(tp.topic, tp.partition) for tp in app.consumer.assignment()}

    @app.task
    async def watch() -> None:
        pulse.start(SESSION - HEARTBEAT)
        watchdog.start(settings, mine, lambda: sum(shell.progress for shell in shells))

    @app.task
    async def listen() -> None:
        runner = await probe.serve(settings.metrics_host, settings.metrics_port, reason)
        for host, port, *_ in runner.addresses:
            log.warning("metrics on %s:%s", host, port)


def _folder(settings: Settings) -> Path:
    """One data folder for each worker: two workers must not share a store."""
    folder = settings.data / "workers" / (settings.prefix + settings.worker_name)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _credentials(settings: Settings) -> faust.types.auth.CredentialsT | None:
    context = connection.tls(settings)
    if settings.security_protocol.startswith("SASL"):
        return faust.SASLCredentials(
            username=settings.sasl_username,
            password=settings.sasl_password,
            ssl_context=context,
            mechanism=SASLMechanism(settings.sasl_mechanism),
        )
    return faust.SSLCredentials(context) if context else None
