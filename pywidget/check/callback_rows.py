"""The rows on where the sign-in comes back to, and on the page that waits for it.

Facts: `callback.html` hands its answer over by BroadcastChannel and to its opener. A page with
Cross-Origin-Opener-Policy `same-origin` loses its window as soon as that goes to Zoom: the answer
still comes by the channel, but the window seems closed, and after some seconds the user is told so.
In a sandbox `callback.html` needs its scripts, and its origin, to which both ways lead.
"""

from __future__ import annotations

from collections.abc import Iterator

from pywidget.check.addresses import find_origin, join, shorten
from pywidget.check.delivery import Delivery, measure
from pywidget.check.media_types import SCRIPT_TYPES, find_media_type, is_shown_as_html
from pywidget.check.page import Page, decode
from pywidget.check.page_html import PageHtml, parse_html
from pywidget.check.policy import Policy, allows, has_keyword, parse_policies, parse_policy
from pywidget.check.reach import Reach
from pywidget.check.row import Row, Verdict
from pywidget.domain.errors import UnreachableError
from pywidget.zoom.http import Response

_OK = 200
_CUTTING = "same-origin"
_SANDBOX = ("allow-scripts", "allow-same-origin")
_POLICY = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'"
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
    response = await _fetch(address, reach)
    if response.status != _OK:
        finding = f"{shorten(address)} is not there ({_describe(response)})."
        remedy = "Upload callback.html with the rest of dist/, or correct data-redirect-uri."
        missing = Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
        unknown = Row(*_HEADERS, Verdict.UNKNOWN, "There is no such page.", "See the row above.")
        return iter([missing, unknown])
    html = parse_html(decode(response))
    script_url = _find_script(address, html)
    row: Row | None = (
        _judge_page(address, delivery, response)
        or _judge_policies(script_url, html, response)
        or await _judge_script(script_url, delivery, reach)
        if script_url
        else _write_other_page(address)
    )
    if row is None:
        finding = f"{shorten(address)} is the widget's own callback.html."
        remedy = "The same address, to the letter, has to be in the app's Allow List at Zoom."
        row = Row(*_CALLBACK, Verdict.FINE, finding, remedy)
    return iter([row, _judge_headers(response)])


async def _fetch(url: str, reach: Reach) -> Response:
    """The answer; with the status 0 where there is none."""
    try:
        return await reach.fetch(url)
    except UnreachableError:
        return Response(0)


def _describe(response: Response) -> str:
    return f"status {response.status}" if response.status else "no answer"


def _find_script(address: str, html: PageHtml) -> str:
    """Where `callback.js` is for that page; empty where it does not have it."""
    source = next((each["src"] for each in html.scripts if "src" in each), "")
    return join(join(address, html.base), source) if source.endswith("callback.js") else ""


def _write_other_page(address: str) -> Row:
    finding = f"{shorten(address)} is another page than the widget's callback.html."
    remedy = "Put callback.html there, with callback.js and callback.css beside it."
    return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)


def _judge_page(address: str, delivery: Delivery, response: Response) -> Row | None:
    """What is wrong with the page itself."""
    if not is_shown_as_html(response.headers):
        media_type = find_media_type(response.headers) or "nothing in particular"
        finding = f"Browsers do not show {shorten(address)} as a page: it is sent as {media_type}."
        remedy = "Send it as HTML, and not as a download (Content-Disposition)."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, "Content-Type: text/html")
    listed = (delivery.listed or {}).get("callback.html")
    if listed and measure(response, {}).sha256 != listed.sha256:
        finding = f"{shorten(address)} differs from the build's: another release, or rewritten."
        remedy = "Upload dist/ anew, and let nothing on the way rewrite its pages."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
    return None


def _judge_policies(script_url: str, html: PageHtml, response: Response) -> Row | None:
    """What of its policies keeps its script from handing the answer over."""
    header = parse_policies(response.headers.get("content-security-policy", ""))
    for policy in (*header, *map(parse_policy, html.policies)):
        missing = _find_missing_flags(policy) if policy in header else ()
        if missing:
            finding = f"Its policy puts it into a sandbox without {' and '.join(missing)}."
            remedy = "Leave sandbox away for this page, or add these to it."
            return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, _POLICY)
        found = policy.find_effective("script-src-elem")
        if found and not _may_run(found[1], script_url):
            finding = "Its content security policy does not let callback.js run."
            remedy = "Let its own scripts run, and its style sheet apply."
            return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, _POLICY)
    return None


def _find_missing_flags(policy: Policy) -> tuple[str, ...]:
    sandbox = policy.find("sandbox")
    if sandbox is None:
        return ()
    return tuple(flag for flag in _SANDBOX if flag not in map(str.lower, sandbox))


def _may_run(sources: tuple[str, ...], script_url: str) -> bool:
    """With `strict-dynamic` addresses count for nothing, and a file's tag has no nonce."""
    if has_keyword(sources, "strict-dynamic"):
        return False
    return allows(sources, script_url, origin=find_origin(script_url))


async def _judge_script(script_url: str, delivery: Delivery, reach: Reach) -> Row | None:
    """What is wrong with `callback.js`, without which the page only looks right."""
    where = shorten(script_url)
    script = await _fetch(script_url, reach)
    if script.status != _OK:
        finding = f"The page is there, but its script is not: {where} ({_describe(script)})."
        remedy = "Put callback.js and callback.css beside callback.html."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
    media_type = find_media_type(script.headers)
    if media_type not in SCRIPT_TYPES:
        finding = f"Browsers do not run {where}: it is sent as {media_type or 'no type'}."
        remedy = "Send it as a script."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, "Content-Type: text/javascript")
    listed = (delivery.listed or {}).get("callback.js")
    if listed and measure(script, {}).sha256 != listed.sha256:
        finding = f"{where} differs from the build's: another release, or rewritten."
        remedy = "Upload it anew from dist/, with callback.html."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
    return None


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
