"""What can be asked of Zoom, by the names that faults and the request log use."""

from __future__ import annotations

from enum import StrEnum


class Operation(StrEnum):
    """One kind of call."""

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
    OTHER = "other"
    """Nothing that Zoom knows, or what is asked only to see whether Zoom answers."""


FAULTY_OPERATIONS = frozenset(Operation) - {
    Operation.AUTHORIZE,
    Operation.INSTALL,
    Operation.OTHER,
}
"""Those that a script calls; people see the others and reload."""
