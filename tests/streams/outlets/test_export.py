"""What is exported is what its format's own validator takes: the OASIS schema, libhxl, geojson."""

import csv
import io
import json
from pathlib import Path

import geojson
import hxl
import pytest
from example_alerts import ALERTS, FIRST, FLED, RAISED
from kafka import KafkaProducer
from lxml import etree
from test_cli import tollwire

from streams import connection, topics, wire
from streams.outlets.export import FORMATS, cap
from streams.records import Alert

NAMES = {"c": "urn:oasis:names:tc:emergency:cap:1.2"}
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("CAP-v1.2.xsd")))


def exported(form, alerts=ALERTS):
    return "".join(FORMATS[form](alerts))


def documents(alerts=ALERTS):
    return [etree.fromstring(line) for line in exported("cap", alerts).splitlines()]


def test_json_lines_are_the_records():
    assert [wire.decode(line, Alert) for line in exported("json").encode().splitlines()] == ALERTS


def test_cap_is_cap():
    for document in documents():
        SCHEMA.assertValid(document)


def test_cap_updates_and_cancels_name_the_message_before():
    said = [(d.findtext("c:msgType", None, NAMES), d.findtext("c:references", None, NAMES)) for d in documents()]
    sent = "2026-05-09T17:36:05-00:00"
    assert said[:3] == [("Alert", None), ("Update", f"tollwire,a1,{sent}"), ("Cancel", f"tollwire,a2,{sent}")]
    assert said[3:] == [("Alert", None)] * 2
    (late,) = documents([RAISED])
    assert late.findtext("c:msgType", None, NAMES) == "Alert"  # nothing to refer to


def test_cap_remembers_no_more_than_its_bound(monkeypatch):
    monkeypatch.setattr(cap, "REMEMBERED", 1)
    kinds = [d.findtext("c:msgType", None, NAMES) for d in documents([FIRST, FLED, RAISED])]
    assert kinds == ["Alert", "Alert", "Alert"]


def test_cap_says_it_in_each_language():
    infos = documents([FIRST])[0].findall("c:info", NAMES)
    said = [(info.findtext("c:language", None, NAMES), info.findtext("c:headline", None, NAMES)) for info in infos]
    assert said == [("en", "Tikrit: at least 9 killed"), ("ar", "تكريت: مقتل 9 على الأقل")]
    assert infos[0].findtext("c:area/c:circle", None, NAMES) == "34.6,43.7 5"


def test_hxl_is_hxl():
    source = hxl.data(io.BytesIO(exported("hxl").encode()), hxl.input.InputOptions(allow_local=True))
    rows = list(source)
    assert [row.get("#affected+killed") for row in rows] == ["9", "12", None, None, None]
    assert [row.get("#affected+hh") for row in rows] == [None, None, None, "300", None]
    assert {"#country+code", "#geo+lat", "#meta+source"} <= {column.display_tag for column in source.columns}


def test_csv_gives_a_spreadsheet_no_orders():
    rows = list(csv.DictReader(io.StringIO(exported("csv"))))
    assert len(rows) == len(ALERTS)
    assert rows[3]["quote"] == "'=cmd|' /C calc'!A0 300 families fled\ufffe [2J<b>"
    assert (rows[1]["delta"], rows[0]["provisional"], rows[4]["magnitude"]) == ("3", "true", "dozens")


def test_geojson_is_geojson():
    made = geojson.loads(exported("geojson"))
    assert made.is_valid, made.errors()
    assert [feature.geometry and feature.geometry["coordinates"] for feature in made.features] == [
        [43.7, 34.6], [43.7, 34.6], [43.7, 34.6], None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_to_export(form):
    made = exported(form, [])
    assert form != "geojson" or json.loads(made)["features"] == []


def test_the_command_exports_each_alert_once_and_tells_what_cannot_be_read(settings):
    client = topics.admin(settings)
    topics.ensure(client, settings)
    client.close()
    producer = KafkaProducer(**connection.kafka_python(settings))
    for alert in (FIRST, FIRST, FLED):
        headers = wire.headers(alert, "alert")
        producer.send(settings.prefix + "news.alerts", wire.encode(alert), b"k", headers=headers, partition=0)
    producer.send(settings.prefix + "news.alerts", b"{", b"k", partition=0)
    producer.flush()
    done = tollwire("export", "--csv", settings=settings)
    assert [row["alert_id"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["a1", "a4"]
    assert (done.returncode, "cannot be read" in done.stderr) == (2, True)
    done = tollwire("export", "--cap", "--country", "iq", "--sender", "desk.example", settings=settings)
    (line,) = done.stdout.splitlines()
    assert "<sender>desk.example</sender>" in line
    assert tollwire("export", "--since", "2999-01-01", settings=settings).stdout == ""
