"""What Zoom answers: written out, and as the simulator words its refusals."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from zoom_meeting_testing.simulator import Settings, errors

from pywidget.domain.errors import Code
from pywidget.zoom.http import Response

MEETING: dict[str, Any] = {
    "uuid": "aDYlohsHRtCd4ii1uC2+hA==",
    "id": 86012345678,
    "host_id": "host-1",
    "host_email": "maya@lotus-spa.example",
    "topic": "Appointment with Dana Lee",
    "type": 2,
    "status": "waiting",
    "start_time": "2026-03-05T23:00:00Z",
    "duration": 45,
    "timezone": "America/New_York",
    "created_at": "2026-03-02T15:00:00Z",
    "start_url": "https://us02web.zoom.us/s/86012345678?zak=s3cr3t-zak",
    "join_url": "https://us02web.zoom.us/j/86012345678?pwd=Q2x",
    "password": "123456",
    "h323_password": "s3cr3t-h323",
    "pstn_password": "9911473820",
    "encrypted_password": "Q2x",
    "settings": {"approval_type": 2},
}
USER = {"id": "host-1", "email": "maya@lotus-spa.example", "type": 2, "timezone": "UTC"}
EXPIRED = {"code": 124, "message": "Access token is expired."}
TOKEN = {
    "access_token": "s3cr3t-access",
    "token_type": "bearer",
    "refresh_token": "s3cr3t-refresh",
    "expires_in": 3600,
    "scope": "meeting:write:meeting",
}


def answer(status: int, body: object) -> Response:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status, {}, raw)


def refuse(error: errors.ZoomError) -> Response:
    return Response(error.answer.status, {}, error.answer.body)


def _without_scope(status: int, code: int) -> errors.ZoomError:
    settings = replace(Settings(), missing_scope_status=status, missing_scope_code=code)
    return errors.missing_scope(settings, "meeting:write:meeting")


# Every refusal of a REST call that the simulator knows, by what the widget has to make of it.
REFUSALS: dict[str, tuple[errors.ZoomError, Code]] = {
    "bad token": (errors.bad_token(), Code.INVALID_GRANT),
    "expired token": (errors.expired_token(), Code.INVALID_GRANT),
    "token of another kind": (
        errors.bad_token(200, "Not enabled"),
        Code.INVALID_GRANT,
    ),
    "code 124 with status 400": (errors.rest_error(400, 124, "Invalid"), Code.INVALID_GRANT),
    **{
        f"missing scope as {status}/{code}": (_without_scope(status, code), Code.SCOPE_MISSING)
        for status in (400, 401, 403)
        for code in (4711, 4700, 104, 201, 124)
    },
    "no such meeting": (errors.missing_meeting(86012345678), Code.MEETING_GONE),
    "a colleague's meeting": (
        errors.foreign_meeting(Settings(), 86012345678),
        Code.MEETING_GONE,
    ),
    "400 with code 3001": (errors.rest_error(400, 3001, "Meeting"), Code.ZOOM_ERROR),
    "404 with another code": (errors.rest_error(404, 404, "x"), Code.ZOOM_ERROR),
    "not registered under this account": (
        errors.rest_error(400, 3000, "This meeting is not registered."),
        Code.ZOOM_ERROR,
    ),
    "may not host": (errors.not_allowed_to_host(), Code.NOT_ALLOWED_TO_HOST),
    "no such user": (errors.missing_user("me"), Code.ZOOM_ERROR),
    "paid users only": (errors.paid_users_only(), Code.ZOOM_ERROR),
    "bad fields": (errors.bad_fields([errors.FieldError("topic", "no")]), Code.ZOOM_ERROR),
    "bad request": (errors.bad_request("no"), Code.ZOOM_ERROR),
    "no registration": (errors.no_registration(86012345678), Code.ZOOM_ERROR),
    "unknown path": (errors.unknown_path(), Code.ZOOM_ERROR),
    "wrong method": (errors.wrong_method(["GET"]), Code.ZOOM_ERROR),
    "body too large": (errors.body_too_large(), Code.ZOOM_ERROR),
    "rate limit": (errors.rest_error(429, 429, "You have reached the maximum"), Code.RATE_LIMITED),
    "server error": (errors.rest_error(500, 500, "Internal"), Code.ZOOM_ERROR),
}
