"""A back-up as deploy/operating.md tells it: the articles in a file, published again elsewhere, are the same articles."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from test_cli import tollwire
from topic_log import whole

from streams import topics
from streams.inlets.publish import publish

DRAMA = Path(__file__).parents[1] / "seeds" / "drama.jsonl"


def test_articles_come_back_under_the_same_ids(settings, tmp_path):
    elsewhere = replace(settings, prefix=settings.prefix + "restored.")
    with closing(topics.admin(settings)) as client:
        topics.ensure(client, settings)
        topics.ensure(client, elsewhere)
    assert publish([DRAMA], settings).complete
    saved = tollwire("tail", "articles", "--from-start", "--no-follow", "--json", settings=settings)
    assert saved.returncode == 0
    (tmp_path / "articles.jsonl").write_text(saved.stdout, "utf-8")
    assert publish([tmp_path / "articles.jsonl"], elsewhere).complete

    def known(where):
        return {(m.partition, dict(m.headers)["ce_id"], m.value) for m in whole(where, topics.ARTICLES)}

    assert known(elsewhere) == known(settings)
