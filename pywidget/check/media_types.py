"""The media type that a body is sent as.

Facts (MIME Sniffing standard, sections 4.6 and 7; HTML, "fetch a single module script"): scripts
may have any of sixteen names for JavaScript's type. A module with another one does not run. A page
without a type is sniffed and taken for HTML, unless `nosniff` forbids that.
"""

from __future__ import annotations

from collections.abc import Mapping

SCRIPT_TYPES = frozenset(
    {
        "application/ecmascript",
        "application/javascript",
        "application/x-ecmascript",
        "application/x-javascript",
        "text/ecmascript",
        "text/javascript",
        "text/javascript1.0",
        "text/javascript1.1",
        "text/javascript1.2",
        "text/javascript1.3",
        "text/javascript1.4",
        "text/javascript1.5",
        "text/jscript",
        "text/livescript",
        "text/x-ecmascript",
        "text/x-javascript",
    }
)


def find_media_type(headers: Mapping[str, str]) -> str:
    """Return the type without its parameters, in lower case; empty if none is sent."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def is_shown_as_html(headers: Mapping[str, str]) -> bool:
    """Tell whether a browser takes it for a page, and shows it instead of saving it."""
    disposition = headers.get("content-disposition", "").partition(";")[0].strip().lower()
    if disposition == "attachment":
        return False
    is_sniffed = headers.get("x-content-type-options", "").strip().lower() != "nosniff"
    media_type = find_media_type(headers)
    return media_type == "text/html" or (not media_type and is_sniffed)
