"""What the user sees and a screen reader says, in every state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pywidget.browser.mount import Mount
from pywidget.connection.account import Connection
from pywidget.connection.route import Route
from pywidget.connection.wanted import Wanted
from pywidget.domain.join_link import JoinLink, LinkKind, is_trusted_host
from pywidget.domain.url import parse_url
from pywidget.ui.controls import ZOOM_MEETINGS_PAGE
from pywidget.ui.node import Element, Node, element
from pywidget.ui.view import render, render_host
from pywidget.widget import notices
from pywidget.widget.actions import Action
from pywidget.widget.model import Abilities, Copyable, Delivery, Menu, Model, State
from pywidget.widget.shown_meeting import ShownMeeting
from pywidget.zoom.scopes import Scope
from tests.doubles.dom import FakeDocument, FakePage
from tests.doubles.english import WORDS
from tests.ui.models import (
    GUEST_LINK,
    LINK,
    LINK_NAME,
    MODELS,
    ONE,
    OWN_LINK,
    PLAIN_DRIFT,
    READY,
    SHOWN,
    ZOOM,
)

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
    found = [node for node in walk(render(model, WORDS)) if node.tag in INTERACTIVE]
    names = [name_of(node) for node in found]
    places = {name: node.attributes.get("href") for name, node in zip(names, found, strict=True)}
    assert all(
        names.count(name) == 1
        or all(
            node.attributes.get("href") == places[name] is not None
            for other, node in zip(names, found, strict=True)
            if other == name
        )
        for name in places
    ), names  # two links to one place are the same to everyone
    return dict(zip(names, found, strict=True))


def find(model: Model, **wanted: str) -> list[Element]:
    pairs = {name.rstrip("_").replace("_", "-"): text for name, text in wanted.items()}
    return [node for node in walk(render(model, WORDS)) if pairs.items() <= node.attributes.items()]


ZOOM_PAGE = "Open my Zoom meetings"
DETAILS = ["Details", ZOOM_PAGE]
PANEL = [LINK_NAME, "Copy", "Start meeting", "Send to client", *DETAILS, "Remove meeting"]
CONNECTED_PANEL = ["Zoom account", *PANEL]
RECORD = ["Zoom account", LINK_NAME, "Copy", *DETAILS]
ACCOUNT_MENU = ["Switch account", "Disconnect", ZOOM_PAGE]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("idle", ["Add Meeting"]),
        ("idle, connected", ["Add Meeting", "Zoom account"]),
        ("disabled", ["Add Meeting"]),
        ("menu", ["Add Meeting", "Add Zoom Meeting"]),
        ("choices", ["Add Meeting", "Zoom account", "Add Zoom Meeting"]),
        ("choices, signed out", ["Add Meeting", "Add Zoom Meeting"]),
        ("account", ["Add Meeting", "Zoom account", *ACCOUNT_MENU]),
        ("told", ["Add Meeting", "Dismiss"]),
        ("failed", ["Add Meeting", "Dismiss", "Details"]),
        (
            "unknown",
            ["Add Meeting", "Zoom account", "Dismiss", "Create anyway", ZOOM_PAGE, "Details"],
        ),
        ("bad attribute", ["Details"]),
        ("cleaned", ["Add Meeting", "Zoom account", "Dismiss", "Undo", "Add again"]),
        ("signing in", ["Add Meeting", "Show window", "Cancel"]),
        ("creating", ["Add Meeting"]),
        ("ready", PANEL),
        ("connected", CONNECTED_PANEL),
        ("copied", [LINK_NAME, "Copied", *PANEL[2:]]),
        (
            "send",
            [
                *PANEL[:4],
                "Email",
                "Text message",
                "Copy invitation",
                "Calendar file",
                "Invite another person",
                *PANEL[4:],
            ],
        ),
        ("remove", [*CONNECTED_PANEL, "Cancel", "Remove"]),
        ("ready, account", [*dict.fromkeys(["Zoom account", *ACCOUNT_MENU, *PANEL])]),
        ("drift", [*CONNECTED_PANEL, "Update Zoom to 6:00 pm", "Update note to 7:30 pm"]),
        ("other host", CONNECTED_PANEL),
        ("other host, may move", [*CONNECTED_PANEL, "Move to kim@lotus-spa.example"]),
        ("gone", ["Zoom account", LINK_NAME, "Copy", *DETAILS, "Remove from notes", "Keep"]),
        ("not host", [*CONNECTED_PANEL, "Dismiss", "Switch account"]),
        ("connect again", [*PANEL, "Dismiss", "Connect to Zoom"]),
        ("updating", CONNECTED_PANEL),
        ("removing", CONNECTED_PANEL),
        ("signing in again", [*PANEL, "Show window", "Cancel"]),
        ("cancelled", []),
        ("cancelled, meeting", [*RECORD, "Remove meeting", "Keep"]),
        ("cancelled, remove", [*RECORD, "Remove meeting", "Keep", "Cancel", "Remove"]),
        ("cancelled, kept", [*RECORD, "Remove meeting"]),
        ("no-show", []),
        ("no-show, meeting", [*RECORD, "Remove meeting"]),
        ("done", []),
        ("done, meeting", [*RECORD, "Remove meeting"]),
        ("read-only", []),
        ("read-only, meeting", CONNECTED_PANEL[:-1]),
        ("read-only, drift", CONNECTED_PANEL[:-1]),
        ("read-only, gone", RECORD),
    ],
)
def test_these_controls_have_these_names(name: str, expected: list[str]) -> None:
    assert list(controls(MODELS[name])) == expected


def test_the_element_carries_its_state_and_whether_something_runs() -> None:
    hosts = [render_host(model, WORDS).attributes for model in (Model(), *MODELS.values())]
    assert {host["data-state"]: host["aria-busy"] for host in hosts} == {
        "loading": "false",  # the loader's, and nobody waits
        "idle": "false",
        "signing-in": "true",
        "creating": "true",
        "ready": "false",
        "updating": "true",
        "removing": "true",
        "gone": "false",
        "error": "false",
    }


@pytest.mark.parametrize("name", MODELS)
def test_no_two_controls_have_the_same_name(name: str) -> None:
    """Neither a screen reader's list of buttons nor a test could tell them apart."""
    controls(MODELS[name])


