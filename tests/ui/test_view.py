"""What the user sees and a screen reader says, in every state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.app.machine import Model, Notice, State, Tone
from pywidget.app.shown import Shown
from pywidget.app.start_text import StartText
from pywidget.domain.appointment import Appointment
from pywidget.domain.errors import Code
from pywidget.domain.join_link import JoinLink, LinkKind
from pywidget.domain.secret import Secret
from pywidget.ui.mount import Mount
from pywidget.ui.node import Element, Node, element
from pywidget.ui.view import render
from tests.app.world import at
from tests.doubles.dom import FakeDocument

ONE = Appointment("812", at("2026-03-05T18:00").replace(tzinfo=None), "UTC", "#n", client="Dana")
LINK = JoinLink("us02web.zoom.us", LinkKind.JOIN, "86012345678", "s3cr3t-pwd")
SHOWN = Shown(
    link=LINK,
    topic="Appointment with Dana Lee",
    starts_at=at("2026-03-05T23:00"),
    start=StartText("Thursday, March 5 2026 6:00 pm"),
    passcode=Secret("s3cr3t-passcode"),
    is_noted=True,
)
FAILED = Notice(Code.NETWORK, "Zoom could not be reached.", Tone.ERROR)
TOLD = Notice(Code.POPUP_CLOSED, "The window was closed.", Tone.INFO)

MODELS = {
    "idle": Model(State.IDLE, ONE),
    "disabled": Model(State.IDLE, replace(ONE, disabled=True)),
    "menu": Model(State.IDLE, ONE, menu_open=True),
    "told": Model(State.IDLE, ONE, notice=TOLD),
    "failed": Model(State.ERROR, ONE, notice=FAILED),
    "bad attribute": Model(State.ERROR, notice=FAILED),
    "signing in": Model(State.SIGNING_IN, ONE),
    "creating": Model(State.CREATING, ONE),
    "ready": Model(State.READY, ONE, SHOWN),
    "copied": Model(State.READY, ONE, SHOWN, is_copied=True),
    "not saved": Model(State.READY, ONE, replace(SHOWN, is_noted=False), FAILED),
}
INTERACTIVE = {"a", "button", "summary"}


def walk(nodes: Iterator[Node] | list[Node] | tuple[Node, ...]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from walk(node.children)


def text_of(node: Node) -> str:
    if isinstance(node, str):
        return node
    return "".join(text_of(child) for child in node.children)


def name_of(node: Element) -> str:
    """The accessible name, as far as this markup goes."""
    return node.attributes.get("aria-label") or text_of(node)


def controls(model: Model) -> dict[str, Element]:
    """By accessible name, in the order of the Tab key."""
    found = [node for node in walk(render(model)) if node.tag in INTERACTIVE]
    names = [name_of(node) for node in found]
    assert len(set(names)) == len(names), names
    return dict(zip(names, found, strict=True))


def find(model: Model, **wanted: str) -> list[Element]:
    pairs = {name.rstrip("_").replace("_", "-"): text for name, text in wanted.items()}
    return [node for node in walk(render(model)) if pairs.items() <= node.attributes.items()]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("idle", ["Add Meeting"]),
        ("disabled", ["Add Meeting"]),
        ("menu", ["Add Meeting", "Add Zoom Meeting"]),
        ("told", ["Add Meeting"]),
        ("failed", ["Add Meeting"]),
        ("bad attribute", []),
        ("signing in", ["Add Meeting", "Show window", "Cancel"]),
        ("creating", ["Add Meeting"]),
        ("ready", ["us02web.zoom.us/j/86012345678", "Copy", "Details"]),
        ("copied", ["us02web.zoom.us/j/86012345678", "Copied", "Details"]),
        ("not saved", ["us02web.zoom.us/j/86012345678", "Copy", "Details", "Save again"]),
    ],
)
def test_these_controls_have_these_names(name: str, expected: list[str]) -> None:
    assert list(controls(MODELS[name])) == expected


@pytest.mark.parametrize(
    ("name", "control", "action"),
    [
        ("idle", "Add Meeting", "add"),
        ("menu", "Add Zoom Meeting", "connect"),
        ("signing in", "Show window", "show-window"),
        ("signing in", "Cancel", "cancel"),
        ("ready", "Copy", "copy"),
        ("copied", "Copied", "copy"),
        ("not saved", "Save again", "save-again"),
    ],
)
def test_a_control_does_what_it_says(name: str, control: str, action: str) -> None:
    assert controls(MODELS[name])[control].attributes["data-action"] == action


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_every_button_is_one_that_submits_nothing(model: Model) -> None:
    for node in walk(render(model)):
        if node.tag == "button":
            assert node.attributes["type"] == "button"
            assert name_of(node).strip()


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_no_element_brings_style_or_script_of_its_own(model: Model) -> None:
    for node in walk(render(model)):
        assert node.tag not in {"style", "script", "iframe", "img", "form"}
        assert "style" not in node.attributes
        assert "id" not in node.attributes  # a page may hold any number of widgets
        assert not any(name.startswith("on") for name in node.attributes)


def test_the_camera_button_has_a_tooltip() -> None:
    assert controls(MODELS["idle"])["Add Meeting"].attributes["title"] == "Add Meeting"


def test_the_camera_button_says_whether_its_menu_is_open() -> None:
    def expanded(name: str) -> str | None:
        return controls(MODELS[name])["Add Meeting"].attributes.get("aria-expanded")

    assert (expanded("idle"), expanded("menu"), expanded("creating")) == ("false", "true", None)


def test_a_disabled_element_has_a_disabled_button() -> None:
    assert "disabled" in controls(MODELS["disabled"])["Add Meeting"].attributes
    assert "disabled" not in controls(MODELS["idle"])["Add Meeting"].attributes


@pytest.mark.parametrize("name", ["signing in", "creating"])
def test_a_busy_button_keeps_its_focus(name: str) -> None:
    attributes = controls(MODELS[name])["Add Meeting"].attributes
    assert attributes["aria-disabled"] == "true"
    assert "disabled" not in attributes


def test_the_client_link_is_the_join_url() -> None:
    link = controls(MODELS["ready"])["us02web.zoom.us/j/86012345678"]
    assert link.tag == "a"
    assert link.attributes["href"] == LINK.url
    assert link.attributes["target"] == "_blank"
    assert set(link.attributes["rel"].split()) >= {"noopener", "noreferrer"}


def test_the_panel_tells_time_and_details() -> None:
    (panel,) = find(MODELS["ready"], aria_label="Zoom meeting")
    assert panel.tag == "section"
    assert text_of(find(MODELS["ready"], part="start")[0]) == "Thursday, March 5 2026 6:00 pm"
    terms = [text_of(node) for node in walk([panel]) if node.tag == "dt"]
    values = [text_of(node) for node in walk([panel]) if node.tag == "dd"]
    assert dict(zip(terms, values, strict=True)) == {
        "Topic": "Appointment with Dana Lee",
        "Meeting ID": "860 1234 5678",
        "Passcode": "s3cr3t-passcode",
    }
    assert find(MODELS["ready"], part="elsewhere") == []


def test_another_zone_stands_beside_the_viewers() -> None:
    start = StartText("Friday, March 6 2026 12:00 am", "Thursday, March 5 2026 6:00 pm (New York)")
    model = Model(State.READY, ONE, replace(SHOWN, start=start))
    assert text_of(find(model, part="elsewhere")[0]) == start.elsewhere


def test_a_bare_link_shows_what_it_has() -> None:
    bare = Shown(LINK, None, None, None, None, is_noted=True)
    model = Model(State.READY, ONE, bare)
    assert text_of(find(model, part="start")[0]) == "Zoom meeting"
    assert [text_of(node) for node in walk(render(model)) if node.tag == "dt"] == ["Meeting ID"]
    room = replace(bare, link=JoinLink("zoom.us", LinkKind.PERSONAL, "dana.lee"))
    personal = Model(State.READY, ONE, room)
    assert list(controls(personal)) == ["zoom.us/my/dana.lee", "Copy"]


def test_secrets_stand_in_details_and_in_the_link_only() -> None:
    for model in MODELS.values():
        for node in walk(render(model)):
            attributes = dict(node.attributes)
            if node.tag == "a":
                assert attributes.pop("href") == LINK.url
            assert "s3cr3t" not in str(attributes)
    outside = "".join(
        text_of(node)
        for node in walk(render(MODELS["ready"]))
        if not any(child.tag == "details" for child in walk([node]))
        and node.tag not in {"dl", "dt", "dd", "bdi", "div"}
    )
    assert "us02web" in outside
    assert "s3cr3t" not in outside
    (details,) = [node for node in walk(render(MODELS["ready"])) if node.tag == "details"]
    assert "open" not in details.attributes
    assert text_of(details).count("s3cr3t") == 1


@pytest.mark.parametrize(("name", "code"), [("failed", "network"), ("told", "popup_closed")])
def test_a_notice_is_an_alert_with_its_code(name: str, code: str) -> None:
    (alert,) = find(MODELS[name], part="notice")
    assert alert.attributes["role"] == "alert"
    assert alert.attributes["data-code"] == code
    notice = MODELS[name].notice
    assert notice is not None
    assert text_of(alert) == notice.text
    assert ("error" in alert.attributes["class"].split()) is (name == "failed")


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_there_is_one_live_region_and_it_stays_where_it_is(model: Model) -> None:
    """A live region that is made together with its words is not read."""
    (status,) = find(model, role="status")
    document = FakeDocument()
    mount = Mount(document, document.root)
    mount.show(render(MODELS["idle"]))
    region = document.root.find(role="status")
    mount.show(render(model))
    assert document.root.find(role="status") is region
    assert region.text == text_of(status)


@pytest.mark.parametrize("name", ["signing in", "creating", "ready", "copied"])
def test_what_happens_is_announced(name: str) -> None:
    (status,) = find(MODELS[name], role="status")
    assert text_of(status)


def test_nothing_is_announced_that_did_not_happen() -> None:
    for name in ("idle", "menu", "disabled"):
        (status,) = find(MODELS[name], role="status")
        assert text_of(status) == ""


HOSTILE = "<img src=x onerror=alert(1)>\u202e\u0000&amp;"


@given(st.text(max_size=40) | st.just(HOSTILE))
def test_any_topic_is_one_text_node_and_never_markup(topic: str) -> None:
    model = Model(State.READY, ONE, replace(SHOWN, topic=topic))
    plain = Model(State.READY, ONE, replace(SHOWN, topic="x"))
    tags = [node.tag for node in walk(render(model))]
    if topic:
        assert tags == [node.tag for node in walk(render(plain))]
        (holder,) = [n for n in walk(render(model)) if n.tag == "bdi" and n.children == (topic,)][
            :1
        ]
        assert holder.attributes == {}  # its direction stays its own


def test_the_same_model_always_looks_the_same() -> None:
    for model in MODELS.values():
        assert render(model) == render(replace(model))


def test_the_meeting_takes_over_the_focus_of_the_button_that_made_it() -> None:
    document = FakeDocument()
    mount = Mount(document, document.root)
    mount.show(render(MODELS["idle"]))
    document.root.find(data_action="add").focus()
    mount.show(render(MODELS["menu"]))
    assert document.focused is document.root.find(data_action="connect")
    for name in ("signing in", "creating", "ready"):
        mount.show(render(MODELS[name]))
        assert document.focused is not None, name
    assert document.focused is document.root.find(data_action="copy")


def test_copying_keeps_the_button_and_the_unfolded_details() -> None:
    document = FakeDocument()
    mount = Mount(document, document.root)
    mount.show(render(MODELS["ready"]))
    button = document.root.find(data_action="copy")
    details = next(node for node in document.root.walk() if node.tag == "details")
    mount.show(render(MODELS["copied"]))
    mount.show(render(MODELS["ready"]))
    assert document.root.find(data_action="copy") is button
    assert details.is_attached


def test_an_element_is_written_briefly() -> None:
    built = element("button", None, "Copy", class_="b", data_action="copy", hidden=True, title=None)
    assert built == Element(
        "button", {"class": "b", "data-action": "copy", "hidden": ""}, ("Copy",)
    )
