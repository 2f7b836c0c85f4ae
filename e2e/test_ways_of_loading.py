"""Every way of bringing the widget into a page: docs/frameworks.md has a table of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pytest
from playwright.sync_api import Page, expect
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Mount
from zoom_meeting_testing.pages import MeetingWidget
from zoom_meeting_testing.simulator import ServerThread

from e2e.delivery import DIST, WidgetFiles
from e2e.stage import write_element, write_line
from e2e.zoom_side import ZoomSide
from web.manifest import compute_integrity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from zoom_meeting_testing.simulator import Simulator

    from e2e.demo import Zoom
    from e2e.hosts import HostPages
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

NOTES: Final = '<textarea id="notes">Tea</textarea>'
NONCE: Final = "bm9uY2U"
TAG: Final = '<script type="module" src="/zoom/embed.js" {settings}></script>'
IMPORT_MAP: Final = '{"imports": {"zoom-meeting": "/zoom/embed.js"}}'
FIND_CLIENT_ID: Final = """
() => {
  const { tag } = customElements.get("zoom-meeting");
  return tag?.dataset.clientId ?? globalThis[Symbol.for("zoom-meeting:settings")]["data-client-id"];
}
"""
SET_LATE: Final = """
async () => (await import("/zoom/configure.js")).configure({ topic: "Late" })
"""


@dataclass(frozen=True)
class Way:
    """A row of the table."""

    head: str
    """What the page's head has; `{settings}` stands for the attributes of the tag."""
    allows: str = ""
    """What `script-src` allows besides the page's own origin."""
    allows_base: bool = False


WAYS: Final = {
    "module": Way(TAG),
    "async": Way(TAG.replace("<script", "<script async")),
    "injected": Way('<script src="/hosts/injected.js" {settings}></script>'),
    "tag-manager": Way('<script src="/hosts/injected.js?classic" {settings}></script>'),
    "classic": Way('<script src="/zoom/loader.js" {settings}></script>'),
    "classic-async": Way('<script async src="/zoom/loader.js" {settings}></script>'),
    "inline": Way(
        f'<script type="module" nonce="{NONCE}" {{settings}}>import "/zoom/embed.js";</script>',
        f"'nonce-{NONCE}'",
    ),
    "bundle": Way(
        '<meta id="settings" {settings}>'
        '<script type="module" src="/hosts/apps/imported.js"></script>'
    ),
    "import-map": Way(
        f'<script type="importmap" nonce="{NONCE}">{IMPORT_MAP}</script>'
        f'<script type="module" nonce="{NONCE}" {{settings}}>import "zoom-meeting";</script>',
        f"'nonce-{NONCE}'",
    ),
    "subfolder": Way('<script type="module" src="/deep/in/folders/embed.js" {settings}></script>'),
    "base": Way(
        '<base href="/elsewhere/">'
        '<script type="module" src="../zoom/embed.js" {settings}></script>',
        allows_base=True,
    ),
    "version": Way(TAG.replace("embed.js", "embed.js?v=1")),
    "integrity": Way(
        TAG.replace(" {", f' integrity="{compute_integrity((DIST / "embed.js").read_bytes())}" {{')
    ),
    "two-tags": Way(TAG * 2),
}


@pytest.fixture
def show(page: Page, hosts: HostPages, hosts_url: str, zoom: Zoom) -> Callable[..., MeetingWidget]:
    """A function that opens a page that loads the widget so."""

    def show(
        way: Way, body: str = NOTES + write_element(), *, connects: str = "", **script: str | None
    ) -> MeetingWidget:
        policy = zoom.build_policy().replace("script-src", f"script-src {way.allows}")
        policy = policy.replace("connect-src", f"connect-src {connects}")
        if way.allows_base:
            policy = policy.replace("base-uri 'none'", "base-uri 'self'")
        path = hosts.serve(
            body,
            head=way.head,
            policy=policy,
            script={name.replace("_", "-"): value for name, value in script.items()},
        )
        page.goto(hosts_url + path)
        return MeetingWidget.find(page, "#widget")

    return show


def create_meeting(page: Page, widget: MeetingWidget, zoom_side: ZoomSide) -> None:
    """Go from the first click to the meeting in the notes, as a person does."""
    widget.add_button.click()
    widget.connect().allow()
    widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    expect(page.locator("#notes")).to_have_value(f"Tea\n{write_line(link)}")


