"""Zoom join links: which links let a client into a meeting, and how to find them in prose.

Facts, from Zoom's documentation and from links seen in use:

* `https://{host}/j/{id}?pwd=…` joins. `/w/{id}?tk=…&pwd=…` joins as one registered person.
  `/my/{name}` joins a personal room.
* `/s/` starts the meeting and carries the host's secret, `/wc/` is the web client and `/u/`
  lists dial-in numbers. None of them is for clients.
* The host is `zoom.us`, `zoomgov.com`, `zoom.com.cn` or a subdomain of one, or a company's
  subdomain of `zoom.com`, where Zoom's own pages are. A link works on the host that Zoom gave it,
  so the host is never replaced.
* A meeting ID has 9 to 11 digits. `pwd` and `tk` are secrets: anyone who has them is let in. Of
  those seen in use, the longest `pwd` has 32 characters, and the longest `tk` 125.
* The other parts of a link (`zak`, `uname`, `#success`) are not needed to get in.

A link in prose is harder to read than a link alone: `url_in_prose` and `wrapped_link` say why. So a
canonical link contains only characters that neither prose nor markup claims, and never ends in a
period.

>>> parse_join_link("https://us02web.zoom.us/j/86012345678?pwd=Q2x&uname=Dana#success").url
'https://us02web.zoom.us/j/86012345678?pwd=Q2x'
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from pywidget.domain.query import parse_query
from pywidget.domain.url import parse_url
from pywidget.domain.url_in_prose import find_urls
from pywidget.domain.wrapped_link import unwrap_link

_ZOOM_HOSTS = ("zoom.us", "zoomgov.com", "zoom.com.cn")
_VANITY_HOSTS = ".zoom.com"
_SUBDOMAINS = (*(f".{host}" for host in _ZOOM_HOSTS), _VANITY_HOSTS)
_BARE_HOSTS = (*_ZOOM_HOSTS, _VANITY_HOSTS)
_ZOOM = "zoom"  # part of all of them
_DEFAULT_PORT = ":443"

_ENCODED = "xn--"  # letters beyond ASCII, which Zoom's hosts have not; browsers refuse wrong ones
_BRACKET = "["  # of an IPv6 address; in prose it would end the link
_MEETING_ID = re.compile(r"[0-9]{9,11}")
_ROOM_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?")
_PATH = re.compile(r"/(?P<kind>j|w|my)/(?P<room>[A-Za-z0-9._-]{1,64})/?")
LONGEST_VALUE: Final = 512  # characters of `pwd` and of `tk`, as they are written

# A meeting's ID ends where its digits do, and no room's name ends in a mark: prose sticks to both.
_ID_AND_PROSE = re.compile(r"https://[^/?#]{1,253}+/[jw]/[0-9]{9,11}(?=[-_~.:])")
_BEHIND_NAME = "-_~."
_SCHEME = re.compile(r"(?:https?://)?", re.IGNORECASE)
_MOST_WRAPPERS = 3

# Characters that prose or markup may claim; they are rare in passcodes.
_UNSAFE = re.compile(r"%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\-._~+/=%]")


class LinkKind(Enum):
    """The kind of place that a join link leads to. The value is its folder in the path."""

    JOIN = "j"
    REGISTRANT = "w"
    PERSONAL = "my"


@dataclass(frozen=True, slots=True)
class JoinLink:
    """The link that lets a client in, cut to the parts it needs.

    `passcode` and `ticket` are secrets and are left out of the `repr`. They hold the raw
    query values; characters that would not survive in prose are percent-encoded on construction,
    so that reading `url` returns an equal link.

    Attributes:
        host: Lower case, with a port only where it is not 443.
        kind: What the link leads to.
        room: The meeting ID, or the name of a personal room.
        passcode: The `pwd` parameter, or None.
        ticket: The `tk` parameter, which admits one registered person, or None.

    Raises:
        ValueError: A part is not allowed in a join link. The message holds no secret.
    """

    host: str
    kind: LinkKind
    room: str
    passcode: str | None = field(default=None, repr=False)
    ticket: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        url = parse_url(f"https://{self.host}/")
        if url is None or url.host != self.host or _BRACKET in self.host:
            raise ValueError(f"not a host in canonical form: {self.host!r}")
        shape = _ROOM_NAME if self.kind is LinkKind.PERSONAL else _MEETING_ID
        if not shape.fullmatch(self.room):
            raise ValueError(f"not a meeting ID or room name: {self.room!r}")
        object.__setattr__(self, "passcode", _escaped(self.passcode))
        object.__setattr__(self, "ticket", _escaped(self.ticket))
        if self.kind is LinkKind.REGISTRANT and self.ticket is None:
            raise ValueError("a registrant's link needs its tk parameter")
        if max(len(self.passcode or ""), len(self.ticket or "")) > LONGEST_VALUE:
            raise ValueError("a pwd or tk parameter is too long")

    @property
    def url(self) -> str:
        """The link as it is written: `https`, `tk` before `pwd`, nothing else."""
        values = (("tk", self.ticket), ("pwd", self.passcode))
        query = "&".join(f"{name}={value}" for name, value in values if value is not None)
        path = f"https://{self.host}/{self.kind.value}/{self.room}"
        return f"{path}?{query}" if query else path

    @property
    def meeting_id(self) -> str | None:
        """The meeting ID's digits; None for a personal room, whose link doesn't tell it."""
        return None if self.kind is LinkKind.PERSONAL else self.room


def parse_join_link(text: str, trusted_hosts: frozenset[str] = frozenset()) -> JoinLink | None:
    """Parse a URL that must be a join link and nothing else.

    Args:
        text: The whole URL, such as Zoom's `join_url`.
        trusted_hosts: Hosts besides Zoom's own that are trusted, as `host` or `host:port`.

    Returns:
        The link, or None for everything that doesn't let a client into a meeting: another scheme,
        host or port, user info, a host's start link, a registrant's link without its ticket.
    """
    url = parse_url(text)
    path = None if url is None else _PATH.fullmatch(url.path)
    if url is None or path is None or not is_trusted_host(url.host, trusted_hosts):
        return None
    values = parse_query(url.query or "")
    try:
        return JoinLink(
            url.host, LinkKind(path["kind"]), path["room"], values.get("pwd"), values.get("tk")
        )
    except ValueError:
        return None


def is_trusted_host(host: str, trusted_hosts: frozenset[str] = frozenset()) -> bool:
    """Tell whether links to this host (or `host:port`) are Zoom's, or to one of `trusted_hosts`."""
    host = _canonical_host(host)
    return _is_zoom(host) or host in {_canonical_host(extra) for extra in trusted_hosts}


