"""The AsyncAPI document is what the code does, and AsyncAPI 3.0 by its own schema (asyncapi-3.0.0.json, Apache-2.0)."""

import json
from pathlib import Path

import jsonschema

from streams import asyncapi, schema, topics

DOCUMENT = json.loads(asyncapi.FILE.read_text("utf-8"))


def test_the_file_is_what_the_code_says():
    assert asyncapi.document() == DOCUMENT, "run: python -m streams.asyncapi"


def test_it_is_asyncapi():
    standard = json.loads(Path(__file__).with_name("asyncapi-3.0.0.json").read_text("utf-8"))
    jsonschema.Draft7Validator(standard).validate(DOCUMENT)


def test_every_topic_is_in_it_with_the_schema_of_its_values():
    addresses = {channel["address"]: channel for channel in DOCUMENT["channels"].values()}
    assert list(addresses) == [topic.name for topic in topics.TOPICS]
    for topic in topics.TOPICS:
        (message,) = addresses[topic.name]["messages"].values()
        if topic.kind:
            there = asyncapi.FILE.parent / message["payload"]["schema"]["$ref"]
            assert there.resolve() == schema.FOLDER / schema.file_name(topic.kind)
            assert there.is_file()
