"""Articles by HTTP: who may post what, what the answers say, and that 202 means that Kafka has it."""

import asyncio
import gzip
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer
from topic_log import whole

from agents import local
from streams import lag, topics, wire
from streams.inlets import serve
from streams.inlets.handover import Handover
from streams.records import Alert, Article
from streams.settings import Settings, environment

TOKEN = "correct horse battery staple"
ITEM = {
    "uri": "urn:test:1", "version": "1", "versionCreated": "2026-03-03T10:00:00Z", "language": "en",
    "headline": "Blast in Basra", "body_text": "At least 12 people were killed in a blast in Basra, police said.",
}  # fmt: skip
JSON = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
LINES = JSON | {"Content-Type": "application/x-ndjson"}


def ask(*requests, send=None):
    """Each (method, path, headers, body) of a fresh application: [(status, headers, JSON)], and what was sent on."""
    sent = []

    async def keep(articles):
        sent.extend(articles)

    async def run():
        app = serve.application(TOKEN, send or keep)
        answers = []
        async with TestClient(TestServer(app)) as client:
            for method, path, headers, body in requests:
                async with client.request(method, path, headers=headers, data=body) as answer:
                    text = await answer.text()
                    told = json.loads(text) if answer.content_type == "application/json" else text
                    answers.append((answer.status, answer.headers, told))
        return answers

    return asyncio.run(run()), sent


def post(body, headers=JSON, **options):
    if not isinstance(body, bytes):
        body = json.dumps(body, ensure_ascii=False).encode()
    (answer,), sent = ask(("POST", "/articles", headers, body), **options)
    return *answer, sent


def test_one_object_is_taken_and_its_id_told():
    status, _, told, (article,) = post(ITEM)
    assert status == 202
    assert told == {"accepted": [{"id": wire.record_id(article), "uri": "urn:test:1", "version": "1"}]}
    assert article.headline == "Blast in Basra"


