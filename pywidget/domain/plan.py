"""The limits of a host's plan.

Facts: a free (Basic) host's meeting ends after 40 minutes, even with one guest. The same link can
be opened again at once.
"""

from __future__ import annotations

from typing import Final

LONGEST_FREE: Final = 40  # minutes


def is_cut_short(minutes: int, *, is_licensed: bool | None) -> bool:
    """Tell whether Zoom ends such a meeting early; of a plan that is not known, nothing is said."""
    return is_licensed is False and minutes > LONGEST_FREE
