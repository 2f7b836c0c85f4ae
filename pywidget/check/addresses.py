"""Addresses: how they may be shown, and which of them browsers keep apart.

Facts: what stands behind a question mark may be a session or a client's name. Browsers distinguish
addresses of this machine (loopback) and of the local network from public ones, and let no page
reach a nearer one without asking its user (local network access): the failure looks like CORS.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit

_LOOPBACK_NAMES = ("localhost", ".localhost")
_KEPT = "/%:@!$&'()*+,;=[]~-._"  # characters with a meaning of their own, and those of encoded ones
_PARAMETERS = re.compile(r";[^/]*")  # of a path segment (RFC 3986 section 3.3)
_PORTS = {"https": 443, "http": 80, "wss": 443, "ws": 80}


def shorten(url: str) -> str:
    """Cut query, fragment, credentials and parameters (`;jsessionid=…`) from the address."""
    return _PARAMETERS.sub("", _cut(url))


def _cut(url: str) -> str:
    bare = url.partition("#")[0].partition("?")[0]
    scheme, separator, rest = bare.partition("://")
    if not separator:
        return bare
    place, slash, path = rest.partition("/")
    return f"{scheme}://{place.rpartition('@')[2]}{slash}{path}"


def find_origin(url: str) -> str:
    """Return scheme, host and port, as browsers write them; empty if it is not an address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if not parts.scheme or not host:
        return ""
    try:
        host = f"[{host}]" if ":" in host else encode_host(host)
    except UnicodeError:
        return ""
    is_usual = port is None or port == _PORTS.get(parts.scheme)
    return f"{parts.scheme}://{host}" if is_usual else f"{parts.scheme}://{host}:{port}"


def find_host(url: str) -> str:
    """Return the host as browsers send it; empty if it is not an address."""
    return urlsplit(find_origin(url)).hostname or ""


def encode_host(host: str) -> str:
    """Encode a name in ASCII; what is ASCII already stays, however odd, as in browsers.

    Raises:
        UnicodeError: It cannot be a host name.
    """
    return host if host.isascii() else host.encode("idna").decode()


def find_port(url: str) -> int | None:
    """Return the port, given or usual; `None` if there is none, or an impossible one."""
    try:
        parts = urlsplit(url)
        return parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None


def find_folder(url: str) -> str:
    """Return the address up to its last slash; empty if it is not on the web."""
    is_on_web = find_origin(url).startswith(("http://", "https://"))
    return _cut(url).rpartition("/")[0] + "/" if is_on_web else ""


def join(base: str, address: str) -> str:
    """Resolve an address as a page at `base` does; empty if it is none."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return ""


def encode(url: str) -> str:
    """Encode the address in ASCII, as it is sent: without a fragment."""
    parts = urlsplit(url)
    try:
        place = encode_host(parts.netloc)
    except UnicodeError:
        place = quote(parts.netloc, safe=_KEPT, errors="replace")
    path = quote(parts.path, safe=_KEPT, errors="replace")
    query = quote(parts.query, safe=f"{_KEPT}?", errors="replace")
    return parts._replace(netloc=place, path=path, query=query, fragment="").geturl()


def is_loopback(url: str) -> bool:
    """Tell whether it is on this machine."""
    return _measure_distance(url) == 0


def is_secure(url: str) -> bool:
    """Tell whether a page from there is a secure context: over https, or from this machine."""
    return find_origin(url).startswith("https:") or is_loopback(url)


def is_nearer(url: str, than: str) -> bool:
    """Tell whether browsers ask the user before a page at `than` may reach `url`."""
    return _measure_distance(url) < _measure_distance(than)


def _measure_distance(url: str) -> int:
    """Return 0 for this machine, 1 for the local network, 2 for the rest, names included."""
    host = find_host(url).rstrip(".")
    if host == _LOOPBACK_NAMES[0] or host.endswith(_LOOPBACK_NAMES[1]):
        return 0
    try:
        address = ip_address(host)
    except ValueError:
        return 2
    if address.is_loopback:
        return 0
    return 1 if address.is_private or address.is_link_local else 2
