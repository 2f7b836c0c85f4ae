"""The meetings that this Zoom user hosts: the proof that lets a note be cleaned automatically.

Facts: Zoom may say to anyone but the host that an existing meeting does not exist. So "it is gone"
is believed only of a meeting that this user is known to host. Only a truncated SHA-256 of meeting
ID and user ID is stored: enough to recognize a pair, too little to list meetings or users from.
"""

from __future__ import annotations

import json
from hashlib import sha256

from pywidget.domain.json_text import read_json
from pywidget.ports import Storage

KEY = "pywidget:v1:hosted"
MOST = 500
_LENGTH = 16  # hexadecimal digits, 64 bits


class HostedStore:
    """The proofs for at most 500 meetings, of which the oldest is forgotten first."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def add(self, meeting_id: str, user_id: str) -> None:
        """Remember that this user hosts this meeting."""
        proof = _derive(meeting_id, user_id)
        proofs = [known for known in self._load() if known != proof]
        self._storage.set(KEY, json.dumps([*proofs, proof][-MOST:]))

    def discard(self, meeting_id: str, user_id: str) -> None:
        """Forget that this user hosts this meeting: it is another's now."""
        proof, known = _derive(meeting_id, user_id), self._load()
        if proof in known:
            self._storage.set(KEY, json.dumps([other for other in known if other != proof]))

    def has(self, meeting_id: str, user_id: str) -> bool:
        """Tell whether this user is known to host the meeting."""
        return _derive(meeting_id, user_id) in self._load()

    def _load(self) -> list[str]:
        try:
            proofs = read_json(self._storage.get(KEY) or "[]")
        except ValueError:
            return []
        if not isinstance(proofs, list):
            return []
        return [proof for proof in proofs if isinstance(proof, str) and len(proof) == _LENGTH]


def _derive(meeting_id: str, user_id: str) -> str:
    pair = f"{meeting_id} {user_id}".encode(errors="replace")  # lone surrogates have no encoding
    return sha256(pair).hexdigest()[:_LENGTH]
