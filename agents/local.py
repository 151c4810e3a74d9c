"""Workers on this machine: started as processes of their own, watched, started again, ended with TERM."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from streams.settings import Settings, environment

TERM_SECONDS = 20.0
RESTART_SECONDS = 1.0


class WorkerFailed(RuntimeError):
    """A worker did not get ready, or ended; the message says why and where its log lies."""


@dataclass
class Worker:
    """One `tollwire run` process. `settings.worker` names it; its log lies beside its state."""

    settings: Settings
    process: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """Where the worker's standard output and error go."""
        return self.settings.data / "workers" / f"{self.settings.prefix}{self.settings.worker_name}.log"

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self, **more: str) -> None:
        """Start the process, in a session of its own so that a Ctrl-C reaches the parent first.

        `more` is put into its environment, also when it is started again.
        """
        self.more |= more
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "agents.cli", "run"], env={**os.environ, **environment(self.settings), **self.more},
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def ready(self) -> bool:
        """Whether the worker has its partitions and its state."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.settings.metrics_port}/ready", timeout=2) as answer:
                return answer.status == 200
        except OSError:
            return False

    def metrics(self) -> str:
        """The worker's /metrics page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.settings.metrics_port}/metrics", timeout=5) as answer:
            return answer.read().decode()

    def wait_until_ready(self) -> None:
        """Return once the worker is ready. Raises WorkerFailed."""
        self.wait_for(self.ready)

    def wait_for(self, condition: Callable[[], bool], seconds: float = 60.0) -> None:
        """Return once the condition holds of the running worker. Raises WorkerFailed."""
        until = time.monotonic() + seconds
        while True:
            try:
                if condition():
                    return
            except OSError:
                pass  # it does not listen yet
            if not self.running:
                raise WorkerFailed(f"the worker ended at once; the end of {self.log}:\n{tail(self.log)}")
            if time.monotonic() > until:
                raise WorkerFailed(
                    f"the worker is not ready in {seconds:.0f} s; the end of {self.log}:\n{tail(self.log)}"
                )
            time.sleep(0.05)

    def stop(self) -> int:
        """End the worker with TERM (KILL where it does not end in time) and return its exit code."""
        assert self.process is not None
        if self.running:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(TERM_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def worker(settings: Settings, number: int = 1) -> Worker:
    """A worker with a name, and a port for its metrics, of its own."""
    port = settings.metrics_port if number == 1 and settings.metrics_port else _free_port()
    return Worker(replace(settings, worker=f"worker-{number}", metrics_port=port))


def keep_running(workers: list[Worker]) -> list[str]:
    """Start again what has ended; a line for each. Call it about once a second."""
    said = []
    for one in workers:
        if not one.running:
            code = one.process.returncode if one.process else None
            said.append(f"{one.settings.worker} ended (exit code {code}); starting it again, its log: {one.log}")
            time.sleep(RESTART_SECONDS)
            one.start()
    return said


def tail(path: Path, lines: int = 15) -> str:
    """The last lines of a log."""
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - 8192))
        return b"\n".join(log.read().splitlines()[-lines:]).decode("utf-8", "replace")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
