"""deploy/kubernetes: valid by the schemas of Kubernetes and its operators, and in agreement with the program."""

import json
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from conftest import absent

from agents.cli import tollwire
from streams import rights, topics
from streams.inlets.feeds import config
from streams.settings import Settings, load

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text("utf-8"))
RESOURCES = [
    resource
    for name in KUSTOMIZATION["resources"]
    for resource in yaml.safe_load_all((FOLDER / name).read_text("utf-8"))
]
CUSTOM = [resource for resource in RESOURCES if "." in resource["apiVersion"].split("/")[0].removesuffix(".k8s.io")]
VERSION = "1.33"  # of Kubernetes


def found(kind, name=None):
    return [r for r in RESOURCES if r["kind"] == kind and name in (None, r["metadata"]["name"])]


def one(kind, name):
    (resource,) = found(kind, name)
    return resource


def pods():
    """(name, pod spec) of everything that runs pods of ours."""
    for kind in ("StatefulSet", "Deployment", "Job"):
        for resource in found(kind):
            yield resource["metadata"]["name"], resource["spec"]["template"]["spec"]


SETTINGS = one("ConfigMap", "settings")["data"]


def test_every_file_is_a_resource():
    there = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert there == set(KUSTOMIZATION["resources"])


@pytest.mark.parametrize("resource", [r for r in RESOURCES if r not in CUSTOM], ids=lambda r: r["metadata"]["name"])
def test_kubernetes_takes_it(resource):
    kubernetes_validate.validate(resource, VERSION, strict=True)


