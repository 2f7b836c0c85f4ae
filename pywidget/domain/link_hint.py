r"""What in notes only hints at a meeting: no join link of Zoom's, but a meeting may exist.

Facts:

* `/wc/…` is Zoom's web client, `/s/…` starts a meeting as its host, `/join?confno=…` names one in
  its query. `/meeting/register/…` and `/webinar/register/…` are where clients register,
  `/meeting/{id}` is the host's own page for it, and all of `events.zoom.us` is about meetings.
* Calendar files and JSON write a line break as `\n`, and a host may follow directly.
* An unknown wrapper usually holds the link as it was, or percent-encoded.
* `/u/…` (dial-in numbers), `/rec/…` (recordings), sign-in, download and help pages are no hints.
* Google Meet's links are `meet.google.com/abc-defg-hij` or `/lookup/…`; host pages write them after
  `Google Meet:`, on a line of its own. Its bare host is an advertisement, or the start page.

>>> hints_at_meeting("https://us02web.zoom.us/meeting/register/tZAbcDEf")
True
>>> hints_at_meeting("https://us02web.zoom.us/u/kdTQtyzJR, https://zoom.us/download")
False
>>> hints_at_other_meeting("Google Meet: https://meet.google.com/abc-defg-hij")
True
"""

import re
from enum import Enum, auto

_HOST_STARTS_WITH = "zoom"
_SLASH = r"(?:/|_|%(?:25){0,3}2f)"  # "_" is Proofpoint's
_HINT = re.compile(
    rf"""(?:(?<![a-z0-9-])|(?<=2f)|(?<=\\[nrt]))zoom(?:\.us|gov\.com|\.com(?:\.cn)?)(?:
        {_SLASH}(?:
            (?:j|w|my|wc|s){_SLASH}
            |join(?:\?|%(?:25){{0,3}}3f)
            |(?:meeting|webinar){_SLASH}(?:register|[0-9]{{9}})
        )
        |(?<=events\.zoom\.us){_SLASH}
    )""",
    re.VERBOSE,
)

_OTHER = re.compile(r"^[ \t]*google meet:|meet\.google\.com(?:/|%(?:25){0,3}2f)[a-z]", re.MULTILINE)


class Hint(Enum):
    """What the notes hint at."""

    ZOOM = auto()
    OTHER = auto()  # a meeting of another kind


def hints_at_meeting(text: str) -> bool:
    """Tell whether a link in prose hints at a meeting, as a real join link does, too. Linear."""
    lower = text.lower()
    at = lower.find(_HOST_STARTS_WITH)
    while at >= 0:
        if _HINT.match(lower, at):
            return True
        at = lower.find(_HOST_STARTS_WITH, at + len(_HOST_STARTS_WITH))
    return False


def hints_at_other_meeting(text: str) -> bool:
    """Tell whether the text hints at a meeting that is not Zoom's. Linear."""
    return _OTHER.search(text.lower()) is not None
