"""A cluster's folder: whose it is, and that one cluster at a time uses it.

kafka/cluster.json   the cluster's id, how many nodes, and the Kafka that wrote it
kafka/lock           held while the cluster runs
kafka/node-1/        server.log, java.log, server.properties, data/
"""

import fcntl
import json
import os
import time
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path

from streams.broker import jars
from streams.broker.errors import BrokerError
from streams.broker.node import PATIENCE

LAYOUT = 1  # of the folder


def take(folder: Path) -> int:
    """Lock the folder; the descriptor returned holds the lock, and so do the nodes' keepers."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as bad:
        raise BrokerError(f"{folder}: cannot be used for Kafka's data: {bad.strerror}") from bad
    deadline = time.monotonic() + PATIENCE + 5
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(lock, 20, 0).decode() or "?"
            # a holder that was killed leaves nodes which are just now stopping
            if _lives(holder) or time.monotonic() > deadline:
                os.close(lock)
                raise BrokerError(
                    f"{folder} is in use by another cluster (started by process {holder}). Stop that one, "
                    "use it with --broker, or choose another folder with --data."
                ) from None
            time.sleep(0.1)
        else:
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)
            return lock


def _lives(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True


def identity(folder: Path, nodes: int) -> str:
    """The cluster's id, as the folder says; a new one where the folder is empty.

    Raises BrokerError where the folder holds something else, or a cluster that this one cannot go on with.
    """
    path = folder / "cluster.json"
    advice = "Choose another folder with --data, or delete this one if what it holds is not needed."
    if not path.exists():
        others = sorted(entry.name for entry in folder.iterdir() if entry.name not in ("lock", "cluster.new"))
        if others:
            raise BrokerError(f"{folder} is not a folder of ours: it holds {', '.join(others[:5])}. {advice}")
        new = {"layout": LAYOUT, "kafka": jars.VERSION, "nodes": nodes, "cluster_id": _new_id()}
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(new) + "\n", "utf-8")
        fresh.replace(path)
    try:
        found = json.loads(path.read_text("utf-8"))
        layout, version, count, cluster_id = (found[name] for name in ("layout", "kafka", "nodes", "cluster_id"))
    except (ValueError, KeyError, TypeError) as bad:
        raise BrokerError(f"{path} cannot be read ({bad}). {advice}") from bad
    if layout != LAYOUT or _numbers(version) > _numbers(jars.VERSION):
        raise BrokerError(
            f"{folder} was written by Kafka {version} (layout {layout}), and this is Kafka {jars.VERSION} "
            f"(layout {LAYOUT}). {advice}"
        )
    if count != nodes:
        raise BrokerError(f"{folder} holds a cluster of {count} node(s), not {nodes}: use --nodes {count}. {advice}")
    for meta in folder.glob("node-*/data/meta.properties"):
        if f"cluster.id={cluster_id}" not in meta.read_text("utf-8").split():
            raise BrokerError(f"{meta.parent} belongs to another cluster than {path} says. {advice}")
    return cluster_id


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _new_id() -> str:
    """As Kafka writes a UUID: URL-safe base64 without padding; one that begins with a hyphen looks like an option."""
    while (text := urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return text
