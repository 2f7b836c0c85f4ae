"""The check in a terminal.

    python -m pywidget.check https://app.example/appointments
    python -m pywidget.check https://app.example/appointments --tag '<script …></script>'

Exit codes: 0 if nothing is wrong, 1 if something is, 2 if the check could not run or not read the
page.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from io import TextIOWrapper
from urllib.parse import urlsplit

from pywidget.browser.urllib_http import UrllibTransport
from pywidget.check.row import Row, Verdict
from pywidget.check.run import check_page
from pywidget.check.summary import could_check, summarize
from pywidget.check.tag import parse_tag
from pywidget.check.target import Target
from pywidget.check.terminal_reach import TerminalReach
from pywidget.check.terminal_text import write_row

_WRONG, _NOT_RUN = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the rows as they become known; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m pywidget.check",
        description="Find what is wrong with a page that has the Zoom widget in it.",
        epilog="Exit codes: 0 nothing is wrong, 1 something is, 2 the check could not run.",
    )
    parser.add_argument("url", metavar="URL", help="the page, such as https://app.example/book")
    parser.add_argument(
        "--tag", metavar="'<script …>'", help="the script tag, if a script creates it"
    )
    options = parser.parse_args(arguments)
    target = _read_target(options.url, options.tag, parser)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # not every terminal has all our characters
    try:
        rows = asyncio.run(_check(target))
        sys.stdout.write(f"\n{summarize(rows)}.\n")
        sys.stdout.flush()
    except BrokenPipeError:  # `| head`: nobody reads on, and Python must not complain when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOT_RUN
    if any(row.verdict is Verdict.WRONG for row in rows):
        return _WRONG
    return 0 if could_check(rows) else _NOT_RUN


def _read_target(url: str, markup: str | None, parser: argparse.ArgumentParser) -> Target:
    """Read the target; end the program with 2 if it cannot be checked."""
    try:
        parts = urlsplit(url)
        is_page = parts.scheme in {"http", "https"} and bool(parts.hostname)
        is_page = is_page and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        is_page = False
    if not is_page:
        parser.error("URL must be the full address of a page, without a password")
    if markup is None:
        return Target(url)
    tag = parse_tag(markup)
    if tag is None:
        parser.error("--tag must be the whole script tag, from <script to >")
    return Target(url, tag)


async def _check(target: Target) -> list[Row]:
    in_color = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    rows = []
    reach = TerminalReach(UrllibTransport())
    async for row in check_page(target, facts=None, reach=reach, now=lambda: datetime.now(UTC)):
        sys.stdout.write(write_row(row, in_color=in_color))
        sys.stdout.flush()
        rows.append(row)
    return rows


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(_NOT_RUN)
