"""Apache Kafka on this machine, from Python alone: no Java, no Docker, nothing to install by hand."""

from streams.broker.cluster import Cluster
from streams.broker.errors import BrokerError, Missing

__all__ = ["BrokerError", "Cluster", "Missing"]