def test_the_operators_take_their_resources(tmp_path):
    if not (shutil.which("npm") and shutil.which("node")):
        absent("npm is not installed: the operators' schemas are npm packages")
    for path in (Path(__file__).parent / "crds").iterdir():
        shutil.copy(path, tmp_path)
    subprocess.run(["npm", "ci", "--silent"], cwd=tmp_path, check=True, timeout=300)

    def refused(resources):
        done = subprocess.run(
            ["node", "check.mjs"], input=json.dumps(resources), cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    assert refused(CUSTOM) == ""
    (broken,) = json.loads(json.dumps(found("ScaledObject")))
    broken["spec"]["maxReplicaCount"] = "eight"
    assert "maxReplicaCount" in refused([broken])


def test_kustomize_renders_it():
    if not shutil.which("kubectl"):
        absent("kubectl is not installed (Debian: apt install kubernetes-client)")
    done = subprocess.run(["kubectl", "kustomize", FOLDER], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = list(yaml.safe_load_all(done.stdout))
    assert len(made) == len(RESOURCES)
    images = {
        c["image"] for r in made if r["kind"] == "StatefulSet" for c in r["spec"]["template"]["spec"]["containers"]
    }
    (image,) = KUSTOMIZATION["images"]
    assert images == {f"{image['newName']}:{image['newTag']}"}


@pytest.mark.parametrize(("name", "spec"), list(pods()))
def test_the_program_takes_its_settings(name, spec, tmp_path):
    """What a pod is told is read by the program itself, with the files that Kubernetes mounts."""
    (container,) = spec["containers"]
    told = SETTINGS | {env["name"]: env.get("value", name) for env in container["env"]}
    mounts = {mount["mountPath"]: mount["name"] for mount in container["volumeMounts"]}
    secrets = {volume["name"]: volume["secret"] for volume in spec["volumes"] if "secret" in volume}
    for variable, value in told.items():
        if variable.endswith("_FILE"):
            folder, file = value.rsplit("/", 1)
            assert file in {item["path"] for item in secrets[mounts[folder]]["items"]}
            told[variable] = str(tmp_path / file)
            (tmp_path / file).write_text("x")
    settings = load(told)
    assert settings.security_protocol == "SASL_SSL"
    assert settings.sasl_password == "x"


def test_no_pod_is_given_variables_that_no_setting_has():
    """Kubernetes adds TOLLWIRE_…_SERVICE_HOST for a service named tollwire-…, and the program refuses unknown names."""
    assert all(spec["enableServiceLinks"] is False for _, spec in pods())


@pytest.mark.parametrize(("name", "spec"), list(pods()))
def test_no_pod_can_gain_rights(name, spec):
    assert spec["securityContext"]["runAsNonRoot"]
    assert spec["automountServiceAccountToken"] is False
    for container in spec["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True, "capabilities": {"drop": ["ALL"]},
        }  # fmt: skip
        assert container["resources"]["limits"]["memory"]


def test_topics_are_as_the_program_wants_them():
    wanted = {topic.name: topic.config() for topic in topics.TOPICS + topics.STATE}
    there = {r["metadata"]["name"]: r["spec"] for r in found("KafkaTopic")}
    assert {name: {k: str(v) for k, v in spec["config"].items()} for name, spec in there.items()} == wanted
    assert {str(spec["partitions"]) for spec in there.values()} == {SETTINGS["TOLLWIRE_PARTITIONS"]}
    assert {str(spec["replicas"]) for spec in there.values()} == {SETTINGS["TOLLWIRE_REPLICATION"]}


def test_users_have_the_rights_that_their_roles_need():
    """The same that tests/test_secured.py tries on a real Kafka."""
    given = [
        rights.Right(
            user["metadata"]["name"],
            acl["resource"]["type"],
            acl["resource"]["name"],
            tuple(acl["operations"]),
            {"literal": False, "prefix": True}[acl["resource"]["patternType"]],
        )
        for user in found("KafkaUser")
        for acl in user["spec"]["authorization"]["acls"]
    ]
    wanted = list(rights.rights(Settings()))
    assert sorted(given, key=repr) == sorted(wanted, key=repr)
    assert one("Kafka", "tollwire")["spec"]["kafka"]["authorization"]["type"] == "simple"
    assert {user["spec"]["authentication"]["type"] for user in found("KafkaUser")} == {"scram-sha-512"}


def test_kafka_is_where_the_pods_look_for_it():
    kafka = one("Kafka", "tollwire")
    (listener,) = kafka["spec"]["kafka"]["listeners"]
    assert SETTINGS["TOLLWIRE_BROKER"] == f"{kafka['metadata']['name']}-kafka-bootstrap:{listener['port']}"
    assert (listener["tls"], listener["authentication"]["type"]) == (True, "scram-sha-512")
    assert SETTINGS["TOLLWIRE_SASL_MECHANISM"].lower() == listener["authentication"]["type"]
    nodes = sum(pool["spec"]["replicas"] for pool in found("KafkaNodePool"))
    assert nodes >= int(SETTINGS["TOLLWIRE_REPLICATION"]) > kafka["spec"]["kafka"]["config"]["min.insync.replicas"] > 1


def test_there_are_never_more_workers_than_partitions():
    scaled = one("ScaledObject", "worker")["spec"]
    assert scaled["maxReplicaCount"] <= int(SETTINGS["TOLLWIRE_PARTITIONS"])
    (trigger,) = scaled["triggers"]
    assert trigger["metadata"]["topic"] == topics.ARTICLES.name
    assert trigger["metadata"]["consumerGroup"] == "tollwire"
    assert trigger["metadata"]["bootstrapServers"].split(".")[0] == SETTINGS["TOLLWIRE_BROKER"].split(":")[0]


PORTS = {f.name.removesuffix("_port"): f.default for f in fields(Settings) if f.name.endswith("_port")}
HTTP = {"intake": PORTS["serve"], "board": PORTS["board"]}


def test_ports_are_the_programs_own():
    for name, spec in pods():
        (container,) = spec["containers"]
        wanted = {"metrics": PORTS["metrics"], "http": HTTP.get(name)}
        assert {port["name"]: port["containerPort"] for port in container["ports"]}.items() <= wanted.items(), name
        for probe in ("livenessProbe", "readinessProbe"):
            assert container.get(probe, {"httpGet": {"port": "metrics"}})["httpGet"]["port"] in wanted
    for name, port in HTTP.items():
        assert one("Service", name)["spec"]["ports"] == [{"name": "http", "port": port, "targetPort": "http"}]
    assert one("Service", "worker")["spec"]["ports"][0]["port"] == PORTS["metrics"]


def test_the_network_lets_through_what_is_needed_and_no_more():
    (kafka,) = one("Kafka", "tollwire")["spec"]["kafka"]["listeners"]
    opened = {
        policy["metadata"]["name"]: {port["port"] for way in ("ingress", "egress")
                                     for rule in policy["spec"].get(way, ()) for port in rule["ports"]}
        for policy in found("NetworkPolicy")
    }  # fmt: skip
    assert opened == {
        "nothing": set(), "to-kafka": {kafka["port"], 53}, "metrics": {PORTS["metrics"]}, "feeds": {80, 443},
        "intake": {HTTP["intake"]}, "board": {HTTP["board"]},
    }  # fmt: skip
    labels = {r["metadata"]["name"]: r["spec"]["template"]["metadata"]["labels"] for kind in ("StatefulSet", "Deployment")
              for r in found(kind)}  # fmt: skip
    for name, given in labels.items():
        assert given["tollwire/kafka"] == "yes", name
        (container,) = dict(pods())[name]["containers"]
        scraped = "metrics" in {port["name"] for port in container["ports"]}
        assert (given.get("tollwire/metrics") == "yes") == scraped, name


def test_every_pod_is_a_user_that_there_is():
    users = {user["metadata"]["name"] for user in found("KafkaUser")}
    for name, spec in pods():
        (container,) = spec["containers"]
        user = next(env["value"] for env in container["env"] if env["name"] == "TOLLWIRE_SASL_USERNAME")
        secrets = {volume["name"]: volume["secret"]["secretName"] for volume in spec["volumes"] if "secret" in volume}
        assert user in users, name
        assert secrets["user"] == user, name


def test_commands_are_the_programs_own_and_feeds_are_read_by_it(tmp_path):
    for name, spec in pods():
        (container,) = spec["containers"]
        assert container["args"][0] in tollwire.commands, name
    (tmp_path / "feeds.toml").write_text(one("ConfigMap", "feeds")["data"]["feeds.toml"], "utf-8")
    assert config.load(tmp_path / "feeds.toml").feeds


def test_a_worker_keeps_its_name_and_its_folder_and_is_given_time_to_end():
    spec = one("StatefulSet", "worker")["spec"]
    pod = spec["template"]["spec"]
    (container,) = pod["containers"]
    names = {env["name"]: env for env in container["env"]}
    assert names["TOLLWIRE_WORKER"]["valueFrom"] == {"fieldRef": {"fieldPath": "metadata.name"}}
    assert {"name": "data", "mountPath": "/data"} in container["volumeMounts"]
    assert spec["volumeClaimTemplates"][0]["metadata"]["name"] == "data"
    assert pod["terminationGracePeriodSeconds"] >= 30
    assert one("PodDisruptionBudget", "worker")["spec"]["maxUnavailable"] == 1
