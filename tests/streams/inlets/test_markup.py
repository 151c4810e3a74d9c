"""HTML bodies as text."""

import time

import pytest

from streams.inlets.markup import text

CASES = [
    ("plain", "plain"),
    ("<p>One.</p>\n<p>Two.</p>", "One.\nTwo."),
    ("<h1>Head</h1>line<br/>break<hr>", "Head\nline\nbreak"),
    ("in <b>one</b> <i>line</i>", "in one line"),
    ("140&nbsp;000 &amp; &#1593;&#x627;", "140\xa0000 & عا"),
    ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
    ("a<!-- <p>12 dead</p> -->b", "ab"),
    ("a<script>if (1<2) '12 dead'</script>b<style>p{}</style >c", "abc"),
    ("<!DOCTYPE html><html><head><title>T</title></head><body>B", "T\nB"),
    ("unended <a href='x'", "unended"),
    ("unended <!-- comment", "unended"),
    ("&#0;&#xD800;&#99999999999999999999;&notanentity;", "\ufffd\ufffd\ufffd¬anentity;"),
    ("<P CLASS='x'>Upper</P>", "Upper"),
    ("", ""),
]


@pytest.mark.parametrize(("markup", "wanted"), CASES)
def test_text(markup, wanted):
    assert text(markup) == wanted


@pytest.mark.parametrize(
    "piece", ["<", "<!--", "<a ", "</", "<!", "&", "&#9", "<script>", "<p>", " \n", "-->", "<a b='"]
)
def test_the_worst_markup_takes_linear_time(piece):
    started = time.process_time()
    text(piece * (900_000 // len(piece)))
    assert time.process_time() - started < 5  # a quadratic one takes minutes; noise on this machine does not
