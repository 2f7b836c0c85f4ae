"""The package's types, as compilers read them in a page's project; the samples hold wrong uses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.npm_project import MODULES, install, pack_project, run, write_project
from web.contract_names import Contract, NameMissingError, read_contract
from web.package_types import write_types
from web.release import ROOT

SAMPLES = Path(__file__).parent / "package_samples"
VUE_TSC = (
    'const find = require("module").createRequire(process.argv[1]);'
    'find("vue-tsc").run(find.resolve("typescript-6/lib/tsc.js"));'
)
"""It needs the compiler that is written in JavaScript, which TypeScript 7 is not."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("types")
    packed = pack_project(write_project(place / "project"), place / "release")
    page = install(packed, place / "page")
    for name in ("react", "vue", "csstype", "@types", "@vue"):
        (page / "node_modules" / name).symlink_to(MODULES / name)
    for sample in SAMPLES.iterdir():
        shutil.copyfile(sample, page / sample.name)
    return page


def configure(page: Path, *files: str) -> None:
    options: dict[str, Any] = {
        "strict": True,
        "skipLibCheck": "page.vue" in files,  # Vue's own declarations take long
        "noEmit": True,
        "target": "es2022",
        "lib": ["es2022", "dom"],
        "module": "esnext",
        "moduleResolution": "bundler",
        "jsx": "react-jsx",
        "types": [],
    }
    vue = {"strictTemplates": True}
    settings = {"compilerOptions": options, "vueCompilerOptions": vue, "files": files}
    (page / "tsconfig.json").write_text(json.dumps(settings))


def test_pages_and_react_have_types_and_wrong_uses_have_errors(page: Path) -> None:
    configure(page, "page.ts", "page.tsx")
    done = run(["node", str(MODULES / "typescript" / "bin" / "tsc")], page)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.long
def test_vues_templates_have_types_and_wrong_uses_have_errors(page: Path) -> None:
    configure(page, "page.vue")
    done = run(["node", "--eval", VUE_TSC, str(MODULES / "index.js")], page)
    assert (done.returncode, done.stdout) == (0, "")


def test_every_name_of_the_contract_has_its_type() -> None:
    contract = read_contract(ROOT / "docs")
    types = write_types(contract)
    for title in ("data-state", "error codes"):
        for name in contract.list(title):
            assert f'\n  | "{name}"' in types
    for name in contract.list("attributes of the element"):
        assert f'\n  "{name}"' in types
    for name in contract.list("properties that mirror them"):
        assert f"\n  get {name}()" in types or f"\n  {name}: boolean;" in types
    for name in contract.list_events():
        assert f'\n  "{name}": ' in types


def test_a_detail_that_has_no_type_is_an_error() -> None:
    contract = read_contract(ROOT / "docs")
    events = "events, and what their detail holds"
    sections = {**contract.sections, events: ("zoom-meeting:created  appointment color",)}
    with pytest.raises(NameMissingError, match="color"):
        write_types(Contract(sections, contract.descriptions))
