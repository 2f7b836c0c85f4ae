"""Puts a text into every place that is searched, by the way that a mistake would take it there."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from e2e.canary.places import Place

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from e2e.canary.stand import Stand

Plant = Callable[["Stand", "Page", str], None]

_ELSEWHERE: Final = re.compile(r"https://elsewhere\.example/")
_STORE_ROW: Final = """
(text) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("planted", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("rows", { autoIncrement: true });
  opening.onerror = reject;
  opening.onsuccess = () => {
    const rows = opening.result.transaction("rows", "readwrite").objectStore("rows");
    const adding = rows.add({ text });
    adding.onerror = reject;
    adding.onsuccess = () => {
      opening.result.close();
      resolve();
    };
  };
})
"""
_STORE_WIDE: Final = """
async (text) => {
  const cache = await caches.open("planted");
  // Four bytes for each character, as Python keeps text with an emoji in it.
  const wide = new Uint32Array([...text].map((character) => character.codePointAt(0)));
  await cache.put("/planted", new Response(wide.buffer));
}
"""
_SAVE: Final = """
(text) => {
  const link = document.createElement("a");
  link.download = "planted.txt";
  link.href = URL.createObjectURL(new Blob([text]));
  link.click();
}
"""
_SHADOW: Final = "document.querySelector('zoom-meeting').shadowRoot"
_SCRIPTS: Final[Mapping[Place, str]] = {
    Place.COOKIES: "(text) => { document.cookie = `planted=${encodeURIComponent(text)}` }",
    Place.TOKEN_ENTRY: """(text) =>
      sessionStorage.setItem("pywidget:v1:token", JSON.stringify({ text }))""",
    Place.ATTEMPT_ENTRY: """(text) =>
      sessionStorage.setItem("pywidget:v1:sign-in:x", JSON.stringify({ text }))""",
    Place.TAB_STORAGE: "(text) => sessionStorage.setItem(text, '')",
    Place.ORIGIN_STORAGE: "(text) => { localStorage.planted = text }",
    Place.INDEXED_DB: _STORE_ROW,
    Place.CACHES: _STORE_WIDE,
    Place.HISTORY: "(text) => history.pushState({ text }, '')",
    Place.TIMING: "(text) => { performance.mark('planted', { detail: text }) }",
    Place.GLOBALS: "(text) => { window.name = text }",
    Place.NOTES: "(text) => { document.querySelector('textarea').value = text }",
    Place.LINKS: f"""(text) => {{
      const link = document.createElement("a");
      link.href = `https://us02web.zoom.us/?${{encodeURIComponent(text)}}`;
      {_SHADOW}.append(link);
    }}""",
    Place.DETAILS: f"""(text) => {{
      const details = document.createElement("details");
      details.append(text);
      {_SHADOW}.append(details);
    }}""",
    Place.BY_HAND: f"""(text) => {{
      const field = document.createElement("input");
      field.setAttribute("part", "by-hand");
      field.setAttribute("value", text);
      {_SHADOW}.append(field);
    }}""",
    Place.DOM: f"(text) => {_SHADOW}.append(document.createComment(text))",
    Place.CONSOLE: "(text) => console.debug('planted', { text })",
    Place.EVENTS: """(text) => document.querySelector("zoom-meeting").dispatchEvent(
      new CustomEvent("zoom-meeting:error", { detail: { text } }))""",
    Place.CLIPBOARD: "(text) => navigator.clipboard.writeText(text)",
    Place.TOKEN_MESSAGE: """(text) => new BroadcastChannel("pywidget:v1:tabs").postMessage(
      JSON.stringify({ kind: "token", text }))""",
    Place.MADE_MESSAGE: """(text) => new BroadcastChannel("pywidget:v1:tabs").postMessage(
      JSON.stringify({ kind: "made", text }))""",
    Place.TAB_MESSAGE: """(text) => new BroadcastChannel("pywidget:v1:tabs").postMessage(
      JSON.stringify({ kind: "begun", text }))""",
    Place.SIGN_IN_MESSAGE: "(text) => window.postMessage({ text }, location.origin)",
    Place.MESSAGE: "(text) => new BroadcastChannel('planted').postMessage({ text })",
    Place.TRACEBACKS: "(text) => { setTimeout(() => { throw new Error(text) }) }",
}


def _run(script: str) -> Plant:
    def plant(_stand: Stand, page: Page, text: str) -> None:
        page.evaluate(script, text)

    return plant


def _call(path: str, *, is_zooms: bool = False) -> Plant:
    """Return what calls an address of one of the servers with the text in its query."""

    def plant(stand: Stand, page: Page, text: str) -> None:
        server = stand.zoom_url if is_zooms else stand.url
        page.request.get(f"{server}{path}?{quote(text)}")

    return plant


def _send(path: str, *, header: str = "", is_zooms: bool = False) -> Plant:
    """Return what sends the text to one of the servers, in a header or as a body."""

    def plant(stand: Stand, page: Page, text: str) -> None:
        server = stand.zoom_url if is_zooms else stand.url
        headers, body = ({header: text}, None) if header else ({}, text)
        page.request.post(f"{server}{path}", headers=headers, data=body)

    return plant


def _open(address: str) -> Plant:
    def plant(_stand: Stand, page: Page, text: str) -> None:
        with page.expect_popup() as popup:
            page.evaluate("url => { window.open(url) }", f"{address}?{quote(text)}")
        popup.value.wait_for_load_state()
        popup.value.close()

    return plant


def _go_elsewhere(_stand: Stand, page: Page, text: str) -> None:
    other = page.context.new_page()
    other.route(_ELSEWHERE, lambda route: route.fulfill(body="elsewhere"))
    other.goto(f"https://elsewhere.example/?{quote(text)}")
    other.close()


def _come_from_here(stand: Stand, page: Page, text: str) -> None:
    other = page.context.new_page()
    other.route(_ELSEWHERE, lambda route: route.fulfill(body="elsewhere"))
    other.goto("https://elsewhere.example/", referer=f"{stand.url}/?{quote(text)}")
    other.close()


def _leave_in_window(stand: Stand, page: Page, text: str) -> None:
    """A window that is opened without `noopener` gets a copy of the tab's storage."""
    page.evaluate("text => { sessionStorage.planted = text }", text)
    with page.expect_popup() as popup:
        page.evaluate("() => { window.open('') }")
    stand.look_into_window(popup.value)
    popup.value.close()
    page.evaluate("() => sessionStorage.removeItem('planted')")


