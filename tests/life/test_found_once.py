"""What `test_any_order` has found, each in its shortest form."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from zoom_meeting_testing.simulator import Expirable

from tests.life.any_order import AnyOrder

DANA, KIM = 0, 1  # in the machine's book


@pytest.fixture
def machine() -> Iterator[AnyOrder]:
    """Signed in, with a meeting for Dana, whose appointment is open in the first tab."""
    machine = AnyOrder()
    machine.begin(multiline=True, text="Allergic to latex", is_signed_in=True)
    assert count_living(machine, DANA) == 1
    try:
        yield machine
        check(machine)
    finally:
        machine.teardown()


def click(machine: AnyOrder, tab: int, action: str, pause: float = 5) -> None:
    chosen = machine.tab(tab)
    place = chosen.document.places[0]
    machine.click_on(chosen, place, place.actions.index(action), pause)


def count_living(machine: AnyOrder, entry: int) -> int:
    return len(machine.living(machine.entries[entry]))


def check(machine: AnyOrder) -> None:
    machine.there_is_one_meeting()
    machine.no_word_of_anybody_is_lost()
    machine.no_secret_shows()
    machine.what_is_shown_agrees_with_itself()


def lose_create(machine: AnyOrder) -> None:
    machine.go_wrong("create", "cut after", 1)
    machine.go_wrong("list", "cut before", 9)
    click(machine, 0, "add", 10)
    machine.recover()
    assert machine.tab(0).document.places[0].code == "outcome_unknown"


def test_a_create_that_got_lost_in_another_tab_is_looked_for(machine: AnyOrder) -> None:
    machine.turn_to(0, KIM, 1)
    machine.open_tab(KIM, 1)
    lose_create(machine)
    click(machine, 1, "add")
    assert count_living(machine, KIM) == 1


def test_a_tab_that_opens_later_hears_of_it_too(machine: AnyOrder) -> None:
    machine.turn_to(0, KIM, 1)
    lose_create(machine)
    machine.open_tab(KIM, 5)
    assert machine.tab(1).document.places[0].model.state in {"idle", "ready"}
    machine.click_add(1, 0, 5)
    assert count_living(machine, KIM) == 1


def test_a_meeting_without_a_line_is_taken_over_by_a_tab_that_opens_later(
    machine: AnyOrder,
) -> None:
    machine.turn_to(0, KIM, 1)
    machine.meddle(0, "reverts")
    click(machine, 0, "add")
    machine.open_tab(KIM, 1)
    click(machine, 1, "add")
    assert count_living(machine, KIM) == 1
    assert machine.tab(1).document.field.meetings


def test_an_appointment_that_was_left_in_the_middle_keeps_its_meeting(machine: AnyOrder) -> None:
    machine.turn_to(0, KIM, 1)
    click(machine, 0, "add", 0)
    machine.turn_to(0, DANA, 5)
    machine.open_tab(KIM, 1)
    click(machine, 1, "add")
    assert count_living(machine, KIM) == 1


def test_that_an_old_meeting_is_gone_says_nothing_about_the_new_one(machine: AnyOrder) -> None:
    machine.open_tab(DANA, 3)
    machine.end_connection(Expirable.ACCESS_TOKENS)
    machine.delete_in_zoom(DANA)
    machine.reload(0, 5)
    click(machine, 0, "add")
    machine.reschedule(1, 1, 8)  # makes the other tab look, and clean its own line
    click(machine, 1, "add")
    assert count_living(machine, DANA) == 1


def test_a_copied_tab_forgets_what_is_noted(machine: AnyOrder) -> None:
    machine.turn_to(0, KIM, 1)
    click(machine, 0, "add", 0.15)
    machine.duplicate_tab(0, 0)
    machine.wait(5)
    machine.reload(1, 5)
    machine.let_it_all_settle()


def test_a_colleagues_meeting_is_not_cleaned_after_switching_accounts(machine: AnyOrder) -> None:
    click(machine, 0, "account", 1)
    click(machine, 0, "switch-account", 1)
    machine.answer_popup(0, "other", 5)
    machine.reschedule(0, 1, 5)
    assert machine.tab(0).document.places[0].code == "meeting_gone"
    assert machine.tab(0).document.field.meetings


def test_tabs_do_not_hand_a_dead_token_round_for_ever(machine: AnyOrder) -> None:
    """Two tabs look; a third has not noticed that the token is dead, and offers it to both."""
    machine.duplicate_tab(0, 15)
    machine.duplicate_tab(0, 15)
    machine.end_connection("elsewhere")
    machine.simulator.clear_requests()
    machine.reload(0, 0)
    machine.reload(1, 0)
    machine.wait(20)
    assert len(machine.simulator.list_requests()) <= 6


def repeat_creates(machine: AnyOrder, times: int) -> None:
    """The meeting that is open is looked up, and its connection stays open."""
    machine.simulator.add_fault({"operation": "create", "kind": "drop_reused", "times": times})
    machine.reload(0, 3)


def test_a_create_that_the_browser_repeats_makes_one_meeting(machine: AnyOrder) -> None:
    repeat_creates(machine, 1)
    machine.turn_to(0, KIM, 1)
    click(machine, 0, "add", 0.5)
    assert machine.tab(0).document.places[0].model.state == "ready"
    assert count_living(machine, KIM) == 2
    assert not machine.simulator.list_faults()
    machine.wait(5)
    assert count_living(machine, KIM) == 1
    assert machine.tab(0).document.field.meetings


def test_the_twin_is_deleted_though_the_appointment_was_closed(machine: AnyOrder) -> None:
    repeat_creates(machine, 1)
    machine.turn_to(0, KIM, 1)
    click(machine, 0, "add", 0)
    machine.turn_to(0, DANA, 5)
    assert not machine.simulator.list_faults()
    assert count_living(machine, KIM) == 1