def find_join_links(
    text: str, trusted_hosts: frozenset[str] = frozenset()
) -> Iterator[tuple[int, int, JoinLink]]:
    """Find the join links in prose, in time linear in its length.

    `http`, or no scheme at all, is read as `https`. A link inside another URL is ignored unless
    that URL is a known wrapper: what follows the inner link would be taken for its passcode.

    Args:
        text: Anything, markup included.
        trusted_hosts: Hosts besides Zoom's own that are trusted, as `host` or `host:port`.

    Yields:
        Where each link starts and ends in `text`, with its wrapper and without the punctuation
        behind it, and the link.
    """
    others = [host.lower() for host in trusted_hosts if _ZOOM not in host]
    for start, end, url in find_urls(text, _BARE_HOSTS):
        lower = url.lower()
        if _ZOOM not in lower and not (others and any(host in lower for host in others)):
            continue  # most URLs in most notes
        read = _read_start(url, trusted_hosts)
        if read is not None:
            length, link = read
            yield start, end - (len(url) - length), link
        elif (wrapped := unwrap_link(text, start, end)) is not None:
            inside = _read_wrapped(wrapped[1], trusted_hosts)
            if inside is not None:
                yield start, wrapped[0], inside


def _read_wrapped(inner: str, trusted_hosts: frozenset[str]) -> JoinLink | None:
    for _ in range(_MOST_WRAPPERS):
        read = _read_start(_SCHEME.sub("https://", inner, count=1), trusted_hosts)
        if read is not None:
            return read[1]
        wrapped = unwrap_link(inner, 0, len(inner))
        if wrapped is None:
            return None
        inner = wrapped[1]
    return None


def _read_start(url: str, trusted_hosts: frozenset[str]) -> tuple[int, JoinLink] | None:
    """Read a URL that is a join link, perhaps with some prose stuck to its end."""
    link = parse_join_link(url, trusted_hosts)
    if link is not None:
        return len(url), link
    id_and_prose = _ID_AND_PROSE.match(url)
    start = url.rstrip(_BEHIND_NAME) if id_and_prose is None else id_and_prose[0]
    link = None if start == url else parse_join_link(start, trusted_hosts)
    return None if link is None else (len(start), link)


def _canonical_host(host: str) -> str:
    return host.lower().removesuffix(_DEFAULT_PORT)


def _is_zoom(host: str) -> bool:
    return host in _ZOOM_HOSTS or (host.endswith(_SUBDOMAINS) and _ENCODED not in host)


def _escaped(value: str | None) -> str | None:
    """Percent-encode what prose would break. Doing so twice changes nothing more."""
    if not value:
        return None
    safe = _UNSAFE.sub(_percent_encoded, value)
    return safe[:-1] + "%2E" if safe.endswith(".") else safe


def _percent_encoded(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
