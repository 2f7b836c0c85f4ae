from __future__ import annotations

from e2e.firefox_words import tell_cors, tell_failure, tell_status

URL = "http://127.0.0.1:8001/v2/users/me"
SAME_ORIGIN = f"The Same Origin Policy disallows reading the remote resource at {URL}. "


def test_status_is_told_as_chromium_tells_it() -> None:
    assert tell_status(URL, 404) == (
        f"console: Failed to load resource: the server responded with a status of 404 ({URL})"
    )
    assert tell_status(URL, 399) is None


def test_call_without_an_answer_is_told_unless_whoever_asked_has_gone() -> None:
    assert tell_failure(URL, "NS_ERROR_NET_RESET") == (
        f"console: Failed to load resource: net::ERR_EMPTY_RESPONSE ({URL})"
    )
    assert tell_failure(URL, "NS_BINDING_ABORTED") is None
    assert tell_failure(URL, None) is None


def test_forbidden_call_is_told_twice_with_its_reason() -> None:
    reason = "CORS preflight channel did not succeed"
    assert tell_cors(f"{SAME_ORIGIN}(Reason: {reason}). Status code: 401.") == (
        URL,
        [
            f"console: Access to fetch at '{URL}' has been blocked by CORS policy: {reason}",
            f"console: Failed to load resource: net::ERR_FAILED ({URL})",
        ],
    )


def test_call_that_broke_off_is_left_to_the_network_to_tell() -> None:
    broken = f"{SAME_ORIGIN}(Reason: CORS request did not succeed). Status code: (null)."
    assert tell_cors(broken) == (URL, [])


def test_other_errors_are_none_about_cors() -> None:
    assert tell_cors("TypeError: x is undefined") is None
