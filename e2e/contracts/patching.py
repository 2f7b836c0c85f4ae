"""`web/patch.js`: the page matches what is to be shown, and keeps what need not change."""

from __future__ import annotations

from typing import Protocol

from pywidget.browser.mount import Mount
from pywidget.ui.node import Element, Node, element

Path = tuple[int, ...]  # positions among the children, from the shadow root inwards


class Bench(Protocol):
    """A host with content in its shadow root that `mount` does not know."""

    mount: Mount

    def read(self) -> Element:
        """Return the host as it is now, with its shadow root's children as its own."""

    def find(self, path: Path) -> object:
        """Return the node itself, to compare with `==`."""

    def count_changes(self) -> int:
        """Return how often the host and its shadow root have changed since the last call."""

    def focus(self, path: Path) -> None:
        """Move the focus there."""

    def is_focused(self, path: Path) -> bool:
        """Return whether the focus is there."""


def make_host(*children: Node, state: str = "idle") -> Element:
    return element("zoom-meeting", *children, data_state=state)


def make_button(text: str, action: str, *, focus: bool = False) -> Element:
    return element("button", text, data_action=action, data_focus=focus)


HOSTILE = "<img src=x onerror=alert(1)>&lt;\u202e\U0001f9d6\ud800\x00"
SHOWN = (
    make_host("a", element("p", "b", title="x"), state="creating"),
    make_host(element("p", "b", lang="en"), "a"),
    make_host(element("p", element("b", "c"), "d", element("i"))),
    make_host(element("p", "d", element("i", "e"), element("b", "c"))),
    make_host(element("div", HOSTILE, title=HOSTILE), element("p")),
    make_host(),
    make_host(element("p"), state="ready"),
)


async def check_the_page_matches_whatever_was_shown_before(bench: Bench) -> None:
    for host in (*SHOWN, *reversed(SHOWN), *SHOWN[::2]):
        bench.mount.show(host)
        assert bench.read() == host, bench.read()


async def check_a_second_mount_takes_over(bench: Bench) -> None:
    """An element that left the page and came back is mounted again."""
    bench.mount.show(SHOWN[0])
    Mount(bench.mount.js_helpers, bench.mount.js_host).show(SHOWN[3])
    assert bench.read() == SHOWN[3], bench.read()


async def check_what_is_shown_already_is_not_touched(bench: Bench) -> None:
    for host in SHOWN:
        bench.mount.show(host)
        bench.count_changes()
        bench.mount.show(element(host.tag, *host.children, **host.attributes))
        assert bench.count_changes() == 0


async def check_what_stays_is_the_same_whatever_comes_and_goes_beside_it(bench: Bench) -> None:
    row, details = element("div", "row"), element("details", element("p", "in it"), "text")
    menu, foot = element("div", "menu", class_="menu"), element("p", "foot")
    bench.mount.show(make_host(row, details))
    kept = [bench.find(path) for path in ((1,), (1, 0), (1, 1))]
    for children in ([row, menu, details], [menu, details, foot], [row, details], [details]):
        bench.mount.show(make_host(*children))
        at = children.index(details)
        assert [bench.find(path) for path in ((at,), (at, 0), (at, 1))] == kept
    bench.mount.show(make_host(element("details", element("p", "other"), "words", lang="en")))
    assert [bench.find(path) for path in ((0,), (0, 0), (0, 1))] == kept


async def check_what_appears_with_the_mark_gets_the_focus_from_the_widget_alone(
    bench: Bench,
) -> None:
    add, connect = make_button("Add", "add"), make_button("Connect", "connect", focus=True)
    bench.mount.show(make_host(add))
    bench.mount.show(make_host(add, element("div", "hint", connect)))
    assert not bench.is_focused((1, 1))
    bench.mount.show(make_host(add))
    bench.focus((0,))
    bench.mount.show(make_host("before", add, element("div", "hint", connect)))
    assert bench.is_focused((2, 1))


async def check_a_focus_that_would_be_lost_rests_on_the_whole(bench: Bench) -> None:
    bench.mount.show(make_host(make_button("Cancel", "cancel")))
    bench.focus((0,))
    whole = element("p", "text", make_button("Add", "add"), tabindex="-1")
    bench.mount.show(make_host(element("button", "Other"), whole))
    assert bench.is_focused((1,))
