"""The audit of dependencies says what it looked at; what it could not look up is never counted as sound."""

import json
import sys

import pytest
from audit import main, verdict

SOUND = {"name": "a", "version": "1", "vulns": []}
ILL = {
    "name": "b",
    "version": "2",
    "vulns": [{"id": "CVE-1", "fix_versions": ["3"]}, {"id": "CVE-2", "fix_versions": []}],
}
SKIPPED = {"name": "c", "skip_reason": "not found"}


def test_verdicts():
    assert verdict([SOUND]) == (0, ["audit: 1 of 1 packages looked up, 0 vulnerabilities known"])
    code, lines = verdict([SOUND, ILL, SKIPPED])
    assert code == 1
    assert lines == [
        "b 2: CVE-1, mended in 3",
        "b 2: CVE-2, mended in no version yet",
        "c: not looked up: not found",
        "audit: 2 of 3 packages looked up, 2 vulnerabilities known",
    ]


@pytest.fixture
def told(tmp_path, capsys):
    """The last line and exit code of an audit by a program that gives these answers, one after the other."""

    def run(*answers):
        for number, answer in enumerate(answers):
            (tmp_path / str(number)).write_text(answer)
        program = tmp_path / "pip-audit"
        program.write_text(
            f"#!{sys.executable}\nfrom pathlib import Path\nasked = Path({str(tmp_path)!r}) / 'asked'\n"
            "n = len(asked.read_text()) if asked.exists() else 0\nasked.write_text('x' * (n + 1))\n"
            "print((asked.parent / str(n)).read_text())"
        )
        program.chmod(0o700)
        code = main(str(program))
        return code, capsys.readouterr().out.splitlines()[-1], len((tmp_path / "asked").read_text())

    return run


def answer(*found):
    return json.dumps({"dependencies": found})


def test_an_audit_that_could_reach_its_data(told):
    assert told(answer(ILL), answer(SOUND))[:2] == (0, "audit: 1 of 1 packages looked up, 0 vulnerabilities known")


def test_a_known_vulnerability_fails(told):
    assert told(answer(ILL), answer(ILL))[0] == 1


@pytest.mark.parametrize("first", [answer(SKIPPED), answer(SOUND), "", "oops", "[]", "{}"])
def test_an_audit_that_could_not_says_so_and_asks_no_further(told, first):
    code, line, asked = told(first)
    assert (code, asked) == (0, 1)
    assert line.startswith("audit: NOT DONE, the vulnerability data cannot be reached")


def test_without_the_program(capsys):
    assert main("/nowhere/pip-audit") == 0
    assert "NOT DONE" in capsys.readouterr().out
