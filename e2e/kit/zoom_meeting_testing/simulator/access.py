"""Who may use what a server on this machine offers its developer: programs, and pages it knows.

Facts:

- Every page in a browser may send simple requests to 127.0.0.1 (Fetch Standard, section *CORS
  protocol*): only the response is kept from it, and the order is carried out.
- An attacker's name can be made to mean 127.0.0.1 (DNS rebinding). The browser then takes their
  page and the server for one origin; only `Host` still has the attacker's name.
- Scripts can set neither `Host`, `Origin` nor `Sec-Fetch-Site` (Fetch Standard, *forbidden
  request-header*). Browsers send `Origin` with every request that is not a GET or HEAD; it is
  `null` for pages that have none. Programs such as curl send neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
"""Not `*.localhost`: some resolvers ask the network for it."""
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_READS: Final = frozenset({"GET", "HEAD"})
_OWN_SITE: Final = frozenset({"same-origin", "none"})


def list_own_origins(scheme: str, port: int) -> list[str]:
    """Return the origins that a server on this machine has, `127.0.0.1` first."""
    shown = f":{port}".removesuffix(_DEFAULT_PORTS[scheme])
    return [f"{scheme}://{name}{shown}" for name in _LOOPBACK]


def find_problems(
    method: str, headers: Mapping[str, str], own: Iterable[str], known: Iterable[str] = ()
) -> dict[str, str]:
    """Return what is wrong with a request's sender, by header; empty if nothing is.

    Args:
        method: The request's method; GET and HEAD have no effect, so any page may send them.
        headers: The request's headers, with names in lower case.
        own: The server's own origins.
        known: Origins that the developer has allowed: of pages, and of the server itself where it
            has another name.
    """
    origins = [*own, *known]
    host = headers.get("host", "").lower()
    if host not in {urlsplit(origin).netloc for origin in origins}:
        return {"host": f"{host or 'an empty Host'} is no known name of this server"}
    if method in _READS:
        return {}
    origin = headers.get("origin")
    if origin is not None:
        return {} if origin in origins else {"origin": f"{origin} is another page's"}
    site = headers.get("sec-fetch-site", "none")
    return {} if site in _OWN_SITE else {"sec-fetch-site": f"{site} is another page's"}
