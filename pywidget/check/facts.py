"""Facts about a browser that only a page in it can know.

Facts, as the check page's script sends them, in JSON:

    {"is_secure": true, "origin": "https://app.example", "is_online": true, "missing": [],
     "storage": {"sessionStorage": true, "localStorage": true, "cacheStorage": true,
                 "indexedDB": true, "locks": true},
     "broadcast_channel": true, "web_assembly": true, "cookie_enabled": true}

`missing` names the features that the widget needs and the browser lacks. What is absent counts as
not there.
"""

from __future__ import annotations

from dataclasses import dataclass

from pywidget.domain.json_text import read_json


@dataclass(frozen=True, slots=True)
class BrowserFacts:
    """One browser, as one page found it. `storage` holds the names of what works."""

    is_secure: bool
    origin: str
    is_online: bool
    missing: tuple[str, ...]
    storage: frozenset[str]
    broadcast_channel: bool
    web_assembly: bool
    cookie_enabled: bool


def parse_facts(text: str) -> BrowserFacts:
    """Parse the script's JSON.

    Raises:
        ValueError: It is not a JSON object, or one of its values is of another type.
    """
    facts = read_json(text)
    if not isinstance(facts, dict):
        raise ValueError("the facts are no JSON object")  # noqa: TRY004 - the text is wrong
    storage, missing = facts.get("storage", {}), facts.get("missing", [])
    if not isinstance(storage, dict) or not isinstance(missing, list):
        raise ValueError("the facts have another shape")  # noqa: TRY004 - the same
    return BrowserFacts(
        is_secure=facts.get("is_secure") is True,
        origin=str(facts.get("origin", "")),
        is_online=facts.get("is_online") is True,
        missing=tuple(map(str, missing)),
        storage=frozenset(name for name, works in storage.items() if works is True),
        broadcast_channel=facts.get("broadcast_channel") is True,
        web_assembly=facts.get("web_assembly") is True,
        cookie_enabled=facts.get("cookie_enabled") is True,
    )
