"""What must hold whatever is read: only our own errors, no secret in them, links that lead to Zoom.

Facts: a traceback shows an error together with its causes and its notes, so a secret in any of them
is out. How a browser reads a URL is written down in the WHATWG's URL Standard; `ada_url` follows it
and shares nothing with our own parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import unquote

from ada_url import URL

from pywidget.domain.errors import WidgetError

SECRET = "s3cr3t"  # in every secret of the seeds
_ZOOM = ("zoom.us", "zoomgov.com", "zoom.com.cn")
_MOST_DIGITS = 40


@contextmanager
def refusal() -> Iterator[None]:
    """Let the widget's own errors pass, if they hold no secret. Anything else is a failure."""
    try:
        yield
    except WidgetError as error:
        assert_says_no_secret(error)


def assert_says_no_secret(error: BaseException) -> None:
    """Check all that a log, a notice or a console could show of an error."""
    said = "".join(map(_say_all, _list_causes(error)))
    assert SECRET not in unquote(said), "the error holds a secret"
    if isinstance(error, WidgetError):
        assert all(len(str(value)) <= _MOST_DIGITS for value in error.evidence.values()), (
            "the error echoes its input"
        )


def _list_causes(error: BaseException) -> Iterator[BaseException]:
    """List what a traceback shows: the error and what led to it."""
    each: BaseException | None = error
    while each is not None:
        yield each
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)


def _say_all(error: BaseException) -> str:
    return f"{error!r} {error} {error.args} {vars(error)} {getattr(error, '__notes__', ())}"


def assert_shows_no_secret(value: object) -> None:
    """Check that a result's `repr` keeps its secrets."""
    assert SECRET not in repr(value), "the result shows a secret"


def assert_leads_to_zoom(url: str, *, also: frozenset[str] = frozenset()) -> None:
    """Check where a browser would go: to a host of Zoom's over TLS, with nobody's name in the URL.

    Args:
        url: The link.
        also: Other hosts that are trusted, as `host` or `host:port`.
    """
    assert url.isascii(), "not plain"
    assert not any(character <= " " or character in '\\<>"\x7f' for character in url), "not plain"
    try:
        parts = URL(url)
    except ValueError:
        raise AssertionError("no URL to a browser") from None
    assert parts.protocol == "https:", "not over TLS"
    assert (parts.username, parts.password) == ("", ""), "somebody's name"
    host = parts.hostname
    is_zoom = host in _ZOOM or host.endswith((*(f".{each}" for each in _ZOOM), ".zoom.com"))
    assert is_zoom or parts.host in also, "another host"
