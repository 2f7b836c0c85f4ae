r"""Links that only hint at a meeting: they let no client in, but a meeting may exist.

Facts:

* `/wc/…` is Zoom's web client, `/s/…` starts a meeting as its host, `/join?confno=…` names one in
  its query. `/meeting/register/…` and `/webinar/register/…` are where clients register,
  `/meeting/{id}` is the host's own page for it, and all of `events.zoom.us` is about meetings.
* Calendar files and JSON write a line break as `\n`, and a host may follow directly.
* An unknown wrapper usually holds the link as it was, or percent-encoded.
* `/u/…` (dial-in numbers), `/rec/…` (recordings), sign-in, download and help pages are no hints.

>>> hints_at_meeting("https://us02web.zoom.us/meeting/register/tZAbcDEf")
True
>>> hints_at_meeting("https://us02web.zoom.us/u/kdTQtyzJR, https://zoom.us/download")
False
"""

import re

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


def hints_at_meeting(text: str) -> bool:
    """Tell whether a link in prose hints at a meeting, as a real join link does, too. Linear."""
    lower = text.lower()
    at = lower.find(_HOST_STARTS_WITH)
    while at >= 0:
        if _HINT.match(lower, at):
            return True
        at = lower.find(_HOST_STARTS_WITH, at + len(_HOST_STARTS_WITH))
    return False
