"""The row for a page that cannot be read from here, because it is on another origin."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from pywidget.check.addresses import find_origin
from pywidget.check.facts import BrowserFacts
from pywidget.check.row import Row, Verdict

_ROW = ("page", "Page")


def judge_origin(page_url: str, facts: BrowserFacts) -> Row | None:
    """Judge whether the check was opened on the page's origin; `None` if it was."""
    origin = find_origin(page_url)
    if origin == facts.origin:
        return None
    if not origin.startswith("http"):
        finding = "This is not the address of a page."
        remedy = "Give a path, such as /appointments, or an address that begins with https://."
        return Row(*_ROW, Verdict.WRONG, finding, remedy)
    finding = (
        f"The page is on {origin}, and this check is on {facts.origin}: browsers do not let one "
        "origin read another's pages."
    )
    remedy = "Open the check on that page's origin, beside its embed.js:"
    path = quote(urlsplit(page_url).path or "/", safe="/%")
    return Row(*_ROW, Verdict.WRONG, finding, remedy, f"{origin}/zoom/check.html?page={path}")
