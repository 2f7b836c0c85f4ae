"""What one element says to the host page."""

from __future__ import annotations

from collections.abc import Mapping

from pywidget.ports import Reply


class RecordingElement:
    """Implements `ports.HostElement`."""

    def __init__(self) -> None:
        self.is_in_sight = True
        self.events: list[tuple[str, dict[str, str]]] = []
        self.said: list[str] = []
        self.alarms: list[str] = []
        self.complaints: list[str] = []
        self.remarks: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.choices = 0
        self.address = "kim@example.com"  # typed into the panel
        self.reply = Reply(is_taken=False)  # that of the host page; by default nobody listens

    def ask_to_send(self, detail: Mapping[str, str]) -> Reply:
        assert all(isinstance(text, str) for text in detail.values()), detail
        self.asked.append(dict(detail))
        return self.reply

    def read_address(self) -> str:
        return self.address

    def emit(self, name: str, detail: Mapping[str, str]) -> None:
        assert all(isinstance(text, str) for text in detail.values()), detail
        self.events.append((name, dict(detail)))

    def say(self, text: str, *, is_urgent: bool) -> None:
        (self.alarms if is_urgent else self.said).append(text)

    def has_choices(self) -> bool:
        return self.choices > 0

    def complain(self, message: str) -> None:
        self.complaints.append(message)

    def remark(self, message: str) -> None:
        self.remarks.append(message)

    @property
    def names(self) -> list[str]:
        return [name for name, _detail in self.events]

    def find(self, name: str) -> dict[str, str]:
        """The one event of this name."""
        (detail,) = [detail for each, detail in self.events if each == name]
        return detail
