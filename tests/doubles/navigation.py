"""Where the page went, and the windows that it opened for meetings."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from pywidget.domain.secret import Secret


class FakeWindow:
    """Implements `ports.MeetingWindow`.

    Attributes:
        address: What it shows; `None` while it is empty.
    """

    def __init__(self) -> None:
        self.address: str | None = None
        self.is_open = True

    def go(self, address: Secret) -> None:
        assert self.is_open, "a closed window goes nowhere"
        self.address = address.reveal()

    def close(self) -> None:
        self.is_open = False


class FakeNavigation:
    """Implements `ports.Navigation`.

    Attributes:
        gone_to: The addresses that the page left for; a page that left does nothing more.
        windows: The windows that were opened, empty at first.
        links: The links that were followed.
        is_blocked: Whether the browser blocks windows.
        is_framed: Whether the page stands in another one.
        sends_texts: Whether the device can send text messages.
    """

    def __init__(self, address: str = "https://app.example/book?day=2026-03-05#812") -> None:
        self.address = address
        self.gone_to: list[str] = []
        self.windows: list[FakeWindow] = []
        self.links: list[str] = []
        self.is_blocked = False
        self.is_framed = False
        self.sends_texts = True

    def go(self, address: str) -> None:
        assert not self.is_framed, "the page around it would lose this one"
        self.gone_to.append(address)

    def open_link(self, address: str) -> None:
        self.links.append(address)

    def open_window(self) -> FakeWindow | None:
        if self.is_blocked:
            return None
        self.windows.append(FakeWindow())
        return self.windows[-1]

    @property
    def parameters(self) -> dict[str, str]:
        """What the page that was left for was asked, once."""
        (address,) = self.gone_to
        query = parse_qs(urlsplit(address).query, strict_parsing=True)
        assert all(len(values) == 1 for values in query.values())
        return {name: values[0] for name, values in query.items()}