def test_a_notice_takes_over_the_button_that_it_offers() -> None:
    for name, button in (("connected to start", "Start meeting"), ("not saved", "Remove meeting")):
        (notice,) = find(MODELS[name], part="notice")
        assert button in {text_of(node) for node in walk([notice]) if node.tag == "button"}


@pytest.mark.parametrize(
    ("name", "control", "action"),
    [
        ("idle", "Add Meeting", "add"),
        ("menu", "Add Zoom Meeting", "connect"),
        ("idle, connected", "Zoom account", "account"),
        ("account", "Switch account", "switch-account"),
        ("account", "Disconnect", "disconnect"),
        ("unknown", "Create anyway", "create-anyway"),
        ("cleaned", "Undo", "undo"),
        ("cleaned", "Add again", "add"),
        ("signing in", "Show window", "show-window"),
        ("signing in", "Cancel", "cancel"),
        ("ready", "Copy", "copy"),
        ("copied", "Copied", "copy"),
        ("ready", "Start meeting", "start"),
        ("ready", "Send to client", "send"),
        ("ready", "Remove meeting", "remove"),
        ("send", "Copy invitation", "copy-invitation"),
        ("remove", "Remove", "confirm-remove"),
        ("remove", "Cancel", "dismiss"),
        ("drift", "Update Zoom to 6:00 pm", "update-zoom"),
        ("drift", "Update note to 7:30 pm", "update-note"),
        ("other host, may move", "Move to kim@lotus-spa.example", "hand-over"),
        ("failed", "Dismiss", "dismiss-notice"),
        ("gone", "Remove from notes", "clean"),
        ("gone", "Keep", "keep"),
        ("not host", "Switch account", "switch-account"),
        ("connect again", "Connect to Zoom", "connect"),
        ("connected to start", "Start meeting", "start"),
        ("not saved", "Save again", "save-again"),
        ("not saved", "Remove meeting", "remove"),
    ],
)
def test_a_control_does_what_it_says(name: str, control: str, action: str) -> None:
    assert controls(MODELS[name])[control].attributes["data-action"] == action


