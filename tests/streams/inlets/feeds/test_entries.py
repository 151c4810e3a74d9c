"""Reading feed documents and pages: whatever their charset, and whatever an outsider puts into them."""

import asyncio
from datetime import UTC, datetime

import pytest

from streams.inlets.feeds.apart import Reader
from streams.inlets.feeds.charset import decode
from streams.inlets.feeds.entries import Unreadable, read
from streams.inlets.feeds.page import read as read_page

ARABIC = "قتل 14 شخصا على الأقل وأصيب آخرون في انفجار وقع الثلاثاء في البصرة"
RUSSIAN = "В результате взрыва погибли 14 человек, сообщила полиция во вторник"
FRENCH = "Quatorze personnes tuées à l'hôpital de Nîmes, a déclaré la police"


def rss(*items, head='<?xml version="1.0"?>'):
    return f'{head}<rss version="2.0"><channel><title>Wire</title>{"".join(items)}</channel></rss>'


def entries(text, charset="utf-8", content_type="", given=None, most=100):
    body = text if isinstance(text, bytes) else text.encode(charset)
    return read(body, "https://example.org/news/rss.xml", content_type, given, most).entries


@pytest.mark.parametrize(
    ("text", "charset", "declared", "header"),
    [
        (ARABIC, "utf-8", None, ""),
        (ARABIC, "utf-8", "windows-1256", "text/xml; charset=ISO-8859-1"),  # wrong twice
        (ARABIC, "utf-8-sig", "utf-8", ""),
        (ARABIC, "utf-16", "utf-16", ""),
        (ARABIC, "windows-1256", "windows-1256", "text/xml"),
        (ARABIC, "windows-1256", None, "text/xml; charset=windows-1256"),
        (ARABIC, "windows-1256", None, ""),
        (ARABIC, "windows-1256", "utf-8", "text/xml; charset=utf-8"),
        (ARABIC, "windows-1256", "ISO-8859-1", "text/xml; charset=ISO-8859-1"),
        (ARABIC, "windows-1256", "windows-1252", ""),
        (ARABIC, "windows-1256", "no-such-charset", ""),
        (ARABIC, "iso8859_6", "ISO-8859-6", ""),
        (RUSSIAN, "windows-1251", None, ""),
        (RUSSIAN, "windows-1251", "iso-8859-1", ""),
        (FRENCH, "windows-1252", None, ""),
        (FRENCH, "windows-1252", "iso-8859-1", ""),
        (FRENCH, "windows-1252", "utf-8", "text/xml; charset=utf-8"),
    ],
)
def test_charsets_right_wrong_and_undeclared(text, charset, declared, header):
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    (entry,) = entries(rss(f"<item><title>{text}</title></item>", head=head), charset, header)
    assert entry.title == text


def test_what_feeds_toml_says_of_the_charset_is_the_last_word():
    body = rss(f"<item><title>{ARABIC}</title></item>", head='<?xml version="1.0" encoding="koi8-r"?>')
    assert entries(body, "windows-1256", given="windows-1256")[0].title == ARABIC


def test_utf8_with_a_letter_cut_in_half_stays_utf8():
    assert decode(ARABIC.encode()[:-1]) == ARABIC[:-1] + "\ufffd"


def test_decoding_raises_nothing_whatever_comes():
    for body in (
        b"",
        b"\xff",
        b"\xfe\xff\x00",
        bytes(range(256)) * 50,
        b'<?xml encoding="base64"?>\xff',
        b"\x00" * 100,
    ):
        assert isinstance(decode(body, "x; charset=zlib"), str)


def test_what_an_rss_entry_says():
    item = (
        "<item><guid>4711</guid><link>/a?b=1&amp;c=2</link><title>Blast &amp;amp; fire:\n 5 &amp;lt; 6</title>"
        "<pubDate>Tue, 03 Mar 2026 10:00:00 +0300</pubDate>"
        "<description>&lt;p&gt;At least &lt;b&gt;12&lt;/b&gt; killed.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>"
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>At least 12 killed.</p>'
        "<p>Police said so.</p>]]></content:encoded></item>"
    )
    (entry,) = entries(rss(item))
    assert (entry.guid, entry.link) == ("4711", "https://example.org/a?b=1&c=2")
    assert entry.title == "Blast & fire: 5 < 6"
    assert entry.text == "At least 12 killed.\nPolice said so."
    assert (entry.published, entry.updated) == (datetime(2026, 3, 3, 7, tzinfo=UTC), None)


