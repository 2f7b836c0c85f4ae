"""Writes the report on the tunnel's costs: `tunnel.md`, and all samples in `tunnel.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

_TUNNEL: Final = Path(__file__).resolve().parents[2] / "dist" / "tunnel"
_LIMITS: Final = {"first": 2.0, "first, from navigation": 2.0, "new connection": 2.0, "later": 1.5}
_LONGEST_MS: Final = 50
_LARGEST_BYTES: Final = 110_000
_NOT_LOADED: Final = ("manifest.json", "licenses.txt")  # by a page
_HEAD: Final = """\
# What the tunnel costs

Beside the [relay for nginx](../relay/nginx.conf), in one run:

    python -m e2e.bench.tunnel

Both lead to the same simulated Zoom on this machine. Figures are medians; milliseconds apply to
this machine only, so compare the ratios. *From navigation*: a page that calls as soon as Python is
up, while the tunnel's own files are still to load; *cold* is a first visit, *warm* the next one
with the same browser. All other calls are made when the page has been up for two seconds, as pages
have before anyone clicks: *first* is its first call, *later* uses a connection that was kept, and a
*new connection* is needed after four seconds of silence.

A new connection costs a WebSocket, a process of the forwarder and a handshake in the page, while
the relay leaves all that to nginx. On one machine nothing else shows. *Far* is what people have:
20 ms to the page's server and back, and 40 ms from there to Zoom and back.

"""

Samples = Mapping[str, Mapping[str, Sequence[float]]]


def write_report(
    folder: Path,
    samples: Samples,
    memory: Sequence[Mapping[str, float]],
    machine: Mapping[str, str],
) -> None:
    """Write both files."""
    data = {"machine": machine, "samples": samples, "memory": memory, "bytes": measure_files()}
    text = json.dumps(data, indent=1, ensure_ascii=False)
    (folder / "tunnel.json").write_text(f"{text}\n", encoding="utf-8")
    tables = (render_times(samples), render_memory(memory), render_files(measure_files()))
    (folder / "tunnel.md").write_text(_HEAD + "\n".join(tables), encoding="utf-8")


def measure_files() -> dict[str, int]:
    """Return the sizes of the files in `dist/tunnel/` that a page loads, in Brotli.

    Raises `OSError` if the build wrote no Brotli.
    """
    files = {
        path.relative_to(_TUNNEL).as_posix().removesuffix(".br"): path.stat().st_size
        for path in sorted(_TUNNEL.rglob("*.br"))
    }
    if not files:
        raise FileNotFoundError("dist/tunnel/ has no Brotli: make build TUNNEL=1")
    return {name: size for name, size in files.items() if name not in _NOT_LOADED}


def render_times(samples: Samples) -> str:
    """Return the table of milliseconds."""
    rows = [
        "| ms | relay | tunnel | ratio | at most | met? |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for name, values in samples["tunnel"].items():
        relay, tunnel = median(samples["relay"][name]), median(values)
        kind = re.sub(r", (cold|warm|far)$", "", name)
        if kind in _LIMITS:
            ratio = tunnel / relay
            bound, is_met = f"{_LIMITS[kind]:.1f}", ratio <= _LIMITS[kind]
            told = f"{ratio:.2f}"
        else:
            bound, is_met, told = f"{_LONGEST_MS} ms", max(values) <= _LONGEST_MS, ""
            tunnel = max(values)
        verdict = "yes" if is_met else "**no**"
        rows.append(f"| {name} | {relay:.1f} | {tunnel:.1f} | {told} | {bound} | {verdict} |")
    note = "The longest task is the longest of all visits; one that is below 50 ms counts as 0.\n"
    return "\n".join([*rows, "", note])


def render_memory(memory: Sequence[Mapping[str, float]]) -> str:
    """Render what was in use after so many requests, half of them on connections of their own."""
    names = list(memory[0])
    rows = [f"| {' | '.join(names)} |", f"|{' --: |' * len(names)}"]
    rows += [f"| {' | '.join(f'{reading[name]:,.0f}' for name in names)} |" for reading in memory]
    return "\n".join([*rows, ""])


def render_files(files: Mapping[str, int]) -> str:
    """Render the sizes."""
    total = sum(files.values())
    rows = ["| file | bytes in Brotli |", "| --- | --: |"]
    rows += [f"| {name} | {size:,} |" for name, size in files.items()]
    verdict = "yes" if total <= _LARGEST_BYTES else "**no**"
    rows.append(f"| all (at most {_LARGEST_BYTES:,}: {verdict}) | {total:,} |")
    return "\n".join([*rows, ""])