@pytest.mark.parametrize("name", MODELS)
def test_every_button_is_one_that_the_widget_understands(name: str) -> None:
    for node in walk(render(MODELS[name], WORDS)):
        if node.tag == "button":
            assert node.attributes["data-action"] in set(Action)


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_every_button_is_one_that_submits_nothing(model: Model) -> None:
    for node in walk(render(model, WORDS)):
        if node.tag == "button":
            is_of_form = node.attributes.get("data-action") == Action.SEND_INVITATION
            assert node.attributes["type"] == ("submit" if is_of_form else "button")
            assert name_of(node).strip()
        if node.tag == "form":
            assert node.attributes["method"] == "dialog"  # outside of one, it goes nowhere
            assert "action" not in node.attributes


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_no_element_brings_style_or_script_of_its_own(model: Model) -> None:
    for node in walk(render(model, WORDS)):
        assert node.tag not in {"style", "script", "iframe", "img"}
        assert "style" not in node.attributes
        assert "id" not in node.attributes  # a page may hold any number of widgets
        assert not any(name.startswith("on") for name in node.attributes)


def test_a_name_is_shown_once_to_those_who_point() -> None:
    """The style sheet shows the names of icon buttons; the browser must not show them again."""
    for model in MODELS.values():
        for node in walk(render(model, WORDS)):
            if "icon-button" in node.attributes.get("class", "").split():
                assert node.attributes["aria-label"]
                assert "title" not in node.attributes


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
    link = controls(MODELS["ready"])["Client link us02web.zoom.us/j/86012345678"]
    assert link.tag == "a"
    assert link.attributes["href"] == LINK.url
    assert link.attributes["target"] == "_blank"
    assert set(link.attributes["rel"].split()) >= {"noopener", "noreferrer"}


def test_the_link_to_zooms_own_page_is_held_to_what_all_links_are() -> None:
    url = parse_url(ZOOM_MEETINGS_PAGE)
    assert url is not None
    assert is_trusted_host(url.host)


def test_the_panel_tells_time_and_details() -> None:
    (panel,) = find(MODELS["ready"], aria_label="Zoom meeting with Dana")
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


@pytest.mark.parametrize("name", MODELS)
def test_no_two_groups_of_a_widget_have_the_same_name(name: str) -> None:
    """Whoever goes from group to group would not know which one it is."""
    names = [
        node.attributes["aria-label"]
        for node in walk(render(MODELS[name], WORDS))
        if "aria-label" in node.attributes and node.tag in {"section", "div"}
    ]
    assert len(names) == len(set(names))


def test_another_zone_stands_beside_the_viewers() -> None:
    there = text_of(find(MODELS["elsewhere"], part="elsewhere")[0])
    assert there == "Friday, March 6 2026 12:00 am (Berlin)"


def test_a_free_plan_is_told_in_a_line_of_the_panel_until_the_meeting_is_gone() -> None:
    free = MODELS["free plan"]
    assert "ends a meeting after 40 minutes" in text_of(find(free, class_="hint limit")[0])
    gone = replace(free, state=State.GONE, shown=replace(SHOWN, is_gone=True))
    for model in (gone, MODELS["connected"], MODELS["ready"], MODELS["idle, connected"]):
        assert find(model, class_="hint limit") == []


def test_a_warning_urges_nothing_that_it_offers() -> None:
    warned = controls(MODELS["overlap"])
    assert [*warned][-2:] == ["Remove meeting", "Keep"]
    assert list_primary(MODELS["overlap"]) == list_primary(MODELS["connected"])


def test_a_bare_link_shows_what_it_has() -> None:
    bare = replace(SHOWN, topic=None, starts_at=None, passcode=None)
    model = Model(State.READY, ONE, bare)
    assert text_of(find(model, part="start")[0]) == "Zoom meeting"
    assert [text_of(node) for node in walk(render(model, WORDS)) if node.tag == "dt"] == [
        "Meeting ID"
    ]
    room = replace(bare, link=JoinLink("zoom.us", LinkKind.PERSONAL, "dana.lee"))
    personal = Model(State.READY, ONE, room)
    # Nothing of it can be started or removed in Zoom.
    assert list(controls(personal)) == [
        "Client link zoom.us/my/dana.lee",
        "Copy",
        "Send to client",
        *DETAILS,
        "Remove it in Zoom",
    ]
    unfolded = controls(replace(personal, menu=Menu.SEND))
    assert "Calendar file" not in unfolded  # it has no time


