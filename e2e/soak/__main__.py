"""The command line: it prints the counts, and fails if one of them grows.

python -m e2e.soak --rounds 1000
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from zoom_meeting_testing.simulator import ServerThread, SimulatorServer

from e2e.bench.machine import describe_machine
from e2e.browser import launch
from e2e.demo import DEMO_CLIENT_ID, Zoom
from e2e.hosts import HostPages
from e2e.soak.run import open_tabs, soak
from e2e.soak.tab import PAGE
from e2e.soak.verdict import MEASURES, find_leaks, find_slopes
from e2e.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAMPLES = 20
_ROWS = 10
_FEW = 40
_MEGABYTE = 1_000_000


def main() -> None:
    """Do the rounds. Exits with an error if something leaks, or if a page complains."""
    parser = argparse.ArgumentParser(description="Use the widget for days, and count what stays.")
    parser.add_argument("--rounds", type=int, default=1000)
    rounds = parser.parse_args().rounds
    if rounds < _FEW:
        parser.error(f"fewer than {_FEW} rounds show nothing")
    step = rounds // _SAMPLES
    began = time.monotonic()
    server = SimulatorServer()
    with sync_playwright() as playwright, server, tempfile.TemporaryDirectory() as folder:
        hosts = HostPages(Zoom(DEMO_CLIENT_ID, server.url), Path(folder))
        with ServerThread(hosts.app) as site:
            browser = launch(playwright)
            for name, value in describe_machine(f"Chromium {browser.version}").items():
                _say(f"{name}: {value}")
            _say_row("rounds", {name: measure.label for name, measure in MEASURES.items()})
            context = browser.new_context(locale="en-US", timezone_id="America/New_York")
            watcher = Watcher(frozenset({site.url, server.url}))
            watcher.watch(context)
            watcher.expect("appointment")  # of the element that starts Python
            tabs = open_tabs(context, site.url + hosts.serve(PAGE), server.simulator)
            every = step * (_SAMPLES // _ROWS)
            samples = soak(
                tabs,
                rounds,
                step,
                lambda done, counts: (
                    _say_row(str(done), _write(counts)) if done % every == 0 else None
                ),
            )
            problems = watcher.find_problems()
            browser.close()
    slopes = find_slopes(samples)
    _say_row("grows by", {name: f"{slope:.2f}" for name, slope in slopes.items()})
    _say_row("at most", {name: f"{measure.bound:g}" for name, measure in MEASURES.items()})
    _say(f"{rounds} rounds in {time.monotonic() - began:.0f} s")
    if problems:
        sys.exit(f"A page complained: {problems}")
    leaks = find_leaks(slopes)
    if leaks:
        sys.exit(f"Leaks: {', '.join(MEASURES[name].label for name in leaks)}")


def _write(counts: Mapping[str, float]) -> dict[str, str]:
    return {
        name: f"{counts[name] / _MEGABYTE:.2f} MB"
        if name.endswith("bytes")
        else f"{counts[name]:.0f}"
        for name in MEASURES
    }


def _say_row(first: str, cells: Mapping[str, str]) -> None:
    _say(f"| {first} | {' | '.join(cells.values())} |")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a run takes minutes, and shows its progress


if __name__ == "__main__":
    main()
