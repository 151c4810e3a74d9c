"""Known vulnerabilities of the packages that the program runs on: pip-audit over requirements.lock.

    python tests/audit.py PIP-AUDIT      exit code 1 where there is a known one; the last line always says what was looked at

pip-audit reports "no known vulnerabilities" of packages that it could not look up, too. So one is asked about first: where
nothing can be learnt of it, the others are left alone, and the audit says that it did not take place.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LOCK = Path(__file__).parents[1] / "requirements.lock"
SURE = "certifi==2022.12.6"  # has a known vulnerability (CVE-2023-37920): who does not tell it cannot tell any


def ask(pip_audit: str, *more: str) -> list[dict[str, Any]]:
    """What pip-audit says of each package. Raises OSError where it does not run or answer."""
    line = [pip_audit, "--disable-pip", "--progress-spinner", "off", "--format", "json", *more]
    done = subprocess.run(line, capture_output=True, text=True, timeout=600)
    try:
        return json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        said = done.stderr.strip().splitlines()
        raise OSError(said[-1] if said else f"exit code {done.returncode}") from None


def reachable(pip_audit: str) -> bool:
    """Whether what is known of vulnerabilities can be reached from here."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as one:
        one.write(SURE)
        one.flush()
        return any(each.get("vulns") for each in ask(pip_audit, "--no-deps", "--requirement", one.name))


def verdict(found: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The exit code, and the lines to say: each vulnerability, each package not looked up, and the sum."""
    known = [(each, vuln) for each in found for vuln in each.get("vulns", ())]
    skipped = [each for each in found if "skip_reason" in each]
    lines = [
        f"{each['name']} {each['version']}: {vuln['id']}, mended in {', '.join(vuln['fix_versions']) or 'no version yet'}"
        for each, vuln in known
    ]
    lines += [f"{each['name']}: not looked up: {each['skip_reason']}" for each in skipped]
    lines.append(
        f"audit: {len(found) - len(skipped)} of {len(found)} packages looked up, {len(known)} vulnerabilities known"
    )
    return (1 if known else 0), lines


def main(pip_audit: str) -> int:
    try:
        if not reachable(pip_audit):
            raise OSError("nothing is told of a package that has a known vulnerability")
        code, lines = verdict(ask(pip_audit, "--require-hashes", "--requirement", str(LOCK)))
    except (OSError, subprocess.TimeoutExpired) as bad:
        code, lines = 0, [f"audit: NOT DONE, the vulnerability data cannot be reached from here ({bad})"]
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
