"""The simulator's own pages: plain files with `$names`, and the headers they are sent with.

Every value is escaped, unless it is a `Markup`, which was built from escaped parts. The pages work
under a policy without inline scripts and styles.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from zoom_meeting_testing.simulator.messages import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER: Final = Path(__file__).with_name("pages")
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
    " img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action {form_action}"
)


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def render(name: str, values: Mapping[str, str]) -> str:
    """Return a page from the `pages` folder, with its names filled in."""
    filled = {
        key: value if isinstance(value, Markup) else escape(value) for key, value in values.items()
    }
    return Template((FOLDER / name).read_text(encoding="utf-8")).substitute(filled)


def page_answer(
    status: int,
    name: str,
    values: Mapping[str, str],
    *,
    form_action: str = "'none'",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Return an answer with a page, under the policy that all pages here have."""
    return Answer(
        status,
        render(name, values).encode(),
        {
            "content-type": "text/html;charset=UTF-8",
            "content-security-policy": POLICY.format(form_action=form_action),
            "referrer-policy": "no-referrer",
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
            **(headers or {}),
        },
    )
