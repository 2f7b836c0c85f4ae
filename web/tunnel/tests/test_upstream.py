"""Mbed TLS's own tests, compiled for WebAssembly as the module is, and run there.

They need more than the module has (`upstream/suites_config.h`); what is compiled of the module is
compiled the same. Tests of what is not compiled are skipped by themselves.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from wasmtime import Engine, ExitTrap, Func, Linker, Module, Store, WasiConfig

from web.tunnel.compiler import run_compiler
from web.tunnel.source import PINS, fetch_source, read_source, unpack_source

HERE: Final = Path(__file__).resolve().parent / "upstream"

# By what the module does: records and handshakes, certificates, keys, ciphers, hashes, numbers.
SUITES: Final = (
    *("ssl", "ssl.records", "ssl.tls-defrag"),
    *("x509parse", "asn1parse", "pk", "pkparse"),
    *("rsa", "pkcs1_v15", "pkcs1_v21", "ecdsa", "ecdh", "ecp"),
    *("aes.ecb", "aes.rest", "gcm.aes128_en", "gcm.aes128_de", "gcm.aes256_en", "gcm.aes256_de"),
    *("gcm.misc", "chacha20", "poly1305", "chachapoly", "cipher.gcm", "cipher.chachapoly"),
    *("shax", "md", "hkdf", "constant_time", "platform_util"),
    *("bignum.generated", "bignum.misc", "bignum_core.misc", "bignum_core.generated"),
    *("psa_crypto", "psa_crypto_hash", "psa_crypto_slot_management"),
)


@dataclass(frozen=True)
class Upstream:
    """Mbed TLS's source, and folders for what is made of it."""

    tree: Path
    made: Path
    caches: Path

    def compile(self, name: str, *sources: Path) -> Path:
        target = self.made / f"{name}.wasm"
        folders = (
            *(HERE, PINS.parent, *(self.tree / each for each in ("include", "library", "tests"))),
            *(self.tree / each for each in ("tests/include", "framework/tests/include")),
        )
        run_compiler(
            [
                *("-D_GNU_SOURCE", "-DMBEDTLS_CONFIG_FILE=<suites_config.h>", "-w"),
                *(f"-I{folder}" for folder in folders),
                *map(str, sorted((self.tree / "library").glob("*.c"))),
                *map(str, sources),
                *("-Wl,-z,stack-size=1048576", "-o", str(target)),
            ],
            self.caches,
        )
        return target

    def run(self, module: Path, *arguments: str) -> tuple[int, str]:
        """Runs it; gives its exit code, and what it wrote."""
        engine = Engine()
        linker, store, wasi = Linker(engine), Store(engine), WasiConfig()
        linker.define_wasi()
        said = self.made / "said.txt"
        wasi.argv = [module.name, *arguments]
        wasi.stdout_file = str(said)
        wasi.preopen_dir(str(self.made), ".")
        wasi.preopen_dir(str(self.tree / "framework" / "data_files"), "../framework/data_files")
        store.set_wasi(wasi)
        start = linker.instantiate(store, Module.from_file(engine, str(module))).exports(store)[
            "_start"
        ]
        assert isinstance(start, Func)
        code = 0
        try:
            start(store)
        except ExitTrap as trap:
            code = trap.code
        return code, said.read_text(errors="replace")


@pytest.fixture(scope="session")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Upstream:
    tree = unpack_source(fetch_source(read_source()), tmp_path_factory.mktemp("source"))
    return Upstream(tree, tmp_path_factory.mktemp("made"), tmp_path_factory.mktemp("caches"))


def test_the_self_tests_pass(upstream: Upstream) -> None:
    sources = (
        upstream.tree / "programs" / "test" / "selftest.c",
        upstream.tree / "framework" / "tests" / "src" / "fake_external_rng_for_test.c",
        HERE / "clock.c",
    )
    code, said = upstream.run(upstream.compile("selftest", *sources), "-x", "calloc")
    assert code == 0, said
    assert "All tests PASS" in said
    for name in ("SHA-256", "SHA-512", "AES-GCM-256", "CHACHA20", "POLY1305", "ChaCha20-Poly1305"):
        assert name.lower() in said.lower()
    assert "[ 0 tests" not in said


@pytest.mark.parametrize("name", SUITES)
def test_a_suite_passes(name: str, upstream: Upstream) -> None:
    suites = upstream.tree / "tests" / "suites"
    subprocess.run(  # noqa: S603 - our own arguments, no shell
        [
            *(sys.executable, "framework/scripts/generate_test_code.py"),
            *("-f", str(suites / f"test_suite_{name.partition('.')[0]}.function")),
            *("-d", str(suites / f"test_suite_{name}.data"), "-s", str(suites)),
            *("-t", str(suites / "main_test.function"), "-p", str(suites / "host_test.function")),
            *("--helpers-file", str(suites / "helpers.function"), "-o", str(upstream.made)),
        ],
        cwd=upstream.tree,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    helpers = [
        path
        for folder in ("framework/tests/src", "framework/tests/src/drivers", "tests/src")
        for path in sorted((upstream.tree / folder).glob("*.c"))
    ]
    helpers += sorted((upstream.tree / "tests" / "src" / "test_helpers").glob("*.c"))
    made = upstream.made / f"test_suite_{name}.c"
    module = upstream.compile(name, *helpers, HERE / "clock.c", made)
    code, said = upstream.run(module, f"./test_suite_{name}.datax")
    assert code == 0, said[-3000:]
    found = re.search(r"PASSED \((\d+) / (\d+) tests \((\d+) skipped\)\)", said)
    assert found, said[-3000:]
    passed, total, skipped = map(int, found.groups())
    assert passed == total
    assert total > skipped
