"""A cluster of Apache Kafka (KRaft) on this machine, one node or three, its data in a folder.

    with Cluster(data=Path(".tollwire")) as cluster:
        print(cluster.servers)

The folder outlives the cluster: started again over it, Kafka goes on where it was. Everything listens
on 127.0.0.1 only and is unprotected there: it is for one machine, for tests and for trying.
"""

import logging
import os
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from streams.broker import folder, jars, java
from streams.broker.errors import BrokerError
from streams.broker.node import Java, Node

HOST = "127.0.0.1"
START = 90.0  # seconds that Kafka may take to answer; 3 to 12 are usual

log = logging.getLogger(__name__)


class Cluster:
    """Kafka in `data`/kafka, started by `start` or by entering it, stopped by `stop` or by leaving it.

    `nodes` is 1 or 3. Clients reach node n at `port` + n - 1, or at free ports where `port` is None.
    `properties` are Kafka's own and override ours; {port} and {controller} in them are the node's ports.
    `heap` is a node's largest heap, as Java writes it.
    `say` is told, in a line, what takes a while. All methods raise BrokerError where Kafka does not run.
    """

    def __init__(
        self,
        data: Path,
        nodes: int = 1,
        port: int | None = None,
        properties: Mapping[str, object] | None = None,
        heap: str = "384m",
        say: Callable[[str], None] = log.info,
    ):
        if nodes not in (1, 3):
            raise BrokerError(f"a cluster has 1 node or 3, not {nodes}")
        if port is not None and not 1 <= port <= 65536 - nodes:
            raise BrokerError(f"port {port}: wanted 1 to {65536 - nodes}")
        self.folder = Path(data).resolve() / "kafka"
        self.count = nodes
        self.port = port
        self.properties = dict(properties or {})
        self.heap = heap
        self.say = say
        self.nodes: dict[int, Node] = {}
        self._lock: int | None = None

    @property
    def servers(self) -> str:
        """The bootstrap servers of the cluster, for any client."""
        return ",".join(f"{HOST}:{node.port}" for node in self.nodes.values())

    def start(self) -> "Cluster":
        """Start all nodes, and return when every one of them answers."""
        if self.nodes:
            raise BrokerError("this cluster runs already")
        self._lock = folder.take(self.folder)
        try:
            cluster_id = folder.identity(self.folder, self.count)
            runtime = Java(java.find(), jars.classpath(say=self.say), self.heap)
            ports = _ports(self.count, self.port)
            self.nodes = {
                number: Node(number, self.folder / f"node-{number}", port, runtime)
                for number, port in enumerate(ports[: self.count], 1)
            }
            self._configure(ports[self.count :])
            self._format(cluster_id)
            for node in self.nodes.values():
                node.start(hold=(self._lock,))
            self._ready(self.nodes)
        except BaseException as bad:  # Ctrl-C too: nothing may stay behind
            self.stop()
            if isinstance(bad, OSError):
                raise BrokerError(f"cannot start Kafka in {self.folder}: {bad}") from bad
            raise
        return self

    def stop(self) -> None:
        """Stop all nodes: TERM, then KILL for one that has not ended after PATIENCE. The data stay."""
        for node in self.nodes.values():
            node.end()
        for node in self.nodes.values():
            node.wait()
        self.nodes = {}
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def kill(self, number: int) -> None:
        """KILL a node, as a power cut would."""
        self.nodes[number].kill()

    def restart(self, number: int) -> None:
        """Start a node again, at its old port; one that still runs is stopped first. Returns when it answers."""
        node = self.nodes[number]
        node.end()
        node.wait()
        node.start(hold=(self._lock,))
        self._ready({number: node})

    def fallen(self) -> Node | None:
        """A node that has ended though nobody asked it to; its `failure` says what its logs hold."""
        return next((node for node in self.nodes.values() if node.keeper and not node.running), None)

    def __enter__(self) -> "Cluster":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _configure(self, controllers: list[int]) -> None:
        voters = ",".join(f"{number}@{HOST}:{port}" for number, port in enumerate(controllers, 1))
        copies = self.count
        for (number, node), controller in zip(self.nodes.items(), controllers, strict=True):
            node.configure(
                {
                    "process.roles": "broker,controller",
                    "node.id": number,
                    "controller.quorum.voters": voters,
                    "controller.listener.names": "CONTROLLER",
                    "listeners": f"PLAINTEXT://{HOST}:{node.port},CONTROLLER://{HOST}:{controller}",
                    "advertised.listeners": f"PLAINTEXT://{HOST}:{node.port}",
                    "auto.create.topics.enable": "false",
                    "group.initial.rebalance.delay.ms": 0,
                    "offsets.topic.num.partitions": 4,
                    "offsets.topic.replication.factor": copies,
                    "transaction.state.log.num.partitions": 4,
                    "transaction.state.log.replication.factor": copies,
                    "transaction.state.log.min.isr": min(copies, 2),
                    "share.coordinator.state.topic.num.partitions": 1,
                    "share.coordinator.state.topic.replication.factor": copies,
                    "share.coordinator.state.topic.min.isr": min(copies, 2),
                    "default.replication.factor": copies,
                    "min.insync.replicas": min(copies, 2),
                    **{
                        name: str(value).format(port=node.port, controller=controller)
                        for name, value in self.properties.items()
                    },
                }
            )

    def _format(self, cluster_id: str) -> None:
        running = [(node, node.format(cluster_id)) for node in self.nodes.values()]
        failed = [node for node, process in running if process and process.wait(START) != 0]
        if failed:
            raise failed[0].failure("cannot set up its data folder")

    def _ready(self, nodes: Mapping[int, Node]) -> None:
        """Return when each of these nodes answers, and counts all of them as members that can serve."""
        deadline = time.monotonic() + START
        while waiting := [node for node in nodes.values() if not _members(node.port) >= set(nodes)]:
            for node in nodes.values():
                if not node.running:
                    raise node.failure(f"ended while starting (exit code {node.keeper.returncode})")
            if time.monotonic() > deadline:
                raise waiting[0].failure(f"does not answer after {START:.0f} seconds")
            time.sleep(0.05)


def _members(port: int) -> set[int]:
    """The nodes of the cluster that can serve, as the one at `port` knows them; none where it does not answer yet."""
    try:
        socket.create_connection((HOST, port), timeout=1).close()
        admin = KafkaAdminClient(bootstrap_servers=f"{HOST}:{port}", bootstrap_timeout_ms=2000)
    except (OSError, KafkaError):
        return set()
    try:
        return {broker["broker_id"] for broker in admin.describe_cluster()["brokers"] if not broker["is_fenced"]}
    except KafkaError:
        return set()
    finally:
        admin.close()


def _ports(nodes: int, first: int | None) -> list[int]:
    """A port for each node's clients, then one for each node's controller; all were free a moment ago."""
    wanted = [first + at if first else 0 for at in range(nodes)] + [0] * nodes
    held = []
    try:
        for port in wanted:
            held.append(socket.create_server((HOST, port)))
    except OSError as bad:
        raise BrokerError(
            f"port {port} on {HOST} cannot be used ({bad.strerror}). If a Kafka of yours runs there, use it: "
            f"--broker {HOST}:{port}; else choose another with --port."
        ) from bad
    finally:
        ports = [taken.getsockname()[1] for taken in held]
        for taken in held:
            taken.close()
    return ports
