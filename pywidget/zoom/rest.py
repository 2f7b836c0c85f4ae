"""The parts that all REST calls share: the bearer header, and the many ways in which Zoom refuses.

Facts: the token goes in the `Authorization` header only. Errors are `{"code": int, "message": str,
"errors": [{"field", "message"}]}`, but some come as HTML or XML. A missing scope comes as 400, 401
or 403 with several codes; only its wording is always the same. `Retry-After` is seconds or an ISO
date, is often missing, and CORS may hide it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from json import dumps

from pywidget.domain.errors import (
    SERVER_ERRORS,
    Code,
    Reason,
    UnexpectedAnswerError,
    ZoomRefusedError,
)
from pywidget.domain.secret import Secret
from pywidget.zoom.http import Request, Response, parse_json_object
from pywidget.zoom.retry_after import build_limit_error

_DAILY = re.compile(r"\b(?:daily|per day)\b", re.IGNORECASE)
_BAD_REQUEST = 400
_HIGHEST_CODE = 10**9  # Zoom's have up to six digits; support reads them on the page
_NO_SCOPE = "does not contain scopes"
# A field that was refused, and a person: the number 300 or 3000 alone means other things, too.
_NO_PRIVILEGE = re.compile(r"\bschedule_for\b|\bschedule a meeting for\b", re.IGNORECASE)
_Meaning = tuple[Code, Reason | None]

# A status that settles it, whatever number comes with it.
_STATUSES: Mapping[int, _Meaning] = {
    401: (Code.INVALID_GRANT, None),
    429: (Code.RATE_LIMITED, None),
}
# Zoom's own numbers: those that mean something with one status only, and the others.
_NUMBERS_WITH_STATUS: Mapping[tuple[int, int | None], _Meaning] = {
    (400, 300): (Code.ZOOM_ERROR, Reason.INVALID_FIELDS),
    (404, 3001): (Code.MEETING_GONE, None),
}
_NUMBERS: Mapping[int | None, _Meaning] = {
    124: (Code.INVALID_GRANT, None),
    200: (Code.ZOOM_ERROR, Reason.PAID_USERS_ONLY),
    3000: (Code.ZOOM_ERROR, Reason.STRANGER),  # what strangers get where it is not 3001
    3161: (Code.NOT_ALLOWED_TO_HOST, None),
}


def build_get(url: str, access: Secret) -> Request:
    """Build a GET; repeating it does no harm."""
    return Request("GET", url, _build_headers(access), may_repeat=True)


def build_write(method: str, url: str, access: Secret, body: Mapping[str, object]) -> Request:
    """Build a POST or PATCH with a JSON body; it must not be repeated blindly."""
    headers = {**_build_headers(access), "Content-Type": "application/json"}
    return Request(method, url, headers, dumps(body).encode())


def build_delete(url: str, access: Secret) -> Request:
    """Build a DELETE; only the user decides whether to try it again."""
    return Request("DELETE", url, _build_headers(access))


def _build_headers(access: Secret) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.reveal()}", "Accept": "application/json"}


def parse_answer(response: Response, *, success: int) -> dict[str, object]:
    """Parse the JSON object of a response that has the status for success.

    Raises:
        ZoomRefusedError: Any other status.
        UnexpectedAnswerError: The status is right, but the body is not a JSON object.
    """
    parse_done(response, success=success)
    body = parse_json_object(response.body)
    if body is None:
        raise build_answer_error("no JSON object")
    return body


def parse_done(response: Response, *, success: int) -> None:
    """Check a response whose status says everything; raises `ZoomRefusedError`."""
    if response.status != success:
        raise _explain_refusal(response)


def build_answer_error(problem: str) -> UnexpectedAnswerError:
    """Create the error for a body that lacks what its status promised; `problem` is for support."""
    return UnexpectedAnswerError(Code.ZOOM_ERROR, Reason.UNREADABLE, problem=problem)


def _explain_refusal(response: Response) -> ZoomRefusedError:
    body = parse_json_object(response.body) or {}
    number, words = body.get("code"), str(body.get("message", ""))
    zoom_code = number if isinstance(number, int) and abs(number) <= _HIGHEST_CODE else None
    code, reason = _classify(response.status, zoom_code, words)
    if code is Code.RATE_LIMITED:
        is_daily = bool(_DAILY.search(words))
        return build_limit_error(response, zoom_code=zoom_code, is_daily=is_daily)
    return ZoomRefusedError(code, reason, status=response.status, zoom_code=zoom_code)


def _classify(status: int, zoom_code: int | None, words: str) -> _Meaning:
    if _NO_SCOPE in words:  # first: it comes as a 401 too
        return Code.SCOPE_MISSING, None
    if status == _BAD_REQUEST and _NO_PRIVILEGE.search(words):
        return Code.ZOOM_ERROR, Reason.NO_PRIVILEGE
    known = (
        _STATUSES.get(status)
        or _NUMBERS_WITH_STATUS.get((status, zoom_code))
        or _NUMBERS.get(zoom_code)
    )
    return known or (Code.ZOOM_ERROR, Reason.SERVER if status >= SERVER_ERRORS else None)
