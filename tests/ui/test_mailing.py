"""Who sends the client the link: said without opening anything, and never more than is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pywidget.connection.account import Connection
from pywidget.ui.mailing import describe_mailing
from pywidget.ui.node import Element
from pywidget.ui.view import render
from pywidget.widget.shown_meeting import ShownMeeting
from tests.doubles.english import WORDS
from tests.ui.models import MODELS, ONE, OWN_LINK, READY, SHOWN, ZOOM

BASIC = replace(ZOOM, is_licensed=False)
UNKNOWN = Connection("maya@lotus-spa.example")
OWN = replace(SHOWN, link=OWN_LINK)
EMAIL = "dana@example.com"
MAILED = replace(OWN, mailed_to=EMAIL)


@pytest.mark.parametrize(
    ("shown", "connection", "email", "words"),
    [
        (MAILED, ZOOM, EMAIL, "Zoom has emailed the link to dana@example.com."),
        (MAILED, None, "", "Zoom has emailed the link to dana@example.com."),
        (OWN, ZOOM, "another@example.com", "Zoom has emailed the link to the client."),
        (OWN, BASIC, "", "Zoom has emailed the link to the client."),
        (
            SHOWN,
            BASIC,
            EMAIL,
            "Your Zoom plan doesn't email clients. Dana gets the link from you.",
        ),
        (
            SHOWN,
            ZOOM,
            "",
            (
                "Zoom can't email the client: this appointment has no email address."
                " Dana gets the link from you."
            ),
        ),
        (SHOWN, ZOOM, EMAIL, "Zoom doesn't email this link. Dana gets the link from you."),
        (SHOWN, UNKNOWN, "", "Zoom doesn't email this link. Dana gets the link from you."),
        (SHOWN, None, EMAIL, "Zoom doesn't email this link. Dana gets the link from you."),
    ],
)
def test_the_panel_says_who_sends_the_link(
    shown: ShownMeeting, connection: Connection | None, email: str, words: str
) -> None:
    appointment = replace(ONE, client_email=email)
    model = replace(READY, appointment=appointment, shown=shown, connection=connection)
    assert WORDS.write_all(describe_mailing(model, shown)) == words


def test_the_address_that_zoom_has_written_to_stays_whatever_the_page_says_later() -> None:
    shown = replace(OWN, mailed_to="old@example.com")
    model = replace(READY, appointment=replace(ONE, client_email=EMAIL), shown=shown)
    said = WORDS.write_all(describe_mailing(model, shown))
    assert said == "Zoom has emailed the link to old@example.com."


def test_a_client_without_a_name_is_the_client() -> None:
    model = replace(READY, appointment=replace(ONE, client=""))
    assert WORDS.write_all(describe_mailing(model, SHOWN)).endswith(
        "The client gets the link from you."
    )


@pytest.mark.parametrize("name", MODELS)
def test_the_line_stands_in_every_panel_of_a_meeting_that_takes_place(name: str) -> None:
    model = MODELS[name]
    panels = [
        node for node in render(model, WORDS) if isinstance(node, Element) and node.tag == "section"
    ]
    lines = [
        child
        for panel in panels
        for child in panel.children
        if isinstance(child, Element) and child.attributes.get("part") == "mailing"
    ]
    takes_place = model.appointment is not None and model.appointment.is_booked
    exists = takes_place and model.shown is not None and not model.shown.is_gone
    assert len(lines) == exists
