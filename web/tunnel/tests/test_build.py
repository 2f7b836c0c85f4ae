"""The module is the one that is pinned, and whoever builds it gets the same."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from wasmtime import Engine, Module

from pywidget.tunnel import mbed_tls
from web.tunnel import build_module, source
from web.tunnel.build_module import HERE, MODULE, check_pin
from web.tunnel.source import PINS, BuildError, fetch_source, read_source

HEADER = (HERE / "tls.h").read_text(encoding="utf-8")


def test_the_module_is_the_pinned_one() -> None:
    check_pin(MODULE.read_bytes())
    with pytest.raises(BuildError, match="--write-pin"):
        check_pin(MODULE.read_bytes() + b"\0")


def test_two_builds_in_two_places_are_the_same_to_the_byte(tmp_path: Path) -> None:
    """Each with its own source, its own caches, and another path."""
    digests = set()
    for name in ("one", "another place with a longer name"):
        root = tmp_path / name
        shutil.copytree(HERE, root / "web" / "tunnel", ignore=shutil.ignore_patterns("tests"))
        kept = root / ".cache" / "tunnel"
        kept.mkdir(parents=True)
        shutil.copy(fetch_source(read_source()), kept)
        subprocess.run(
            [sys.executable, "-m", "web.tunnel.build_module", "made.wasm"], cwd=root, check=True
        )
        digests.add(sha256((root / "made.wasm").read_bytes()).hexdigest())
    assert digests == {json.loads(PINS.read_text())["module"]["sha256"]}


def test_it_needs_randomness_and_a_clock_and_nothing_else() -> None:
    module = Module.from_file(Engine(), str(MODULE))
    assert sorted((each.module, each.name) for each in module.imports) == [
        ("env", "fill_random"),
        ("env", "now_ms"),
    ]
    declared = set(re.findall(r"TLS_EXPORT\((\w+)\)", HEADER)) - {"name"}
    assert {each.name for each in module.exports} == declared | {"memory", "_initialize"}


def test_it_is_small_when_compressed() -> None:
    program = (
        "const z = require('zlib'), f = require('fs').readFileSync(process.argv[1]);"
        "const q = { [z.constants.BROTLI_PARAM_QUALITY]: 11 };"
        "console.log(z.brotliCompressSync(f, { params: q }).length)"
    )
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        ["node", "-e", program, str(MODULE)],  # noqa: S607 - whichever is on the path
        capture_output=True,
        check=True,
        text=True,
    )
    assert int(done.stdout) < 64_000


def test_python_and_c_mean_the_same_by_their_numbers() -> None:
    numbers = {
        name: int(value, 0)
        for name, value in re.findall(r"#define TLS_(\w+) (-?\w+)", HEADER)
        if re.fullmatch(r"-?(0x)?[0-9a-f]+", value)
    }
    assert numbers.pop("INPUT_SIZE") == mbed_tls.INPUT_SIZE
    assert numbers.pop("LENGTH") == mbed_tls.LENGTH
    assert numbers.pop("OUTPUT_SIZE") >= mbed_tls.INPUT_SIZE + 16384
    for name in ("CONNECTIONS", "HOST_SIZE"):
        numbers.pop(name)
    theirs = {each.name: int(each) for each in (*mbed_tls.State, *mbed_tls.Mistake)}
    assert numbers == theirs


def test_another_source_is_refused(tmp_path: Path) -> None:
    pinned = read_source()
    (tmp_path / pinned.file_name).write_bytes(b"something else")
    with pytest.raises(BuildError, match="It is not used"):
        fetch_source(pinned, tmp_path)


def test_a_source_that_nobody_has_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source, "_run", lambda *_, **__: "")  # an apt that knows nothing
    gone = replace(read_source(), version="3.6.0", url="https://localhost:1/nothing")
    with pytest.raises(BuildError, match=r"Put the file into .* or pin a newer release"):
        fetch_source(gone, tmp_path)


def test_another_compiler_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.tunnel.compiler.version", lambda _: "0.0.1")
    with pytest.raises(BuildError, match="is pinned, here is 0"):
        build_module.build(MODULE)
