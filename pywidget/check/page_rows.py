"""The rows about the page itself: whether it is there, its tag is right, and it has an element."""

from __future__ import annotations

from pywidget.check.addresses import find_origin, is_secure, join, shorten
from pywidget.check.facts import BrowserFacts
from pywidget.check.integrity import find_right_integrity
from pywidget.check.page import Page
from pywidget.check.page_html import MOST, Attributes
from pywidget.check.reach import Reach
from pywidget.check.row import Row, Verdict
from pywidget.check.sentence import write_error
from pywidget.check.tag import is_copy, write_tag
from pywidget.check.target import Target
from pywidget.domain.appointment import parse_appointment
from pywidget.domain.errors import SERVER_ERRORS, BadAttributeError, UnreachableError

_REFUSED = frozenset({401, 403})
_REDIRECTED = range(300, 400)
_SIGNED_IN = "Open check.html in a browser in which you are signed in."


def judge_page(page: Page, target: Target, *, reach: Reach) -> Row:
    """Judge whether the server sends the page."""
    row_id, title = "page", "Page"
    where = shorten(page.url)
    if page.response is None:
        finding = f"Nothing can be read at {where}."
        remedy = (
            "Make sure that the address is right, that the server is running, and that the page "
            "does not redirect its users to another origin, where they sign in."
        )
        return Row(row_id, title, Verdict.WRONG, finding, remedy)
    status = page.response.status
    if status in _REDIRECTED:
        elsewhere = find_origin(join(page.url, page.response.headers.get("location", "")))
        if not elsewhere:
            finding = f"{where} redirects (status {status}), but not to an address."
            remedy = "Correct its Location header."
            return Row(row_id, title, Verdict.WRONG, finding, remedy)
        finding = f"{where} redirects to {elsewhere}, probably to sign in."
        return Row(row_id, title, Verdict.UNKNOWN, finding, _SIGNED_IN)
    if status in _REFUSED:
        finding = f"{where} is not public (status {status})."
        verdict = Verdict.WRONG if reach.has_session else Verdict.UNKNOWN
        return Row(row_id, title, verdict, finding, _SIGNED_IN)
    if not page.was_shown:
        finding = f"The server responds to {where} with status {status}."
        remedy = "Make sure that the address is right."
        if status >= SERVER_ERRORS:
            remedy = "Your server's own log says what went wrong."
        return Row(row_id, title, Verdict.WRONG, finding, remedy)
    media_type = page.response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in {"text/html", "application/xhtml+xml"}:
        finding = f"{where} is not HTML: it is sent as {media_type or 'no type'}."
        return Row(row_id, title, Verdict.WRONG, finding, "Give the address of a page.")
    moved = shorten(target.page_url) != where
    if moved and page.tag is None:
        finding = f"{shorten(target.page_url)} redirects to {where}, perhaps to sign in."
        remedy = f"{_SIGNED_IN} If the page has moved, check its new address."
        return Row(row_id, title, Verdict.UNKNOWN, finding, remedy)
    finding = f"{shorten(target.page_url)} was read{f', at {where}' if moved else ''}."
    if page.html.was_cut:
        finding += f" Only its first {MOST:,} characters were read."
    return Row(row_id, title, Verdict.FINE, finding)


def judge_context(page: Page, facts: BrowserFacts | None) -> Row:
    """Judge whether browsers call it a secure context: sign-in and locks need one."""
    row_id, title = "secure-context", "Secure context"
    if not is_secure(page.url):
        finding = "The page comes over plain http: sign-in and Web Locks do not work."
        remedy = "Serve it over https. For development, http://127.0.0.1 is enough."
        return Row(row_id, title, Verdict.WRONG, finding, remedy)
    if facts is not None and not facts.is_secure:
        finding = "The address is secure, but this browser says that the page is not."
        remedy = "A frame is only as secure as the pages around it: serve them over https, too."
        return Row(row_id, title, Verdict.WRONG, finding, remedy)
    if page.origin.startswith("https:"):
        return Row(row_id, title, Verdict.FINE, "The page comes over https.")
    return Row(row_id, title, Verdict.FINE, "The page comes from this machine.")


