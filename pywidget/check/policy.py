"""Content security policies: reading and writing them, and whether one allows an address.

Facts (CSP Level 3, sections 2.2 and 6.7.2): a header holds policies separated by commas, and all of
them must agree. In a policy, the first of two directives of the same name counts. A kind of request
is governed by the first directive that is present in a list of fallbacks, which usually ends in
`default-src`; if there is none, everything is allowed. A host source without a scheme takes the
page's own; http may become https, but only on the usual ports. A path that ends in a slash matches
everything below it, any other path itself; a missing one matches everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pywidget.check.addresses import find_host, find_origin, find_port

Sources = tuple[str, ...]

FALLBACKS = {
    "script-src-elem": ("script-src-elem", "script-src", "default-src"),
    "style-src-elem": ("style-src-elem", "style-src", "default-src"),
    "script-src": ("script-src", "default-src"),
    "style-src": ("style-src", "default-src"),
    "connect-src": ("connect-src", "default-src"),
    "img-src": ("img-src", "default-src"),
    "worker-src": ("worker-src", "child-src", "script-src", "default-src"),
}
"""For each kind of request, the directives that may govern it; the nearest first."""

_NONE = "'none'"
_NETWORK = frozenset({"http", "https", "ws", "wss"})
_UPGRADES = {"http": {"https"}, "ws": {"wss", "http", "https"}, "wss": {"https"}}
_USUAL_PORTS = frozenset({80, 443})


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy: its directives in order, with their values as they were written."""

    directives: tuple[tuple[str, Sources], ...]

    def find(self, name: str) -> Sources | None:
        """Return the directive's values; `None` if it is not there."""
        return next((values for key, values in self.directives if key == name), None)

    def find_effective(self, kind: str) -> tuple[str, Sources] | None:
        """Find the directive that governs this kind of request; `None` if none does."""
        for name in FALLBACKS[kind]:
            values = self.find(name)
            if values is not None:
                return name, values
        return None

    def add(self, kind: str, sources: Iterable[str]) -> Policy:
        """Return the same policy, with these sources allowed for this kind of request only.

        If a more general directive has governed it so far, the kind gets one of its own with what
        that one allows, since the sources are not meant for everything.
        """
        found = self.find_effective(kind)
        if found is None:
            return self
        name, values = found
        wanted = [value for value in values if value.lower() != _NONE]
        if name != kind and not kind.startswith("script-src"):
            wanted = [
                value for value in wanted if not value.startswith("'") or _is_self_word(value)
            ]
        wanted += [source for source in sources if source not in wanted]
        if name != kind:
            return Policy((*self.directives, (kind, tuple(wanted))))
        return Policy(
            tuple((key, tuple(wanted) if key == name else old) for key, old in self.directives)
        )

    def __str__(self) -> str:
        return "; ".join(" ".join((name, *values)) for name, values in self.directives)


def parse_policies(header: str) -> tuple[Policy, ...]:
    """Parse a header's value."""
    policies = (parse_policy(text) for text in header.split(","))
    return tuple(policy for policy in policies if policy.directives)


def parse_policy(text: str) -> Policy:
    """Parse one policy, such as that of a `<meta>`."""
    directives: dict[str, Sources] = {}
    for part in text.split(";"):
        name, *values = part.split() or [""]
        if name:
            directives.setdefault(name.lower(), tuple(values))
    return Policy(tuple(directives.items()))


def allows(sources: Iterable[str], url: str, *, origin: str) -> bool:
    """Tell whether a list of sources names this address, for a page of this origin."""
    return any(_matches(source, url, origin) for source in sources)


def has_keyword(sources: Iterable[str], keyword: str) -> bool:
    """Tell whether a keyword such as `strict-dynamic` is in the list."""
    return any(source.lower() == f"'{keyword}'" for source in sources)


def list_quoted(sources: Iterable[str], kind: str) -> Iterator[str]:
    """List nonces or hashes: the part behind `nonce-` or `sha256-`, in its own case."""
    for source in sources:
        if source.lower().startswith(f"'{kind}-") and source.endswith("'"):
            yield source[len(kind) + 2 : -1]


def _matches(source: str, url: str, origin: str) -> bool:
    if _is_self_word(source):
        return _is_self(url, origin)
    if source.startswith("'"):
        return False
    scheme = url.partition(":")[0].lower()
    page_scheme = urlsplit(origin).scheme
    if source == "*":
        return scheme in _NETWORK or scheme == page_scheme
    if source.endswith(":") and "/" not in source:
        return _fits_scheme(source[:-1].lower(), scheme)
    named, separator, rest = source.partition("://")
    if not separator:
        named, rest = page_scheme, source
    return _fits_scheme(named.lower(), scheme) and _fits_place(rest, url)


def _fits_place(source: str, url: str) -> bool:
    """Compare the part behind the scheme: host, port, path."""
    place, slash, path = source.partition("/")
    host, colon, port = place.rpartition(":") if ":" in place else (place, "", "")
    parts = urlsplit(url)
    return (
        _fits_host(host.lower(), find_host(url))
        and _fits_port(port if colon else "", url)
        and _fits_path(slash + path, parts.path or "/")
    )


def _is_self_word(source: str) -> bool:
    return source.lower() == "'self'"


def _is_self(url: str, origin: str) -> bool:
    if find_origin(url) == origin:
        return True
    here, there = urlsplit(origin), urlsplit(url)
    if not find_host(origin) or find_host(origin) != find_host(url):
        return False
    same_port = (
        find_port(url) == find_port(origin)
        or {
            find_port(url),
            find_port(origin),
        }
        <= _USUAL_PORTS
    )
    is_safer = there.scheme in {"https", "wss"} or (here.scheme, there.scheme) == ("http", "ws")
    return same_port and is_safer


def _fits_scheme(named: str, scheme: str) -> bool:
    return named == scheme or scheme in _UPGRADES.get(named, set())


def _fits_host(pattern: str, host: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return pattern in {"*", host}


def _fits_port(port: str, url: str) -> bool:
    actual = find_port(url)
    if port == "*":
        return True
    if not port:
        return actual in _USUAL_PORTS and actual == find_port(f"{urlsplit(url).scheme}://x")
    return port == str(actual) or (port == "80" and actual == 443)  # noqa: PLR2004 - http, https


def _fits_path(pattern: str, path: str) -> bool:
    if not pattern:
        return True
    pattern, path = unquote(pattern), unquote(path)
    return path.startswith(pattern) if pattern.endswith("/") else path == pattern