@pytest.mark.parametrize(
    "name", ["ready", "updating", "removing", "gone", "account", "ready, account"]
)
def test_zooms_own_page_is_always_within_reach(name: str) -> None:
    links = {name: node.attributes for name, node in controls(MODELS[name]).items()}
    assert links[ZOOM_PAGE]["href"] == "https://zoom.us/meeting#/upcoming"
    assert set(links[ZOOM_PAGE]["rel"].split()) >= {"noopener", "noreferrer"}


def list_primary(model: Model) -> list[str]:
    found = walk(render(model, WORDS))
    return [
        name_of(each) for each in found if "primary" in each.attributes.get("class", "").split()
    ]


@pytest.mark.parametrize("name", MODELS)
def test_one_control_of_a_panel_is_primary_and_nowhere_more_than_one(name: str) -> None:
    primary = list_primary(MODELS[name])
    assert len(primary) <= 1
    is_over = name in {"cancelled, kept", "no-show, meeting", "done, meeting"}
    if MODELS[name].state is State.READY and not is_over:
        assert len(primary) == 1


@pytest.mark.parametrize(
    ("model", "primary"),
    [
        (MODELS["menu"], "Add Zoom Meeting"),
        (MODELS["connected"], "Send to client"),
        (replace(MODELS["connected"], shown=replace(SHOWN, link=OWN_LINK)), "Start meeting"),
        (
            replace(
                MODELS["connected"],
                shown=replace(SHOWN, link=OWN_LINK),
                connection=replace(ZOOM, denied=frozenset({Scope.READ})),
            ),
            "Send to client",
        ),
        (MODELS["drift"], "Update Zoom to 6:00 pm"),
        (
            replace(MODELS["drift"], connection=replace(ZOOM, denied=frozenset({Scope.UPDATE}))),
            "Update note to 7:30 pm",
        ),
        (MODELS["other host"], "Send to client"),
        (MODELS["other host, may move"], "Move to kim@lotus-spa.example"),
        (MODELS["gone"], "Remove from notes"),
        (MODELS["not saved"], "Save again"),
        (MODELS["try again"], "Try again"),
    ],
)
def test_what_most_people_do_next_is_primary(model: Model, primary: str) -> None:
    assert list_primary(model) == [primary]


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.shown])
def test_while_something_runs_nothing_leaves_its_place_and_nothing_can_be_pressed(
    name: str,
) -> None:
    """A control that vanishes makes room for another, under a mouse that is on its way."""
    model = replace(MODELS[name], state=State.READY, notice=None, menu=None, held_up=0)
    before = controls(model)
    for state in (State.UPDATING, State.REMOVING, State.SIGNING_IN):
        during = controls(replace(model, state=state))
        ways_out = ["Show window", "Cancel"] if state is State.SIGNING_IN else []
        assert_disabled(during, before, ways_out)
    assert_disabled(controls(replace(model, held_up=12)), before, ["Cancel"])


def assert_disabled(
    during: Mapping[str, Element], before: Iterable[str], ways_out: list[str]
) -> None:
    assert list(during) == [*before, *ways_out]
    for each, node in during.items():
        is_disabled = node.attributes.get("aria-disabled") == "true"
        assert is_disabled is (node.tag == "button" and each not in ways_out)


@pytest.mark.parametrize("name", ["told", "failed", "not host", "cleaned", "connected to start"])
def test_a_message_can_be_dismissed(name: str) -> None:
    assert "Dismiss" in controls(MODELS[name])


@pytest.mark.parametrize("name", ["gone", "not saved", "bad attribute"])
def test_a_question_has_to_be_answered(name: str) -> None:
    assert "Dismiss" not in controls(MODELS[name])


def test_secrets_stand_in_details_and_in_the_link_only() -> None:
    for model in MODELS.values():
        for node in walk(render(model, WORDS)):
            attributes = dict(node.attributes)
            if node.tag == "a" and attributes["href"].startswith(("mailto:", "sms:", "data:")):
                attributes.pop("href")  # it is made to be sent to the client
            elif node.tag == "a":
                assert attributes.pop("href") in {LINK.url, OWN_LINK.url, ZOOM_MEETINGS_PAGE}
            elif node.tag == "input":  # the same link, to be copied by hand
                assert attributes.pop("value", LINK.url) in {LINK.url, GUEST_LINK.url}
            assert "s3cr3t" not in str(attributes)
    outside = "".join(
        text_of(node)
        for node in walk(render(MODELS["ready"], WORDS))
        if not any(child.tag == "details" for child in walk([node]))
        and node.tag not in {"dl", "dt", "dd", "bdi", "div"}
    )
    assert "us02web" in outside
    assert "s3cr3t" not in outside
    (details,) = [node for node in walk(render(MODELS["ready"], WORDS)) if node.tag == "details"]
    assert "open" not in details.attributes
    assert text_of(details).count("s3cr3t") == 1


