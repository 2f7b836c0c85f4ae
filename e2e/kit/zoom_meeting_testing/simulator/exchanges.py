"""What every simulated Zoom of this process was asked, and what it answered, for tests to judge.

LISTENERS.append(listen)  # called with each exchange, from the server's thread
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zoom_meeting_testing.simulator.messages import Answer, Call


@dataclass(frozen=True)
class Exchange:
    """One request and its response; both hold secrets.

    Attributes:
        call: The request.
        answer: The simulator's own answer, whether it was delivered or not; `None` if there is
            none, because a fault came first.
        is_faked: Whether a fault's answer was sent.
    """

    call: Call = field(repr=False)
    answer: Answer | None = field(repr=False)
    is_faked: bool = False


LISTENERS: Final[list[Callable[[Exchange], None]]] = []


def tell(exchange: Exchange) -> None:
    """Call all listeners, before the answer is sent: no test ends earlier."""
    for listen in LISTENERS:
        listen(exchange)
