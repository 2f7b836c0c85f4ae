"""What Firefox says of a page's calls, in the words that Chromium has for it. Pure.

Tests declare complaints in Chromium's words. Facts (Firefox 153 over WebDriver BiDi):

- Its console says nothing of a status of 400 or more, nor of a call to one's own origin that
  failed; the network's events tell of both.
- A call that CORS forbids is one uncaught error with a reason. A call to another origin that broke
  off is another one, beside the network's event: "CORS request did not succeed".
"""

from __future__ import annotations

import re
from typing import Final

_CORS: Final = re.compile(
    r"The Same Origin Policy disallows reading the remote resource at (?P<url>\S+)\. "
    r"\(Reason: (?P<reason>.*?)\)\."
)
_TOLD_BY_THE_NETWORK: Final = "CORS request did not succeed"
_FAILURES: Final = {
    "NS_ERROR_ABORT": "net::ERR_FAILED",  # by the test's own route
    "NS_ERROR_CONNECTION_REFUSED": "net::ERR_CONNECTION_REFUSED",
    "NS_ERROR_NET_RESET": "net::ERR_EMPTY_RESPONSE",
    "NS_ERROR_OFFLINE": "net::ERR_INTERNET_DISCONNECTED",
}
"""Others are told by the console, or are no failure: whoever asked has gone."""
_LEAST_ERROR: Final = 400


def tell_status(url: str, status: int) -> str | None:
    """Return the complaint about an answer's status, if it deserves one."""
    if status < _LEAST_ERROR:
        return None
    return _complain(f"the server responded with a status of {status}", url)


def tell_failure(url: str, failure: str | None) -> str | None:
    """Return the complaint about a call without an answer, if it deserves one."""
    told = _FAILURES.get(failure or "")
    return _complain(told, url) if told else None


def tell_cors(text: str) -> tuple[str, list[str]] | None:
    """Return the URL and the complaints if an uncaught error is one about CORS."""
    found = _CORS.match(text)
    if found is None:
        return None
    url = found["url"]
    if found["reason"] == _TOLD_BY_THE_NETWORK:
        return url, []
    blocked = f"console: Access to fetch at '{url}' has been blocked by CORS policy: "
    return url, [blocked + found["reason"], _complain("net::ERR_FAILED", url)]


def _complain(problem: str, url: str) -> str:
    return f"console: Failed to load resource: {problem} ({url})"
