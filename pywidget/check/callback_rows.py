"""The rows on where the sign-in comes back to, and on the page that waits for it.

Facts: `callback.html` hands its answer over by BroadcastChannel and to its opener. A page with
Cross-Origin-Opener-Policy `same-origin` loses its window as soon as that goes to Zoom: the answer
still comes by the channel, but the window seems closed, and after some seconds the user is told so.
"""

from __future__ import annotations

from collections.abc import Iterator

from pywidget.check.addresses import find_origin, join, shorten
from pywidget.check.delivery import Delivery, measure
from pywidget.check.page import Page, decode
from pywidget.check.page_html import parse_html
from pywidget.check.policy import allows, parse_policies
from pywidget.check.reach import Reach
from pywidget.check.row import Row, Verdict
from pywidget.domain.errors import UnreachableError
from pywidget.zoom.http import Response

_CUTTING = "same-origin"
_CALLBACK = ("callback", "Redirect URI")
_HEADERS = ("callback-headers", "Redirect URI's headers")


def judge_opener(page: Page) -> Row:
    """Whether the page may keep a hold of the window that it opens."""
    row_id, title = "opener-policy", "Opener policy"
    if not page.was_shown or page.response is None:
        finding = "It comes with the page, which could not be read."
        return Row(row_id, title, Verdict.UNKNOWN, finding, "See the row “Page”.")
    header = page.response.headers.get("cross-origin-opener-policy", "")
    policy = header.partition(";")[0].strip().lower()
    if policy == _CUTTING:
        finding = (
            f"Cross-Origin-Opener-Policy: {policy} cuts the page off from Zoom's window: users are "
            "told that it was closed while they sign in."
        )
        remedy = "Send the page with a policy that leaves it its own windows, or without one."
        copy = "Cross-Origin-Opener-Policy: same-origin-allow-popups"
        return Row(row_id, title, Verdict.WRONG, finding, remedy, copy)
    sent = f"It is {policy}" if policy else "There is none"
    return Row(row_id, title, Verdict.FINE, f"{sent}: the page can see its sign-in window.")


async def judge_callback(page: Page, delivery: Delivery, *, reach: Reach) -> Iterator[Row]:
    """Two rows: whether our own `callback.html` is there, and how it is sent."""
    address = page.settings.redirect_uri if page.settings else ""
    if not address:
        finding = "Where it is cannot be read from the script tag."
        remedy = "See the rows “Script tag” and “Settings”."
        return iter(
            [Row(*each, Verdict.UNKNOWN, finding, remedy) for each in (_CALLBACK, _HEADERS)]
        )
    try:
        response = await reach.fetch(address)
    except UnreachableError:
        response = Response(0)
    if response.status != 200:  # noqa: PLR2004 - HTTP's
        said = f"status {response.status}" if response.status else "no answer"
        finding = f"{shorten(address)} is not there ({said})."
        remedy = "Upload callback.html with the rest of dist/, or correct data-redirect-uri."
        row = Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
        unknown = Row(*_HEADERS, Verdict.UNKNOWN, "There is no such page.", "See the row above.")
        return iter([row, unknown])
    return iter([_judge_content(address, delivery, response), _judge_headers(response)])


def _judge_content(address: str, delivery: Delivery, response: Response) -> Row:
    listed = (delivery.listed or {}).get("callback.html")
    html = parse_html(decode(response))
    script = next((each["src"] for each in html.scripts if "src" in each), "")
    is_ours = script.endswith("callback.js")
    if not is_ours:
        finding = f"{shorten(address)} is another page than the widget's callback.html."
        remedy = "Put callback.html there, with callback.js and callback.css beside it."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
    if listed and measure(response, {}).sha256 != listed.sha256:
        finding = f"{shorten(address)} differs from the build's: another release, or rewritten."
        remedy = "Upload dist/ anew, and let nothing on the way rewrite its pages."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
    for policy in parse_policies(response.headers.get("content-security-policy", "")):
        found = policy.find_effective("script-src-elem")
        url = join(address, script)
        if found and not allows(found[1], url, origin=find_origin(address)):
            finding = "Its content security policy does not let callback.js run."
            remedy = "Let its own scripts run, and its style sheet apply."
            copy = (
                "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'"
            )
            return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, copy)
    finding = f"{shorten(address)} is the widget's own callback.html."
    remedy = "The same address, to the letter, has to be in the app's Allow List at Zoom."
    return Row(*_CALLBACK, Verdict.FINE, finding, remedy)


def _judge_headers(response: Response) -> Row:
    lines, findings = [], []
    caching = response.headers.get("cache-control", "").lower()
    if "no-store" not in caching:
        lines.append("Cache-Control: no-store")
        findings.append("Browsers may keep the page, and its address has Zoom's answer in it.")
    referrer = response.headers.get("referrer-policy", "").lower().rpartition(",")[2].strip()
    if referrer != "no-referrer":
        lines.append("Referrer-Policy: no-referrer")
        findings.append("Its address may be told to others.")
    if lines:
        remedy = "Send callback.html with these headers."
        return Row(*_HEADERS, Verdict.WRONG, " ".join(findings), remedy, "\n".join(lines))
    finding = "callback.html is not kept, and its address is told to nobody."
    return Row(*_HEADERS, Verdict.FINE, finding)
