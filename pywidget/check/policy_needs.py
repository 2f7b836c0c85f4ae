"""The widget's needs of a page's content security policy.

Facts (CSP Level 3; HTML, "script fetch options"): a nonce on a script tag counts for the modules
that this script imports, too; a hash does not. With `strict-dynamic`, addresses and `'self'` are
ignored, and a script that has a nonce may import anything. A worker has no nonce. `'self'` includes
the page's own WebSockets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pywidget.check.addresses import find_origin, join
from pywidget.check.page import Page
from pywidget.check.policy import Policy, allows, has_keyword, list_quoted
from pywidget.settings import Settings

TRUSTED_TYPES = "require-trusted-types-for"
_SANDBOX = (
    "allow-scripts",
    "allow-same-origin",
    "allow-popups",
    "allow-popups-to-escape-sandbox",
)
"""The same as for a frame: docs/embedding.md says what goes wrong without each."""

_DOWNLOADS = "allow-downloads"


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that a policy does not let the widget do.

    Attributes:
        kind: The kind of request, a name in `FALLBACKS`, or another directive.
        sources: What to add; empty where adding does not help.
        effect: What goes wrong, as a sentence.
        is_grave: Whether the widget fails, and is not just slower.
    """

    kind: str
    sources: tuple[str, ...]
    effect: str
    is_grave: bool = True


def find_lacks(policy: Policy, page: Page) -> Iterator[Lack]:
    """Find what this policy does not let the widget do on this page."""
    yield from _find_script_lacks(policy, page)
    evaluating = policy.find_effective("script-src")
    if evaluating and not any(
        has_keyword(evaluating[1], word) for word in ("wasm-unsafe-eval", "unsafe-eval")
    ):
        effect = "WebAssembly may not be compiled, so Python cannot start."
        yield Lack("script-src", ("'wasm-unsafe-eval'",), effect)
    yield from _find_connection_lacks(policy, page)
    images = policy.find_effective("img-src")
    if images and not allows(images[1], "data:,", origin=page.origin):
        yield Lack("img-src", ("data:",), "The icons are not shown.")
    yield from _find_worker_lacks(policy, page)
    typed = policy.find(TRUSTED_TYPES)
    if typed and "'script'" in map(str.lower, typed):
        effect = "With require-trusted-types-for 'script', this release does not start."
        yield Lack(TRUSTED_TYPES, (), effect)
    sandbox = policy.find("sandbox")
    if sandbox is not None:
        missing = tuple(flag for flag in _SANDBOX if flag not in map(str.lower, sandbox))
        if missing:
            effect = f"The page is in a sandbox without {', '.join(missing)}."
            yield Lack("sandbox", missing, effect)
        if _DOWNLOADS not in map(str.lower, sandbox):
            effect = f"In a sandbox without {_DOWNLOADS}, calendar files are not saved."
            yield Lack("sandbox", (_DOWNLOADS,), effect, is_grave=False)


def mend(policy: Policy, page: Page) -> Policy:
    """Return the same policy with everything that it lacks, as far as adding helps."""
    for is_grave in (True, False):  # what is added for the grave ones may be enough for the others
        lacks = [lack for lack in find_lacks(policy, page) if lack.is_grave is is_grave]
        policy = _add_all(policy, lacks)
    return policy


def _add_all(policy: Policy, lacks: list[Lack]) -> Policy:
    for lack in lacks:
        if lack.kind == "sandbox":
            policy = Policy(
                tuple(
                    (name, (*values, *lack.sources) if name == "sandbox" else values)
                    for name, values in policy.directives
                )
            )
        elif lack.kind == TRUSTED_TYPES:
            rest = [each for each in policy.directives if each[0] != TRUSTED_TYPES]
            policy = Policy(tuple(rest))
        elif lack.sources:
            policy = policy.add(lack.kind, lack.sources)
    return policy


def _find_script_lacks(policy: Policy, page: Page) -> Iterator[Lack]:
    found = policy.find_effective("script-src-elem")
    if not found:
        return
    name, sources = found
    kind = name if name == "script-src-elem" else "script-src"
    nonce = (page.tag or {}).get("nonce", "")
    has_nonce = bool(nonce) and nonce in list_quoted(sources, "nonce")
    if has_nonce:
        return
    if has_keyword(sources, "strict-dynamic"):
        effect = "Its 'strict-dynamic' lets embed.js run only with the page's nonce on its tag."
        yield Lack(kind, (), effect)
        return
    if page.base and not allows(sources, join(page.base, "assets/x.js"), origin=page.origin):
        yield Lack(kind, (_name_place(page, page.base),), "Its scripts may not run.")
    elif page.script_url and not allows(sources, page.script_url, origin=page.origin):
        yield Lack(kind, (_name_place(page, page.base),), "embed.js may not run.")


def _find_connection_lacks(policy: Policy, page: Page) -> Iterator[Lack]:
    found = policy.find_effective("connect-src")
    if not found:
        return
    _, sources = found

    def is_forbidden(url: str) -> bool:
        return not allows(sources, url, origin=page.origin)

    if page.base and is_forbidden(join(page.base, "assets/x.zip")):
        effect = "The widget's own files may not be loaded."
        yield Lack("connect-src", (_name_place(page, page.base),), effect)
    if page.settings is None:
        return
    closed: dict[str, None] = {}
    for address in _list_addresses(page.settings):
        if is_forbidden(address):
            closed[_name_place(page, address)] = None
    if closed:
        names = " and ".join(origin.partition("://")[2] or origin for origin in closed)
        yield Lack("connect-src", tuple(closed), f"Requests to {names} are not allowed.")


def _list_addresses(settings: Settings) -> tuple[str, ...]:
    """List what is requested while the widget works, beside its own files."""
    ends, tunnel = settings.endpoints, settings.tunnel
    if tunnel is None:
        return (ends.token_url, ends.revoke_url, f"{ends.api_url}/users/me")
    sockets = (tunnel.find_address(ends.token_url), tunnel.find_address(ends.api_url))
    return (*sockets, tunnel.roots_url) if tunnel.roots_url else sockets


def _find_worker_lacks(policy: Policy, page: Page) -> Iterator[Lack]:
    found = policy.find_effective("worker-src")
    if not found or not page.base:
        return
    name, sources = found
    if name == "script-src" and has_keyword(sources, "strict-dynamic"):
        return
    if not allows(sources, join(page.base, "assets/x.js"), origin=page.origin):
        effect = "Without a worker no snapshot is saved, so later visits start more slowly."
        yield Lack("worker-src", (_name_place(page, page.base),), effect, is_grave=False)


def _name_place(page: Page, url: str) -> str:
    origin = find_origin(url)
    is_own = origin in {page.origin, page.origin.replace("http", "ws", 1)}
    return "'self'" if is_own else origin
