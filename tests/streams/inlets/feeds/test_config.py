"""feeds.toml: the example is good, and each mistake is named with its field."""

import pytest

from streams.inlets import feeds
from streams.inlets.feeds.config import BadFeeds, load

GOOD = '[feeds.wire]\nurl = "https://example.org/rss"\n'


def test_the_example_is_good():
    example = load(feeds.EXAMPLE)
    assert set(example.feeds) == {"example-wire", "example-agency", "inside"}
    assert example.feeds["example-agency"].charset == "windows-1256"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "feeds: missing"),
        ("feeds = 3", "feeds: Expected `object`, got `int`"),
        ("[feeds]", "feeds: none is named"),
        ("[feeds.wire", "not TOML"),
        ("[feeds.wire]\nevery = 300", "feeds.wire: url: missing"),
        ("feeds.wire = 1", "feeds.wire: Expected `object`, got `int`"),
        ('[feeds.wire]\nurl = "ftp://example.org/rss"', "feeds.wire: url: 'ftp://example.org/rss' is no http"),
        ('[feeds.wire]\nurl = "https://example.org:x/"', "feeds.wire: url: "),
        ('[feeds.wire]\nurl = "https://me:secret@example.org/"', "feeds.wire: url: holds a user or a password"),
        (GOOD + 'evry = 3', "feeds.wire: evry: no such field; there are name, url, every, "),
        (GOOD + 'every = "often"', "feeds.wire: every: Expected `float`, got `str`"),
        (GOOD + "every = 0", "feeds.wire: every: Expected `float` >= 0.05"),
        (GOOD + "redirects = 99", "feeds.wire: redirects: "),
        (GOOD + 'charset = "klingon"', "feeds.wire: charset: 'klingon'"),
        (GOOD + 'charset = "base64"', "feeds.wire: charset: 'base64'"),
        (GOOD + 'language = "arabic!"', "feeds.wire: language: "),
        (GOOD + 'allow = ["10.0.0.1/8"]', "feeds.wire: allow: 10.0.0.1/8 has host bits set"),
        (GOOD + 'name = "x"', "feeds.wire: name: "),
        ("at_once = 0\n" + GOOD, "at_once: "),
        ('[feeds."../x"]\nurl = "https://example.org/"', "the name is up to 64"),
        (GOOD + GOOD.replace("wire", "other"), "feeds.other: url: the same as of feeds.wire"),
        (GOOD.encode() + b"# \xff", "not TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(tmp_path, text, says):
    file = tmp_path / "feeds.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadFeeds) as error:
        load(file)
    assert str(error.value).startswith(f"{file}: ")
    assert says in str(error.value)
    assert "secret" not in str(error.value)


def test_a_missing_file(tmp_path):
    with pytest.raises(BadFeeds, match="cannot be read: No such file"):
        load(tmp_path / "none.toml")
