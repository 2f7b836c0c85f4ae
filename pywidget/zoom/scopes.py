"""Permissions that an app may have. Users may be granted fewer than the app asks for."""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """Zoom's granular scopes, one for each call that we make."""

    CREATE = "meeting:write:meeting"
    READ = "meeting:read:meeting"
    UPDATE = "meeting:update:meeting"
    DELETE = "meeting:delete:meeting"
    LIST = "meeting:read:list_meetings"
    REGISTER = "meeting:write:registrant"
    READ_USER = "user:read:user"
    LIST_SCHEDULERS = "user:read:list_schedulers"
