"""Links that mail programs and filters have wrapped in a URL of their own.

Facts, from links seen in use:

* Outlook's Safe Links: `https://{region}.safelinks.protection.outlook.com/?url={link}&data=…`.
* Google's Calendar and Gmail: `https://www.google.com/url?q={link}&sa=D&source=calendar…`.
* Proofpoint's version 2: `https://urldefense.proofpoint.com/v2/url?u={link}&d=…`, with `-` for
  `%` and `_` for `/`. Version 3: `https://urldefense.com/v3/__{link}__;!!…!…$`, with the
  link as it was, or with one slash behind its scheme.
* The link is percent-encoded once; only in its query; or twice, where one program has wrapped it
  and another has encoded that.
* The rest of a wrapper is about its reader. A wrapper may be wrapped again.
"""

import re
from urllib.parse import unquote

from pywidget.domain.query import parse_query

# Each group is named after the parameter that holds the link.
_BY_PARAMETER = re.compile(
    r"""https?://(?:
        (?P<url>[a-z0-9-]{1,63}\.safelinks\.protection\.outlook\.com/[^?\#]*)
        |(?P<q>(?:www\.)?google\.com/url)
        |(?P<u>urldefense\.proofpoint\.com/v2/url)
    )\?(?P<query>[^\#]*)""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_BY_UNDERSCORES = re.compile(
    r"https?://urldefense(?:\.proofpoint)?\.com/v3/__(?P<link>[A-Za-z0-9\-._~:/?#@$+=%&]+?)__;"
    r"[A-Za-z0-9+/=_-]*![A-Za-z0-9!_-]*\$?",
    re.ASCII | re.IGNORECASE,
)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_SCHEME_WITH_ONE_SLASH = re.compile(r"(https?:/)(?!/)", re.IGNORECASE)
_FROM_PROOFPOINT = str.maketrans("-_", "%/")
_MOST_ENCODINGS = 3


def unwrap_link(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Find the link inside a wrapper.

    Args:
        text: Prose.
        start: Where a URL starts in it.
        end: Where that URL seems to end.

    Returns:
        Where the wrapper ends, and the link inside it; None if there is no wrapper.
    """
    match = _BY_UNDERSCORES.match(text, start)
    if match is not None:
        return match.end(), _SCHEME_WITH_ONE_SLASH.sub(r"\1/", match["link"], count=1)
    match = _BY_PARAMETER.match(text, start, end)
    if match is None:
        return None
    name = next(name for name in ("url", "q", "u") if match[name] is not None)
    link = parse_query(match["query"]).get(name, "")
    return end, _decode(link.translate(_FROM_PROOFPOINT) if name == "u" else link)


def _decode(link: str) -> str:
    """Decode until the result is a link, at most `_MOST_ENCODINGS` times."""
    for _ in range(_MOST_ENCODINGS):
        link = unquote(link)
        if _SCHEME.match(link):
            break
    return link
