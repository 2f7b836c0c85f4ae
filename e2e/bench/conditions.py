"""The conditions under which a page is loaded: this machine's, or those of a slow phone.

Facts: the throttled figures are those of Lighthouse's `mobileSlow4G` as it hands them to Chromium
(GoogleChrome/lighthouse, core/config/constants.js): 150 ms x 3.75 a request, 1.6 Mbit/s x 0.9 down,
750 kbit/s x 0.9 up, processor 4 times as slow. Only the page's main thread is slowed, not its
workers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession

_BYTES_PER_KBIT: Final = 1024 / 8


@dataclass(frozen=True)
class Conditions:
    """The conditions that Chromium simulates."""

    name: str
    cpu_slowdown: float = 1
    latency_ms: float = 0
    download_kbps: float = 0
    """0 is no limit."""
    upload_kbps: float = 0

    def impose(self, session: CDPSession) -> None:
        """Slow down the page that the session belongs to."""
        if self.cpu_slowdown != 1:
            session.send("Emulation.setCPUThrottlingRate", {"rate": self.cpu_slowdown})
        if self.latency_ms:
            session.send("Network.enable")
            session.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False,
                    "latency": self.latency_ms,
                    "downloadThroughput": self.download_kbps * _BYTES_PER_KBIT,
                    "uploadThroughput": self.upload_kbps * _BYTES_PER_KBIT,
                },
            )


UNTHROTTLED: Final = Conditions("not throttled")
THROTTLED: Final = Conditions(
    "slow 4G and a 4 times slower processor",
    cpu_slowdown=4,
    latency_ms=562.5,
    download_kbps=1.6 * 1024 * 0.9,
    upload_kbps=750 * 0.9,
)