@pytest.mark.parametrize("name", ["classic", "bundle", "import-map", "base"])
def test_what_differs_most_paints_the_button_and_knows_the_settings(
    page: Page, show: Callable[..., MeetingWidget], zoom: Zoom, name: str
) -> None:
    widget = show(WAYS[name])
    expect(widget.add_button).to_be_visible()
    assert page.evaluate(FIND_CLIENT_ID) == zoom.client_id


@pytest.mark.long
@pytest.mark.parametrize("name", WAYS)
def test_each_way_leads_to_a_meeting_in_the_notes(
    page: Page,
    show: Callable[..., MeetingWidget],
    simulator: Simulator,
    hosts_url: str,
    name: str,
) -> None:
    callbacks = [f"{hosts_url}{folder}/callback.html" for folder in ("/zoom", "/deep/in/folders")]
    simulator.change_settings({"redirect_uris": callbacks})
    create_meeting(page, show(WAYS[name]), ZoomSide(simulator))


# Another origin


@pytest.fixture
def cdn_url(watcher: Watcher) -> Iterator[str]:
    """Where the widget's files are served for pages of any origin."""
    app = Starlette(
        routes=[Mount("/zoom", WidgetFiles(directory=DIST))],
        middleware=[Middleware(CORSMiddleware, allow_origins=["*"])],
    )
    with ServerThread(app) as server:
        watcher.allow(server.url)
        yield server.url


@pytest.mark.long
def test_files_may_come_from_another_origin_if_the_callback_does_not(
    page: Page,
    show: Callable[..., MeetingWidget],
    zoom_side: ZoomSide,
    cdn_url: str,
    hosts_url: str,
) -> None:
    way = Way(TAG.replace("/zoom", f"{cdn_url}/zoom"), allows=cdn_url)
    widget = show(way, connects=cdn_url, data_redirect_uri=f"{hosts_url}/zoom/callback.html")
    create_meeting(page, widget, zoom_side)


@pytest.mark.long
def test_callback_on_another_origin_is_refused_by_name(
    show: Callable[..., MeetingWidget], expect_errors: Callable[..., None], cdn_url: str
) -> None:
    expect_errors("zoom-meeting: The attribute “data-redirect-uri”")
    way = Way(TAG.replace("/zoom", f"{cdn_url}/zoom"), allows=cdn_url)
    widget = show(way, connects=cdn_url)
    widget.wait_for_state("error")
    expect(widget.message).to_contain_text("data-redirect-uri")


# What the console says


def test_misspelt_names_and_lost_settings_are_told_once(
    page: Page, show: Callable[..., MeetingWidget], watcher: Watcher
) -> None:
    watcher.expect("configure.* too late")
    head = TAG.replace("{", 'client-id="a" data-relays="b" data-turbo-track="reload" {')
    widget = show(
        Way(head + TAG.replace("{", 'data-topic="Tea" {')),
        NOTES
        + write_element(clientphone="+15550100", data_duration="30", data_v_7ba5bd90="")
        + write_element("other", clientphone="+15550100", client_mail="a@b.example", title="x"),
    )
    widget.wait_for_state("idle")
    MeetingWidget.find(page, "#other").wait_for_state("idle")
    page.evaluate(SET_LATE)
    said = [line for line in watcher.console if line.startswith("zoom-meeting: ")]
    assert sorted(said) == [
        "zoom-meeting: client-mail on <zoom-meeting> sets nothing. Is it client-email?",
        "zoom-meeting: clientphone on <zoom-meeting> sets nothing. Is it client-phone?",
        "zoom-meeting: configure() came too late: the widget has started with other settings",
        "zoom-meeting: data-duration on <zoom-meeting> sets nothing. Is it duration?",
        "zoom-meeting: the script's tag has client-id, which sets nothing. Is it data-client-id?",
        "zoom-meeting: the script's tag has data-relays, which sets nothing. Is it data-relay?",
        "zoom-meeting: two tags of embed.js differ in data-topic. Only the first one counts",
    ]


def test_module_as_a_classic_script_is_refused_and_the_loader_as_a_module_says_so(
    page: Page, show: Callable[..., MeetingWidget], expect_errors: Callable[..., None]
) -> None:
    expect_errors("import.meta", "zoom-meeting: loader.js needs a classic tag")
    show(
        Way(
            '<script src="/zoom/embed.js" {settings}></script>'
            '<script type="module" src="/zoom/loader.js" {settings}></script>'
        )
    )
    assert page.evaluate("customElements.get('zoom-meeting') === undefined")
