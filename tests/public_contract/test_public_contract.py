"""The written contract is the sources' own, and complete."""

from __future__ import annotations

import pytest

from pywidget.domain.appointment import parse_appointment
from pywidget.widget.actions import Action
from pywidget.widget.effects import EventName
from tests.public_contract.controls import list_actions, list_parts
from tests.public_contract.element import list_attributes_and_properties
from tests.public_contract.events import list_events
from tests.public_contract.sources import ContractError, find_in_files, find_members
from tests.public_contract.text import FILE, tell_changes, write_contract


def test_the_written_contract_is_the_sources_own() -> None:
    assert FILE.read_text("utf-8") == write_contract(), "make contract writes it anew"


def test_a_change_is_shown_and_asks_for_a_line_in_the_changelog() -> None:
    assert tell_changes("a\nb\n", "a\nb\n") == "The contract is as it was.\n"
    changed = tell_changes("a\nb\n", "a\nc\n").splitlines()
    assert changed == ["@@ -2 +2 @@", "-b", "+c", "Say so in CHANGELOG.md, under Unreleased."]


def test_every_action_that_the_widget_understands_is_on_a_control() -> None:
    """Else a view is missing among those that are painted, and its names with it."""
    told_by_the_loader = {Action.ESCAPE, Action.NOTES_EDITED}
    assert set(Action) - set(list_actions()) == told_by_the_loader


def test_every_event_has_somebody_who_fires_it() -> None:
    fired = {line.split()[0] for line in list_events()}
    told = {f"zoom-meeting:{name}" for name in EventName}
    assert fired == told | {"zoom-meeting:send"}  # a question, which web/sending.js asks


def test_every_part_in_the_sources_is_on_something_that_is_painted() -> None:
    assert find_in_files(r"\bpart=\"([\w-]+)[ \"]", "pywidget/ui/*.py") <= set(list_parts())


def test_what_the_sources_do_not_have_is_an_error_and_not_an_empty_list() -> None:
    with pytest.raises(ContractError, match="0 enums"):
        find_members("NoSuchEnum")
    with pytest.raises(ContractError, match="nothing in"):
        find_in_files("(no such text)", "web/*.css")


class Watched(dict[str, str]):
    """The attributes of an element, which remember the names that they were asked for."""

    def __init__(self, **attributes: str) -> None:
        super().__init__(attributes)
        self.asked: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)


def test_the_loader_watches_every_attribute_that_python_reads_and_no_other() -> None:
    attributes = Watched(appointment="812", starts="2026-03-05T18:00", notes="#notes")
    parse_appointment(attributes, local_zone="UTC", is_zone=lambda _name: True)
    assert attributes.asked == set(list_attributes_and_properties()[0])
