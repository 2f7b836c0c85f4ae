"""Drives a Zoom simulator over its control API, and points pages to it.

    zoom = Zoom("http://127.0.0.1:8001")
    zoom.add_fault({"operation": "create", "kind": "respond", "status": 500})

The methods are those of `Simulator`, by name and arguments; what it returns is JSON here. So it is
the same to a test whether the simulator runs in its own process or elsewhere.
"""

from __future__ import annotations

import json
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener

from zoom_meeting_testing.simulator.control_error import ControlError
from zoom_meeting_testing.simulator.control_routes import PREFIX

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import BrowserContext

    from zoom_meeting_testing.simulator.grants import Expirable

TIMEOUT_SECONDS: Final = 10
_SCRIPT: Final = Path(__file__).with_name("script_tag.js")
_DIRECT: Final = ("data-token-url", "data-revoke-url", "data-api-url")
_OTHER_WAYS: Final = ("data-relay", "data-tunnel", "data-tunnel-roots")


class NoSimulatorError(Exception):
    """Nothing answers at the address, or what answers is no simulator."""


class Zoom:
    """A simulated Zoom at an address, such as `http://127.0.0.1:8001`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        # The simulator is on this machine: no proxy leads to it.
        self._opener = build_opener(ProxyHandler({}))

    # Pages

    @property
    def script_attributes(self) -> dict[str, str]:
        """The attributes with which the script tag of a page uses this simulator."""
        return {
            "data-client-id": str(self.to_json()["settings"]["public_client_id"]),
            "data-authorize-url": f"{self.url}/oauth/authorize",
            "data-token-url": f"{self.url}/oauth/token",
            "data-revoke-url": f"{self.url}/oauth/revoke",
            "data-api-url": f"{self.url}/v2",
        }

    def attach(
        self, context: BrowserContext, changes: Mapping[str, str | None] | None = None
    ) -> None:
        """Have the pages that are opened in this context from now on use this simulator.

        Their script tags get `script_attributes`, and lose those of a relay or a tunnel.

        Args:
            context: The browser context, such as `page.context`.
            changes: Attributes to add or change; `None` takes one away. With a relay or a
                tunnel, the addresses of the token endpoint and the API are left out.
        """
        changes = changes or {}
        attributes = {**dict.fromkeys(_OTHER_WAYS), **self.script_attributes}
        if changes.keys() & set(_OTHER_WAYS):  # it decides where calls go
            attributes |= dict.fromkeys(_DIRECT)
        attributes |= changes
        function = _SCRIPT.read_text(encoding="utf-8").replace("export function", "function", 1)
        context.add_init_script(f"({function})({json.dumps(attributes)})")

    # Its state

    def reset(self) -> None:
        """Put everything back as it was at the start, the clock and the settings included."""
        self._order("POST", "/reset")

    def to_json(self) -> dict[str, Any]:
        """Return the whole state, without secrets."""
        return self._read("/state")

    def change_settings(self, changes: Mapping[str, object]) -> dict[str, Any]:
        """Change some settings, and return all. Raises `ControlError` naming every bad one."""
        return self._read("/settings", "PATCH", changes)

    def advance(self, seconds: float) -> None:
        """Move the simulator's clock by some seconds, forward or back."""
        self._order("POST", "/clock", {"advance_seconds": seconds})

    # People and tokens

    def put_user(self, email: str, changes: Mapping[str, object]) -> dict[str, Any]:
        """Add a user, or change one. Raises `ControlError`."""
        return self._read(f"/users/{quote(email)}", "PUT", changes)

    def sign_in_as(self, email: str) -> None:
        """Choose the user who is preselected on the consent page. Raises `ControlError`."""
        self._order("POST", "/sign-in-as", {"email": email})

    def uninstall(self, email: str) -> None:
        """Remove the app from a user's account: all tokens end, the meetings stay."""
        self._order("POST", "/uninstall", {"email": email})

    def expire(self, what: Expirable | str) -> None:
        """Let all `codes`, `access_tokens` or `refresh_tokens` expire now."""
        self._order("POST", "/expire", {"what": what})

    # Meetings, as their hosts handle them in Zoom

    def list_meetings(self) -> list[dict[str, Any]]:
        """Return the meetings of all hosts, without their secrets."""
        return self._list("/meetings")

    def add_meeting(self, body: Mapping[str, object]) -> dict[str, Any]:
        """Create a meeting as if its host did so in Zoom. Raises `ControlError`."""
        return self._read("/meetings", "POST", body)

    def change_meeting(self, meeting_id: int, body: Mapping[str, object]) -> dict[str, Any]:
        """Change a meeting as if its host did so in Zoom. Raises `ControlError`."""
        return self._read(f"/meetings/{meeting_id}", "PATCH", body)

    def delete_meeting(self, meeting_id: int) -> None:
        """Delete a meeting as if its host did so in Zoom. Raises `ControlError`."""
        self._order("DELETE", f"/meetings/{meeting_id}")

    # Faults and the log

    def add_fault(self, order: Mapping[str, object]) -> None:
        """Let a coming call fail, once or as often as the fault says. Raises `ControlError`."""
        self._order("POST", "/faults", order)

    def list_faults(self) -> list[dict[str, Any]]:
        """Return the faults that have not happened yet."""
        return self._list("/faults")

    def clear_faults(self) -> None:
        """Forget the faults that have not happened yet."""
        self._order("DELETE", "/faults")

    def list_requests(self) -> list[dict[str, Any]]:
        """Return the request log, oldest first, without secrets."""
        return self._list("/requests")

    def clear_requests(self) -> None:
        """Empty the request log."""
        self._order("DELETE", "/requests")

    def _read(
        self, path: str, method: str = "GET", body: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        answer = self._order(method, path, body)
        if not isinstance(answer, dict):
            raise NoSimulatorError(f"What answers at {self.url} is no Zoom simulator.")
        return answer

    def _list(self, path: str) -> list[dict[str, Any]]:
        answer = self._order("GET", path)
        if not isinstance(answer, list):
            raise NoSimulatorError(f"What answers at {self.url} is no Zoom simulator.")
        return answer

    def _order(self, method: str, path: str, body: Mapping[str, object] | None = None) -> object:
        request = Request(  # noqa: S310 - the tester's own address
            f"{self.url}{PREFIX}{path}",
            None if body is None else json.dumps(body).encode(),
            {"content-type": "application/json"},
            method=method,
        )
        try:
            with self._opener.open(request, timeout=TIMEOUT_SECONDS) as response:
                answer: object = json.load(response)
                return answer
        except HTTPError as error:
            with error:
                raise _read_refusal(self.url, error.status or 0, error.read()) from None
        except (OSError, HTTPException) as error:
            raise NoSimulatorError(
                f"No Zoom simulator answers at {self.url} ({type(error).__name__}): "
                "start one with `zoom-simulator`."
            ) from None
        except ValueError:
            raise NoSimulatorError(f"What answers at {self.url} is no Zoom simulator.") from None


def _read_refusal(url: str, status: int, body: bytes) -> Exception:
    try:
        problems = json.loads(body)["problems"]
    except (ValueError, KeyError, TypeError):
        return NoSimulatorError(f"What answers at {url} is no Zoom simulator (status {status}).")
    return ControlError(problems, status=status)
