"""Every way a file can hold articles, and every way it can fail to."""

import gzip
import io
import json
import os
import tracemalloc
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.inlets import files
from streams.inlets.files import Read, Refused, items


def item(number=1, **more):
    return {
        "uri": f"urn:example:{number}",
        "versionCreated": "2026-05-09T17:36:00Z",
        "headline": f"Item {number}",
    } | more


def line(number=1, **more):
    return json.dumps(item(number, **more), ensure_ascii=False).encode() + b"\n"


@pytest.fixture
def write(tmp_path):
    def write(content, name="a.jsonl"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def short(found):
    """Uris of what was read, line and reason of what was refused."""
    return [(i.line, i.article.uri[12:] if isinstance(i, Read) else i.reason) for i in found]


def test_json_lines_with_blank_ones_and_windows_ends(write):
    path = write(b"\xef\xbb\xbf" + line(1) + b"\r\n  \n" + line(2).strip() + b"\r\n" + line(3).strip())
    assert short(items(path)) == [(1, "1"), (4, "2"), (5, "3")]


def test_compressed(write):
    assert short(items(write(gzip.compress(line(1) + line(2)), "a.jsonl.gz"))) == [(1, "1"), (2, "2")]
    assert short(items(write(gzip.compress(line(1)), "no-suffix"))) == [(1, "1")]


def test_two_compressed_files_joined_are_one(write):
    assert short(items(write(gzip.compress(line(1)) + gzip.compress(line(2))))) == [(1, "1"), (2, "2")]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
def test_documents(write, indent, name):
    assert short(items(write(json.dumps(item(1), indent=indent).encode(), name))) == [(1, "1")]
    both = json.dumps([item(1), item(2)], indent=indent).encode()
    assert short(items(write(both, name))) == [(1, "1"), (1, "2")]


def test_a_member_of_a_list_is_refused_by_its_number(write):
    found = short(items(write(json.dumps([item(1), {"headline": "x"}, 3]).encode(), "a.json")))
    assert found[0] == (1, "1")
    assert found[1] == (1, "item 2: uri: missing")
    assert found[2][1].startswith("item 3: not a news item")


def test_a_long_list_on_one_line(write):
    many = [item(n, body="x" * 1000) for n in range(6000)]
    assert len(list(items(write(json.dumps(many).encode(), "a.json")))) == 6000


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(line(1) + b"x\n")))
    found = list(items("-"))
    assert found[0].article.uri == "urn:example:1"
    assert (found[1].file, found[1].line) == ("-", 2)


def test_plain_text(write):
    path = write("عنوان الخبر\r\n\r\nقُتل 3 أشخاص.\r\n\r\nوأصيب 4.\r\n".encode(), "a.txt")
    os.utime(path, (1_778_348_160, 1_778_348_160))
    (found,) = items(path, language="ar", source="Example Wire")
    assert found.article.headline == "عنوان الخبر"
    assert found.article.body == "قُتل 3 أشخاص.\n\nوأصيب 4."
    assert (found.article.uri, found.article.version) == (path.resolve().as_uri(), "1778348160")
    assert found.article.versionCreated == datetime(2026, 5, 9, 17, 36, tzinfo=UTC)
    assert (found.article.language, found.article.source) == ("ar", "Example Wire")


def test_plain_text_without_a_headline(write):
    (found,) = items(write(b"First line.\nSecond line.\n\nThird.", "a.txt"))
    assert (found.article.headline, found.article.body) == (None, "First line.\nSecond line.\n\nThird.")


def test_language_and_source_fill_in_only_what_is_missing(write):
    path = write(line(1, language="en", source="Own") + line(2))
    first, second = items(path, language="ar", source="Example Wire")
    assert (first.article.language, first.article.source) == ("en", "Own")
    assert (second.article.language, second.article.source) == ("ar", "Example Wire")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.txt", "a"])
@pytest.mark.parametrize("content", [b"", b" \n\n", b"\xef\xbb\xbf"])
def test_an_empty_file(write, name, content):
    assert short(items(write(content, name))) == [(0, "empty file")]
    assert short(items(write(gzip.compress(content), name + ".gz"))) == [(0, "empty file")]


def test_a_missing_file_and_a_folder(tmp_path):
    assert [str(i) for i in items(tmp_path / "none.jsonl")] == [
        f"{tmp_path}/none.jsonl: cannot be read: No such file or directory"
    ]
    assert short(items(tmp_path)) == [(0, f"is a folder: name its files, as {tmp_path}/*.jsonl")]


