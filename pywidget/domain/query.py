"""The query of a URL, as found in prose."""

import re
from urllib.parse import unquote

_BETWEEN_PARAMETERS = re.compile(r"&(?:amp;)*")
_ENCODED_EQUALS = re.compile("%3d", re.IGNORECASE)


def parse_query(query: str) -> dict[str, str]:
    """Parse the parameters: the first one of each name, with its value as it stands there.

    An editor may have turned `&` into `&amp;`, and Google's wrapper encodes `=`: then the
    parameter is decoded once.

    >>> parse_query("tk=a&amp;pwd%3DQ2x&tk=b")
    {'tk': 'a', 'pwd': 'Q2x'}
    """
    values: dict[str, str] = {}
    for parameter in _BETWEEN_PARAMETERS.split(query):
        if "=" not in parameter and _ENCODED_EQUALS.search(parameter):
            parameter = unquote(parameter)  # noqa: PLW2901 - the same one
        name, _, value = parameter.partition("=")
        values.setdefault(name, value)
    return values
