"""The rows on the browser that the check runs in; in a terminal, none of them can be known."""

from __future__ import annotations

from collections.abc import Iterator

from pywidget.check.facts import BrowserFacts
from pywidget.check.row import Row, Verdict

_NEEDED = ("sessionStorage", "locks")
_WANTED = {
    "localStorage": "who hosts a meeting is forgotten with the tab",
    "cacheStorage": "later visits start more slowly",
}
_NAMES = {"locks": "Web Locks", "cacheStorage": "Cache Storage"}
_ROWS = {
    "browser": "Browser",
    "storage": "Storage",
    "broadcast": "BroadcastChannel",
    "web-assembly": "WebAssembly",
}


def judge_browser(facts: BrowserFacts | None) -> Iterator[Row]:
    """Four rows; in a terminal one in their place."""
    if facts is None:
        names = ", ".join(title for row_id, title in _ROWS.items() if row_id != "browser")
        finding = f"Only a browser can tell what it has: {names}."
        remedy = "Open check.html, beside embed.js, in one; it also rehearses the sign-in window."
        yield Row("browser", _ROWS["browser"], Verdict.UNKNOWN, finding, remedy)
        return
    yield _judge_features(facts)
    yield _judge_storage(facts)
    yield _judge_channel(facts)
    yield _judge_wasm(facts)


def _judge_features(facts: BrowserFacts) -> Row:
    row = ("browser", _ROWS["browser"])
    if facts.missing:
        finding = f"This browser is too old: it lacks {', '.join(facts.missing)}."
        remedy = "Update it. Chrome and Edge 120, Firefox 115 and Safari 17.0 are the oldest."
        return Row(*row, Verdict.WRONG, finding, remedy)
    return Row(*row, Verdict.FINE, "This browser has what the widget needs.")


def _judge_storage(facts: BrowserFacts) -> Row:
    row = ("storage", _ROWS["storage"])
    lacking = [_NAMES.get(name, name) for name in _NEEDED if name not in facts.storage]
    if lacking:
        finding = f"The browser refuses {' and '.join(lacking)}: nobody can sign in."
        remedy = "Allow site data for this page; a sandboxed iframe needs allow-same-origin."
        if not facts.cookie_enabled:
            remedy = f"Cookies are blocked, and site data with them. {remedy}"
        return Row(*row, Verdict.WRONG, finding, remedy)
    lost = [
        f"without {_NAMES.get(name, name)} {effect}"
        for name, effect in _WANTED.items()
        if name not in facts.storage
    ]
    finding = "sessionStorage and Web Locks work."
    if lost:
        return Row(*row, Verdict.FINE, f"{finding} But {', and '.join(lost)}.")
    return Row(*row, Verdict.FINE, finding)


def _judge_channel(facts: BrowserFacts) -> Row:
    row = ("broadcast", _ROWS["broadcast"])
    if not facts.broadcast_channel:
        finding = "No message gets from one window of this origin to another."
        remedy = "Allow site data for this page, or update the browser."
        return Row(*row, Verdict.WRONG, finding, remedy)
    return Row(*row, Verdict.FINE, "Windows of this origin can talk to each other.")


def _judge_wasm(facts: BrowserFacts) -> Row:
    row = ("web-assembly", _ROWS["web-assembly"])
    if not facts.web_assembly:
        finding = "WebAssembly does not run here: the browser or the policy refuses it."
        remedy = (
            "Add 'wasm-unsafe-eval' to script-src; some browsers' lockdown modes switch it off."
        )
        return Row(*row, Verdict.WRONG, finding, remedy)
    return Row(*row, Verdict.FINE, "WebAssembly runs.")