def test_what_an_atom_entry_says():
    (entry,) = entries(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:example.org,2026:1</id>'
        '<title type="text">3 &lt; 4</title><link rel="alternate" href="a.html"/><published>2026-03-03T08:00:00Z</published>'
        '<updated>2026-03-03T10:00:00.5+02:00</updated><summary type="html">&lt;i&gt;12&lt;/i&gt; killed</summary></entry></feed>'
    )
    assert (entry.guid, entry.link) == ("tag:example.org,2026:1", "https://example.org/news/a.html")
    assert (entry.title, entry.text) == ("3 < 4", "12 killed")
    assert (entry.published.hour, entry.updated.hour) == (8, 8)


def test_dates_that_are_none_and_entries_without_anything():
    first, second, third = entries(
        rss("<item><title>a</title><pubDate>yesterday</pubDate></item>",
            "<item><title>b</title><pubDate>Tue, 03 Mar 99999 10:00:00 GMT</pubDate></item>", "<item/>")
    )  # fmt: skip
    assert {first.published, first.updated, second.published} == {None}
    assert (third.guid, third.link, third.title, third.text) == (None, None, "", "")


def test_only_so_many_entries():
    assert len(entries(rss(*["<item><title>x</title></item>"] * 50), most=7)) == 7


def test_a_feed_that_is_not_well_formed_is_read_as_far_as_it_goes():
    (entry,) = entries("<rss version='2.0'><channel><item><title>12 killed & 3 hurt</title></item>")
    assert entry.title == "12 killed & 3 hurt"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<!DOCTYPE html><html><body>gone</body></html>", "an HTML page, not a feed"),
        ("{}", "neither RSS nor Atom"),
        ("", "neither RSS nor Atom"),
        (
            f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]>{rss("<item><title>&l11;</title></item>", head="")}',
            "XML entities",
        ),
        (f'<!DOCTYPE rss [<!ENTITY a "{"a" * 10_000}">]>{rss("&a;" * 10_000, head="")}', "XML entities"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rss("&a;", head=""), "XML entities"),
        ('<!DOCTYPE rss [<!entity % a SYSTEM "http://127.0.0.1/x">%a;]>' + rss(head=""), "XML entities"),
    ],
)
def test_what_is_no_feed_and_bombs(text, says):
    for charset in ("utf-8", "utf-16"):
        with pytest.raises(Unreadable, match=says):
            entries(text, charset)


def test_a_document_is_never_taken_for_an_address_or_a_file(tmp_path):
    file = tmp_path / "secret.xml"
    file.write_text(rss("<item><title>secret</title></item>"))
    for body in (str(file), file.as_uri(), "http://127.0.0.1:1/"):
        with pytest.raises(Unreadable):
            entries(body)


def test_an_external_dtd_is_not_fetched(site):
    text = f'<!DOCTYPE rss SYSTEM "{site.url}/rss.dtd"><?xml-stylesheet href="{site.url}/x.xsl"?>'
    assert entries(text + rss("<item><title>x</title></item>", head=""))[0].title == "x"
    assert site.asked == []


def test_the_article_of_a_page_without_what_stands_around_it():
    text = read_page(
        f"""<html><head><meta charset="windows-1256"></head><body><nav><a href="/">Home</a><a href="/x">Sport</a></nav>
        <article><h1>انفجار</h1><p>{ARABIC}، بحسب ما قالت الشرطة العراقية.</p><p>{ARABIC} مساء أمس بحسب المصدر نفسه.</p></article>
        <footer>© Example</footer></body></html>""".encode("windows-1256"), "text/html; charset=utf-8", None,
    )  # fmt: skip
    assert ARABIC in text
    assert "Sport" not in text
    for empty in (b"", b"<html></html>", b"\0\1"):
        with pytest.raises(Unreadable, match="no article"):
            read_page(empty, "", None)


def test_a_reader_that_takes_too_long_is_ended_and_the_next_document_is_read():
    async def run(reader):
        long = b"<rss>" + b"<a>" * 1_000_000  # the parser's time grows with its square
        short = rss("<item><title>x</title></item>").encode()
        assert len((await reader.contents(short, "", "", None, 9)).entries) == 1
        reader.seconds = 0.5
        with pytest.raises(Unreadable, match=r"not read within 0\.5 s"):
            await reader.contents(long, "", "", None, 9)
        reader.seconds = 60
        assert len((await reader.contents(short, "", "", None, 9)).entries) == 1
        reader.process.kill()
        reader.process.join()
        assert len((await reader.contents(short, "", "", None, 9)).entries) == 1
        with pytest.raises(Unreadable, match="HTML page"):
            await reader.contents(b"<html></html>", "", "", None, 9)
        reading = asyncio.create_task(reader.contents(long, "", "", None, 9))
        while not reader.turn.locked():
            await asyncio.sleep(0)
        await asyncio.to_thread(reader.close)
        with pytest.raises(Unreadable):
            await reading
        assert reader.process is None

    asyncio.run(run(Reader()))
