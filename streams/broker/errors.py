"""What the broker says when it cannot run."""

from streams.mendable import Mendable


class BrokerError(Mendable, RuntimeError):
    """Kafka cannot be started or has died; the message says why, and what to do."""


class Missing(BrokerError):
    """This machine lacks what Kafka needs: no Java to be had, or its jars out of reach."""
