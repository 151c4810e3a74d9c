"""Kafka's jars: exactly those of `kafka.lock.toml`, fetched once per user by jgo, checked at every start.

A jar is fetched into a folder of its own and moved into place only when its sha256 is right, so a
broken download or two programs fetching at once leave nothing half-written. All are hashed at every
start: 43 MB take a tenth of a second, which is nothing beside Kafka's own start.
"""

import hashlib
import logging
import os
import tempfile
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from streams.broker.errors import BrokerError, Missing

VERSION = "4.4.0"
# Kafka's own log goes nowhere without the second: it is what Kafka's own release has, but not its POM
KAFKA = f"org.apache.kafka:kafka_2.13:{VERSION}+org.apache.logging.log4j:log4j-slf4j-impl:2.25.5!"
LOCK = Path(__file__).with_name("kafka.lock.toml")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Jar:
    """One jar of the lock: its Maven coordinates and the sha256 sum of its bytes."""

    group: str
    artifact: str
    version: str
    sha256: str

    @property
    def name(self) -> str:
        return f"{self.artifact}-{self.version}.jar"


def locked(lock: Path = LOCK) -> tuple[Jar, ...]:
    """The jars that the lock names, in its order."""
    rows = tomllib.loads(lock.read_text("utf-8"))["dependencies"]
    return tuple(Jar(row["groupId"], row["artifactId"], row["version"], row["sha256"]) for row in rows)


def cache() -> Path:
    """The folder that holds the jars, one for all of a user's programs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tollwire" / f"kafka-{VERSION}"


def classpath(
    folder: Path | None = None, wanted: tuple[Jar, ...] | None = None, say: Callable[[str], None] = log.info
) -> str:
    """Java's class path of Kafka's jars, fetched where missing.

    Raises Missing where a jar cannot be fetched, BrokerError where it is not the one that the lock means.
    """
    folder, wanted = folder or cache(), wanted or locked()
    missing = [jar for jar in wanted if not (folder / jar.name).exists()]
    if missing:
        say(f"fetching Apache Kafka {VERSION} ({len(missing)} jars of {len(wanted)}; 43 MB, once) into {folder}")
        _fetch(missing, folder)
    for jar in wanted:
        _check(jar, folder / jar.name)
    return os.pathsep.join(str(folder / jar.name) for jar in wanted)


def _check(jar: Jar, path: Path) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != jar.sha256:
        raise BrokerError(
            f"{path}: not the jar that the lock names: sha256 {found}, wanted {jar.sha256}. "
            "Delete the file and start again; if it happens again, what you are given is not Apache Kafka."
        )


def _fetch(jars: list[Jar], folder: Path) -> None:
    from jgo import MAVEN_CENTRAL_URL, GlobalSettings, MavenContext

    mirrors = GlobalSettings.load().repositories  # a mirror that the user has told jgo of is asked first
    remote = {**mirrors, "central": MAVEN_CENTRAL_URL}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix="fetch-") as fresh:
            context = MavenContext(repo_cache=Path(fresh), remote_repos=remote)

            def fetch(jar: Jar) -> None:
                path = context.project(jar.group, jar.artifact).at_version(jar.version).artifact().resolve()
                _check(jar, path)
                path.replace(folder / jar.name)

            with ThreadPoolExecutor(6) as pool:
                list(pool.map(fetch, jars))
    except BrokerError:
        raise
    except Exception as bad:  # jgo has no error class of its own; requests, the file system and it raise what they like
        raise Missing(
            f"cannot fetch Kafka's jars from Maven Central: {type(bad).__name__}: {bad}. They are needed once; "
            "HTTPS_PROXY is honoured, and so is a mirror under [repositories] in ~/.config/jgo.conf. "
            f"Or copy {folder} from a machine that has it, or use a Kafka that runs elsewhere with --broker host:port."
        ) from bad
