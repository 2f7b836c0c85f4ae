"""Pages of all kinds around the widget: mistakes, frameworks, and hostile names."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect
from zoom_meeting_testing.pages import MeetingWidget, TabStorage
from zoom_meeting_testing.simulator import Operation

from e2e.delivery import DIST
from e2e.stage import LINK, MAYA, wait_until
from web.manifest import compute_integrity, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable

    from zoom_meeting_testing.simulator import Simulator

    from e2e.hosts import HostPages
    from e2e.watcher import Watcher
    from e2e.zoom_side import ZoomSide

GOOD = {
    "appointment": "7",
    "client": "Dana Lee",
    "starts": "2199-11-12T18:00",
    "time-zone": "America/New_York",
    "notes": "#notes",
}
LINE = f"Zoom: [Appointment with Dana Lee] Tuesday, November 12 2199 6:00 pm — {LINK}"

BAD_ATTRIBUTES: list[tuple[str, str | None]] = [
    ("appointment", None),
    ("starts", None),
    ("notes", None),
    ("starts", "2199-11-12T18:00Z"),
    ("starts", "2199-02-30T18:00"),
    ("time-zone", "Mars/Olympus_Mons"),
    ("time-zone", "+01:00"),
    ("duration", "1441"),
    ("duration", "an hour"),
    ("notes", "#nowhere"),
    ("notes", "[[["),
    ("notes", "#no-field"),
]
BAD_SCRIPTS: dict[str, dict[str, str | None]] = {
    "data-client-id": {"data-client-id": None},
    "data-redirect-uri": {"data-redirect-uri": "https://elsewhere.example/callback.html"},
}
NAMES = {
    "markup": "<img src=x onerror=alert(1)><b>Dana</b>",
    "brackets": "Sam [VIP] Okafor] 1 — 2",
    "right-to-left": "نورة الحربي \u202eeel anaD",
    "emoji": "Marguerite-Anne 🌸👩🏽‍🚀",
    "line-breaks": "Dana\nLee\r\nthe second",
    "note-line": f"{LINE} Zoom: [",
    "script": "</textarea><script>alert(1)</script>",
    "ampersands": "Chloé & Pat &lt;3 {client}",
}

LOAD_ANEW = """
(element) => new Promise((resolve) => {
  const { parentNode, nextSibling } = element;
  document.addEventListener("zoom-meeting:loaded", ({ detail }) => resolve(detail), { once: true });
  element.remove();
  setTimeout(() => parentNode.insertBefore(element, nextSibling));
})
"""


def write_element(name: str = "widget", **changes: str | None) -> str:
    attributes = {**GOOD, **{key.replace("_", "-"): value for key, value in changes.items()}}
    written = " ".join(
        f'{key}="{escape(value)}"' for key, value in attributes.items() if value is not None
    )
    return f'<zoom-meeting id="{name}" {written}></zoom-meeting>'


def read_events(page: Page) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = page.evaluate("() => window.meetingEvents")
    return events


@pytest.fixture
def show(page: Page, hosts: HostPages, hosts_url: str) -> Callable[..., MeetingWidget]:
    """A function that opens a page with this markup, and returns its widget."""

    def show(body: str, **options: Any) -> MeetingWidget:
        page.goto(hosts_url + hosts.serve(body, **options))
        return MeetingWidget.find(page, "#widget")

    return show


# Mistakes


def test_each_bad_attribute_is_named_and_breaks_nothing_else(
    page: Page, show: Callable[..., MeetingWidget], expect_errors: Callable[..., None]
) -> None:
    elements = [
        write_element(f"bad-{number}", **{name: value})
        for number, (name, value) in enumerate(BAD_ATTRIBUTES)
    ]
    expect_errors(*(f"zoom-meeting: The attribute “{name}”" for name, _ in BAD_ATTRIBUTES))
    good = show(
        '<textarea id="notes"></textarea><p id="no-field"></p>'
        + "".join(elements)
        + write_element("widget")
    )
    good.wait_for_state("idle")

    for number, (name, value) in enumerate(BAD_ATTRIBUTES):
        widget = MeetingWidget.find(page, f"#bad-{number}")
        expect(widget.root, f"{name}={value}").to_have_attribute("data-state", "error")
        expect(widget.message).to_contain_text(f"The attribute “{name}”")
        expect(widget.add_button).to_have_count(0)
    codes = {event["detail"]["code"] for event in read_events(page)}
    assert codes == {"bad_attribute", "notes_not_found"}
    assert len(read_events(page)) == len(BAD_ATTRIBUTES)
    good.add_button.click()
    expect(good.menu).to_be_visible()

    # Once corrected, it works.
    mended = MeetingWidget.find(page, "#bad-1")
    mended.root.evaluate("element => element.setAttribute('starts', '2199-11-12T18:00')")
    mended.wait_for_state("idle")
    expect(mended.notice).to_have_count(0)


def test_a_script_that_its_tag_vouches_for_runs(show: Callable[..., MeetingWidget]) -> None:
    right = read_manifest(DIST)["integrity"]["embed.js"]
    widget = show('<textarea id="notes"></textarea>' + write_element(), script={"integrity": right})
    widget.wait_for_state("idle")


def test_another_script_is_refused(
    page: Page, show: Callable[..., MeetingWidget], expect_errors: Callable[..., None]
) -> None:
    expect_errors("integrity")
    other = compute_integrity((DIST / "embed.js").read_bytes() + b"\n")
    show('<textarea id="notes"></textarea>' + write_element(), script={"integrity": other})
    assert page.evaluate("customElements.get('zoom-meeting') === undefined")


@pytest.mark.parametrize("attribute", BAD_SCRIPTS)
def test_bad_script_attribute_is_named_in_every_element(
    page: Page,
    show: Callable[..., MeetingWidget],
    expect_errors: Callable[..., None],
    attribute: str,
) -> None:
    expect_errors(f"zoom-meeting: The attribute “{attribute}”")
    body = '<textarea id="notes"></textarea>' + write_element() + write_element("other")
    widget = show(body, script=BAD_SCRIPTS[attribute])
    for each in (widget, MeetingWidget.find(page, "#other")):
        each.wait_for_state("error")
        expect(each.notice).to_have_attribute("data-code", "bad_attribute")
        expect(each.message).to_contain_text(attribute)
    # Opened again, it says so again and breaks nothing.
    widget.root.evaluate("element => element.setAttribute('client', 'Somebody Else')")
    expect(widget.message).to_contain_text(attribute)


def test_disabled_and_past_appointments_make_no_meeting(
    page: Page,
    show: Callable[..., MeetingWidget],
    simulator: Simulator,
) -> None:
    widget = show(
        '<textarea id="notes">Tea</textarea>'
        + write_element(disabled="")
        + write_element("past", starts="2020-11-12T18:00", appointment="8")
    )
    past = MeetingWidget.find(page, "#past")
    past.wait_for_state("idle")
    TabStorage(page).keep_token(simulator.issue_tokens(MAYA))

    expect(widget.add_button).to_be_disabled()
    widget.add_button.dispatch_event("click")
    assert widget.state == "idle"

    past.add_button.click()
    expect(past.notice).to_have_attribute("data-code", "starts_in_past")
    expect(past.message).to_contain_text("Zoom cannot schedule a meeting in the past")
    assert simulator.list_requests() == []
    expect(page.locator("#notes")).to_have_value("Tea")

    widget.root.evaluate("element => element.removeAttribute('disabled')")
    expect(widget.add_button).to_be_enabled()
    widget.add_button.click()
    widget.wait_for_state("ready")


# Life-cycles


def test_script_twice_starts_python_once(
    page: Page, show: Callable[..., MeetingWidget], watcher: Watcher
) -> None:
    widget = show('<textarea id="notes"></textarea>' + write_element(), scripts=2)
    page.evaluate(
        """() => new Promise((resolve, reject) => {
          const again = document.createElement("script");
          again.type = "module";
          again.src = "/zoom/embed.js?again";
          again.onload = resolve;
          again.onerror = reject;
          document.head.append(again);
        })"""
    )
    widget.wait_for_state("idle")
    expect(widget.add_button).to_have_count(1)
    assert page.locator("script[type=py]").count() == 1
    assert sum("/assets/pywidget-" in url for url in watcher.requests) == 1
    widget.add_button.click()
    expect(widget.menu).to_be_visible()


def test_element_comes_and_goes_as_frameworks_please(
    page: Page, show: Callable[..., MeetingWidget], simulator: Simulator, zoom_side: ZoomSide
) -> None:
    show('<textarea id="notes">Tea</textarea><main id="one"></main><main id="two"></main>')
    page.evaluate(
        "markup => { document.getElementById('one').innerHTML = markup }", write_element()
    )
    widget = MeetingWidget.find(page, "#widget")
    widget.wait_for_state("idle")

    # Moved: it is the same widget still, with its menu open.
    widget.add_button.click()
    widget.root.evaluate("element => document.getElementById('two').append(element)")
    expect(page.locator("#two zoom-meeting")).to_have_count(1)
    expect(widget.menu).to_be_visible()

    # Removed and added again: it starts from the beginning.
    page.evaluate("() => { window.kept = document.getElementById('widget'); kept.remove() }")
    expect(widget.root).to_have_count(0)
    page.evaluate("() => { document.getElementById('one').append(kept) }")
    widget.wait_for_state("idle")
    expect(widget.menu).to_have_count(0)

    # Removed while the meeting is created: nothing breaks, and the meeting exists afterwards.
    TabStorage(page).keep_token(simulator.issue_tokens(MAYA))
    simulator.add_fault({"operation": "create", "kind": "delay", "seconds": 0.3})
    widget.add_button.click()
    widget.wait_for_state("creating")
    wait_until(page, lambda: zoom_side.count_calls(Operation.CREATE) == 1)
    page.evaluate("() => { kept.remove() }")
    wait_until(page, lambda: zoom_side.count_answers(Operation.CREATE) == 1)
    page.evaluate("() => { document.getElementById('two').append(kept) }")
    widget.wait_for_state("ready")
    link = zoom_side.join_url(zoom_side.get_meeting())
    expect(widget.client_link).to_have_attribute("href", link)
    assert page.locator("#notes").input_value().endswith(link)
    assert zoom_side.count_calls(Operation.CREATE) == 1


def test_changed_attributes_show_another_appointment(
    page: Page, show: Callable[..., MeetingWidget]
) -> None:
    widget = show(
        f'<textarea id="notes">Tea</textarea><textarea id="others">{LINE}</textarea>'
        + write_element()
    )
    widget.wait_for_state("idle")
    widget.root.evaluate(
        """element => {
          element.setAttribute("appointment", "8");
          element.setAttribute("notes", "#others");
          element.setAttribute("time-zone", "Europe/Berlin");
        }"""
    )
    widget.wait_for_state("ready")
    expect(widget.client_link).to_have_attribute("href", LINK)
    expect(widget.start).to_have_text("Tuesday, November 12 2199 12:00 pm")
    expect(widget.start_elsewhere).to_have_text("Tuesday, November 12 2199 6:00 pm (Berlin)")
    assert [event["detail"]["appointment"] for event in read_events(page)] == ["8"]
    widget.root.evaluate("element => element.setAttribute('notes', '#notes')")
    widget.wait_for_state("idle")


def test_notes_field_that_comes_after_the_element_is_found(
    page: Page, show: Callable[..., MeetingWidget]
) -> None:
    widget = show(write_element())
    page.evaluate(
        """line => {
          const element = document.getElementById("widget");
          const original = Object.getPrototypeOf(element).constructor.attach;
          element.constructor.attach = (handlers) => {
            original.call(element.constructor, handlers);
            setTimeout(() => {
              const field = document.createElement("textarea");
              field.id = "notes";
              field.value = line;
              document.body.append(field);
            }, 100);
          };
        }""",
        LINE,
    )
    widget.wait_for_state("ready")
    expect(widget.client_link).to_have_attribute("href", LINK)
    assert [event["name"] for event in read_events(page)] == ["loaded"]


# Notes of every kind


def test_every_kind_of_notes_field_gets_its_line_and_real_events(
    page: Page, show: Callable[..., MeetingWidget], simulator: Simulator, zoom_side: ZoomSide
) -> None:
    show(
        '<textarea id="area">Tea\n</textarea>'
        '<input id="line" value="Tea">'
        '<div id="rich" contenteditable><b>No milk</b>, tea</div>'
        + write_element("in-area", notes="#area", appointment="1")
        + write_element("in-line", notes="#line", appointment="2")
        + write_element("in-rich", notes="#rich", appointment="3")
        + '<shadow-appointment><template><textarea id="area">Coffee</textarea>'
        + write_element("in-shadow", notes="#area", appointment="4")
        + "</template></shadow-appointment>"
    )
    MeetingWidget.find(page, "#in-shadow").wait_for_state("idle")
    TabStorage(page).keep_token(simulator.issue_tokens(MAYA))
    page.evaluate(
        """() => {
          window.heard = [];
          const shadow = document.querySelector("shadow-appointment").shadowRoot;
          for (const name of ["input", "change"]) {
            document.addEventListener(name, (event) => {
              window.heard.push(`${name} ${event.target.id || event.target.localName}`);
            });
            shadow.addEventListener(name, () => window.heard.push(`${name} shadow`));
          }
        }"""
    )

    links = []
    for name in ("area", "line", "rich", "shadow"):
        widget = MeetingWidget.find(page, f"#in-{name}")
        widget.add_button.click()
        widget.wait_for_state("ready")
        links.append(widget.client_link.get_attribute("href"))
    area, line, rich, shadow = (
        f"Zoom: [Appointment with Dana Lee] Tuesday, November 12 2199 6:00 pm — {link}"
        for link in links
    )

    assert sorted(filter(None, links)) == sorted(
        zoom_side.join_url(meeting) for meeting in zoom_side.list_meetings()
    )
    # Only what is at the end was added: a break before it, or after it where one stood already.
    expect(page.locator("body > #area")).to_have_value(f"Tea\n{area}\n")
    expect(page.locator("#line")).to_have_value(f"Tea {line}")
    expect(page.locator("shadow-appointment #area")).to_have_value(f"Coffee\n{shadow}")
    assert page.locator("#rich").inner_text().replace("\xa0", " ") == f"No milk, tea\n{rich}"
    assert page.locator("#rich b").inner_text() == "No milk"
    heard = page.evaluate("() => window.heard")
    for field in ("area", "line", "rich", "shadow"):
        assert f"input {field}" in heard
        assert f"change {field}" in heard
        assert heard.index(f"input {field}") < heard.index(f"change {field}")


def test_notes_that_do_not_take_the_line_offer_to_save_again(
    page: Page, show: Callable[..., MeetingWidget], simulator: Simulator, zoom_side: ZoomSide
) -> None:
    widget = show('<textarea id="notes" maxlength="40">Tea</textarea>' + write_element())
    widget.wait_for_state("idle")
    TabStorage(page).keep_token(simulator.issue_tokens(MAYA))
    widget.add_button.click()
    widget.wait_for_state("ready")
    expect(widget.notice).to_have_attribute("data-code", "notes_write_failed")
    expect(page.locator("#notes")).to_have_value("Tea")
    expect(widget.client_link).to_be_visible()

    widget.save_again_button.click()
    expect(widget.notice).to_have_attribute("data-code", "notes_write_failed")
    page.locator("#notes").evaluate("field => field.removeAttribute('maxlength')")
    widget.save_again_button.click()
    expect(widget.notice).to_have_count(0)
    link = zoom_side.join_url(zoom_side.get_meeting())
    expect(page.locator("#notes")).to_have_value(
        f"Tea\nZoom: [Appointment with Dana Lee] Tuesday, November 12 2199 6:00 pm — {link}"
    )


# Hostile names


def test_hostile_client_names_are_text_and_nothing_else(
    page: Page, show: Callable[..., MeetingWidget], simulator: Simulator, zoom_side: ZoomSide
) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    # Several meetings in several fields: a hostile line must not leak from one into another.
    show(
        "".join(
            f'<textarea id="notes-{name}">Tea</textarea>'
            + write_element(name, client=client, appointment=name, notes=f"#notes-{name}")
            for name, client in NAMES.items()
        )
    )
    MeetingWidget.find(page, "#ampersands").wait_for_state("idle")
    TabStorage(page).keep_token(simulator.issue_tokens(MAYA))

    for number, (name, client) in enumerate(NAMES.items(), 1):
        widget = MeetingWidget.find(page, f"#{name}")
        widget.add_button.click()
        widget.wait_for_state("ready")
        topic = "Appointment with " + re.sub(r"[\r\n ]+", " ", client)
        made = {meeting.topic: meeting for meeting in zoom_side.list_meetings()}
        assert len(made) == number
        topic = topic if len(topic) <= 200 else topic[:199].rstrip() + "…"
        link = zoom_side.join_url(made[topic])

        notes = page.locator(f"#notes-{name}")
        expect(notes).to_have_value(
            f"Tea\nZoom: [{topic}] Tuesday, November 12 2199 6:00 pm — {link}"
        )
        expect(widget.client_link).to_have_attribute("href", link)
        widget.details_summary.click()
        assert widget.detail("Topic").evaluate("each => each.textContent") == topic

        # Read from the note alone, it is the same meeting.
        found = widget.root.evaluate(LOAD_ANEW)
        assert (found["topic"], found["joinUrl"]) == (topic, link)
        expect(widget.start).to_have_text("Tuesday, November 12 2199 6:00 pm")
    assert dialogs == []
    assert page.locator("zoom-meeting img, zoom-meeting script").count() == 0
