"""How to reach the cluster: TLS and SASL, the same for Faust and for kafka-python."""

import ssl
from collections.abc import Callable
from typing import Any, TypeVar

from streams.mendable import Mendable
from streams.settings import Settings

Client = TypeVar("Client")


class NoBroker(Mendable, ConnectionError):
    """No cluster answers; the message says where it was sought and what to do."""


def tls(settings: Settings) -> ssl.SSLContext | None:
    """A verifying TLS context where the protocol wants one; with a client certificate if given."""
    if not settings.security_protocol.endswith("SSL"):
        return None
    context = ssl.create_default_context(cafile=settings.ca_file and str(settings.ca_file))
    if settings.cert_file:
        context.load_cert_chain(str(settings.cert_file), settings.key_file and str(settings.key_file))
    return context


def kafka_python(settings: Settings, **more: Any) -> dict[str, Any]:
    """Options for every kafka-python client."""
    options: dict[str, Any] = {
        "bootstrap_servers": settings.broker.split(","),
        "security_protocol": settings.security_protocol,
        "ssl_context": tls(settings),
        "client_id": f"tollwire-{settings.worker_name}",
    }
    if settings.security_protocol.startswith("SASL"):
        options |= {
            "sasl_mechanism": settings.sasl_mechanism,
            "sasl_plain_username": settings.sasl_username,
            "sasl_plain_password": settings.sasl_password,
        }
    return options | more


def client(kind: Callable[..., Client], settings: Settings, **more: Any) -> Client:
    """A kafka-python client of this kind, connected. Raises NoBroker where none answers within ten seconds."""
    from kafka import errors  # takes 0.15 s, and what only wants the class above asks no broker

    try:
        return kind(**kafka_python(settings, bootstrap_timeout_ms=10_000, **more))
    except (errors.KafkaError, OSError, ValueError) as bad:
        over = settings.security_protocol
        if over.startswith("SASL"):
            over += f" as {settings.sasl_username} (are the password and {settings.sasl_mechanism} right?)"
        raise NoBroker(
            f"no Kafka answers at {settings.broker} over {over} ({type(bad).__name__}: {bad}); "
            "start one with `tollwire broker`, or name yours with --broker or TOLLWIRE_BROKER"
        ) from None
