"""No secret strays, whatever is done and whatever fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from e2e.canary.defects import DEFECTS
from e2e.canary.faults import CALLS, Faults, choose_cells, list_cells
from e2e.canary.report import TALLY

if TYPE_CHECKING:
    from e2e.canary.journeys import Journeys
    from e2e.canary.stand import Stand

SETTLED: Final = "() => customElements.get('zoom-meeting').settled"
SOME_DEFECTS: Final = ("token", "start", "answer", "message")


@pytest.fixture
def faults(journeys: Journeys) -> Faults:
    """One tab, with its user's token, in which calls fail."""
    journeys.widget.wait_for_state("idle")
    return Faults(journeys)


def test_no_secret_strays_on_any_journey(journeys: Journeys, stand: Stand) -> None:
    _make_meeting(journeys)
    _change_meeting(journeys)
    _leave_and_return(journeys)
    journeys.disconnect(is_refused=True)

    assert stand.search().strays == []


@pytest.mark.long
def test_no_secret_strays_if_calls_fail_or_python_breaks(faults: Faults, stand: Stand) -> None:
    for call, trouble in choose_cells():
        faults.fail(CALLS[call], trouble)
    for name in SOME_DEFECTS:
        DEFECTS[name].force(faults)
    assert stand.search().strays == []


@pytest.mark.canary
def test_no_secret_strays_on_the_longest_journey(journeys: Journeys, stand: Stand) -> None:
    _make_meeting(journeys)
    _change_meeting(journeys)
    journeys.adopt()
    journeys.disconnect(is_refused=True)
    _leave_and_return(journeys)
    journeys.land_from_marketplace()
    journeys.replay_answer()
    journeys.disconnect()
    journeys.page.evaluate(SETTLED)
    stand.look_into_caches(journeys.page)
    assert stand.record.memory, "the snapshot was not made"

    findings = stand.search()
    TALLY.add("journeys", findings)
    assert findings.strays == []
    assert findings.unused == [], "the table allows what nobody needs"


@pytest.mark.canary
@pytest.mark.parametrize("call", CALLS)
def test_no_secret_strays_whatever_goes_wrong_with_a_call(
    faults: Faults, stand: Stand, call: str
) -> None:
    for _, trouble in filter(lambda cell: cell[0] == call, list_cells()):
        faults.fail(CALLS[call], trouble)
    findings = stand.search()
    TALLY.add(f"failures of {call}", findings)
    assert findings.strays == []


@pytest.mark.canary
def test_no_secret_strays_whatever_breaks(faults: Faults, stand: Stand) -> None:
    for defect in DEFECTS.values():
        defect.force(faults)
    findings = stand.search()
    TALLY.add("defects", findings)
    assert findings.strays == []


def _make_meeting(journeys: Journeys) -> None:
    journeys.load()
    journeys.deny()
    journeys.close_window()
    journeys.sign_in()
    journeys.read_and_send()
    journeys.copy_by_hand()
    journeys.open_link()
    journeys.start_meeting()


def _change_meeting(journeys: Journeys) -> None:
    journeys.move()
    journeys.open_second_tab()
    journeys.renew()
    journeys.clean_and_undo()
    journeys.create_again()
    journeys.look_at_account()
    journeys.remove()


def _leave_and_return(journeys: Journeys) -> None:
    journeys.stage.storage.clear()
    journeys.stage.reopen()
    journeys.widget.wait_for_state("idle")
    journeys.sign_in_by_redirect()