def test_lines_are_taken_in_their_order():
    body = "\n".join(json.dumps(ITEM | {"version": str(n)}) for n in range(3)) + "\n\n"
    status, _, told, sent = post(body.encode(), LINES)
    assert (status, [each["version"] for each in told["accepted"]]) == (202, ["0", "1", "2"])
    assert [article.version for article in sent] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("body", "status", "field", "says"),
    [
        (ITEM | {"uri": ""}, 422, "uri", "uri: missing"),
        (ITEM | {"versionCreated": "today"}, 422, "versionCreated", "versionCreated: 'today' is no date"),
        (ITEM | {"language": "klingon!!"}, 422, "language", "language: 'klingon!!'"),
        (ITEM | {"headline": None, "bodies": [{"value": 3}]}, 422, "bodies[0].value", "a text is wanted"),
        ([ITEM], 422, None, "a JSON object is wanted, this is an array"),
        (b"{oops", 400, None, "not JSON"),
        (b"\xff\xfe", 400, None, "not JSON"),
        (b"", 400, None, "no value"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_taken(body, status, field, says):
    answered, _, told, sent = post(body)
    assert (answered, sent) == (status, [])
    assert says in told["error"]
    assert told["refused"][0]["field"] == field


def test_of_lines_all_are_taken_or_none():
    body = b"\n".join([json.dumps(ITEM).encode(), b'{"uri": "x"}', json.dumps(ITEM).encode(), b"{"])
    status, _, told, sent = post(body, LINES)
    assert (status, sent) == (400, [])
    assert told["error"].startswith("line 2: versionCreated: missing")
    assert [(each["line"], each["field"]) for each in told["refused"]] == [(2, "versionCreated"), (4, None)]
    many = post(b"x\n" * 5000, LINES)[2]
    assert len(many["refused"]) == 100
    assert post(b"\n\n", LINES)[0] == 400


@pytest.mark.parametrize(
    "authorization",
    [None, "", "Bearer", "Bearer ", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Basic {TOKEN}", TOKEN, "Bearer é"],
)
def test_without_the_token_nobody_gets_in(authorization):
    headers = {"Content-Type": "application/json"} | (
        {"Authorization": authorization} if authorization is not None else {}
    )
    status, answered, told, sent = post(ITEM, headers)
    assert (status, answered["WWW-Authenticate"], sent) == (401, "Bearer", [])
    assert TOKEN not in json.dumps(told)


def test_other_kinds_sizes_methods_and_places_are_refused():
    assert post(ITEM, JSON | {"Content-Type": "text/plain"})[0] == 415
    assert post(ITEM, {"Authorization": JSON["Authorization"]})[0] == 415
    bomb = gzip.compress(bytes(50 << 20))
    assert post(bomb, JSON | {"Content-Encoding": "gzip"})[0] == 415
    status, _, told, sent = post(b" " * (serve.MAX_BODY + 1))
    assert (status, told, sent) == (413, {"error": "longer than 4,194,304 bytes"}, [])
    get, elsewhere, health = ask(
        ("GET", "/articles", {}, None), ("POST", "/", JSON, b"{}"), ("GET", "/health", {}, None)
    )[0]
    assert (get[0], get[1]["Allow"]) == (405, "POST")
    assert (elsewhere[0], health[0], health[2]) == (404, 200, "alive\n")


def test_a_body_that_does_not_arrive_is_left(monkeypatch):
    monkeypatch.setattr(serve, "BODY_SECONDS", 0.2)

    async def slow():
        yield b"{"
        await asyncio.sleep(5)

    async def run():
        app = serve.application(TOKEN, None)
        async with (
            TestClient(TestServer(app)) as client,
            client.post("/articles", headers=JSON, data=slow()) as answer,
        ):
            return answer.status

    assert asyncio.run(run()) == 408


def test_a_bug_is_a_500_without_its_inside(caplog):
    async def broken(_):
        raise KeyError("inside")

    status, _, told, _ = post(ITEM, send=broken)
    assert status == 500
    assert "inside" not in json.dumps(told)
    assert "KeyError" in caplog.text


def test_without_kafka_the_answer_is_503_and_when_to_come_again():
    handover = Handover(Settings(broker="127.0.0.1:1"), give_up=6)
    status, headers, told, _ = post(ITEM, send=handover.send)
    assert (status, headers["Retry-After"], told) == (503, "5", {"error": "Kafka does not take it now"})


def request(url, body, headers=JSON):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_a_posted_article_becomes_an_alert(settings, tmp_path):
    (tmp_path / "token").write_text(TOKEN + "\n")
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
        worker = local.worker(replace(settings, metrics_port=0))
        environ = {key: value for key, value in os.environ.items() if not key.startswith("TOLLWIRE_")}
        environ |= environment(settings) | {"TOLLWIRE_SERVE_TOKEN_FILE": str(tmp_path / "token")}
        serving = subprocess.Popen(
            [sys.executable, "-m", "agents.cli", "serve", "--port", "0"], env=environ, stderr=subprocess.PIPE, text=True
        )
        try:
            worker.start()
            url = serving.stderr.readline().split()[-1]
            assert url.startswith("http://127.0.0.1:"), url
            status, told = request(url, json.dumps(ITEM).encode())
            assert status == 202
            (message,) = whole(settings, topics.ARTICLES)
            assert dict(message.headers)["ce_id"].decode() == told["accepted"][0]["id"]
            body = "\n".join(json.dumps(ITEM | {"uri": f"urn:other:{n}", "body_text": "Nothing."}) for n in range(500))
            assert request(url, body.encode(), LINES)[0] == 202
            assert len(whole(settings, topics.ARTICLES)) == 501
            assert request(url, b"{}")[0] == 422
            assert request(url, gzip.compress(bytes(50 << 20)), JSON | {"Content-Encoding": "gzip"})[0] == 415
            worker.wait_until_ready()
            lag.wait_until_worked_off(client, settings, 60)
            (alert,) = [wire.decode(message.value, Alert) for message in whole(settings, topics.ALERTS)]
            assert (alert.kind, alert.low) == ("first", 12)
        finally:
            worker.stop()
            serving.send_signal(signal.SIGTERM)
        assert serving.wait(20) == 0
        log = serving.stderr.read()
        assert "Traceback" not in log
        assert TOKEN not in log


@pytest.mark.parametrize("token", ["", "short"])
def test_a_token_that_can_be_guessed_is_an_error(settings, token):
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
    environ = {key: value for key, value in os.environ.items() if not key.startswith("TOLLWIRE_")}
    environ |= environment(settings) | {"TOLLWIRE_SERVE_TOKEN": token}
    done = subprocess.run(
        [sys.executable, "-m", "agents.cli", "serve"], env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "a token of at least 16 characters is wanted: name a file that holds it in TOLLWIRE_SERVE_TOKEN_FILE" in (
        done.stderr
    )


def test_many_posts_at_the_same_time_are_all_in_kafka(settings):
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)

    async def main():
        handover = Handover(settings)
        async with TestClient(TestServer(serve.application(TOKEN, handover.send))) as client:

            async def one(number):
                body = json.dumps(ITEM | {"uri": f"urn:test:{number}"})
                async with client.post("/articles", headers=JSON, data=body) as answer:
                    return answer.status, (await answer.json())["accepted"][0]["id"]

            answers = await asyncio.gather(*(one(number) for number in range(200)))
        await handover.close()
        return answers

    answers = asyncio.run(main())
    assert {status for status, _ in answers} == {202}
    log = whole(settings, topics.ARTICLES)
    assert sorted(dict(message.headers)["ce_id"].decode() for message in log) == sorted(given for _, given in answers)
    assert {wire.decode(message.value, Article).version for message in log} == {"1"}
