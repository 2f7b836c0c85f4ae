"""The widget's script tag: which one it is, what it sets, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from html import escape

from pywidget.check.addresses import find_origin, join, shorten
from pywidget.check.page_html import Attributes, parse_html
from pywidget.check.sentence import write_error
from pywidget.domain.errors import BadAttributeError
from pywidget.settings import Settings, parse_settings

KNOWN = (
    "client-id",
    "redirect-uri",
    "topic",
    "business",
    "invitation-note",
    "recording-notice",
    "client-lang",
    "send",
    "register-clients",
    "remember",
    "share-sign-in",
    "authorize-url",
    "token-url",
    "revoke-url",
    "api-url",
    "relay",
    "issuer",
    "tunnel",
    "tunnel-roots",
)
"""The settings' names without `data-`; a test compares them with what `parse_settings` reads."""

_CLIENT_ID, _FILE = "data-client-id", "/embed.js"
_PLACEHOLDERS = frozenset({"public_client_id", "your_public_client_id", "your_client_id"})
_ALIKE = 0.75
_STAND_INS = {"client-id": "unknown", "redirect-uri": "/a-stand-in-for-callback.html"}


def parse_tag(markup: str) -> Attributes | None:
    """Find the widget's tag in pasted markup; `None` if there is no `<script>`."""
    scripts = parse_html(markup).scripts
    return find_tag(scripts, page_url="") or next(iter(scripts), None)


def find_tag(scripts: Iterable[Attributes], *, page_url: str) -> Attributes | None:
    """Find the tag that loads the widget, among all scripts of a page.

    Other products have a `data-client-id` and an `embed.js`, too. A tag with both comes first, on
    the page's own origin before any other; then an `embed.js` with a setting of ours, or from the
    page's origin. A file of another name has to have a client ID.
    """
    ranked = [
        (rank, script)
        for script in scripts
        if (rank := _find_rank(script, join(page_url, script.get("src", "")), page_url)) is not None
    ]
    return min(ranked, key=lambda each: each[0])[1] if ranked else None


def _find_rank(script: Attributes, url: str, page_url: str) -> int | None:
    """Rank how likely it is ours, 0 for the most; `None` if it is not."""
    has_id = _CLIENT_ID in script
    if not shorten(url).endswith(_FILE):
        return 4 if has_id else None
    is_here = find_origin(url) == find_origin(page_url)
    if has_id:
        return 0 if is_here else 1
    if any(f"data-{name}" in script for name in KNOWN):
        return 2
    return 3 if is_here else None


def is_copy(script: Attributes, url: str, page_origin: str) -> bool:
    """Tell whether a tag loads the widget from some folder of this origin, with settings."""
    is_here = find_origin(url) == page_origin and shorten(url).endswith(_FILE)
    return is_here and any(f"data-{name}" in script for name in KNOWN)


def read_settings(
    tag: Attributes, *, base: str, page_origin: str
) -> tuple[Settings | None, tuple[str, ...]]:
    """Read what the tag sets, and write a sentence for each mistake in it.

    Wrong settings are ignored, so that whatever depends on the others can still be checked. An
    empty `redirect_uri` means that it is unknown.
    """
    given = {
        name.removeprefix("data-"): value for name, value in tag.items() if name.startswith("data-")
    }
    problems = [*_find_placeholders(given), *_find_secrets(given), *_find_misspelt(tag)]
    settings = None
    attributes = given
    if not base:
        attributes = {"redirect-uri": _stand_in("redirect-uri", page_origin), **given}
    for _ in KNOWN:
        try:
            settings = parse_settings(attributes, base=base, page_origin=page_origin)
            break
        except BadAttributeError as error:
            problems.append(write_error(error))
            name = error.attribute.removeprefix("data-")
            rest = {key: value for key, value in attributes.items() if key != name}
            if name in _STAND_INS:
                rest[name] = _stand_in(name, page_origin)
            attributes = rest
    if settings and settings.redirect_uri == _stand_in("redirect-uri", page_origin):
        settings = replace(settings, redirect_uri="")
    return settings, tuple(problems)


def _stand_in(name: str, page_origin: str) -> str:
    stand_in = _STAND_INS[name]
    return f"{page_origin}{stand_in}" if stand_in.startswith("/") else stand_in


def _find_placeholders(given: Mapping[str, str]) -> Iterable[str]:
    if given.get("client-id", "").strip().lower() in _PLACEHOLDERS:
        yield "“data-client-id” is still the placeholder from the example."


def _find_secrets(given: Mapping[str, str]) -> Iterable[str]:
    for name in given:
        if "secret" in name:
            yield (
                f"“data-{name}” shows a secret to everyone: remove it, and create a new one at "
                "Zoom. The widget needs none."
            )


def write_tag(tag: Attributes) -> str:
    """Write the tag as markup, with all its attributes; a nonce, new each time, is left out."""
    shown = dict(tag) | ({"nonce": "…"} if "nonce" in tag else {})
    attributes = " ".join(
        f'{name}="{escape(value)}"' if value else name for name, value in shown.items()
    )
    return f"<script {attributes}></script>"


def _find_misspelt(tag: Attributes) -> Iterable[str]:
    for name in tag:
        if name in KNOWN:
            yield f"“{name}” is ignored: its name must be “data-{name}”."
        setting = name.removeprefix("data-")
        if setting == name or setting in KNOWN:
            continue
        near = get_close_matches(setting.replace("_", "-"), KNOWN, n=1, cutoff=_ALIKE)
        if near:
            yield f"“{name}” is not a setting. You probably mean “data-{near[0]}”."