async def judge_tag(page: Page, *, reach: Reach) -> Row:
    """Judge which script tag loads the widget, and whether it can."""
    row_id, title = "tag", "Script tag"
    if page.tag is None:
        remedy = "If a script creates the tag, give it to this check. If not, add it to the page."
        if not page.was_shown:
            finding = "It is in the page, which could not be read."
            return Row(row_id, title, Verdict.UNKNOWN, finding, "See the row “Page”.")
        finding = "The page's HTML has no script tag for embed.js. Perhaps a script creates it."
        copy = (
            '<script type="module" src="/zoom/embed.js"\n'
            '        data-client-id="PUBLIC_CLIENT_ID"></script>'
        )
        return Row(row_id, title, Verdict.UNKNOWN, finding, remedy, copy)
    source = page.tag.get("src", "").strip()
    if not source:
        finding = "The tag has no src."
        return Row(row_id, title, Verdict.WRONG, finding, 'Add src="/zoom/embed.js".')
    if page.tag.get("type", "").strip().lower() != "module":
        finding = "The tag does not load a module, so the browser stops at its first line."
        copy = write_tag({"type": "module", **page.tag} | {"type": "module"})
        return Row(row_id, title, Verdict.WRONG, finding, 'Add type="module".', copy)
    if find_origin(page.script_url) != page.origin:
        finding = f"embed.js comes from {find_origin(page.script_url)}, not from the page's origin."
        remedy = f"Serve dist/ on {page.origin}: only there does the sign-in come back."
        return Row(row_id, title, Verdict.WRONG, finding, remedy)
    others = [script for script in page.html.scripts if _is_second(script, page)]
    if any(_list_settings(script) != _list_settings(page.tag) for script in others):
        finding = "There are two such tags with different settings: only those of the first count."
        return Row(row_id, title, Verdict.WRONG, finding, "Remove one of them.")
    right = await _find_right_integrity(page, reach)
    if right:
        finding = (
            "The tag's integrity does not match the server's embed.js, so browsers refuse the file."
        )
        remedy = "Give the tag the hash of the release that you upload, or remove integrity."
        return Row(row_id, title, Verdict.WRONG, finding, remedy, f'integrity="{right}"')
    given = "The given tag" if page.tag_was_given else "The page's tag"
    return Row(row_id, title, Verdict.FINE, f"{given} loads {shorten(page.script_url)}.")


async def _find_right_integrity(page: Page, reach: Reach) -> str | None:
    integrity = (page.tag or {}).get("integrity", "")
    if not integrity.strip():
        return None
    try:
        script = await reach.fetch(page.script_url)
    except UnreachableError:
        return None  # the row “Files” says so
    is_there = script.status == 200  # noqa: PLR2004 - HTTP's
    return find_right_integrity(integrity, script.body) if is_there else None


def _is_second(script: Attributes, page: Page) -> bool:
    """Tell whether another tag loads the widget again; other products' tags have other files."""
    home = join(page.url, page.html.base)
    url = join(home, script.get("src", ""))
    is_same = shorten(url) == shorten(page.script_url)
    return script is not page.tag and (is_same or is_copy(script, url, page.origin))


def _list_settings(script: Attributes) -> dict[str, str]:
    return {name: value for name, value in script.items() if name.startswith("data-")}


def judge_settings(page: Page) -> Row:
    """Judge the settings on the tag."""
    row_id, title = "settings", "Settings"
    if page.tag is None:
        finding = "They are on the script tag, which was not found."
        return Row(row_id, title, Verdict.UNKNOWN, finding, "See the row “Script tag”.")
    if page.problems or page.settings is None:
        remedy = "Correct these attributes of the script tag; docs/embedding.md lists them all."
        return Row(row_id, title, Verdict.WRONG, " ".join(page.problems), remedy)
    ends = page.settings.endpoints
    hosts = dict.fromkeys(map(find_origin, (ends.token_url, ends.api_url)))
    finding = f"Calls go to {' and '.join(hosts)}."
    if ends.forwarder:
        finding += f" They go through a tunnel at {ends.forwarder}."
    if "data-relay" in page.tag and ends.serves_links:
        finding += " data-api-url takes precedence over data-relay."
    return Row(row_id, title, Verdict.FINE, finding)


def judge_elements(page: Page) -> Row:
    """Judge the `<zoom-meeting>` elements in the HTML."""
    row_id, title = "element", "Element"
    if not page.html.elements:
        finding = (
            "The HTML has no <zoom-meeting>. Perhaps a script adds one."
            if page.was_shown
            else "It is in the page, which could not be read."
        )
        remedy = (
            "Open the page in a browser: an element with a mistake shows a message in its place. "
            "If there is no element, docs/embedding.md has one to start with."
        )
        return Row(row_id, title, Verdict.UNKNOWN, finding, remedy)
    problems = [problem for each in page.html.elements if (problem := _find_problem(each))]
    count = len(page.html.elements)
    if problems:
        finding = " ".join(dict.fromkeys(problems))
        remedy = "Correct the element; docs/embedding.md lists its attributes."
        return Row(row_id, title, Verdict.WRONG, finding, remedy)
    if any("notes" not in each for each in page.html.elements):
        finding = "An element has no “notes”, which works only with a notesAdapter."
        remedy = 'Unless a script sets element.notesAdapter, name the field: notes="#notes".'
        return Row(row_id, title, Verdict.UNKNOWN, finding, remedy)
    finding = f"The HTML has {count} complete <zoom-meeting> element{'s' if count > 1 else ''}."
    return Row(row_id, title, Verdict.FINE, finding)


def _find_problem(element: Attributes) -> str:
    try:
        parse_appointment(
            element,
            local_zone="Etc/UTC",
            is_zone=lambda _name: True,  # only the user's browser can say which ones it knows
            has_notes_adapter="notes" not in element,
        )
    except BadAttributeError as error:
        return write_error(error)
    return ""
