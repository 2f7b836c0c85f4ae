"""Browsers that are two and three years old: their gaps are made in today's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import BrowserContext, expect

from e2e.stage import write_element

if TYPE_CHECKING:
    from collections.abc import Callable

    from e2e.conftest import OpenStage
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

pytestmark = pytest.mark.long

NOTES: Final = '<textarea id="notes">Tea</textarea>'
TOO_NEW: Final = """
(() => {
  const remove = (owner, ...names) => { for (const name of names) delete owner?.[name] };
  remove(Promise, "withResolvers", "try");
  remove(Array, "fromAsync");
  remove(Object, "groupBy");
  remove(Map, "groupBy");
  remove(Map.prototype, "getOrInsert", "getOrInsertComputed");
  remove(AbortSignal, "any");
  remove(URL, "canParse", "parse");
  remove(ArrayBuffer.prototype, "transfer", "resizable", "resize", "maxByteLength");
  remove(String.prototype, "isWellFormed", "toWellFormed");
  remove(RegExp, "escape");
  remove(Error, "isError");
  remove(Uint8Array, "fromBase64", "fromHex");
  remove(Uint8Array.prototype, "toBase64", "toHex");
  const sets = ["union", "intersection", "difference", "symmetricDifference"];
  remove(Set.prototype, ...sets, "isSubsetOf", "isSupersetOf", "isDisjointFrom");
  const iterator = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]()));
  const helpers = ["map", "filter", "take", "drop", "flatMap", "reduce", "toArray", "forEach"];
  remove(iterator, ...helpers, "some", "every", "find");
  const globals = ["scheduler", "Temporal", "Iterator", "Float16Array", "requestIdleCallback"];
  remove(globalThis, ...globals, "cancelIdleCallback", "DisposableStack", "SuppressedError");
  remove(WebAssembly, "Suspending", "promising", "SuspendError", "JSTag");
})();
"""
"""Removes all that is newer than the oldest browsers in docs/embedding.md."""
NEEDED: Final = {
    "CSSStyleSheet.prototype.replaceSync": "delete CSSStyleSheet.prototype.replaceSync",
    "WebAssembly.Exception": "delete WebAssembly.Exception",
    "AbortSignal.timeout": "delete AbortSignal.timeout",
}


def test_oldest_browsers_make_a_meeting(
    context: BrowserContext, open_stage: OpenStage, zoom_side: ZoomSide
) -> None:
    context.add_init_script(TOO_NEW)
    widget = open_stage(NOTES + write_element()).widget
    widget.wait_for_state("idle")
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    expect(widget.client_link).to_have_attribute("href", link)
    widget.confirm_removal()
    widget.wait_for_state("idle")


@pytest.mark.parametrize("lacking", NEEDED)
def test_browser_that_is_too_old_is_told_so_in_the_elements_place(
    context: BrowserContext,
    open_stage: OpenStage,
    expect_errors: Callable[..., None],
    watcher: Watcher,
    lacking: str,
) -> None:
    expect_errors(f"zoom-meeting: this browser is too old, it lacks {lacking}")
    context.add_init_script(NEEDED[lacking])
    stage = open_stage(NOTES + write_element() + '<p id="rest">The rest</p>')
    widget = stage.widget

    widget.wait_for_state("error")

    expect(widget.root.get_by_role("alert")).to_contain_text("do not work in this browser")
    expect(stage.page.locator("#rest")).to_be_visible()
    (event,) = stage.list_events()
    assert (event["name"], event["element"]) == ("error", "widget")
    assert event["detail"]["code"] == "runtime_load_failed"
    assert event["detail"]["appointment"] == "7"
    assert not any("/assets/" in url for url in watcher.requests)
