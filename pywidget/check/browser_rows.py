"""The rows about the browser that runs the check; in a terminal, none of them can be known."""

from __future__ import annotations

from collections.abc import Iterator

from pywidget.check.facts import BrowserFacts
from pywidget.check.row import Row, Verdict

_NEEDED = ("sessionStorage", "locks")
_WANTED = {
    "localStorage": "the widget forgets who hosts a meeting when the tab closes",
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
    """Yield four rows; in a terminal, one in their place."""
    if facts is None:
        names = ", ".join(title for row_id, title in _ROWS.items() if row_id != "browser")
        finding = f"These can be checked only in a browser: {names}."
        remedy = "Open check.html, beside embed.js, in one. It also rehearses the sign-in window."
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
        remedy = "Update it: at least to Chrome or Edge 120, Firefox 115 or Safari 17.0."
        return Row(*row, Verdict.WRONG, finding, remedy)
    return Row(*row, Verdict.FINE, "This browser has what the widget needs.")


def _judge_storage(facts: BrowserFacts) -> Row:
    row = ("storage", _ROWS["storage"])
    lacking = [_NAMES.get(name, name) for name in _NEEDED if name not in facts.storage]
    if lacking:
        finding = f"The browser does not allow {' and '.join(lacking)}, so users cannot sign in."
        remedy = "Allow site data for this page; a sandboxed iframe needs allow-same-origin."
        if not facts.cookie_enabled:
            remedy = f"Cookies are blocked, and with them all site data. {remedy}"
        return Row(*row, Verdict.WRONG, finding, remedy)
    lost = [
        f"without {_NAMES.get(name, name)}, {effect}"
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
    return Row(*row, Verdict.FINE, "Windows of this origin can exchange messages.")


def _judge_wasm(facts: BrowserFacts) -> Row:
    row = ("web-assembly", _ROWS["web-assembly"])
    if not facts.web_assembly:
        finding = "WebAssembly does not run here: the browser or the policy blocks it."
        remedy = (
            "Add 'wasm-unsafe-eval' to script-src. Some browsers turn it off in a lockdown mode."
        )
        return Row(*row, Verdict.WRONG, finding, remedy)
    return Row(*row, Verdict.FINE, "WebAssembly runs.")
