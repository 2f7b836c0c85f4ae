"""Tokens, codes and verifiers are only where they have to be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from playwright.sync_api import BrowserContext, expect

from e2e.pages import AppointmentBook
from e2e.pages.tab_storage import TOKEN_KEY
from e2e.relay.canary import BrowserSecrets, search

if TYPE_CHECKING:
    from e2e.conftest import OpenContext
    from e2e.demo import Zoom
    from e2e.simulator import Simulator
    from e2e.tunnel.zoom_tunnel import ZoomTunnel
    from e2e.watcher import Watcher

EVERYTHING_IN_THE_PAGE = """
async () => {
  const serialize = (root) => {
    let text = (root.documentElement ?? root).innerHTML;
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) text += serialize(element.shadowRoot);
      if ("value" in element) text += element.value;
      if (element.content) text += element.innerHTML;
    }
    return text;
  };
  const databases = [];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = reject;
    });
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store).getAll();
      await new Promise((resolve) => (rows.onsuccess = resolve));
      databases.push(name, store, JSON.stringify(rows.result));
    }
    database.close();
  }
  return {
    "the DOM": serialize(document),
    "localStorage": JSON.stringify({ ...localStorage }),
    "cookies": document.cookie,
    "the window's name": window.name,
    "history.state": JSON.stringify(history.state),
    "the address": location.href,
    "the referrer": document.referrer,
    "IndexedDB": databases.join(" "),
    "Cache Storage": (await caches.keys()).join(" "),
    "resource timing": performance.getEntries().map((entry) => entry.name).join(" "),
  };
}
"""


KINDS = ("code", "code_verifier", "access_token", "refresh_token")


def find_leaks(secrets: dict[str, str], places: dict[str, str]) -> list[str]:
    return search({place: text.encode() for place, text in places.items()}, secrets).leaks


def test_secrets_are_nowhere_but_in_the_tabs_storage(
    book: AppointmentBook,
    context: BrowserContext,
    simulator: Simulator,
    watcher: Watcher,
    open_context: OpenContext,
    *,
    zoom: Zoom,
    zoom_tunnel: ZoomTunnel | None,
) -> None:
    watcher.expect("status of 500")
    heard = BrowserSecrets(context, zoom.origin or "").heard
    if zoom_tunnel and zoom_tunnel.zoom:  # there, only Zoom itself can hear them
        heard = zoom_tunnel.zoom.secrets.heard
    visited: list[str] = []
    simulator.add_fault({"operation": "create", "kind": "respond", "status": 500})
    widget = book.open("812")
    widget.wait_for_state("idle")
    widget.add_button.click()
    with context.expect_event("page") as opening:
        widget.connect_button.click()
    opening.value.on("framenavigated", lambda frame: visited.append(frame.url))
    keys = set(book.storage.read())
    opening.value.get_by_role("button", name="Allow").click(no_wait_after=True)
    widget.wait_for_state("error")
    widget.add_button.click()
    widget.wait_for_state("ready")
    widget.details_summary.click()
    book.save()

    # The test searches for all secrets that were exchanged.
    secrets = {name: heard[f"{name} 1"] for name in KINDS}
    (sign_in_key,) = keys
    assert sign_in_key.startswith("pywidget:v1:sign-in:")
    secrets["state"] = sign_in_key.removeprefix("pywidget:v1:sign-in:")

    stored = book.storage.read()
    assert stored.keys() == {TOKEN_KEY}
    token = json.loads(stored[TOKEN_KEY])
    assert token["access_token"] == secrets["access_token"]
    assert secrets["code_verifier"] not in stored[TOKEN_KEY]
    assert secrets["code"] not in stored[TOKEN_KEY]

    places: dict[str, str] = book.page.evaluate(EVERYTHING_IN_THE_PAGE)
    places |= {
        "the console": "\n".join(watcher.console),
        "the events": repr(book.list_events()),
        "the simulator's log": json.dumps(simulator.list_requests()),
        "the cookies of the context": repr(context.cookies()),
    }
    assert find_leaks(secrets, places) == []
    assert "Dana Lee" in places["the DOM"]
    assert "us02web.zoom.us/w/" in places["the DOM"], "shadow roots were not looked into"
    assert "simplespa-demo" in places["localStorage"]

    # Only the redirect contains the code, and the callback page removes it from its address.
    after_the_code = [url for url in visited if "/callback.html" in url]
    assert find_leaks(secrets, {"visited": " ".join(after_the_code[1:])}) == []
    bearing = [url for url in watcher.requests if secrets["code"] in url]
    assert len(bearing) == 1
    assert bearing[0].startswith(f"{book.url}/zoom/callback.html?")
    for name in ("access_token", "refresh_token", "code_verifier"):
        assert not any(secrets[name] in url for url in watcher.requests)

    # Another tab asks for the token, and gets the half that lasts an hour; another browser nothing.
    other = AppointmentBook(context.new_page(), book.url)
    other.open("811").wait_for_state("idle")
    expect(other.widget.account_button).to_be_visible()
    assert other.storage.read().keys() == {TOKEN_KEY}
    assert other.storage.read_access_token() == secrets["access_token"]
    assert secrets["refresh_token"] not in other.storage.read()[TOKEN_KEY]
    stranger = AppointmentBook(open_context().new_page(), book.url)
    stranger.open("811").wait_for_state("idle")
    assert stranger.storage.read() == {}, "another browser knows the token"
