"""The page is made to match with as few touches as possible, and keeps what the user had."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pywidget.browser.mount import Mount
from pywidget.ui.node import Element, Node, element
from tests.doubles.dom import FakeDocument, FakePage


class ShownMeeting:
    """A mount that shows these children, and nothing of the host's own."""

    def __init__(self, page: FakePage, document: FakeDocument) -> None:
        self.page = page
        self.mount = Mount(page, document.host)

    def show(self, nodes: Sequence[Node]) -> None:
        self.mount.show(Element("zoom-meeting", {}, tuple(nodes)))


def make() -> tuple[FakeDocument, ShownMeeting]:
    document = FakeDocument()
    return document, ShownMeeting(FakePage(), document)


def button(text: str, **attributes: str | bool | None) -> Element:
    return element("button", text, **attributes)


def test_what_the_loader_painted_goes() -> None:
    document, mount = make()
    document.root.appendChild(document.createElement("p"))
    mount.show([button("Copy")])
    assert [child.describe() for child in document.root.children] == [button("Copy")]


def test_nothing_is_touched_when_nothing_differs() -> None:
    document, mount = make()
    nodes = [element("div", button("Copy", class_="b"), "text", hidden=True)]
    mount.show(nodes)
    document.changes.clear()
    mount.show(nodes)
    mount.show([element("div", button("Copy", class_="b"), "text", hidden=True)])
    assert document.changes == []


def test_a_control_that_looks_different_is_the_same_control() -> None:
    """Another one in its place would lose the focus, and the click that is under way."""
    document, shown = make()
    shown.show([button("Send", class_="button", data_action="send")])
    before = document.root.children[0]
    shown.show([button("Send", class_="button primary", data_action="send")])
    assert document.root.children[0] is before
    shown.show([button("Undo", class_="button primary", data_action="undo")])
    assert document.root.children[0] is not before


def test_whatever_differs_is_one_call() -> None:
    """Every call from Python into the page costs."""
    document, shown = make()
    shown.show([button("Add")])
    shown.show([element("section", button("Copy"), element("p", "text", lang="en")), "more"])
    shown.show([element("section", button("Copied"), element("p", "words")), "even more"])
    assert shown.page.calls == 3
    shown.show([element("section", button("Copied"), element("p", "words")), "even more"])
    assert shown.page.calls == 3
    assert document.root.text == "Copiedwordseven more"


def test_the_host_has_attributes_of_its_own() -> None:
    document = FakeDocument()
    mount = Mount(FakePage(), document.host)
    mount.show(element("zoom-meeting", "text", data_state="idle", aria_busy="false"))
    document.changes.clear()
    mount.show(element("zoom-meeting", "text", data_state="ready", aria_busy="false"))
    assert document.host.attributes == {"data-state": "ready", "aria-busy": "false"}
    assert document.changes == ["set data-state"]


def test_only_what_differs_is_touched() -> None:
    document, mount = make()
    mount.show([element("div", button("Copy", title="a", lang="en"), element("p", "same"))])
    kept = list(document.root.walk())
    document.changes.clear()
    mount.show([element("div", button("Copied", title="b"), element("p", "same"))])
    assert sorted(document.changes) == ["data=Copied", "remove lang", "set title"]
    assert list(document.root.walk()) == kept


def test_another_tag_or_another_class_is_another_element() -> None:
    document, mount = make()
    mount.show([button("a", class_="x")])
    first = document.root.children[0]
    mount.show([button("a", class_="y")])
    second = document.root.children[0]
    assert second is not first
    mount.show([element("span", "a", class_="y")])
    assert document.root.children[0] is not second


def test_text_and_element_take_each_others_place() -> None:
    document, mount = make()
    for nodes in (["a"], [button("a")], ["b"]):
        mount.show(nodes)
        assert [child.describe() for child in document.root.children] == nodes


def test_children_come_and_go_at_the_end() -> None:
    document, mount = make()
    mount.show([button("a"), button("b")])
    first = document.root.children[0]
    mount.show([button("a")])
    assert document.root.children == [first]
    mount.show([button("a"), button("c"), "d"])
    assert document.root.children[0] is first
    assert document.root.text == "acd"
    mount.show([])
    assert document.root.children == []


