"""The forms in which a secret may stand in a text: as it is, encoded, cut short.

Facts:

- Python keeps text in 1, 2 or 4 bytes for each character, whatever its widest one needs; a
  browser in 1 or 2. Without its zero bytes, such a text reads like UTF-8.
- In Base64 three bytes become four characters, so a text looks different at each of three offsets.
- A digest gives nothing away, and is none of these forms.
"""

from __future__ import annotations

import base64
import gzip
import html
import re
import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 16
"""Characters: too many for chance, and few enough to find a secret that was cut short."""
_MOST_CHUNKS: Final = 3
_SHORTEST_ENCODED: Final = 12
"""Characters: of a shorter text, too little is left in Base64 to be told from chance."""
_ESCAPE: Final = re.compile(rb"\\u00([0-9a-fA-F]{2})|\\x([0-9a-fA-F]{2})")
_GZIP: Final = b"\x1f\x8b"


def list_needles(secret: str) -> Iterator[bytes]:
    """Yield what to look for; whichever is found, it is the secret, or a telling part of it."""
    for chunk in cut(secret):
        plain = chunk.encode()
        yield plain
        if len(chunk) >= _SHORTEST_ENCODED:
            yield plain[::-1]
            yield plain.hex().encode()
            yield plain.hex().upper().encode()
            yield from _encode_base64(plain)


def list_readings(content: bytes) -> Iterator[bytes]:
    """Yield a content as it is, and as it reads once this or that is decoded."""
    yield content
    if b"\0" in content:
        content = content.replace(b"\0", b"")
        yield content
    if b"%" in content:
        yield unquote_to_bytes(content)
    if b"\\" in content:
        yield _ESCAPE.sub(lambda found: bytes.fromhex((found[1] or found[2]).decode()), content)
    if b"&" in content:
        yield html.unescape(content.decode("latin-1")).encode("latin-1", "replace")


def decompress(content: bytes) -> bytes:
    """Return what was packed with gzip or zlib, and anything else as it is."""
    try:
        return gzip.decompress(content) if content.startswith(_GZIP) else zlib.decompress(content)
    except (OSError, EOFError, zlib.error):
        return content


def cut(secret: str) -> list[str]:
    """Cut a secret into pieces; of a long one only some: the first, the last, some between."""
    if len(secret) <= CHUNK:
        return [secret]
    starts = range(0, len(secret) - CHUNK + 1, CHUNK)
    step = -(-len(starts) // _MOST_CHUNKS)
    pieces = [secret[start : start + CHUNK] for start in starts[::step]]
    return list(dict.fromkeys([*pieces, secret[-CHUNK:]]))


def _encode_base64(plain: bytes) -> Iterator[bytes]:
    """Yield what every text with these bytes in it has, at each offset, in both alphabets."""
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + plain)
        # The first group holds bytes before ours, the last one may hold bytes after them.
        middle = encoded[4 if offset else 0 : 4 * ((offset + len(plain)) // 3)]
        yield from {middle, middle.translate(bytes.maketrans(b"+/", b"-_"))}