@pytest.mark.parametrize(("name", "code"), [("failed", "network"), ("told", "popup_closed")])
def test_a_notice_has_its_code_and_its_words(name: str, code: str) -> None:
    (box,) = find(MODELS[name], part="notice")
    assert box.attributes["data-code"] == code
    notice = MODELS[name].notice
    assert notice is not None
    text = WORDS.write_all(notice.messages)
    assert text_of(box).startswith(text)
    assert find(MODELS[name], part="message")[0].children == (text,)
    assert ("error" in box.attributes["class"].split()) is (name == "failed")


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS.keys())
def test_what_is_heard_stands_nowhere_among_what_is_seen(model: Model) -> None:
    """A live region around buttons and details would read them all, and one that comes is not."""
    for node in walk(render(model, WORDS)):
        assert node.attributes.get("role") not in {"alert", "status"}
        assert "aria-live" not in node.attributes


@pytest.mark.parametrize(("client", "name"), [("Dana", " with Dana"), ("", "")])
def test_controls_are_in_groups_that_name_the_client(client: str, name: str) -> None:
    one = replace(ONE, client=client)
    for model in MODELS.values():
        if model.appointment is None:
            continue
        for node in render(replace(model, appointment=one), WORDS):
            assert isinstance(node, Element)
            is_room = node.attributes["part"] == "panel" and node.tag == "div"
            (group,) = node.children if is_room else (node,)  # what keeps the room names nothing
            assert isinstance(group, Element)
            assert group.tag == "section" or group.attributes["role"] == "group"
            about = "Message about the " if group.attributes["part"] == "notice" else ""
            assert group.attributes["aria-label"] == f"{about}Zoom meeting{name}"


def test_a_disabled_element_says_why() -> None:
    (hint,) = find(MODELS["disabled"], part="hint")
    assert text_of(hint) == "No meeting can be added to this appointment."
    assert find(MODELS["idle"], part="hint") == []


@pytest.mark.parametrize("what", notices.NOT_COPIED)
def test_what_the_browser_did_not_copy_stands_whole_in_a_field(what: Copyable) -> None:
    model = replace(MODELS["ready"], notice=notices.NOT_COPIED[what])
    (field,) = find(model, part="by-hand")
    text = field.attributes.get("value") or text_of(field)
    assert LINK.url in text
    assert ("Passcode: s3cr3t-passcode" in text) is (what is Copyable.INVITATION)
    assert field.attributes.keys() >= {"readonly", "data-focus", "aria-label"}
    (message,) = find(model, part="message")
    assert "Press Ctrl+C" in text_of(message)


def details_of(model: Model) -> dict[str, str]:
    (details,) = [node for node in walk(render(model, WORDS)) if node.tag == "details"]
    terms = [text_of(node) for node in walk([details]) if node.tag == "dt"]
    values = [text_of(node) for node in walk([details]) if node.tag == "dd"]
    return dict(zip(terms, values, strict=True))


def test_what_support_asks_for_is_folded_up_in_the_notice() -> None:
    assert details_of(MODELS["failed"]) == {"For support": "network"}
    assert not [node for node in walk(render(MODELS["told"], WORDS)) if node.tag == "details"]


def test_beside_a_panel_it_stands_in_the_panels_own_details() -> None:
    assert details_of(MODELS["not host"]) == {
        "Topic": "Appointment with Dana Lee",
        "Meeting ID": "860 1234 5678",
        "Passcode": "s3cr3t-passcode",
        "For support": "not_host · HTTP 400 · Zoom code 3000",
    }
    assert "For support" not in details_of(MODELS["ready"])


HOSTILE = "<img src=x onerror=alert(1)>\u202e\u0000&amp;"


