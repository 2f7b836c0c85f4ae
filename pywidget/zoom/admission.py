"""A meeting's settings that decide whether and how a client gets in, read and never set.

Facts: `waiting_room`, `join_before_host`, `meeting_authentication` and `auto_start_meeting_summary`
are booleans; `jbh_time` is 0 for any time, or 5, 10 or 15 minutes before the start;
`auto_recording` is `none`, `local` or `cloud`. A waiting room comes before all else. Whatever is
missing or odd says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from pywidget.domain.admission import UNTOLD, Admission, Entry, Recording

_ANY_TIME = 0
_EARLY = (5, 10, 15)  # minutes


def parse_admission(settings: object) -> Admission:
    """Parse the `settings` of a meeting; what is no object says nothing."""
    if not isinstance(settings, dict):
        return UNTOLD
    entry, early_minutes = _parse_entry(settings)
    return Admission(
        entry=entry,
        early_minutes=early_minutes,
        needs_sign_in=settings.get("meeting_authentication") is True,
        recording=_parse_recording(settings.get("auto_recording")),
        is_summarized=settings.get("auto_start_meeting_summary") is True,
    )


def _parse_entry(settings: Mapping[str, object]) -> tuple[Entry | None, int]:
    has_waiting_room, may_be_early = settings.get("waiting_room"), settings.get("join_before_host")
    if has_waiting_room is True:
        return Entry.ADMITTED, 0
    if has_waiting_room is False and may_be_early is False:
        return Entry.WITH_HOST, 0
    if has_waiting_room is False and may_be_early is True:
        return _parse_early(settings.get("jbh_time"))
    return None, 0


def _parse_early(minutes: object) -> tuple[Entry | None, int]:
    if not isinstance(minutes, int) or isinstance(minutes, bool):
        return None, 0
    if minutes == _ANY_TIME:
        return Entry.ANY_TIME, 0
    return (Entry.EARLY, minutes) if minutes in _EARLY else (None, 0)


def _parse_recording(value: object) -> Recording | None:
    return Recording(value) if isinstance(value, str) and value in set(Recording) else None
