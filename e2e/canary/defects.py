"""Defects of our own, forced in the page's Python: it breaks in the middle, with secrets at hand.

The error says all that the function was given, as Python's own do: `int("…")`, a missing key, a bad
date. So whatever shows an error's words shows a secret here.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from e2e.canary.faults import Faults
from e2e.stage import wait_until, write_line

if TYPE_CHECKING:
    from collections.abc import Callable

_BREAK: Final = Template('''
import importlib
import js
from pyodide.ffi import create_proxy
from pywidget.domain.secret import Secret

def spill(value, depth=6):
    """All that is in a value, and in what it holds."""
    if isinstance(value, Secret):
        return value.reveal()
    if depth == 0 or value is None or isinstance(value, (str, bytes, int, float)):
        return str(value)
    if isinstance(value, dict):
        value = [*value.items()]
    if isinstance(value, (list, tuple, set, frozenset)):
        return " ".join(spill(each, depth - 1) for each in value)
    names = getattr(type(value), "__dataclass_fields__", ())
    return " ".join(spill(getattr(value, name), depth - 1) for name in names)

module = importlib.import_module("$module")
original = vars(module).get("$name")

def broken(*given, **named):
    js.canaryBroken = True
    raise ValueError("as it was given: " + spill([given, named])[:20_000])

def mend():
    if original is None:
        delattr(module, "$name")
    else:
        setattr(module, "$name", original)

setattr(module, "$name", broken)
js.canaryMend = create_proxy(mend)
''')
_LATER_MS: Final = 200
_COME_LATE: Final = """
(line) => {
  const late = document.createElement("textarea");
  late.id = "late";
  late.value = line;
  document.querySelector("#widget").setAttribute("notes", "#late");
  document.body.append(late);
}
"""
_MEND: Final = "() => { window.canaryMend(); window.canaryBroken = false }"


@dataclass(frozen=True)
class Defect:
    """A function that breaks, and what people do for it to be called.

    Attributes:
        target: Module and name; a name of Python's own is broken for this module alone.
        act: What is done.
        is_told: Whether the user is told; else it breaks in the background.
    """

    target: str
    act: Callable[[Faults], None]
    is_told: bool = True

    def force(self, faults: Faults) -> None:
        """Let it break once, and look at what is left."""
        journeys = faults.journeys
        page, stand = journeys.page, journeys.stand
        faults.begin()
        module, _, name = self.target.partition(":")
        stand.run_python(page, _BREAK.substitute(module=module, name=name))
        self.act(faults)
        wait_until(page, lambda: bool(page.evaluate("() => window.canaryBroken")))
        if self.is_told:
            expect(journeys.widget.notice).to_have_attribute("data-code", "internal_error")
        page.wait_for_timeout(_LATER_MS)
        journeys.look()
        page.evaluate(_MEND)


def _note(faults: Faults) -> None:
    """The host page writes a meeting into the notes."""
    faults.journeys.stage.write_notes(write_line(faults.journeys.stand.make_link()))


def _reopen(faults: Faults) -> None:
    _note(faults)
    faults.journeys.stage.reopen()


def _note_late(faults: Faults) -> None:
    """The notes' field comes a moment after the element: the widget looks again, by a timer."""
    line = write_line(faults.journeys.stand.make_link())
    faults.journeys.page.evaluate(_COME_LATE, line)


DEFECTS: Final = {
    "callback": Defect("pywidget.connection.sign_in:parse_authorization_response", Faults.sign_in),
    "token": Defect("pywidget.connection.sign_in:parse_token_response", Faults.sign_in),
    "renewal": Defect(
        "pywidget.connection.session:parse_refreshed_token", Faults.renew, is_told=False
    ),
    "storing": Defect("pywidget.connection.token_store:format_token", Faults.sign_in),
    "request": Defect("pywidget.connection.zoom_client:build_create_meeting", Faults.create),
    "create": Defect("pywidget.connection.zoom_client:parse_created_meeting", Faults.create),
    "check": Defect(
        "pywidget.connection.zoom_client:parse_read_meeting", Faults.read, is_told=False
    ),
    "start": Defect("pywidget.connection.zoom_client:parse_start_link", Faults.start),
    "user": Defect("pywidget.connection.zoom_client:parse_user", Faults.sign_in, is_told=False),
    "twins": Defect("pywidget.connection.zoom_client:parse_list", Faults.create, is_told=False),
    # Called by the browser, and by nobody who could catch what they raise.
    "answer": Defect("pywidget.browser.sign_in_window:isinstance", Faults.sign_in, is_told=False),
    "message": Defect(
        "pywidget.connection.tab_messages:isinstance", Faults.hear_other_tab, is_told=False
    ),
    "click": Defect("pywidget.widget.widget:update", _note, is_told=False),
    "view": Defect("pywidget.browser.element:render_host", _reopen, is_told=False),
    "notes": Defect("pywidget.widget.widget:find_shown", _reopen, is_told=False),
    "timer": Defect("pywidget.widget.widget:find_shown", _note_late, is_told=False),
}
"""Where it breaks."""
