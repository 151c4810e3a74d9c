"""One node of Kafka: its folder, its properties, its process."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from streams.broker.errors import BrokerError

KEEPER = Path(__file__).with_name("keeper.py")
LOGGING = Path(__file__).with_name("log4j2.properties")
PATIENCE = 30.0  # seconds from TERM to KILL; a node that is well ends in half a second, the last of three in six
FRAME = re.compile(r"\s+(at|\.\.\.) ")  # of a stack trace
TROUBLE = re.compile(r"\b(WARN|ERROR|FATAL)\b|Error|Exception")
NO_MEMORY = ("Could not reserve enough space", "insufficient memory", "OutOfMemoryError", "Cannot allocate memory")


@dataclass(slots=True)
class Java:
    """How to run a class of Kafka: `heap` is the most that a node's heap may grow to, as Java writes it."""

    java: Path
    classpath: str
    heap: str = "384m"

    def command(self, main: str, *arguments: str) -> list[str]:
        # quick to start and small, rather than fast after an hour
        flags = [f"-Xmx{self.heap}", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djava.net.preferIPv4Stack=true"]
        log = f"-Dlog4j2.configurationFile={LOGGING.as_uri()}"
        return [str(self.java), *flags, log, "-cp", self.classpath, main, *arguments]


def environment() -> dict[str, str]:
    """What Java gets to see of our environment: nothing that could change how Kafka runs."""
    return {name: os.environ[name] for name in ("HOME", "TMPDIR", "LANG", "TZ") if name in os.environ}


@dataclass(slots=True)
class Node:
    """Node `number` of a cluster, in a folder of its own: `server.log`, `java.log`, `server.properties`, `data/`."""

    number: int
    folder: Path
    port: int
    java: Java
    keeper: subprocess.Popen | None = None
    pid: int = 0  # Java's own, for whoever wants to look at it
    since: float = 0  # when its process was started, Unix time

    @property
    def running(self) -> bool:
        return self.keeper is not None and self.keeper.poll() is None

    def configure(self, properties: Mapping[str, object]) -> None:
        """Write `server.properties`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [f"{name}={value}" for name, value in {**properties, "log.dirs": self.folder / "data"}.items()]
        (self.folder / "server.properties").write_text("\n".join(lines) + "\n", "utf-8")

    def format(self, cluster_id: str) -> subprocess.Popen | None:
        """Start to make the data folder Kafka's, where it is not yet. Ends with 0 when done."""
        if (self.folder / "data" / "meta.properties").exists():
            return None
        self.since = time.time() - 1  # file systems keep time more roughly
        arguments = ("format", "--ignore-formatted", "-t", cluster_id, "-c", "server.properties")
        command = self.java.command("kafka.tools.StorageTool", *arguments)
        with (self.folder / "java.log").open("wb") as log:
            return subprocess.Popen(
                command, cwd=self.folder, env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    def start(self, hold: Sequence[int] = ()) -> None:
        """Start the process; `hold` are file descriptors to keep open as long as Java lives."""
        command = self.java.command("kafka.Kafka", "server.properties")
        self.since = time.time() - 1
        self.keeper = subprocess.Popen(
            [sys.executable, "-I", "-S", str(KEEPER), str(PATIENCE), *command],
            cwd=self.folder, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True, pass_fds=tuple(hold), bufsize=0,
        )  # fmt: skip
        self.pid = int(self.keeper.stdout.readline() or 0)

    def end(self) -> None:
        """Ask the process to end (TERM, then KILL after PATIENCE); does not wait."""
        if self.keeper:
            self.keeper.stdin.close()

    def kill(self) -> None:
        """KILL the process, as a power cut would, and wait until it is gone."""
        if self.running:
            self.keeper.stdin.write(b"K")
        self.wait()

    def wait(self) -> None:
        """Wait until the process is gone."""
        if self.keeper:
            self.keeper.wait()
            self.keeper.stdin.close()
            self.keeper.stdout.close()
            self.keeper = None

    def last_words(self) -> str:
        """What its logs say last, since its start: Java's own complaints, then Kafka's."""
        java = self._said("java.log")
        kafka = self._said("server.log")
        trouble = [line for line in kafka if TROUBLE.search(line)] or ([] if java else kafka)
        return "\n".join([*java[-12:], *trouble[-12:]]) or "nothing"

    def failure(self, what: str) -> BrokerError:
        """The error for a node that did not do as it should, with its likely cause where the logs name one."""
        said = "\n".join(self._said("java.log") + self._said("server.log"))
        if any(sign in said for sign in NO_MEMORY):
            cause = f"memory is short: a node wants about 340 MB (its heap may grow to {self.java.heap}). "
        elif "BindException" in said or "Address already in use" in said:
            cause = f"port {self.port} was taken while Kafka started. Try again, or choose another with --port. "
        elif "No space left on device" in said:
            cause = f"the disk of {self.folder} is full. "
        else:
            cause = ""
        return BrokerError(
            f"Kafka's node {self.number} {what}: {cause}Last in {self.folder}/*.log:\n{self.last_words()}"
        )

    def _said(self, name: str) -> list[str]:
        """The lines of a log since the node's start, less stack traces."""
        path = self.folder / name
        if not path.exists() or path.stat().st_mtime < self.since:
            return []
        return [line for line in path.read_text("utf-8", "replace").splitlines() if not FRAME.match(line)]
