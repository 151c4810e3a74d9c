"""docker-compose.yml and what it mounts: what can be known of them without a Docker engine."""

import json
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import jsonschema
import pytest
import yaml
from prometheus_client import REGISTRY

from streams import metrics
from streams.broker import jars, java
from streams.broker.node import Java, Node
from streams.settings import Settings

ROOT = Path(__file__).parents[2]
DASHBOARDS = sorted((ROOT / "deploy" / "grafana" / "dashboards").glob("*.json"))
KNOWN = {f"TOLLWIRE_{field.name.upper()}{end}" for field in fields(Settings) for end in ("", "_FILE")}
ENDS = {"topics", "publisher"}  # services that do one thing and end


def parsed(path):
    return yaml.safe_load((ROOT / path).read_text("utf-8"))


COMPOSE = parsed("docker-compose.yml")
SERVICES = COMPOSE["services"]


def own_mounts():
    """(service, path here, path there) of everything mounted from this folder."""
    for name, service in SERVICES.items():
        for volume in service.get("volumes", ()):
            source, target, *mode = re.sub(r"\$\{\w+:-(.+?)\}", r"\1", volume).split(":")
            if source.startswith("."):
                assert mode == ["ro"], f"{name} could write into {source}"
                yield name, ROOT / source, target


def test_it_is_what_the_compose_specification_wants():
    # of compose-go 2.16.2, the reference implementation (Apache-2.0)
    schema = json.loads((ROOT / "tests" / "deploy" / "compose-spec.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(COMPOSE)
    with pytest.raises(jsonschema.ValidationError):  # the schema does refuse
        jsonschema.Draft202012Validator(schema).validate({"services": {"x": {"imagee": "y"}}})


@pytest.mark.parametrize("name", SERVICES)
def test_ports_are_on_loopback_only(name):
    for port in SERVICES[name].get("ports", ()):
        assert str(port).startswith("127.0.0.1:")


def test_no_port_is_taken_twice():
    ports = [port.split(":")[1] for service in SERVICES.values() for port in service.get("ports", ())]
    assert len(ports) == len(set(ports))


@pytest.mark.parametrize("name", SERVICES)
def test_what_runs_for_long_is_watched_and_what_ends_does_not_start_again(name):
    service = SERVICES[name]
    if name in ENDS:
        assert service["restart"] == "no"
        assert service["healthcheck"] == {"disable": True}
    else:
        assert service["restart"] == "unless-stopped"
        assert "healthcheck" in service or "build" in service  # the image has one: test_image.py
        assert service.get("healthcheck", {}).get("disable") is not True


def test_nobody_waits_for_what_never_comes():
    for name, service in SERVICES.items():
        for other, wanted in service.get("depends_on", {}).items():
            healthy = "healthcheck" in SERVICES[other] or "build" in SERVICES[other]
            condition = "service_completed_successfully" if other in ENDS else "service_healthy"
            assert wanted["condition"] == condition, f"{name} waits for {other}"
            assert healthy


@pytest.mark.parametrize("name", SERVICES)
def test_no_container_can_gain_rights(name):
    service = SERVICES[name]
    assert not service.get("privileged")
    assert "root" not in str(service.get("user", ""))
    assert not str(service.get("user", "1")).startswith("0")
    if name != "kafka":  # its image chowns nothing at start and runs as appuser already
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_images_have_a_version(name):
    image, _, version = SERVICES[name]["image"].rpartition(":")
    assert image
    assert version not in ("", "latest")


def test_kafka_is_the_one_that_the_tests_run_on():
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{jars.VERSION}"


def test_kafka_takes_its_settings(tmp_path, cluster):
    """Kafka's own storage tool reads the configuration as the image makes it of the environment."""
    given = SERVICES["kafka"]["environment"]
    names = {name for name in given if name.startswith("KAFKA_") and name != "KAFKA_HEAP_OPTS"}
    properties = {name.removeprefix("KAFKA_").lower().replace("_", "."): given[name] for name in names}
    node = Node(1, tmp_path / "node", 0, Java(java.find(), jars.classpath()))
    node.configure(properties)
    assert node.format(given["CLUSTER_ID"]).wait(60) == 0, node.last_words()
    assert f"cluster.id={given['CLUSTER_ID']}" in (tmp_path / "node" / "data" / "meta.properties").read_text()


def test_every_setting_is_known():
    named = re.findall(r"\bTOLLWIRE_[A-Z_]+", (ROOT / "docker-compose.yml").read_text("utf-8"))
    named += re.findall(r"\bTOLLWIRE_[A-Z_]+", (ROOT / "deploy" / "Dockerfile").read_text("utf-8"))
    assert named
    assert set(named) <= KNOWN


def test_what_is_mounted_is_there():
    for name, path, _ in own_mounts():
        assert path.exists(), f"{name} mounts {path}"


def test_commands_find_their_files():
    for name, service in SERVICES.items():
        for word in service.get("command", ()):
            for _, path, target in own_mounts():
                if str(word).split("=")[-1].startswith(f"{target}/"):
                    inside = path / str(word).split("=")[-1].removeprefix(f"{target}/")
                    assert inside.exists(), f"{name} reads {inside}"


def test_named_volumes_are_declared_and_used():
    named = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", ())
        if not volume.startswith((".", "${"))
    }
    assert named == set(COMPOSE["volumes"])


# Prometheus and Grafana


def test_prometheus_scrapes_every_worker():
    jobs = {job["job_name"]: job for job in parsed("deploy/prometheus/prometheus.yml")["scrape_configs"]}
    targets = {
        name: {target for group in job["static_configs"] for target in group["targets"]} for name, job in jobs.items()
    }
    assert targets["tollwire"] == {f"{name}:9464" for name in SERVICES if name.startswith("worker")}
    assert targets["tollwire-inlets"] == {f"{name}:9464" for name in SERVICES if "profiles" in SERVICES[name]}


@pytest.fixture
def promtool(request):
    path = shutil.which("promtool")
    if path is None:
        pytest.skip("no promtool here (Debian: apt install prometheus)")
    return path


def test_prometheus_takes_its_configuration(promtool):
    done = subprocess.run(
        [promtool, "check", "config", ROOT / "deploy/prometheus/prometheus.yml"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_prometheus_understands_the_dashboards(promtool, tmp_path):
    rules = [{"record": f"r{number}", "expr": expr} for number, (_, expr) in enumerate(expressions())]
    path = tmp_path / "rules.yml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "dashboards", "rules": rules}]}))
    done = subprocess.run([promtool, "check", "rules", path], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_grafana_s_datasource_is_prometheus():
    (source,) = parsed("deploy/grafana/provisioning/datasources/prometheus.yml")["datasources"]
    host, port = re.fullmatch(r"http://([^:]+):(\d+)", source["url"]).groups()
    assert host in SERVICES
    assert SERVICES[host]["ports"] == [f"127.0.0.1:{port}:{port}"]


def test_grafana_finds_the_dashboards():
    (provider,) = parsed("deploy/grafana/provisioning/dashboards/tollwire.yml")["providers"]
    mounts = {target: path for name, path, target in own_mounts() if name == "grafana"}
    assert mounts[provider["options"]["path"]] == ROOT / "deploy/grafana/dashboards"
    home = Path(SERVICES["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"])
    assert (mounts[str(home.parent)] / home.name).exists()


def panels():
    for path in DASHBOARDS:
        for panel in json.loads(path.read_text("utf-8"))["panels"]:
            yield path.name, panel


def expressions():
    for name, panel in panels():
        for target in panel["targets"]:
            yield f"{name}: {panel['title']}", target["expr"]


def test_panels_ask_the_datasource_that_is_there():
    (source,) = parsed("deploy/grafana/provisioning/datasources/prometheus.yml")["datasources"]
    asked = [(name, part["datasource"]) for name, panel in panels() for part in (panel, *panel["targets"])]
    assert asked
    assert all(wanted == {"type": source["type"], "uid": source["uid"]} for _, wanted in asked)


def test_panels_do_not_overlap():
    taken = {}
    for name, panel in panels():
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                other = taken.setdefault((name, x, y), panel["title"])
                assert other == panel["title"], f"{name}: {panel['title']} lies over {other}"


def test_panels_ask_for_metrics_and_labels_that_there_are():
    kinds = {metric.name: metric for metric in REGISTRY.collect()}
    sums = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
    series = {name + ending for name, metric in kinds.items() for ending in sums.get(metric.type, ())}
    labels = {label for one in vars(metrics).values() for label in getattr(one, "_labelnames", ())}
    for title, expr in expressions():
        named = set(re.findall(r"\btollwire_\w+", expr))
        assert named <= series, title
        for group in re.findall(r"by \(([^)]*)\)", expr):
            assert set(group.replace(" ", "").split(",")) <= labels | {"le", "instance"}, title
