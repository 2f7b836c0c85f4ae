"""The command line: it measures, and writes the report.

python -m e2e.bench --loads 1 --out /tmp/bench --only scale,notes
"""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from pathlib import Path
from shutil import copyfile

from playwright.sync_api import sync_playwright
from zoom_meeting_testing.simulator import SimulatorServer

from e2e.bench.conditions import THROTTLED, UNTHROTTLED
from e2e.bench.lab import Lab
from e2e.bench.loads import measure_loads
from e2e.bench.machine import describe_machine
from e2e.bench.notes import measure_notes
from e2e.bench.report import write_report
from e2e.bench.results import Results
from e2e.bench.scale import measure_scale
from e2e.bench.site import BenchSite
from e2e.bench.stock import compress
from e2e.delivery import DIST
from e2e.demo import DEMO_CLIENT_ID, Zoom

_PARTS = ("load", "throttled", "scale", "notes")


def main() -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description="Measure the widget beside stock PyScript.")
    parser.add_argument("--loads", type=int, default=7, help="how often each page is loaded")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks"))
    parser.add_argument("--only", default=",".join(_PARTS), help="some of %(default)s")
    options = parser.parse_args()
    parts = options.only.split(",")
    if not set(parts) <= set(_PARTS):
        parser.error(f"--only takes some of {','.join(_PARTS)}")

    zoom_server = SimulatorServer()
    with (
        sync_playwright() as playwright,
        zoom_server,
        BenchSite(Zoom(DEMO_CLIENT_ID, zoom_server.url)) as site,
    ):
        lab = Lab(playwright, site, zoom_server)
        results = Results(_write_command(), describe_machine(_ask_version(lab)), _measure_loader())
        for part, conditions in (("load", UNTHROTTLED), ("throttled", THROTTLED)):
            if part in parts:
                results.loads[conditions.name] = measure_loads(lab, conditions, options.loads, _say)
        if "scale" in parts:
            results.scale = measure_scale(lab, options.loads, _say)
        if "notes" in parts:
            results.notes = measure_notes(lab, options.loads, _say)
    write_report(results, options.out)
    _say(f"Written to {options.out}/")


def _write_command() -> str:
    """Return the command as it was given, but without `--out`."""
    arguments = sys.argv[1:]
    if "--out" in arguments:
        place = arguments.index("--out")
        arguments = [*arguments[:place], *arguments[place + 2 :]]
    return shlex.join(["python", "-m", "e2e.bench", *arguments])


def _ask_version(lab: Lab) -> str:
    with lab.open_profile() as profile, profile.open("/notes.html") as tab:
        tab.wait_for("python")
        return tab.read_browser_version()


def _measure_loader() -> int:
    """Return the size of `embed.js` in Brotli, whether or not the build wrote that."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "embed.js"
        copyfile(DIST / "embed.js", copy)
        compress(copy)
        return Path(f"{copy}.br").stat().st_size


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - a run takes minutes, and shows its progress


if __name__ == "__main__":
    main()
