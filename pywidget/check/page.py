"""The page that is checked: fetched, parsed, and its tag interpreted."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message

from pywidget.check.addresses import find_folder, find_origin, join
from pywidget.check.page_html import Attributes, PageHtml, parse_html
from pywidget.check.reach import Reach
from pywidget.check.tag import find_tag, read_settings
from pywidget.check.target import Target
from pywidget.domain.errors import UnreachableError
from pywidget.settings import Settings
from pywidget.zoom.http import Response

_PYTHONS_OWN = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""Charsets that the web does not have: some raise, some take long."""
FINAL_URL = "pywidget-final-url"  # added by web/check-worker.js: browsers follow redirects
_MOST_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        url: Where it was found in the end, after redirects within its own origin.
        origin: Its origin.
        response: The response; `None` if there was none.
        asked_at: When it was asked for, in UTC.
        answered_at: When the response was there.
        html: What its HTML says.
        tag: The widget's script tag, from the page or as it was given.
        tag_was_given: Whether the tag was given, and not read from the page.
        script_url: Where `embed.js` is; empty if that is unknown.
        base: Its folder; empty if that is unknown.
        settings: What the tag sets, as far as it can be read.
        problems: What cannot be read of it, in sentences.
    """

    url: str
    origin: str
    response: Response | None
    asked_at: datetime
    answered_at: datetime
    html: PageHtml = field(default_factory=PageHtml)
    tag: Attributes | None = None
    tag_was_given: bool = False
    script_url: str = ""
    base: str = ""
    settings: Settings | None = None
    problems: tuple[str, ...] = ()

    @property
    def was_shown(self) -> bool:
        """Whether the server sent the page itself, and not a refusal or an error."""
        return self.response is not None and self.response.status == 200  # noqa: PLR2004 - HTTP's


async def load_page(target: Target, *, reach: Reach, now: Callable[[], datetime]) -> Page:
    """Fetch the page and read its tag; never raises because of what it finds."""
    url = target.page_url.partition("#")[0]
    asked_at = now()
    for _ in range(_MOST_REDIRECTS):
        asked_at = now()
        try:
            response = await reach.fetch(url)
        except UnreachableError:
            return _understand(target, Page(url, find_origin(url), None, asked_at, now()))
        url = response.headers.get(FINAL_URL) or url
        further = join(url, response.headers.get("location", "")).partition("#")[0]
        is_elsewhere = find_origin(further) != find_origin(url)
        if response.status not in _REDIRECTS or is_elsewhere or further == url:
            break
        url = further
    html = PageHtml()
    if response.status == 200:  # noqa: PLR2004 - HTTP's
        html = parse_html(decode(response))
    page = Page(url, find_origin(url), response, asked_at, now(), html)
    return _understand(target, page)


def decode(response: Response) -> str:
    """Decode the body by the charset that its type names, or UTF-8."""
    header = Message()
    header["content-type"] = response.headers.get("content-type", "")
    charset = str(header.get_param("charset", "utf-8"))
    try:
        if codecs.lookup(charset).name not in _PYTHONS_OWN:
            return response.body.decode(charset, "replace")
    except (LookupError, ValueError):  # unknown, or not even a name
        pass
    return response.body.decode("utf-8", "replace")


def _understand(target: Target, page: Page) -> Page:
    tag = target.tag
    home = join(page.url, page.html.base)
    if tag is None:
        tag = find_tag(page.html.scripts, page_url=home)
    source = (tag or {}).get("src", "").strip()
    script_url = join(home, source) if source else ""
    base = find_folder(script_url) if source else target.base
    settings: Settings | None = None
    problems: tuple[str, ...] = ()
    if tag is not None:
        settings, problems = read_settings(tag, base=base, page_origin=page.origin)
    return Page(
        url=page.url,
        origin=page.origin,
        response=page.response,
        asked_at=page.asked_at,
        answered_at=page.answered_at,
        html=page.html,
        tag=tag,
        tag_was_given=target.tag is not None,
        script_url=script_url or (base and join(base, "embed.js")),
        base=base,
        settings=settings,
        problems=problems,
    )
