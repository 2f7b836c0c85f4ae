"""The kinds of calls to Zoom, by the names that faults and the request log use."""

from __future__ import annotations

from enum import StrEnum


class Operation(StrEnum):
    """A kind of call to Zoom."""

    AUTHORIZE = "authorize"
    INSTALL = "install"
    TOKEN = "token"
    REVOKE = "revoke"
    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    LIST = "list"
    REGISTRANT = "registrant"
    USER = "user"
    SCHEDULERS = "schedulers"
    OTHER = "other"
    """A call that Zoom does not know, or that only finds out whether Zoom answers."""


FAULTY_OPERATIONS = frozenset(Operation) - {
    Operation.AUTHORIZE,
    Operation.INSTALL,
    Operation.OTHER,
}
"""The operations that a script calls; people see the others as pages, and reload them."""