@given(st.text(max_size=40) | st.just(HOSTILE))
def test_any_topic_is_one_text_node_and_never_markup(topic: str) -> None:
    model = Model(State.READY, ONE, replace(SHOWN, topic=topic))
    plain = Model(State.READY, ONE, replace(SHOWN, topic="x"))
    tags = [node.tag for node in walk(render(model, WORDS))]
    if topic:
        assert tags == [node.tag for node in walk(render(plain, WORDS))]
        (holder,) = [
            n for n in walk(render(model, WORDS)) if n.tag == "bdi" and n.children == (topic,)
        ][:1]
        assert holder.attributes == {}  # its direction stays its own


def show_in_turn(*names: str) -> Iterator[FakeDocument]:
    """The camera has the focus at first."""
    document = FakeDocument()
    mount = Mount(FakePage(), document.host)
    for name in names:
        mount.show(render_host(MODELS[name], WORDS))
        if document.focused is None:
            document.root.find(data_action="add").focus()
        yield document


def test_the_focus_goes_from_the_camera_to_the_meetings_link_and_creates_nothing_on_its_way() -> (
    None
):
    names = ("idle", "menu", "signing in", "creating", "ready")
    focused = [document.focused for document in show_in_turn(*names)]
    assert [node.attributes["part"] for node in focused if node] == [
        "add-button",
        "menu",
        "progress",
        "progress",
        "copy-button",
    ]


RISKY = {
    "add",
    "connect",
    "create-anyway",
    "remove",
    "confirm-remove",
    "confirm-remove-and-tell",
    "clean",
    "update-zoom",
    "update-note",
    "switch-account",
    "disconnect",
    "undo",
    "save-again",
    "start",
}


@pytest.mark.parametrize(("before", "after"), list(product(MODELS, MODELS)))
def test_the_focus_is_put_on_no_control_that_does_something(before: str, after: str) -> None:
    """Whatever had it and whatever comes next: unless it stays, or goes back to what unfolded."""
    for number, control in enumerate(list_buttons(before)):
        document = FakeDocument()
        mount = Mount(FakePage(), document.host)
        mount.show(render_host(MODELS[before], WORDS))
        had_it = [node for node in document.root.walk() if node.tag == "button"][number]
        had_it.focus()
        mount.show(render_host(MODELS[after], WORDS))
        now = document.focused
        if now is None:
            assert after == "bad attribute"  # nothing is there that could have it
        elif now is not had_it:
            action = now.attributes.get("data-action")
            unfolded = {
                node.attributes["data-action"]
                for node in list_buttons(before)
                if node.attributes.get("aria-expanded") == "true"
            }
            assert action not in RISKY - unfolded, name_of(control)


def list_buttons(name: str) -> list[Element]:
    return [node for node in walk(render(MODELS[name], WORDS)) if node.tag == "button"]


def test_copying_keeps_the_button_and_the_unfolded_details() -> None:
    document = FakeDocument()
    mount = Mount(FakePage(), document.host)
    mount.show(render_host(MODELS["ready"], WORDS))
    button = document.root.find(data_action="copy")
    details = next(node for node in document.root.walk() if node.tag == "details")
    mount.show(render_host(MODELS["copied"], WORDS))
    mount.show(render_host(MODELS["ready"], WORDS))
    assert document.root.find(data_action="copy") is button
    assert details.is_attached


def test_an_element_is_written_briefly() -> None:
    built = element("button", None, "Copy", class_="b", data_action="copy", hidden=True, title=None)
    assert built == Element(
        "button", {"class": "b", "data-action": "copy", "hidden": ""}, ("Copy",)
    )


# What the panel offers depends on what is allowed, and on what is known


@pytest.mark.parametrize(
    ("denied", "missing"),
    [
        ({Scope.READ}, {"Start meeting"}),
        ({Scope.UPDATE}, {"Update Zoom to 6:00 pm"}),
        ({Scope.DELETE}, {"Remove meeting"}),
        (
            set(Scope) - {Scope.CREATE},
            {"Start meeting", "Update Zoom to 6:00 pm", "Remove meeting"},
        ),
    ],
)
def test_what_the_scopes_do_not_allow_is_not_offered(denied: set[Scope], missing: set[str]) -> None:
    model = replace(MODELS["drift"], connection=replace(ZOOM, denied=frozenset(denied)))
    before, after = set(controls(MODELS["drift"])), set(controls(model))
    assert before - after == missing
    links = {"Remove it in Zoom"} if "Remove meeting" in missing else set()
    assert after - before == links
    if links:
        link = controls(model)["Remove it in Zoom"].attributes
        assert link["href"] == "https://zoom.us/meeting#/upcoming"
        assert set(link["rel"].split()) >= {"noopener", "noreferrer"}


