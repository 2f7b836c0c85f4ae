"""The whole check, in the order in which it is read.

    async for row in check_page(target, facts=…, reach=…, now=…):
        …

In a worker of `check.html`:

    transport = …  # UrllibTransport after `pyodide_http.patch_urllib()`; `JsException`, and
                   # `UnicodeError` (a header that is not ASCII), are mapped to `UnreachableError`
    senses = …     # browser_reach.Senses: `async answers_unseen(url) -> bool`, a `no-cors` fetch;
                   # `was_forbidden(url) -> bool`, from the worker's `securitypolicyviolation`s
    reach = BrowserReach(transport, senses)
    target = Target(page_url, tag, base)  # tag: `parse_tag(markup)`, or None: read the page's
    rows = check_page(target, facts=parse_facts(json_text), reach=reach, now=…)
    address = await find_redirect_uri(target, reach=reach, now=…)  # for the rehearsal; or None

In a terminal `facts` is `None`, and `reach` is a `TerminalReach(transport)`. Nothing here raises
because of what it finds: that is what the rows are for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from pywidget.check.browser_rows import judge_browser
from pywidget.check.callback_rows import judge_callback, judge_opener
from pywidget.check.clock_row import judge_clock
from pywidget.check.delivery import load_delivery
from pywidget.check.delivery_rows import judge_delivery
from pywidget.check.facts import BrowserFacts
from pywidget.check.page import load_page
from pywidget.check.page_rows import (
    judge_context,
    judge_elements,
    judge_page,
    judge_settings,
    judge_tag,
)
from pywidget.check.policy_rows import judge_policy
from pywidget.check.reach import Reach
from pywidget.check.row import Row
from pywidget.check.target import Target
from pywidget.check.way_rows import judge_way


async def check_page(
    target: Target,
    *,
    facts: BrowserFacts | None,
    reach: Reach,
    now: Callable[[], datetime],
) -> AsyncIterator[Row]:
    """Yield the rows as they become known, always in the same order."""
    page = await load_page(target, reach=reach, now=now)
    yield judge_page(page, target, reach=reach)
    yield judge_context(page, facts)
    yield await judge_tag(page, reach=reach)
    yield judge_settings(page)
    yield judge_elements(page)
    yield judge_policy(page)
    yield judge_opener(page)
    async for row in judge_way(page, facts, reach=reach):
        yield row
    yield judge_clock(page, facts)
    for row in judge_browser(facts):
        yield row
    has_tunnel = bool(page.settings and page.settings.tunnel)
    delivery = await load_delivery(page.base, reach=reach, has_tunnel=has_tunnel)
    for row in judge_delivery(delivery):
        yield row
    for row in await judge_callback(page, delivery, reach=reach):
        yield row


async def find_redirect_uri(
    target: Target, *, reach: Reach, now: Callable[[], datetime]
) -> str | None:
    """Find where this page's sign-in comes back to; `None` if its tag cannot be read."""
    page = await load_page(target, reach=reach, now=now)
    return (page.settings and page.settings.redirect_uri) or None
