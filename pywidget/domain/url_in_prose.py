r"""URLs in prose, mail and chat: where each starts and ends.

Facts:

* A period behind a URL ends the sentence, a bracket closes right after it, an editor turned its `&`
  into `&amp;`, calendar files and JSON write a line break as `\n`.
* `-`, `_` and `~` are characters of a URL, and also dashes or marks of emphasis. At the end of a
  URL they belong to it, unless the same mark is still open before it.
* People leave out the scheme. So one of the hosts that matter, with a slash behind it, begins a
  URL, too, unless it is part of something longer: an address, or another URL.
"""

import re
from collections.abc import Iterator
from typing import Final

from pywidget.domain.emphasis import MARKS, count_closing_marks, find_open_mark

LINK_SIGN: Final = re.compile(r"/(?:(?<=:/)/|(?:j|w|my)/)")
"""The sign of a URL: the `//` behind its scheme, or else the folder of a join link."""

# The characters of a URL in prose. The rest of its alphabet, "()[]*,;!'", ends it: there, it is
# mostly prose or markup. (Python 3.11.2 matches too much for a possessively repeated group,
# "(…)*+".)
_CHARACTERS = r"[A-Za-z0-9\-._~:/?#@$+=%]*+"
_AMPERSAND = r"&(?!(?:quot|apos|lt|gt|nbsp|#[0-9]{1,4});)"
_TOKEN = re.compile(rf"{_CHARACTERS}(?:{_AMPERSAND}(?:amp;)*{_CHARACTERS})*")
_PUNCTUATION = ".:?"  # of ".,;:!?)>]'\"", what `_TOKEN` lets through

_DASHES = "--"
_MARKS = ("_", "~", _DASHES)
_MARK_WINDOW = 160  # how far to look back for the mark that a URL's last one closes
_BEFORE_SENTENCE = re.compile(r"[\]\r\n]")

_LONGEST_HOST = 253
_HOST_BACKWARDS = re.compile(r"[A-Za-z0-9.-]*+")
_INSIDE_URL = frozenset("/@?=&%#\\")
_ESCAPES = frozenset("nNrRtT")


def find_urls(text: str, hosts: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Find the URLs, in time linear in the length of the text.

    Args:
        text: Anything, markup included.
        hosts: Hosts, or endings of hosts, that begin a URL even without a scheme.

    Yields:
        Where each starts and ends, without the punctuation behind it, and the URL with `https`.
    """
    at = 0
    while (sign := LINK_SIGN.search(text, at)) is not None:
        at = sign.start()
        has_scheme = text.startswith("//", at)
        host = at + len("//") if has_scheme else _find_bare_host(text, at, hosts)
        if host is None:
            at = sign.end()
            continue
        start = _find_scheme(text, at - len(":")) if has_scheme else host
        token = _TOKEN.match(text, host)
        at = sign.end() if token is None else token.end()
        if start is not None:
            url = text[start:at].rstrip(_PUNCTUATION)
            if url.endswith(_MARKS):
                url = _leave_out_marks(text[max(0, start - _MARK_WINDOW) : start], url)
            yield start, start + len(url), f"https://{url[host - start :]}"


def _find_scheme(text: str, colon: int) -> int | None:
    before = text[max(0, colon - len("https")) : colon].lower()
    if before == "https":
        return colon - len("https")
    return colon - len("http") if before.endswith("http") else None


def _find_bare_host(text: str, end: int, hosts: tuple[str, ...]) -> int | None:
    """Find the start of the host that ends at `end`; None if there is none, or it is not bare."""
    before = text[max(0, end - _LONGEST_HOST - 1) : end]
    if not before.lower().endswith(hosts):
        return None
    host = _HOST_BACKWARDS.match(before[::-1])
    start = end if host is None else end - host.end()
    outside = text[start - 1 : start] if start > 0 else ""
    if outside == "\\" and text[start] in _ESCAPES:
        start += 1
    elif outside in _INSIDE_URL:
        return None
    while text[start] in "-.":
        start += 1
    return start


def _leave_out_marks(before: str, url: str) -> str:
    """Cut the closing marks of an emphasis, or the dashes, that the URL stands in."""
    sentence = _BEFORE_SENTENCE.split(before)[-1]
    if url.endswith(_DASHES):
        count = len(url) - len(url.rstrip("-")) if sentence.endswith(_DASHES) else 0
    else:
        # Marks directly before the URL are closed directly behind it, before all earlier ones.
        is_marked = sentence.endswith(tuple(MARKS))
        opened = len(sentence) if is_marked else find_open_mark(sentence, url[-1])
        count = count_closing_marks(sentence[:opened], url) if opened is not None else 0
    return url[: len(url) - count].rstrip(_PUNCTUATION)
