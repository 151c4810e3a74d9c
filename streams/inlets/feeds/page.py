"""The text of an article's web page, without what stands around it."""

import trafilatura

from streams.inlets.feeds.charset import decode
from streams.inlets.feeds.entries import Unreadable


def read(body: bytes, content_type: str, charset: str | None) -> str:
    """The article's text, a line for each paragraph. Raises Unreadable."""
    text = trafilatura.extract(decode(body, content_type, charset), fast=True, include_comments=False)
    if not text or not text.strip():
        raise Unreadable("no article's text is found on the page")
    return text