@pytest.mark.parametrize(
    ("connection", "words"),
    [
        (ZOOM, "Connected as maya@lotus-spa.example"),
        (Connection(), "Connected to Zoom"),
        (Connection(""), "Connected to Zoom"),  # Zoom does not tell every app
    ],
)
def test_the_account_menu_says_who_is_connected(connection: Connection, words: str) -> None:
    for name in ("account", "ready, account"):
        (who,) = find(replace(MODELS[name], connection=connection), part="account")
        assert text_of(who) == words


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (Route(), "Your sign-in goes straight to Zoom."),
        (Route(("app.example",)), "Your sign-in passes through app.example, which keeps nothing."),
        (
            Route(("a.example", "b.example:8443")),
            "through a.example and b.example:8443, which keep nothing.",
        ),
        (
            Route(forwarder="app.example"),
            "Your sign-in passes through app.example encrypted: only Zoom can read it.",
        ),
        (
            Route(("relay.example",), "app.example"),
            "through app.example encrypted, and through relay.example, which keeps nothing.",
        ),
    ],
)
def test_both_menus_say_what_a_sign_in_passes_through(route: Route, words: str) -> None:
    for name in ("menu", "account", "ready, account"):
        hints = [text_of(hint) for hint in find(replace(MODELS[name], route=route), part="hint")]
        assert any(words in hint for hint in hints), hints


def test_a_text_message_is_offered_only_where_one_can_be_sent() -> None:
    able, unable = MODELS["send"], replace(MODELS["send"], abilities=Abilities(sends_texts=False))
    assert set(controls(able)) - set(controls(unable)) == {"Text message"}


@pytest.mark.parametrize("action", [Action.SEND_EMAIL, Action.SEND_TEXT, Action.COPY_INVITATION])
def test_the_control_that_was_pressed_says_how_far_its_message_is(action: Action) -> None:
    def find_changed(*, is_done: bool) -> dict[str, str | None]:
        delivery = Delivery(action, is_done=is_done)
        now = controls(replace(MODELS["send"], delivery=delivery))
        names = now.keys() - controls(MODELS["send"]).keys()
        return {name: now[name].attributes.get("data-action") for name in names}

    assert find_changed(is_done=False) == {"Sending…": action}
    assert find_changed(is_done=True) == {"Sent": action}


@pytest.mark.parametrize("copied", [None, *Copyable])
def test_a_link_of_the_clients_own_says_so_when_it_is_copied(copied: Copyable | None) -> None:
    own = replace(READY, shown=replace(SHOWN, link=OWN_LINK), copied=copied)
    (label,) = find(own, class_="label")
    is_told = copied is Copyable.LINK
    assert text_of(label) == ("For this client only" if is_told else "Client link")
    (anybodys,) = find(replace(READY, copied=copied), class_="label")
    assert text_of(anybodys) == "Client link"


@pytest.mark.parametrize("name", ["idle, connected", "connected"])
def test_the_account_button_says_whether_its_menu_is_open(name: str) -> None:
    def expanded(model: Model) -> str:
        return controls(model)["Zoom account"].attributes["aria-expanded"]

    model = MODELS[name]
    assert expanded(model) == "false"
    assert expanded(replace(model, menu=Menu.ACCOUNT)) == "true"


@pytest.mark.parametrize(
    ("button", "menu"), [("Send to client", Menu.SEND), ("Remove meeting", Menu.REMOVE)]
)
def test_a_button_that_unfolds_says_so(button: str, menu: Menu) -> None:
    assert controls(READY)[button].attributes["aria-expanded"] == "false"
    unfolded = replace(READY, menu=menu)
    assert controls(unfolded)[button].attributes["aria-expanded"] == "true"
    (group,) = find(unfolded, role="group")
    assert group.attributes["aria-label"] == button


