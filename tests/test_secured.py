"""A Kafka that lets nobody in without TLS and a password: publisher, worker and reader all get through."""

import socket
from dataclasses import replace

import pytest
import trustme
from cryptography.hazmat.primitives import serialization
from topic_log import whole

from agents import local
from streams import lag, topics
from streams.broker import Cluster
from streams.inlets.publish import publish
from streams.settings import Settings

PASSWORD = "open sesame"


@pytest.fixture(scope="module")
def secured(tmp_path_factory, quick):
    """Settings that reach a secured listener; the plain one beside it is Kafka's own."""
    folder = tmp_path_factory.mktemp("secured")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    server = authority.issue_cert("127.0.0.1")
    (folder / "server.pem").write_bytes(_pkcs8(server.private_key_pem.bytes()) + server.cert_chain_pems[0].bytes())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    login = "org.apache.kafka.common.security.plain.PlainLoginModule required"
    properties = {
        "listeners": f"PLAINTEXT://127.0.0.1:{{port}},CONTROLLER://127.0.0.1:{{controller}},SECURED://127.0.0.1:{port}",
        "advertised.listeners": f"PLAINTEXT://127.0.0.1:{{port}},SECURED://127.0.0.1:{port}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SECURED:SASL_SSL",
        "listener.name.secured.sasl.enabled.mechanisms": "PLAIN",
        "listener.name.secured.plain.sasl.jaas.config": f'{login} user_desk="{PASSWORD}";',
        "listener.name.secured.ssl.keystore.type": "PEM",
        "listener.name.secured.ssl.keystore.location": folder / "server.pem",
    }
    with Cluster(folder, properties=quick | properties):
        yield Settings(
            broker=f"127.0.0.1:{port}", data=folder, partitions=2, metrics_port=0, security_protocol="SASL_SSL",
            ca_file=folder / "ca.pem", sasl_mechanism="PLAIN", sasl_username="desk", sasl_password=PASSWORD,
        )  # fmt: skip


def _pkcs8(key):
    """The form of a private key that Java reads."""
    loaded = serialization.load_pem_private_key(key, None)
    return loaded.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def test_all_the_way_through_tls_and_sasl(secured, tmp_path):
    news = tmp_path / "news.txt"
    news.write_text("BASRA - An explosion killed 14 people in Basra on Tuesday, police said.")
    client = topics.admin(secured)
    topics.ensure(client, secured)
    worker = local.worker(secured)
    worker.start()
    try:
        worker.wait_until_ready()
        assert publish([news], secured, source="Example Wire").complete
        lag.wait_until_worked_off(client, secured, 60)
    finally:
        worker.stop()
    assert len(whole(secured, topics.ALERTS)) == 1
    assert PASSWORD not in worker.log.read_text()


def test_a_wrong_password_and_an_unknown_authority_are_refused_with_a_word(secured):
    with pytest.raises(topics.NoBroker, match="over SASL_SSL as desk"):
        topics.admin(replace(secured, sasl_password="wrong"))
    with pytest.raises(topics.NoBroker, match="no Kafka answers"):
        topics.admin(replace(secured, ca_file=None))
