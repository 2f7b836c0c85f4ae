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
    address = await find_redirect_uri(target, reach=reach)  # for the rehearsal; may be None

In a terminal `facts` is `None`, and `reach` is a `TerminalReach(transport)`. Nothing here raises
because of what it finds: that is what the rows are for.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from pywidget.check.facts import BrowserFacts
from pywidget.check.reach import Reach
from pywidget.check.row import Row, Verdict
from pywidget.check.target import Target


async def check_page(
    target: Target,
    *,
    facts: BrowserFacts | None,
    reach: Reach,
    now: Callable[[], datetime],
) -> AsyncIterator[Row]:
    """Yields one row after the other, as they are known, always in the same order."""
    del facts, reach, now
    yield Row("page", "The page", Verdict.UNKNOWN, f"{target.page_url} was not looked at yet.")


async def find_redirect_uri(target: Target, *, reach: Reach) -> str | None:
    """Where this page's sign-in comes back to; `None` where its tag cannot be read."""
    del target, reach
    return None