def test_what_comes_or_goes_before_an_element_leaves_it_alone() -> None:
    """A menu that unfolds must neither fold the details below it nor take their focus."""
    document, mount = make()
    row, details = element("div", "row"), element("details", button("in it", class_="i"))
    menu, foot = element("div", "menu", class_="menu"), element("p", "foot")
    mount.show([row, details])
    kept = document.root.children[1]
    kept.children[0].focus()
    for nodes in ([row, menu, details], [menu, details, foot], [row, details, foot], [details]):
        mount.show(nodes)
        assert [child.describe() for child in document.root.children] == nodes
        assert kept in document.root.children
        assert document.focused is kept.children[0]


def test_a_button_for_something_else_is_another_button() -> None:
    """Whoever has the focus on *Cancel* must not find it on *Remove*."""
    document, mount = make()
    mount.show([button("Cancel", class_="b", data_action="dismiss")])
    first = document.root.children[0]
    mount.show([button("Remove", class_="b", data_action="remove")])
    assert document.root.children[0] is not first


def test_hostile_text_stays_text() -> None:
    document, mount = make()
    hostile = "<img src=x onerror=alert(1)>&lt;"
    mount.show([element("p", hostile, title=hostile)])
    assert document.root.text == hostile
    assert document.root.children[0].attributes == {"title": hostile}
    assert {node.tag for node in document.root.walk()} == {"#root", "p", "#text"}


def test_a_focused_element_that_stays_keeps_the_focus() -> None:
    document, mount = make()
    mount.show([button("Copy", class_="x"), element("p", "a")])
    copy = document.root.children[0]
    copy.focus()
    mount.show([button("Copied", class_="x"), element("p", "b")])
    assert document.focused is copy


def test_a_new_element_with_the_mark_gets_the_focus_if_the_widget_had_it() -> None:
    document, mount = make()
    mount.show([button("Add", class_="add")])
    document.root.children[0].focus()
    mount.show([element("section", button("Copy", data_focus=True))])
    assert document.focused is document.root.find(data_focus="")


def test_a_widget_never_takes_the_focus_from_the_page() -> None:
    document, mount = make()
    mount.show([button("Add", class_="add")])
    mount.show([element("section", button("Copy", data_focus=True))])
    assert document.focused is None


def test_a_mark_that_was_there_already_takes_nothing() -> None:
    document, mount = make()
    nodes = [button("Copy", data_focus=True), button("Details")]
    mount.show(nodes)
    document.root.children[1].focus()
    mount.show([button("Copied", data_focus=True), button("Details")])
    assert document.focused is document.root.children[1]


def whole(*children: Node) -> Element:
    return element("section", *children, tabindex="-1")


def test_focus_that_would_be_lost_rests_on_the_whole_and_on_no_control() -> None:
    """A hasty key must not press what came into the place of what it was meant for."""
    document, mount = make()
    mount.show([whole(button("Add", class_="a"), button("Remove", class_="r"))])
    document.root.children[0].children[1].focus()
    mount.show([element("p", "Removed."), whole(button("Add", class_="a"))])
    assert document.focused is document.root.find(tabindex="-1")
    mount.show(["Nothing that can have it."])
    assert document.focused is None


def test_what_is_folded_up_gives_the_focus_back_to_what_had_unfolded_it() -> None:
    def asking(*, about: str) -> Element:
        return whole(
            *(
                button(name, data_action=name, aria_expanded=str(name == about).lower())
                for name in ("account", "remove")
            ),
            *([element("div", button("Cancel", data_focus=True))] if about else []),
        )

    for name in ("account", "remove"):
        document, mount = make()
        mount.show([asking(about="")])
        document.root.find(data_action=name).focus()
        mount.show([asking(about=name)])
        assert document.focused is document.root.find(data_focus="")
        mount.show([asking(about="")])
        assert document.focused is document.root.find(data_action=name)


def test_the_button_that_the_loader_painted_keeps_the_focus() -> None:
    document, mount = make()
    painted = document.createElement("button")
    document.root.appendChild(painted)
    painted.focus()
    mount.show([whole(button("Account"), button("Add", data_action="add"))])
    assert document.focused is document.root.find(data_action="add")


TREES = st.recursive(
    st.text("ab<", max_size=2),
    lambda inner: st.builds(
        lambda tag, children, attributes: Element(tag, attributes, tuple(children)),
        st.sampled_from(["div", "p", "button"]),
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["class", "title", "data-focus", "data-action"]),
            st.text("xy", max_size=1),
        ),
    ),
    max_leaves=8,
)


@given(st.lists(st.lists(TREES, max_size=3), min_size=1, max_size=5))
def test_whatever_was_shown_before_the_page_matches(shows: list[list[Node]]) -> None:
    document, mount = make()
    for nodes in shows:
        mount.show(nodes)
        assert [child.describe() for child in document.root.children] == nodes
