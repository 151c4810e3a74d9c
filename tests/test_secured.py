"""A Kafka that lets nobody in without TLS and a password, and nobody do more than his role needs.

Real TLS, SCRAM-SHA-512 and KRaft's own StandardAuthorizer; the rights are those of streams/rights.py, and each role is
tried with what it must be able to do and with what it must not.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import aiokafka
import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition, errors
from kafka.admin import (
    ACL,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    NewTopic,
    ResourcePattern,
    ResourceType,
    UserScramCredentialUpsertion,
)  # fmt: skip
from kafka.structs import OffsetAndMetadata

from agents import local
from agents.doctor import examine
from streams import connection, lag, rights, topics, wire
from streams.broker import Cluster
from streams.inlets.publish import publish
from streams.outlets.board.follow import Follower
from streams.records import Alert
from streams.settings import Settings, environment

SPARE = "spare."
ALL = {topic.name for topic in topics.TOPICS + topics.STATE}
PASSWORDS = {role: f"open sesame, {role}" for role in rights.ROLES}
TOKEN = "a token that opens serve"
SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory, quick):
    """Settings of nobody yet, for a secured listener; the plain one beside it is Kafka's own and ours for setting up."""
    folder = tmp_path_factory.mktemp("secured")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    server = authority.issue_cert("127.0.0.1")
    (folder / "server.pem").write_bytes(_pkcs8(server.private_key_pem.bytes()) + server.cert_chain_pems[0].bytes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    properties = {
        "listeners": f"PLAINTEXT://127.0.0.1:{{port}},CONTROLLER://127.0.0.1:{{controller}},SECURED://127.0.0.1:{port}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{{port}},SECURED://127.0.0.1:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SASL_SSL",
        "listener.name.secured.sasl.enabled.mechanisms": "SCRAM-SHA-512",
        "listener.name.secured.scram-sha-512.sasl.jaas.config": SCRAM,
        "listener.name.secured.ssl.keystore.type": "PEM",
        "listener.name.secured.ssl.keystore.location": folder / "server.pem",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",  # who comes by the plain listener; nobody is anonymous on the secured one
    }
    with Cluster(folder, properties=quick | properties) as running:
        settings = Settings(
            broker=f"127.0.0.1:{port}", data=folder, partitions=2, metrics_port=0, security_protocol="SASL_SSL",
            ca_file=folder / "ca.pem", sasl_mechanism="SCRAM-SHA-512",
        )  # fmt: skip
        with closing(KafkaAdminClient(bootstrap_servers=running.servers)) as client:
            users = [UserScramCredentialUpsertion(role, "SCRAM-SHA-512", word) for role, word in PASSWORDS.items()]
            assert client.alter_user_scram_credentials(users) == dict.fromkeys(PASSWORDS)
            given = [*rights.rights(settings), *rights.rights(replace(settings, prefix=SPARE))]
            assert client.create_acls([acl for right in given for acl in _acls(right)])["failed"] == []
        yield settings


def _acls(right):
    pattern = ACLResourcePatternType.PREFIXED if right.prefixed else ACLResourcePatternType.LITERAL
    resource = ResourcePattern(ResourceType[right.kind.upper()], right.name, pattern)
    for operation in right.operations:
        named = {"DescribeConfigs": "DESCRIBE_CONFIGS", "AlterConfigs": "ALTER_CONFIGS"}.get(
            operation, operation.upper()
        )
        yield ACL(f"User:{right.role}", "*", ACLOperation[named], ACLPermissionType.ALLOW, resource)


def _pkcs8(key):
    """The form of a private key that Java reads."""
    loaded = serialization.load_pem_private_key(key, None)
    return loaded.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(scope="module")
def user(cluster):
    """user(role): the settings of that role's user, with the topics made by the operator."""

    def of(role):
        return replace(cluster, sasl_username=role, sasl_password=PASSWORDS[role])

    with closing(topics.admin(of("operator"))) as client:
        assert len(topics.ensure(client, of("operator"))) == len(ALL)
        assert topics.ensure(client, of("operator")) == []
    return of


@pytest.fixture(scope="module")
def spare(cluster):
    """The same beside it, under names of its own and with a record in each topic: for trying what must not work."""

    def of(role):
        return replace(cluster, prefix=SPARE, sasl_username=role, sasl_password=PASSWORDS[role])

    with closing(topics.admin(of("operator"))) as client:
        topics.ensure(client, of("operator"))
    for name in ALL:
        write(of("operator"), SPARE + name)
    return of


def article(tmp_path, dead=14):
    news = tmp_path / "news.txt"
    news.write_text(f"BASRA - An explosion killed {dead} people in Basra on Tuesday, police said.")
    return news


def test_all_the_way_through_each_part_by_a_user_with_its_own_rights(user, tmp_path):
    """Publisher, worker (killed and started again: it reads its state back), board and subscriber; no other rights."""
    worker = local.worker(user("worker"))
    worker.start()
    with closing(topics.admin(user("operator"))) as client:
        try:
            worker.wait_until_ready()
            assert publish([article(tmp_path)], user("publisher"), source="Example Wire").complete
            lag.wait_until_worked_off(client, user("operator"), 60)
            worker.process.kill()
            worker.process.wait()
            worker.start()
            worker.wait_until_ready()
            assert publish([article(tmp_path, 17)], user("publisher"), source="Example Wire").complete
            lag.wait_until_worked_off(client, user("operator"), 60)
            assert [each for each in examine(user("operator")) if each.level == "ill"] == []
        finally:
            worker.stop()
    board = Follower(user("board"), lambda: None)
    board.start()
    try:
        _awaited(lambda: board.unready, lambda reason: reason is None)
        assert len(board.latest) == 2
    finally:
        board.stop()
    name = topics.ALERTS.name
    with closing(_consumer(user("subscriber"), group_id="subscriber-1", auto_offset_reset="earliest")) as consumer:
        consumer.subscribe([name])
        taken = []
        while len(taken) < 2:
            taken += [message for batch in consumer.poll(timeout_ms=500).values() for message in batch]
        consumer.commit()
    assert {wire.decode(message.value, Alert).best for message in taken} == {14, 17}
    assert "not authorized" not in worker.log.read_text().lower()


def _consumer(settings, **more):
    return connection.client(KafkaConsumer, settings, enable_auto_commit=False, **more)


def write(settings, name):
    async def run(client):
        await client.send_and_wait(name, b"forged", key=b"forged", partition=0)

    _with(aiokafka.AIOKafkaProducer, settings, run)


def read(settings, name):
    async def run(client):
        if name not in await client.topics():
            raise aiokafka.errors.TopicAuthorizationFailedError(name)  # it may not even know of it; waiting is in vain
        client.assign([aiokafka.TopicPartition(name, 0)])
        await client.seek_to_beginning()
        await client.getone()

    _with(aiokafka.AIOKafkaConsumer, settings, run)


def _with(kind, settings, use):
    """Use a client of aiokafka: unlike kafka-python's, it says at once that it is refused."""

    async def run():
        client = kind(
            bootstrap_servers=settings.broker, security_protocol=settings.security_protocol,
            ssl_context=connection.tls(settings), sasl_mechanism=settings.sasl_mechanism,
            sasl_plain_username=settings.sasl_username, sasl_plain_password=settings.sasl_password,
        )  # fmt: skip
        await client.start()
        try:
            async with asyncio.timeout(20):
                await use(client)
        finally:
            await client.stop()

    asyncio.run(run())


REFUSED = (
    aiokafka.errors.TopicAuthorizationFailedError, errors.TopicAuthorizationFailedError,
    errors.GroupAuthorizationFailedError, errors.ClusterAuthorizationFailedError,
)  # fmt: skip


def may(what, *arguments):
    try:
        what(*arguments)
    except REFUSED:
        return False
    return True


def own(role, operation):
    return {right.name for right in rights.rights(Settings()) if right.role == role and operation in right.operations}


@pytest.mark.parametrize("role", rights.ROLES)
def test_a_role_reads_and_writes_its_own_topics_and_no_other(spare, role):
    assert {name for name in ALL if may(read, spare(role), SPARE + name)} == own(role, "Read") & ALL
    assert {name for name in ALL if may(write, spare(role), SPARE + name)} == own(role, "Write") & ALL


GROUPS = {"worker": {"spare.tollwire"}, "subscriber": {"subscriber-1"}}


@pytest.mark.parametrize("role", rights.ROLES)
def test_a_role_keeps_its_place_in_its_own_groups_and_in_no_other(spare, role):
    part = TopicPartition(SPARE + (topics.ARTICLES if role == "worker" else topics.ALERTS).name, 0)

    def commit(group):
        with closing(_consumer(spare(role), group_id=group)) as consumer:
            consumer.commit({part: OffsetAndMetadata(0, "", -1)})

    groups = ("spare.tollwire", "subscriber-1", "another")
    assert {group for group in groups if may(commit, group)} == GROUPS.get(role, set())


@pytest.mark.parametrize("role", [role for role in rights.ROLES if role != "operator"])
def test_nobody_but_the_operator_makes_deletes_or_changes_topics_users_and_rights(spare, role):
    with closing(topics.admin(spare(role))) as client:
        refused_to_change(client, role)
        assert not may(client.create_topics, [NewTopic(SPARE + "news.articles", 1, 1)])
        seen = {name.removeprefix(SPARE) for name in client.list_topics()}
        assert seen == {right.name for right in rights.rights(Settings()) if right.role == role} & ALL


def test_the_operator_neither_deletes_nor_gives_rights(spare):
    with closing(topics.admin(spare("operator"))) as client:
        refused_to_change(client, "operator")


def refused_to_change(client, role):
    assert not may(client.create_topics, [NewTopic("another", 1, 1)])
    assert not may(client.delete_topics, [SPARE + topics.ARTICLES.name])
    said = client.alter_user_scram_credentials([UserScramCredentialUpsertion(role, "SCRAM-SHA-512", "x")])
    assert said[role].endswith("needs ALTER permission.")
    done = client.create_acls(list(_acls(rights.Right(role, "topic", "news.articles", ("Read",)))))
    assert done == {"succeeded": [], "failed": [errors.ClusterAuthorizationFailedError]}


def test_a_wrong_password_and_an_unknown_authority_are_refused_with_a_word(user):
    with pytest.raises(topics.NoBroker, match="over SASL_SSL as board") as refused:
        topics.admin(replace(user("board"), sasl_password="a wrong one"))
    assert "a wrong one" not in str(refused.value)
    with pytest.raises(topics.NoBroker, match="no Kafka answers"):
        topics.admin(replace(user("board"), ca_file=None))


def test_no_secret_is_in_a_log_or_in_the_list_of_processes(user, tmp_path):
    """Passwords and token from files; the worker, feed and serve at work, then at odds with Kafka."""
    word, token = tmp_path / "word", tmp_path / "token"
    token.write_text(TOKEN)
    (tmp_path / "feeds.toml").write_text('[feeds.x]\nurl = "http://127.0.0.1:1/"\nevery = 0.1')
    running = []
    try:
        for role, wrong, *line in (
            ("worker", False, "run"), ("publisher", False, "serve", "--port", "0"),
            ("publisher", False, "feed", tmp_path / "feeds.toml"), ("publisher", True, "serve"), ("worker", True, "run"),
        ):  # fmt: skip
            log = tmp_path / f"{len(running)}.log"
            word = tmp_path / f"word-{len(running)}"
            word.write_text(PASSWORDS[role] + (" wrong" if wrong else ""))
            environ = {key: value for key, value in os.environ.items() if not key.startswith("TOLLWIRE_")}
            environ |= environment(replace(user(role), sasl_password="", data=tmp_path))
            environ |= {"TOLLWIRE_SASL_PASSWORD_FILE": str(word), "TOLLWIRE_SERVE_TOKEN_FILE": str(token)}
            with log.open("w") as out:
                process = subprocess.Popen(
                    [sys.executable, "-m", "agents.cli", *map(str, line)], env=environ, stdout=out, stderr=out
                )
            running.append((process, log, wrong))
        for process, _, wrong in running:
            if wrong:
                assert process.wait(60) == 1
        url = _awaited(lambda: running[1][1].read_text().split()[-1], lambda word: word.startswith("http://"))
        body = json.dumps({"uri": "urn:x", "versionCreated": "2026-03-03T10:00:00Z", "headline": "x"}).encode()
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
            assert answer.status == 202
        _awaited(lambda: running[2][1].read_text(), lambda text: "again in" in text)
        _awaited(lambda: running[0][1].read_text(), lambda text: "metrics on" in text)
        said = (
            [Path("/proc", each, "cmdline") for each in os.listdir("/proc") if each.isdigit()]
            if Path("/proc/self").exists()
            else []
        )
        lines = {path: _bytes(path) for path in said}
        assert not lines or any(b"agents.cli" in line for line in lines.values())
    finally:
        for process, _, _ in running:
            process.send_signal(signal.SIGTERM)
        for process, _, _ in running:
            process.wait(30)
    for secret in (*PASSWORDS.values(), TOKEN):
        assert not [path for path, line in lines.items() if secret.encode() in line]
        assert not [log for _, log, _ in running if secret in log.read_text()]
        assert secret not in repr(user("worker")) + repr(replace(user("worker"), serve_token=TOKEN))


def _bytes(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it has just ended


def _awaited(look, good, seconds=60):
    until = time.monotonic() + seconds
    while True:
        try:
            found = look()
        except IndexError:
            found = ""
        if good(found):
            return found
        assert time.monotonic() < until, found
        time.sleep(0.05)