def test_mail_and_text_message_go_to_the_client_of_the_appointment() -> None:
    client = replace(ONE, client_email="dana@example.com", client_phone="+1 (555) 0100")
    model = replace(MODELS["send"], appointment=client)
    links = {name: node.attributes for name, node in controls(model).items() if node.tag == "a"}
    assert links["Email"]["href"].startswith("mailto:dana@example.com?subject=")
    assert links["Text message"]["href"].startswith("sms:+15550100?&body=")
    assert links["Calendar file"]["href"].startswith(
        "data:text/calendar;charset=utf-8,BEGIN%3AVCALENDAR"
    )
    calendar = unquote(links["Calendar file"]["href"])
    assert "DTSTART:20260305T230000Z" in calendar
    assert "DTEND:20260305T234500Z" in calendar
    assert "Passcode: s3cr3t-passcode" in calendar
    assert links["Calendar file"]["download"] == "zoom-meeting.ics"
    # Where mail is read on a website, it must not take the page's place.
    assert {name for name, each in links.items() if each.get("target") == "_blank"} == {
        LINK_NAME,
        ZOOM_PAGE,
        "Email",
        "Text message",
    }


@pytest.mark.parametrize(
    ("shown", "tells"),
    [
        (SHOWN, False),
        (replace(SHOWN, has_registration=True), True),
        (replace(SHOWN, link=OWN_LINK), True),
    ],
)
def test_a_registered_client_can_be_told_of_the_removal(
    shown: ShownMeeting, *, tells: bool
) -> None:
    model = replace(MODELS["remove"], shown=shown)
    assert ("Remove and tell the client" in controls(model)) is tells
    if tells:
        button = controls(model)["Remove and tell the client"]
        assert button.attributes["data-action"] == "confirm-remove-and-tell"


def test_another_time_in_zoom_is_said_with_zooms_time() -> None:
    (drift,) = find(MODELS["drift"], data_code="drift")
    assert "Thursday, March 5 2026 7:30 pm" in text_of(drift)
    agreed = replace(SHOWN, drift=replace(PLAIN_DRIFT, note_agrees=True))
    assert "Update note to 7:30 pm" not in controls(replace(MODELS["drift"], shown=agreed))
    assert "Update Zoom to 6:00 pm" in controls(replace(MODELS["drift"], shown=agreed))


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if model.is_busy])
def test_what_runs_is_shown_with_words(name: str) -> None:
    (progress,) = find(MODELS[name], part="progress")
    held_up = MODELS[name].held_up
    if held_up:
        assert text_of(progress) == f"Zoom is busy. Trying again in {held_up} s…Cancel"
        return
    if MODELS[name].wanted is Wanted.HAND_OVER:
        assert text_of(progress) == "Changing the host…"
        return
    assert text_of(progress).startswith(
        {
            State.SIGNING_IN: "Waiting for Zoom…",
            State.CREATING: "Creating the meeting…",
            State.UPDATING: "Moving the meeting…",
            State.REMOVING: "Removing the meeting…",
        }[MODELS[name].state]
    )


@pytest.mark.parametrize(
    ("before", "button", "after", "wanted"),
    [
        ("idle", "add", "menu", {"part": "menu"}),
        ("idle, connected", "add", "choices", {"part": "menu"}),
        ("idle, connected", "account", "account", {"part": "menu"}),
        ("connected", "account", "ready, account", {"part": "menu"}),
        ("ready", "send", "send", {"part": "menu"}),
        ("connected", "remove", "remove", {"data_action": "dismiss"}),
        ("not saved", "remove", "not saved, remove", {"data_action": "dismiss"}),
    ],
)
def test_what_unfolds_opens_on_what_does_no_harm_and_gives_the_focus_back(
    before: str, button: str, after: str, wanted: dict[str, str]
) -> None:
    document = FakeDocument()
    mount = Mount(FakePage(), document.host)
    mount.show(render_host(MODELS[before], WORDS))
    document.root.find(data_action=button).focus()
    mount.show(render_host(MODELS[after], WORDS))
    assert document.focused is document.root.find(**wanted)
    mount.show(render_host(MODELS[before], WORDS))
    assert document.focused is document.root.find(data_action=button)


def test_the_host_is_named_where_the_page_says_who_is_to_host() -> None:
    (line,) = find(MODELS["other host"], data_code="other-host")
    assert text_of(line) == (
        "This meeting is hosted by maya@lotus-spa.example, not by kim@lotus-spa.example."
    )
    assert "Host" in text_of(*find(MODELS["other host"], part="details"))
    nobody = replace(MODELS["other host"], appointment=ONE)
    assert not find(nobody, data_code="other-host")
    assert "Host" not in text_of(*find(nobody, part="details"))
