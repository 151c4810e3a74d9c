"""A cluster for people: runs until Ctrl-C or TERM."""

import signal
import time
from collections.abc import Callable

from streams.broker.cluster import Cluster
from streams.broker.jars import VERSION


def serve(cluster: Cluster, say: Callable[[str], None] = print) -> None:
    """Start the cluster, say where it is, and stop it on Ctrl-C or TERM; for the main thread.

    A node that falls is told of once; the cluster goes on as long as most of its nodes run. Raises
    BrokerError where it cannot start or go on.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with cluster:
            say(f"Apache Kafka {VERSION} at {cluster.servers}; data and logs in {cluster.folder}. Ctrl-C stops it.")
            told: set[int] = set()
            while True:
                for node in cluster.fallen():
                    failure = node.failure(f"has ended by itself (exit code {node.keeper.returncode})")
                    if node.number not in told:
                        told.add(node.number)
                        say(str(failure))
                    if 2 * len(told) >= len(cluster.nodes):
                        raise failure
                time.sleep(0.5)
    except KeyboardInterrupt:
        say(f"Kafka has stopped; its data stay in {cluster.folder}")
    finally:
        signal.signal(signal.SIGTERM, before)