def test_a_wrong_encoding_is_refused_line_by_line(write):
    bad = line(2, body="café").decode().encode("latin-1")
    found = short(items(write(line(1) + bad + line(3))))
    position = bad.index(b"\xe9") + 1
    assert found == [(1, "1"), (2, f"not UTF-8: byte {position} is 0xe9"), (3, "3")]
    assert short(items(write("قتل".encode("cp1256"), "a.txt"))) == [(1, "not UTF-8: byte 1 is 0xde")]
    assert short(items(write(line(1).decode().encode("utf-16")))) == [(0, "not UTF-8: this is UTF-16")]


REFUSED = [
    ("uri", line(uri="")),
    ("versionCreated", line(versionCreated="9 May 2026")),
    ("language", line(language="klingon!!")),
    ("headline", line(headline="a\x00b")),
    ("body", line(body="x" * 1_500_000)),
    ("not JSON", b'{"uri": "urn:example:9",\n'),
    ("not JSON", b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n"),
    ("not JSON", b'{"uri": "\\ud800"}\n'),
    ("not JSON", b'{"uri": NaN}\n'),
    ("not a news item", b"[1, 2]\n"),
    ("not a news item", b'"text"\n'),
    ("longer than 4 MiB", line(body="x" * (20 << 20))),
]


@pytest.mark.parametrize(("reason", "bad"), REFUSED)
@pytest.mark.parametrize("first", [False, True])
def test_a_bad_line_does_not_touch_its_neighbours(write, reason, bad, first):
    content = bad + line(1) + line(2) if first else line(1) + bad + line(2)
    found = list(items(write(content)))
    refused = [i for i in found if isinstance(i, Refused)]
    assert [(i.line, i.reason.startswith(reason)) for i in refused] == [(1 if first else 2, True)]
    assert [i.article.uri for i in found if isinstance(i, Read)] == ["urn:example:1", "urn:example:2"]


def test_a_broken_document_is_one_refusal(write):
    found = short(items(write(json.dumps([item(1), item(2)], indent=2).encode()[:-3], "a.json")))
    assert len(found) == 1
    assert found[0][1].startswith("not JSON")


def test_a_document_that_is_too_long(write, monkeypatch):
    monkeypatch.setattr(files, "MAX_DOCUMENT", 1 << 20)
    found = short(items(write(json.dumps([item(1, body="x" * (1 << 20))], indent=2).encode(), "a.json")))
    assert [(n, reason[:33]) for n, reason in found] == [(1, "a JSON document longer than 1 MiB")]


def test_a_file_cut_off_while_compressed(write):
    content = b"".join(line(n, body=os.urandom(500).hex()) for n in range(2000))
    whole = gzip.compress(content)
    found = list(items(write(whole[: len(whole) // 2])))
    assert isinstance(found[-1], Refused)
    assert found[-1].reason.startswith("the compressed file is broken")
    assert found[-1].line == len(found)
    assert all(isinstance(i, Read) for i in found[:-1])
    assert 800 < len(found) < 1200
    broken = bytearray(whole)
    broken[len(whole) // 2] ^= 0xFF
    assert any("broken from here on" in i.reason for i in items(write(bytes(broken))) if isinstance(i, Refused))


def peak(found):
    tracemalloc.start()
    count = sum(1 for _ in found)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return count, most


@pytest.mark.parametrize("byte", [b"x", b"\n", b" ", b'{"a":', b"["])
def test_a_compressed_bomb_is_passed_over_in_bounded_memory(write, monkeypatch, byte):
    monkeypatch.setattr(files, "MAX_LINE", 1 << 20)
    monkeypatch.setattr(files, "MAX_DOCUMENT", 2 << 20)
    monkeypatch.setattr(files, "MAX_WASTE", 4 << 20)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as out:
        for _ in range(40):
            out.write(byte * ((1 << 20) // len(byte)))
    count, most = peak(items(write(packed.getvalue(), "bomb.gz")))
    assert count <= 3
    assert most < 12 << 20


def test_many_lines_are_streamed(write):
    count, most = peak(items(write(line(1, body="x" * 10_000) * 1000)))
    assert count == 1000
    assert most < 2 << 20


pieces = st.sampled_from(
    [line(1), b"{", b"}", b"[", b"]", b",", b"\n", b"\r", b"\x00", b"\xff", b"\x1f\x8b", b'"', b"\xef\xbb\xbf"]
)
contents = st.lists(pieces | st.binary(max_size=8), max_size=12).map(b"".join)


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(content=contents, packed=st.booleans(), cut=st.integers(0, 20), name=st.sampled_from(["a.json", "a.txt", "a"]))
def test_whatever_a_file_holds_it_gives_items(tmp_path, content, packed, cut, name):
    if packed:
        content = gzip.compress(content)
        content = content[: len(content) - cut]
    (tmp_path / name).write_bytes(content)
    found = list(items(tmp_path / name))
    assert found
    assert all(isinstance(one, Read | Refused) for one in found)
