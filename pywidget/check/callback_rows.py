"""The rows about the redirect URI, and about the page that waits for its response.

Facts: `callback.html` hands its response over by BroadcastChannel and to its opener. A page with
Cross-Origin-Opener-Policy `same-origin` loses its window as soon as that goes to Zoom: the response
still comes by the channel, but the window seems closed, and after some seconds the widget says so.
In a sandbox `callback.html` needs its scripts, and its origin, which both ways depend on.
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
    """Judge whether the page can keep access to the window that it opens."""
    row_id, title = "opener-policy", "Opener policy"
    if not page.was_shown or page.response is None:
        finding = "The policy comes with the page, which could not be read."
        return Row(row_id, title, Verdict.UNKNOWN, finding, "See the row “Page”.")
    header = page.response.headers.get("cross-origin-opener-policy", "")
    policy = header.partition(";")[0].strip().lower()
    if policy == _CUTTING:
        finding = (
            f"Cross-Origin-Opener-Policy: {policy} cuts the page off from Zoom's window: while "
            "users sign in, the widget says that the window was closed."
        )
        remedy = "Send the page with a policy that lets it keep its own windows, or without one."
        copy = "Cross-Origin-Opener-Policy: same-origin-allow-popups"
        return Row(row_id, title, Verdict.WRONG, finding, remedy, copy)
    sent = f"The policy is {policy}" if policy else "There is no policy"
    return Row(row_id, title, Verdict.FINE, f"{sent}: the page can see its sign-in window.")


async def judge_callback(page: Page, delivery: Delivery, *, reach: Reach) -> Iterator[Row]:
    """Judge whether our own `callback.html` is there, and how it is sent: two rows."""
    address = page.settings.redirect_uri if page.settings else ""
    if not address:
        finding = "The address cannot be read from the script tag."
        remedy = "See the rows “Script tag” and “Settings”."
        return iter(
            [Row(*each, Verdict.UNKNOWN, finding, remedy) for each in (_CALLBACK, _HEADERS)]
        )
    response = await _fetch(address, reach)
    if response.status != _OK:
        finding = f"{shorten(address)} cannot be loaded ({_describe(response)})."
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
        remedy = "The app's Allow List at Zoom must contain exactly this address."
        row = Row(*_CALLBACK, Verdict.FINE, finding, remedy)
    return iter([row, _judge_headers(response)])


async def _fetch(url: str, reach: Reach) -> Response:
    """Fetch a file; the status is 0 if there is no response."""
    try:
        return await reach.fetch(url)
    except UnreachableError:
        return Response(0)


def _describe(response: Response) -> str:
    return f"status {response.status}" if response.status else "no response"


def _find_script(address: str, html: PageHtml) -> str:
    """Find where that page's `callback.js` is; empty if it does not have one."""
    source = next((each["src"] for each in html.scripts if "src" in each), "")
    return join(join(address, html.base), source) if source.endswith("callback.js") else ""


def _write_other_page(address: str) -> Row:
    finding = f"{shorten(address)} is another page, not the widget's callback.html."
    remedy = "Put callback.html there, with callback.js and callback.css beside it."
    return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)


def _judge_page(address: str, delivery: Delivery, response: Response) -> Row | None:
    """Judge the page itself; `None` if nothing is wrong with it."""
    if not is_shown_as_html(response.headers):
        media_type = find_media_type(response.headers) or "no type"
        finding = f"Browsers do not show {shorten(address)} as a page: it is sent as {media_type}."
        remedy = "Send it as HTML, and not as a download (Content-Disposition)."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, "Content-Type: text/html")
    listed = (delivery.listed or {}).get("callback.html")
    if listed and measure(response, {}).sha256 != listed.sha256:
        finding = f"{shorten(address)} differs from the build: another release, or rewritten."
        remedy = "Upload dist/ again, and make sure that nothing on the way rewrites its pages."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
    return None


def _judge_policies(script_url: str, html: PageHtml, response: Response) -> Row | None:
    """Judge whether its policies let its script hand the response over; `None` if they do."""
    header = parse_policies(response.headers.get("content-security-policy", ""))
    for policy in (*header, *map(parse_policy, html.policies)):
        missing = _find_missing_flags(policy) if policy in header else ()
        if missing:
            finding = f"Its policy puts it in a sandbox without {' and '.join(missing)}."
            remedy = "Remove sandbox from this page's policy, or add these to it."
            return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, _POLICY)
        found = policy.find_effective("script-src-elem")
        if found and not _may_run(found[1], script_url):
            finding = "Its content security policy does not let callback.js run."
            remedy = "Allow its own script and its style sheet."
            return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, _POLICY)
    return None


def _find_missing_flags(policy: Policy) -> tuple[str, ...]:
    sandbox = policy.find("sandbox")
    if sandbox is None:
        return ()
    return tuple(flag for flag in _SANDBOX if flag not in map(str.lower, sandbox))


def _may_run(sources: tuple[str, ...], script_url: str) -> bool:
    """Tell whether the sources let the script run.

    With `strict-dynamic` addresses are ignored, and a file's tag has no nonce.
    """
    if has_keyword(sources, "strict-dynamic"):
        return False
    return allows(sources, script_url, origin=find_origin(script_url))


async def _judge_script(script_url: str, delivery: Delivery, reach: Reach) -> Row | None:
    """Judge `callback.js`, without which the page only looks right; `None` if nothing is wrong."""
    where = shorten(script_url)
    script = await _fetch(script_url, reach)
    if script.status != _OK:
        finding = f"The page loads, but its script does not: {where} ({_describe(script)})."
        remedy = "Put callback.js and callback.css beside callback.html."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
    media_type = find_media_type(script.headers)
    if media_type not in SCRIPT_TYPES:
        finding = f"Browsers do not run {where}: it is sent as {media_type or 'no type'}."
        remedy = "Send it as a script."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy, "Content-Type: text/javascript")
    listed = (delivery.listed or {}).get("callback.js")
    if listed and measure(script, {}).sha256 != listed.sha256:
        finding = f"{where} differs from the build: another release, or rewritten."
        remedy = "Upload it again from dist/, with callback.html."
        return Row(*_CALLBACK, Verdict.WRONG, finding, remedy)
    return None


def _judge_headers(response: Response) -> Row:
    lines, findings = [], []
    caching = response.headers.get("cache-control", "").lower()
    if "no-store" not in caching:
        lines.append("Cache-Control: no-store")
        findings.append("Browsers may cache the page, and its address contains Zoom's response.")
    referrer = response.headers.get("referrer-policy", "").lower().rpartition(",")[2].strip()
    if referrer != "no-referrer":
        lines.append("Referrer-Policy: no-referrer")
        findings.append("Its address may be passed on to other sites.")
    if lines:
        remedy = "Send callback.html with these headers."
        return Row(*_HEADERS, Verdict.WRONG, " ".join(findings), remedy, "\n".join(lines))
    finding = "callback.html is not cached, and its address is not passed on."
    return Row(*_HEADERS, Verdict.FINE, finding)
