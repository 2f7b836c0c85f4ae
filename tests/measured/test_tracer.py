"""What a measured page tells is what coverage.py measures."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from coverage import CoverageData

from e2e.measured.build import TRACER
from e2e.measured.collect import PREFIX

SAMPLE = '''\
"""Branches, loops, and functions that wait."""
import asyncio
from contextlib import suppress

def choose(number):
    if number > 1:
        return "many"
    for each in range(number):
        while each:
            break
        else:
            continue
    return [n for n in range(9) if n % 2]

def fail():
    with suppress(ValueError):
        try:
            raise ValueError
        finally:
            number = 1
    if number:
        raise KeyError

def count():
    for number in range(3):
        if (yield number):
            return

async def wait():
    for _ in range(2):
        await asyncio.sleep(0)
    if await asyncio.sleep(0, result=True):
        return 1

@property
def never(self):
    return self

class Thing:
    size: int = 5

    def grow(self):
        match self.size:
            case 5:
                self.size = 6
            case _:
                self.size = 7

choose(5), choose(1), choose(0)
with suppress(KeyError):
    fail()
list(count())
asyncio.run(wait())
Thing().grow()
'''
JS = """\
location = "a page"
class console:
    debug = print
"""


def run(folder: Path, *arguments: str) -> str:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


def test_the_arcs_are_those_of_coverage(tmp_path: Path) -> None:
    package = tmp_path / "pywidget"
    package.mkdir()
    sample = package / "sample.py"
    sample.write_text(SAMPLE)
    (tmp_path / "js.py").write_text(JS)

    (package / "__init__.py").write_text("")
    options = ("--branch", f"--data-file={tmp_path / 'data'}", "--source=pywidget")
    run(tmp_path, "-m", "coverage", "run", "--rcfile=", *options, "-m", "pywidget.sample")
    data = CoverageData(str(tmp_path / "data"))
    data.read()
    expected = set(data.arcs(str(sample)) or ())

    shutil.copyfile(TRACER, package / "__init__.py")
    told = run(tmp_path, "-c", "import pywidget.sample").splitlines()
    assert all(line.startswith(PREFIX) for line in told)
    arcs = [
        arc for line in told for arc in json.loads(line.removeprefix(PREFIX)).get("sample.py", ())
    ]
    assert {tuple(arc) for arc in arcs} == expected
    assert len(arcs) == len(expected), "something was told twice"
