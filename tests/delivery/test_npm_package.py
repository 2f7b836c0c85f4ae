"""The package as `npm pack` makes it and `npm install` unpacks it, and its command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.delivery.npm_project import VERSION, install, npx, pack_project, run, write_project

SAMPLES = Path(__file__).parent / "package_samples"
FOLDER = "public/zoom"
OLD = "1.1.0"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("release")
    return pack_project(write_project(place / "project"), place / "release")


@pytest.fixture(scope="module")
def installed(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(packed, tmp_path_factory.mktemp("page") / "page")


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("older")
    project = write_project(place / "project", version=OLD, asset="python-0000.zip")
    return install(pack_project(project, place / "release", OLD), place / "page")


@pytest.fixture
def page(installed: Path, tmp_path: Path) -> Path:
    (tmp_path / "node_modules").symlink_to(installed / "node_modules")
    return tmp_path


def list_copied(page: Path) -> list[str]:
    folder = page / FOLDER
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


COPIED = ["assets/python-1a2b.zip", "configure.js", "embed.js", "embed.js.br", "manifest.json"]


def test_it_holds_what_is_shipped_and_nothing_of_how_it_is_made(packed: Path) -> None:
    assert packed.name == f"zoom-meeting-widget-{VERSION}.tgz"
    with tarfile.open(packed) as archive:
        names = {name.removeprefix("package/") for name in archive.getnames()}
    others = {name for name in names if not name.startswith("dist/")}
    assert {name.removeprefix("dist/") for name in names if name.startswith("dist/")} == set(COPIED)
    assert others == {
        *("package.json", "README.md", "LICENSE", "CHANGELOG.md", "index.js"),
        *("custom-elements.json", "types/index.d.ts", "types/names.d.ts", "types/none.js"),
        *("types/configure.d.ts", "types/react.d.ts", "types/vue.d.ts"),
        *(f"testing/{name}.js" for name in ("index", "pages", "script-tag", "zoom")),
        *(f"testing/{name}.d.ts" for name in ("index", "pages", "script-tag", "zoom")),
        *(f"cli/{name}.mjs" for name in ("main", "copy", "check", "files")),
    }


def test_the_same_files_give_the_same_bytes_whenever_they_were_written(
    packed: Path, tmp_path: Path
) -> None:
    project = write_project(tmp_path / "project")
    for path in project.rglob("*"):
        os.utime(path, (1, 1))
    assert pack_project(project, tmp_path / "release").read_bytes() == packed.read_bytes()


def test_every_entry_of_exports_is_there(installed: Path) -> None:
    package = installed / "node_modules" / "zoom-meeting-widget"
    described = json.loads((package / "package.json").read_text())
    assert described["version"] == VERSION
    targets = [
        target
        for entry in described["exports"].values()
        for target in (entry.values() if isinstance(entry, dict) else [entry])
    ]
    assert len(targets) > 5
    assert [name for name in targets if "*" not in name and not (package / name).is_file()] == []


def test_on_a_server_loading_does_nothing(installed: Path) -> None:
    script = (
        'import { load } from "zoom-meeting-widget"; console.log(await load({ clientId: "x" }));'
    )
    done = run(["node", "--input-type=module", "--eval", script], installed)
    assert (done.stdout, done.stderr) == ("undefined\n", "")


def test_loading_adds_one_tag_with_the_settings_and_tells_of_other_releases(
    installed: Path,
) -> None:
    shutil.copyfile(SAMPLES / "loads.mjs", installed / "loads.mjs")
    done = run(["node", "loads.mjs"], installed)
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert "https://app.example/zoom/embed.js did not load" in told["failure"]
    assert told["afterFailure"] == 0
    assert (told["count"], told["type"]) == (1, "module")
    assert told["src"] == "https://app.example/static/embed.js"
    assert told["attributes"] == {
        "nonce": "n",
        "data-client-id": "abc",
        "data-redirect-uri": "/back.html",
    }
    assert told["isTheClass"]
    assert told["warnedOfTheSame"] == 0
    others, release = told["warnings"]
    assert "other settings" in others
    assert f"the page serves version 1.0.0, the package is {VERSION}" in release


def test_a_copy_has_every_file_and_is_current(page: Path) -> None:
    copied = npx(page, "copy", FOLDER)
    assert (copied.returncode, copied.stderr) == (0, "")
    assert copied.stdout == f"{FOLDER} is version {VERSION}, build build-{VERSION}: 5 files.\n"
    assert list_copied(page) == COPIED
    checked = npx(page, "check", FOLDER)
    assert checked.returncode == 0
    assert "5 files, all as built" in checked.stdout


def test_a_copy_takes_away_what_an_older_one_left_and_nothing_else(page: Path, older: Path) -> None:
    subprocess.run(  # noqa: S603 - our own program
        [older / "node_modules" / ".bin" / "zoom-meeting-widget", "copy", str(page / FOLDER)],
        check=True,
        capture_output=True,
    )
    (page / FOLDER / "assets" / "the-pages-own.txt").write_text("mine")
    stale = npx(page, "check", FOLDER)
    assert stale.returncode == 1
    assert f"is version {OLD}" in stale.stderr
    copied = npx(page, "copy", FOLDER)
    assert copied.stdout.endswith("1 of an older copy were removed.\n")
    assert list_copied(page) == sorted([*COPIED, "assets/the-pages-own.txt"])


def test_a_list_that_names_files_elsewhere_removes_none(page: Path) -> None:
    npx(page, "copy", FOLDER)
    outside = page / "outside.txt"
    outside.write_text("mine")
    file = page / FOLDER / "manifest.json"
    listed = json.loads(file.read_text())
    listed["files"] |= {"../../outside.txt": {}, str(outside): {}}
    file.write_text(json.dumps(listed))
    assert npx(page, "copy", FOLDER).returncode == 0
    assert outside.read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("embed.js", "alert();", "embed.js is different"),
        ("assets/python-1a2b.zip", None, "assets/python-1a2b.zip is missing"),
    ],
)
def test_a_damaged_copy_is_told_with_the_command_that_mends_it(
    page: Path, name: str, content: str | None, said: str
) -> None:
    npx(page, "copy", FOLDER)
    path = page / FOLDER / name
    path.unlink() if content is None else path.write_text(content)
    checked = npx(page, "check", FOLDER)
    assert checked.returncode == 1
    assert said in checked.stderr
    assert f"Run: npx zoom-meeting-widget copy {FOLDER}" in checked.stderr
    npx(page, "copy", FOLDER)
    assert npx(page, "check", FOLDER).returncode == 0


def test_a_folder_without_a_copy_is_not_current(page: Path) -> None:
    checked = npx(page, "check", FOLDER)
    assert checked.returncode == 1
    assert f"{FOLDER} has no copy of the widget." in checked.stderr


@pytest.mark.parametrize("words", [[], ["copy"], ["move", FOLDER], ["copy", FOLDER, "more"]])
def test_a_command_that_is_not_understood_says_what_there_is(page: Path, words: list[str]) -> None:
    done = npx(page, *words)
    assert done.returncode == 2
    assert "zoom-meeting-widget copy FOLDER" in done.stderr
