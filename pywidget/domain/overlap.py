"""The meetings that run while another one does.

Facts: on most plans an account runs one meeting at a time, whether or not its host attends:
starting the second one ends or blocks the first. One that ends when the next begins is no obstacle.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pywidget.domain.meeting import Meeting
from pywidget.domain.start_time import find_end


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another meeting's time, in UTC. Whose meeting it is, nobody needs to know."""

    starts_at: datetime
    ends_at: datetime


def find_overlap(
    others: Iterable[Meeting], *, starts_at: datetime, minutes: int, host_id: str
) -> Overlap | None:
    """Find the first of the other meetings that runs within these minutes.

    Those without a time of their own do not count, nor do those that are known to be hosted by
    somebody else than `host_id`, which is empty if nobody knows.
    """
    ends_at = find_end(starts_at, minutes)
    times = [
        Overlap(other.starts_at, find_end(other.starts_at, other.minutes))
        for other in others
        if other.starts_at is not None
        and other.minutes is not None
        and (other.host_id == host_id or not other.host_id or not host_id)
    ]
    meanwhile = [each for each in times if each.starts_at < ends_at and starts_at < each.ends_at]
    return min(meanwhile, key=lambda each: each.starts_at, default=None)
