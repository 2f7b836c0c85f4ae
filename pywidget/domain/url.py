r"""URLs that every reader takes for the same place: the one parser of all that is opened or shown.

Facts, from RFC 3986 and from where WHATWG's URL standard, which browsers follow, differs from it:

* A browser takes `\` for `/`: `https://evil.example\.zoom.us` leads to evil.example. For
  `urllib.parse` the host ends in `.zoom.us`.
* A browser drops tabs and line breaks, decodes `%2e` in a host, and turns full-width letters and
  other dots into plain ones.
* A browser takes `0x7f.1` and `1.2` for addresses. The last label of a name begins with a letter
  (RFC 1123 section 2.1).
* What stands before an `@` in the authority is not the host, though people read it as one.
* Every server and browser can handle 8,000 octets (RFC 9110 section 4.1).

So a URL that any of this could matter for is no URL here. A host consists of plain labels, as DNS
has them, with underscores inside, as companies have them; or it is an IPv4 address of four numbers,
or an IPv6 address in brackets. (Of `xn--` labels and IPv6 addresses a browser may refuse some.)

>>> parse_url("https://us02web.zoom.us:443/j/86012345678#success").host
'us02web.zoom.us'
>>> parse_url(r"https://evil.example\.zoom.us/")
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

LONGEST_URL: Final = 8000
_LONGEST_NAME = 253
_HIGHEST_PORT = 65535
_DEFAULT_PORTS = {"https": "443", "wss": "443", "http": "80", "ws": "80"}

_REST = "(?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_NAME = rf"(?:[A-Za-z0-9]{_REST}\.)*[A-Za-z]{_REST}"
_NUMBER = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_PARTS = re.compile(
    rf"""(?P<scheme>[A-Za-z]{{2,5}})://
        (?P<name>{_NAME}|{_NUMBER}(?:\.{_NUMBER}){{3}}|\[[0-9A-Fa-f:.]{{2,45}}\])
        (?::(?P<port>[1-9][0-9]{{0,4}}))?
        (?P<path>(?:/[^ \\<>"?\#]*)?)
        (?:\?(?P<query>[^ \\<>"\#]*))?
        (?:\#(?P<fragment>[^ \\<>"]*))?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Url:
    """A URL in parts. Query and fragment may hold secrets, so neither is in the `repr`.

    Attributes:
        scheme: In lower case.
        name: The host's name or address, in lower case.
        port: Empty if it is the scheme's default.
        path: As it was written, percent-encoded or not; it may be empty.
        query: The same; `None` if there is not even a `?`.
        fragment: The same; `None` if there is not even a `#`.
    """

    scheme: str
    name: str
    port: str
    path: str
    query: str | None = field(repr=False)
    fragment: str | None = field(repr=False)

    @property
    def host(self) -> str:
        """The name, with its port unless that is the scheme's default."""
        return f"{self.name}:{self.port}" if self.port else self.name

    @property
    def origin(self) -> str:
        """Scheme and host, as a browser writes an origin: `https://app.example`."""
        return f"{self.scheme}://{self.host}"


def parse_url(text: str, *schemes: str) -> Url | None:
    """Parse a whole URL.

    Args:
        text: Anything.
        schemes: Those that are allowed, in lower case; if none is named, `https`.

    Returns:
        Its parts; `None` for another scheme, for user info, for a host that is not plain ASCII, for
        a character that is not printable, a blank, a backslash, quotation mark or angle bracket
        anywhere, and for more than `LONGEST_URL` characters.
    """
    parts = _PARTS.fullmatch(text) if len(text) <= LONGEST_URL and text.isprintable() else None
    if parts is None:
        return None
    scheme, name, port = parts["scheme"].lower(), parts["name"].lower(), parts["port"] or ""
    if scheme not in (schemes or ("https",)) or len(name) > _LONGEST_NAME:
        return None
    if int(port or 1) > _HIGHEST_PORT:
        return None
    port = "" if port == _DEFAULT_PORTS.get(scheme) else port
    return Url(scheme, name, port, parts["path"], parts["query"], parts["fragment"])