def _mark_callback(stand: Stand, page: Page, text: str) -> None:
    other = page.context.new_page()
    other.goto(f"{stand.url}/zoom/callback.html")
    other.evaluate("text => { performance.mark(text) }", text)
    stand.look(other)
    other.close()


def _save(stand: Stand, page: Page, text: str) -> None:
    with page.expect_download() as download:
        page.evaluate(_SAVE, text)
    stand.keep_download(download.value)


def _keep_in_zoom(stand: Stand, _page: Page, text: str) -> None:
    stand.simulator.add_meeting({"topic": "planted", "agenda": text})


def _log(_stand: Stand, _page: Page, text: str) -> None:
    logging.getLogger("uvicorn.error").critical("planted: %s", text)


def _be_in_python(stand: Stand, page: Page, text: str) -> None:
    code = f"import pywidget.domain.errors as it\nplanted = it.InternalError({json.dumps(text)})"
    stand.run_python(page, code)
    stand.look_into_python(page)


PLANTS: Final[Mapping[Place, Plant]] = {
    **{place: _run(script) for place, script in _SCRIPTS.items()},
    Place.CALLBACK_URL: _call("/zoom/callback.html"),
    Place.CALLBACK_LOG: _call("/zoom/callback.html"),
    Place.PAGE_URL: _call("/zoom/embed.js"),
    Place.PAGE_LOG: _call("/zoom/embed.js"),
    Place.PAGE_HEADERS: _send("/zoom/embed.js", header="x-planted"),
    Place.PAGE_BODY: _send("/zoom/embed.js"),
    Place.CONSENT_URL: _call("/oauth/authorize", is_zooms=True),
    Place.ZOOM_URL: _call("/v2/users/me", is_zooms=True),
    Place.AUTHORIZATION: _send("/v2/users/me", header="authorization", is_zooms=True),
    Place.ZOOM_HEADERS: _send("/v2/users/me", header="x-planted", is_zooms=True),
    Place.TOKEN_BODY: _send("/oauth/token", is_zooms=True),
    Place.REVOKE_BODY: _send("/oauth/revoke", is_zooms=True),
    Place.ZOOM_BODY: _send("/v2/users/me/meetings", is_zooms=True),
    Place.ZOOM_LOG: _keep_in_zoom,
    Place.SERVER_OUTPUT: _log,
    Place.START_URL: _open("https://us02web.zoom.us/s/86012345678"),
    Place.JOIN_URL: _open("https://us02web.zoom.us/j/86012345678"),
    Place.ELSEWHERE: _go_elsewhere,
    Place.ELSEWHERE_HEADERS: _come_from_here,
    Place.OPENED: _leave_in_window,
    Place.CALLBACK_TIMING: _mark_callback,
    Place.DOWNLOADS: _save,
    Place.REPRS: _be_in_python,
}
