"""A notice for every error that has a sentence, with the way out that it offers."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import polib

from pywidget.domain.errors import Code, Consequence, Reason, SetbackError, WidgetError
from pywidget.domain.moment import Moment, TimeStyle
from pywidget.widget import notices
from pywidget.widget.actions import Action
from web.catalogue import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pywidget.domain.errors import Value
    from pywidget.widget.model import Notice

_SAMPLES: Final[dict[str, Value]] = {
    "attribute": "starts",
    "causes": "expired",
    "ending": "5678",
    "explanation": "No text messages are left",
    "limit": 2000,
    "names": "booked, cancelled, no-show, done",
    "other": "data-relay",
    "origin": "https://app.example",
    "place": "{target}",
    "scheme": "wss:",
    "selector": "#appointment-notes",
    "tag": "div",
    "when": Moment(datetime(2026, 3, 6, 4, 4, tzinfo=UTC), TimeStyle.TIME),
}
"""What stands in the sentences; any other parameter is a number."""
_ANY: Final = "1440"
_NEEDS_CONNECTION: Final = frozenset({Code.INVALID_GRANT, Code.SCOPE_MISSING})
_PARAMETER: Final = re.compile(r"\{([a-z_]+)\}")


def list_notices() -> Iterator[Notice]:
    """List the notices, in the catalogue's order; setbacks come last."""
    for entry in polib.pofile(str(FOLDER / "en.po")):
        kind, _, name = entry.msgid.partition(".")
        if kind == "error":
            code, _, reason = name.partition(".")
            names = _PARAMETER.findall(entry.msgstr)
            yield _make_notice(_build_error(Code(code), reason, names))
    because = _build_error(Code.ZOOM_ERROR, Reason.SERVER, [])
    for consequence in Consequence:
        yield _make_notice(SetbackError(consequence, because))


def _build_error(code: Code, reason: str, names: list[str]) -> WidgetError:
    evidence = {name: _SAMPLES.get(name, _ANY) for name in names if name != "code"}
    return WidgetError(code, Reason(reason) if reason else None, **evidence)


def _make_notice(error: WidgetError) -> Notice:
    if error.code in _NEEDS_CONNECTION:
        return notices.make_notice(error, notices.CONNECT)
    if notices.may_work_next_time(error):
        return notices.make_notice(error, notices.try_again(Action.ADD))
    return notices.make_notice(error)
