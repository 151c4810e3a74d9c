"""Settings, read once from the environment, typed, failing by name.

Every name is `TOLLWIRE_` plus the field in capitals; the command line overrides. A secret comes
from a file (its name with `_FILE`: `TOLLWIRE_SASL_PASSWORD_FILE`) or from the environment, and is never printed.
"""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from streams.mendable import Mendable

PROTOCOLS = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
STORES = ("memory", "rocksdb")


class BadSetting(Mendable, ValueError):
    """A setting that cannot be used; the message names it and says what would do."""


def _said(text: str, note: str, default: Any) -> Any:
    return field(default=default, metadata={"says": text, "wants": note})


def _secret(text: str) -> Any:
    said = {"says": f"{text}; better as ..._FILE", "wants": "a word", "secret": True}
    return field(default="", repr=False, metadata=said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `broker` is a comma-separated list of `host:port`."""

    broker: str = _said("Kafka's bootstrap servers", "host:port[,host:port…]", "127.0.0.1:9092")
    partitions: int = _said("partitions of every topic", "a whole number from 1 to 1000", 8)
    replication: int = _said("copies of every partition", "a whole number from 1 to 9", 1)
    prefix: str = _said("put before every topic's and group's name", "letters, digits, . _ -", "")
    data: Path = _said("folder for the local broker and worker state", "a folder", Path(".tollwire"))
    store: str = _said("where a worker keeps its state", " or ".join(STORES), "memory")
    worker: str = _said("this worker's name, stable over restarts", "letters, digits, . _ -", "")
    metrics_host: str = _said("address of /metrics, /health, /ready", "an address", "127.0.0.1")
    metrics_port: int = _said("port of /metrics; 0 takes a free one", "0 to 65535", 9464)
    board_host: str = _said("address of the board", "an address", "127.0.0.1")
    board_port: int = _said("port of the board; 0 takes a free one", "0 to 65535", 9480)
    article_days: int = _said("days an article is remembered after its last version", "1 to 3650", 30)
    situation_days: int = _said("days a situation lives after its last event", "1 to 3650", 30)
    brake: int = _said("dead letters in a row before a worker stops its intake", "1 to 1000000", 1000)
    patience: int = _said("seconds a worker may stand still while records wait", "6 to 86400", 60)
    security_protocol: str = _said("how to talk to Kafka", " or ".join(PROTOCOLS), "PLAINTEXT")
    ca_file: Path | None = _said("certificates to trust, PEM", "a file", None)
    cert_file: Path | None = _said("this client's certificate, PEM", "a file", None)
    key_file: Path | None = _said("this client's key, PEM", "a file", None)
    sasl_mechanism: str = _said("SASL mechanism", " or ".join(MECHANISMS), "SCRAM-SHA-512")
    sasl_username: str = _said("SASL user", "a name", "")
    sasl_password: str = _secret("SASL password")
    serve_host: str = _said("address at which articles are taken by HTTP", "an address", "127.0.0.1")
    serve_port: int = _said("port of the same; 0 takes a free one", "0 to 65535", 8080)
    serve_token: str = _secret("the token that a publisher by HTTP must bear")

    @property
    def worker_name(self) -> str:
        """The worker's name, the host's where none is set."""
        return self.worker or socket.gethostname()


def _value(name: str, kind: Any, text: str, wants: str) -> Any:
    try:
        if kind is int:
            return int(text)
        if kind in (Path, Path | None):
            return Path(text)
        return text
    except ValueError as bad:
        raise BadSetting(f"{name}={text!r}: wanted {wants}") from bad


def _check(settings: Settings) -> Settings:
    bounds = {
        "partitions": (1, 1000), "replication": (1, 9), "metrics_port": (0, 65535), "serve_port": (0, 65535),
        "board_port": (0, 65535), "article_days": (1, 3650), "situation_days": (1, 3650), "brake": (1, 1_000_000), "patience": (6, 86_400),
    }  # fmt: skip
    choices = {"security_protocol": PROTOCOLS, "sasl_mechanism": MECHANISMS, "store": STORES}
    wants = {f.name: f.metadata["wants"] for f in fields(Settings)}
    for name, (least, most) in bounds.items():
        if not least <= getattr(settings, name) <= most:
            raise BadSetting(f"TOLLWIRE_{name.upper()}={getattr(settings, name)}: wanted {wants[name]}")
    for name, allowed in choices.items():
        if getattr(settings, name) not in allowed:
            raise BadSetting(f"TOLLWIRE_{name.upper()}={getattr(settings, name)!r}: wanted {wants[name]}")
    for server in settings.broker.split(","):
        host, colon, port = server.strip().rpartition(":")
        if not (host and colon and port.isdigit()):
            raise BadSetting(f"TOLLWIRE_BROKER={settings.broker!r}: wanted {wants['broker']}")
    for name in ("ca_file", "cert_file", "key_file"):
        path = getattr(settings, name)
        if path is not None and not path.is_file():
            raise BadSetting(f"TOLLWIRE_{name.upper()}={path}: no such file")
    if settings.security_protocol.startswith("SASL") and not (settings.sasl_username and settings.sasl_password):
        raise BadSetting(
            "TOLLWIRE_SECURITY_PROTOCOL wants SASL: set TOLLWIRE_SASL_USERNAME and TOLLWIRE_SASL_PASSWORD_FILE"
        )
    return settings


def load(environ: Mapping[str, str] = os.environ, **overrides: Any) -> Settings:
    """The settings from the environment; an override that is not None wins.

    Raises BadSetting, naming the variable, for a value that cannot be used or a name that no
    setting has (a misspelt setting must not be passed over in silence).
    """
    known = {f"TOLLWIRE_{f.name.upper()}": f for f in fields(Settings)}
    files = {f"{name}_FILE": f.name for name, f in known.items() if f.metadata.get("secret")}
    values: dict[str, Any] = {}
    for name, text in environ.items():
        if not name.startswith("TOLLWIRE_") or text == "":
            continue
        if name in files:
            try:
                values[files[name]] = Path(text).read_text("utf-8").strip()
            except (OSError, ValueError) as bad:
                raise BadSetting(f"{name}={text}: cannot be read ({type(bad).__name__})") from None
        elif name in known:
            setting = known[name]
            values[setting.name] = _value(name, setting.type, text, setting.metadata["wants"])
        else:
            raise BadSetting(f"{name}: no such setting; there are {', '.join(sorted(known))}")
    values |= {name: value for name, value in overrides.items() if value is not None}
    return _check(Settings(**values))


def environment(settings: Settings) -> dict[str, str]:
    """The settings as environment variables, for a process that is to have the same ones."""
    values = {f.name: getattr(settings, f.name) for f in fields(Settings)}
    return {f"TOLLWIRE_{name.upper()}": str(value) for name, value in values.items() if value not in (None, "")}
