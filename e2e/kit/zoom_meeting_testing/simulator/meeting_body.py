"""Reads the body of a create or an update, as strictly as Zoom does.

Facts (*Create a meeting* in Zoom's API reference, developers.zoom.us/docs/api/meetings/):

- `topic` up to 200 characters, `agenda` 2000, `duration` 1-1440 minutes, `type` 1 (instant) or
  2 (scheduled); recurring meetings are not simulated.
- `start_time` is `YYYY-MM-DDTHH:MM:SS`, wall-clock time in `timezone` (the host's own if it is
  left out), or `...Z` for UTC and then without `timezone`. No fractions, no offsets.
- `timezone` is one of Zoom's own list (`zones.txt`), which does not have all of IANA's zones. For
  another one, a setting decides: it is refused, or the host's own is silently used.
- `settings.approval_type`: 0 automatic, 1 manual, 2 no registration.
- Fields that Zoom doesn't know are ignored.

Of a wall-clock time that occurs twice, the first is meant; a time that a clock change skips is
moved forward by as much as the clock was.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from zoom_meeting_testing.simulator.errors import FieldError, bad_fields, bad_request
from zoom_meeting_testing.simulator.settings import TimeZones

START_TIME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(Z?)")
MAXIMUM_TOPIC: Final = 200
MAXIMUM_AGENDA: Final = 2000
MAXIMUM_DURATION: Final = 1440
MAXIMUM_PASSWORD: Final = 10

INSTANT: Final = 1
SCHEDULED: Final = 2

AUTOMATIC: Final = 0
MANUAL: Final = 1
NO_REGISTRATION: Final = 2

ZOOM_ZONES: Final = frozenset(Path(__file__).with_name("zones.txt").read_text().split())
"""The zones that Zoom lists, as far as Python knows them too (so not its `SST`)."""

KNOWN_SETTINGS: Final = (
    "host_video",
    "participant_video",
    "join_before_host",
    "mute_upon_entry",
    "waiting_room",
    "email_notification",
    "registrants_email_notification",
    "registrants_confirmation_email",
    "meeting_authentication",
    "auto_start_meeting_summary",
)
"""The on/off settings that the simulator keeps and returns."""

CHOICES: Final[Mapping[str, tuple[int | str, ...]]] = {
    "auto_recording": ("none", "local", "cloud"),
    "jbh_time": (0, 5, 10, 15),
}
"""The settings with other values: where it is recorded, and how early clients may come."""

Switches = Mapping[str, bool | int | str]


@dataclass(frozen=True)
class MeetingChanges:
    """The fields of a body; `None` for each that it doesn't mention. `start` is in UTC."""

    topic: str | None = None
    agenda: str | None = None
    type: int | None = None
    start: datetime | None = None
    duration: int | None = None
    timezone: str | None = None
    password: str | None = None
    approval_type: int | None = None
    switches: Switches = field(default_factory=dict)


def parse_object(content_type: str, body: bytes) -> dict[str, object]:
    """Read a JSON object. Raises Zoom's 400/300 for anything else."""
    if content_type != "application/json":
        raise bad_request("Unsupported Content Type")
    try:
        value = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise bad_request("Request Body should be a valid JSON object.")
    return value


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def parse_meeting(
    body: Mapping[str, object], default_zone: str, time_zones: TimeZones = TimeZones.ALL
) -> MeetingChanges:
    """Read a meeting's body. Raises Zoom's 400/300 with a list of all bad fields."""
    reader = _Reader(body)
    zone = reader.take_zone(time_zones)
    start = reader.take_start(zone or default_zone, zone_given="timezone" in body)
    nested = body.get("settings", {})
    if not isinstance(nested, dict):
        reader.refuse("settings", "Invalid field.")
        nested = {}
    changes = MeetingChanges(
        topic=reader.take_text("topic", MAXIMUM_TOPIC),
        agenda=reader.take_text("agenda", MAXIMUM_AGENDA),
        type=reader.take_number("type", INSTANT, SCHEDULED),
        start=start,
        duration=reader.take_number("duration", 1, MAXIMUM_DURATION),
        timezone=zone,
        password=reader.take_text("password", MAXIMUM_PASSWORD),
        approval_type=reader.take_approval(nested),
        switches=reader.take_switches(nested),
    )
    if reader.errors:
        raise bad_fields(reader.errors)
    return changes


class _Reader:
    """Takes fields out of a body, and collects what is wrong with them."""

    def __init__(self, body: Mapping[str, object]) -> None:
        self.body = body
        self.errors: list[FieldError] = []

    def refuse(self, name: str, message: str) -> None:
        self.errors.append(FieldError(name, message))

    def take_text(self, name: str, maximum: int) -> str | None:
        value = self.body.get(name)
        if name not in self.body:
            return None
        if not isinstance(value, str):
            self.refuse(name, "Invalid field.")
        elif len(value) > maximum:
            self.refuse(name, f"The maximum is {maximum} characters.")
        else:
            return value
        return None

    def take_number(self, name: str, low: int, high: int) -> int | None:
        if name not in self.body:
            return None
        return self._check_number(name, self.body[name], low, high)

    def _check_number(self, name: str, value: object, low: int, high: int) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        self.refuse(name, f"The value must be a whole number from {low} to {high}.")
        return None

    def take_zone(self, time_zones: TimeZones) -> str | None:
        if "timezone" not in self.body:
            return None
        zone = self.body["timezone"]
        listed = available_timezones() if time_zones is TimeZones.ALL else ZOOM_ZONES
        if isinstance(zone, str):
            if zone in listed:
                return zone
            if time_zones is TimeZones.LISTED_ELSE_HOSTS:
                return None
        self.refuse("timezone", "Invalid time zone.")
        return None

    def take_start(self, zone: str, *, zone_given: bool) -> datetime | None:
        value = self.body.get("start_time")
        if value is None or value == "":
            return None
        form = START_TIME.fullmatch(value) if isinstance(value, str) else None
        if form is None:
            self.refuse("start_time", "The format must be yyyy-MM-ddTHH:mm:ss or end in Z.")
            return None
        if form[2] and zone_given:
            self.refuse("start_time", "A time in UTC (Z) can not be combined with timezone.")
            return None
        try:
            return parse_wall_clock(form[1], "UTC" if form[2] else zone)
        except (ValueError, OverflowError):
            self.refuse("start_time", "There is no such time.")
            return None

    def take_approval(self, settings: Mapping[str, object]) -> int | None:
        if "approval_type" not in settings:
            return None
        name = "settings.approval_type"
        return self._check_number(name, settings["approval_type"], AUTOMATIC, NO_REGISTRATION)

    def take_switches(self, settings: Mapping[str, object]) -> Switches:
        switches: dict[str, bool | int | str] = {}
        for name, values in CHOICES.items():
            chosen = [each for each in values if _is_same(settings.get(name), each)]
            if chosen:
                switches[name] = chosen[0]
            elif name in settings:
                self.refuse(f"settings.{name}", "Invalid field.")
        for name in KNOWN_SETTINGS:
            value = settings.get(name)
            if isinstance(value, bool):
                switches[name] = value
            elif name in settings:
                self.refuse(f"settings.{name}", "Invalid field.")
        return switches


def _is_same(value: object, other: object) -> bool:
    """Return whether both are the same in JSON, where `false` is no number."""
    return type(value) is type(other) and value == other


def parse_wall_clock(text: str, zone: str) -> datetime:
    """Convert a wall-clock time in a zone to UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
