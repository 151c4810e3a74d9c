"""The topics as an AsyncAPI 3.0 document, made from the code: `python -m streams.asyncapi` writes streams/asyncapi.json."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from streams.outlets import letter
from streams.schema import file_name
from streams.settings import Settings
from streams.topics import ARTICLES, TOPICS, Topic

FILE = Path(__file__).with_name("asyncapi.json")
KAFKA = "0.5.0"  # version of the Kafka bindings

SAYS = {  # what a record is, and its key, by the topic's word
    "articles": ("One version of one article; IPTC ninjs 3 names, those of 2.x are accepted.", "The article's uri"),
    "figures": (
        "All figures that an article version states, with their proof; an empty list too.",
        "The article's uri",
    ),
    "events": ("One figure placed in the world: asserted, or withdrawn.", "ISO 3166 country; ZZ where unknown"),
    "alerts": ("One change that a reader must know.", "The situation's id"),
    "deadletter": ("The original bytes of what could not be processed.", "The original key"),
}
CLOUDEVENTS = {
    "ce_specversion": "1.0",
    "ce_id": "The same record has the same id on every replay: drop ids that you have seen",
    "ce_source": "/tollwire/ and the stage that wrote it",
    "ce_type": "tollwire., the record's name, and its schema's version",
    "ce_time": "The article version's own time, RFC 3339 in UTC",
    "content-type": "application/json",
    "traceparent": "W3C trace context, passed on from the article",
}
ORIGIN = {
    letter.TOPIC: "The topic that it came from",
    letter.PARTITION: "Its partition",
    letter.OFFSET: "Its offset",
    letter.STAGE: "The agent that could not process it",
    letter.CLASS: "Class of the error",
    letter.MESSAGE: "The error in words, secrets masked",
}


def document() -> dict[str, Any]:
    """The whole document; the values' schemas stay in their own files beside it."""
    defaults = Settings()
    names = {topic: topic.name.removeprefix("news.") for topic in TOPICS}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Tollwire",
            "version": version("tollwire"),
            "description": "Casualty and displacement figures out of a stream of news, with proof. "
            "Partitions and replicas are the defaults; a setting may put a prefix before the topics' names.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {"kafka": {"host": defaults.broker, "protocol": "kafka"}},
        "channels": {name: _channel(topic, name, defaults) for topic, name in names.items()},
        "operations": {
            f"{'receive' if topic is ARTICLES else 'send'}-{name}": {
                "action": "receive" if topic is ARTICLES else "send",
                "channel": {"$ref": f"#/channels/{name}"},
            }
            for topic, name in names.items()
        },
    }


def _channel(topic: Topic, name: str, defaults: Settings) -> dict[str, Any]:
    config = topic.config()
    kept = {"retention.ms": int(config["retention.ms"])} if topic.days is not None else {}
    return {
        "address": topic.name,
        "description": SAYS[name][0],
        "messages": {name: _message(topic, name)},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": defaults.partitions,
                "replicas": defaults.replication,
                "topicConfiguration": {
                    "cleanup.policy": [config["cleanup.policy"]],
                    **kept,
                    "max.message.bytes": topic.max_bytes,
                },
                "bindingVersion": KAFKA,
            }
        },
    }


def _message(topic: Topic, name: str) -> dict[str, Any]:
    headers = CLOUDEVENTS if topic.kind else ORIGIN
    made: dict[str, Any] = {
        "name": name,
        "headers": {
            "type": "object",
            "properties": {header: {"type": "string", "description": says} for header, says in headers.items()},
        },
        "bindings": {"kafka": {"key": {"type": "string", "description": SAYS[name][1]}, "bindingVersion": KAFKA}},
    }
    if topic.kind is None:
        return made | {"contentType": "application/octet-stream"}
    value = {"$ref": f"./schemas/{file_name(topic.kind)}"}
    return made | {"payload": {"schemaFormat": "application/schema+json;version=draft-07", "schema": value}}


if __name__ == "__main__":
    FILE.write_text(json.dumps(document(), indent=1) + "\n", "utf-8")
