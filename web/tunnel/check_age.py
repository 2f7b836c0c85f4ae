"""The check that the parts of the tunnel are still the newest there are.

    python -m web.tunnel.check_age

The tunnel must be rebuilt when Mbed TLS has a fix, or when Mozilla removes a root. This compares
Mbed TLS with the newest release of the same series that Debian has in sid, and the roots with the
newest certifi on the package index. It ends with 1 if either is behind, and with 2 if that could
not be found out.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from web.tunnel.roots import ROOTS, find_problem, list_wanted, read_bundle, read_release
from web.tunnel.source import BuildError, list_debian_versions, read_source

LONG_TERM_SUPPORT_ENDS: Final = date(2027, 3, 31)
"""For Mbed TLS 3.6 (its BRANCHES.md: three years from March 2024); 4.1 comes after it."""


def parse_version(text: str) -> tuple[int, ...]:
    """Parse `3.6.7` into numbers that can be compared."""
    return tuple(map(int, re.findall(r"\d+", text)))


def judge_library(pinned: str, known: list[str], today: date) -> tuple[bool, list[str]]:
    """Judge Mbed TLS.

    Args:
        pinned: The version that we build.
        known: The versions that Debian has.
        today: The day that is compared with the end of support.

    Returns:
        Whether ours is still good, and sentences for people.
    """
    series = parse_version(pinned)[:2]
    same = sorted((v for v in known if parse_version(v)[:2] == series), key=parse_version)
    newest = same[-1] if same else None
    will_do = newest is not None and parse_version(pinned) >= parse_version(newest)
    end = LONG_TERM_SUPPORT_ENDS
    says = [
        f"Mbed TLS: we build {pinned}; Debian sid has {newest or f'none of this series: {known}'}. "
        + (
            "Debian can be late: check upstream's releases, too."
            if will_do
            else "Pin a newer one, and build again."
        ),
        f"Mbed TLS {series[0]}.{series[1]} gets security fixes until {end:%B %Y}, "
        + (f"{(end - today).days} days from now." if today <= end else "which is over."),
    ]
    return will_do and today <= end, says


def judge_roots(ours: str, newest: str, bundle: dict[str, bytes], now: float) -> list[str]:
    """Say what is wrong with the roots, by the newest list; nothing if nothing is.

    Args:
        ours: The release of certifi that our roots come from.
        newest: The newest one.
        bundle: Its certificates, by fingerprint.
        now: In seconds since 1970.
    """
    problems = [find_problem(root, bundle, now) for root in list_wanted()]
    return [f"{problem} (certifi {newest}, ours is {ours})." for problem in problems if problem]


def download_certifi() -> tuple[str, dict[str, bytes]]:
    """Download the newest certifi; return its version, and its certificates by fingerprint."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
        done = subprocess.run(  # noqa: S603 - our own arguments, no shell
            [*command, "--disable-pip-version-check", "--dest", folder, "certifi"],
            capture_output=True,
            text=True,
            check=False,
        )
        wheels = list(Path(folder).glob("certifi-*.whl"))
        if done.returncode != 0 or len(wheels) != 1:
            raise BuildError(f"the package index gives no certifi: {done.stderr.strip()}")
        with zipfile.ZipFile(wheels[0]) as wheel:
            text = wheel.read("certifi/cacert.pem").decode("utf-8")
        return wheels[0].name.split("-")[1], read_bundle(text)


def main() -> int:
    """Print the result; return the exit code."""
    today = date.today()  # noqa: DTZ011 - a day more or less does not matter
    source = read_source()
    try:
        will_do, says = judge_library(source.version, list_debian_versions(source.name), today)
        newest, bundle = download_certifi()
    except BuildError as error:
        print(f"This could not be found out: {error}", file=sys.stderr)  # noqa: T201 - for people
        return 2
    ours = read_release(ROOTS.read_text(encoding="utf-8"))
    problems = judge_roots(ours, newest, bundle, time.time())
    says += problems or [
        f"Roots: ours are those of certifi {ours}; the newest is {newest}, and has them all."
    ]
    print("\n".join(says))  # noqa: T201 - for people
    return 0 if will_do and not problems else 1


if __name__ == "__main__":
    raise SystemExit(main())
