"""The catalogue has every sentence that is asked for, no other, and nobody else has any."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import polib
import pytest

from pywidget.domain.errors import Code, Consequence, Reason

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = polib.pofile(str(ROOT / "pywidget" / "words" / "en.po"))
ENTRIES = {entry.msgid: entry for entry in CATALOGUE}
SOURCES = {
    path.relative_to(ROOT / "pywidget").as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "pywidget").rglob("*.py"))
}
PLACES = {key.partition(".")[0] for key in ENTRIES}
A_KEY = re.compile(rf"(?:{'|'.join(sorted(PLACES))})\.[a-z_.]+")
IN_SCRIPT = re.compile(r"\b(?:WORDS|SENTENCES)\.([a-z_]+(?:\.[a-z_]+)+)|\{\{([a-z_.]+)\}\}")
# Said by the loader; and only asked about, by `notice.hinted`.
WITHOUT_SENTENCE = {Code.RUNTIME_LOAD_FAILED, Code.LINK_IN_NOTES}


def list_parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def find_constants(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


USED = {
    text
    for name, tree in SOURCES.items()
    if not name.startswith("check/")
    for text in find_constants(tree)
    if A_KEY.fullmatch(text) and not text.endswith(".html")
}
SCRIPTS = [*ROOT.glob("web/*.js"), *ROOT.glob("web/*.html"), *ROOT.glob("web/tunnel/*.js")]
USED_BY_SCRIPTS = {
    match[1] or match[2]
    for path in SCRIPTS
    for match in IN_SCRIPT.finditer(path.read_text(encoding="utf-8"))
}


def test_every_key_that_is_named_has_its_sentence() -> None:
    missing = sorted((USED | USED_BY_SCRIPTS) - ENTRIES.keys())
    assert not missing, f"words/en.po has no {', '.join(missing)}"


def test_every_sentence_is_said_somewhere() -> None:
    by_name = {key for key in ENTRIES if key.startswith(("error.", "consequence."))}
    unused = sorted(ENTRIES.keys() - by_name - USED - USED_BY_SCRIPTS)
    assert not unused, f"nobody says {', '.join(unused)} of words/en.po"


@pytest.mark.parametrize("key", ENTRIES)
def test_a_sentence_is_well_formed(key: str) -> None:
    entry = ENTRIES[key]
    assert re.fullmatch(r"[a-z]+(\.[a-z][a-z_]*)+", key)
    assert not entry.fuzzy
    text = entry.msgstr
    assert text
    assert text == text.strip()
    assert "  " not in text
    assert "'" not in re.sub(r"\w'\w|\w' ", "", text)  # “these” are our quotes
    assert all(re.fullmatch(r"[a-z_]+", name) for name in list_parameters(text))
    assert not entry.msgid_plural
    is_long = key.partition(".")[0] in {"error", "notice", "consequence"}
    assert not is_long or text[-1] in ".…"


def test_no_key_stands_twice() -> None:
    assert len(ENTRIES) == len(CATALOGUE)


# Errors


@pytest.mark.parametrize("code", [code for code in Code if code not in WITHOUT_SENTENCE])
def test_every_code_has_a_sentence(code: Code) -> None:
    key = f"error.{code}"
    found = [each for each in ENTRIES if each == key or each.startswith(f"{key}.")]
    assert found, f"words/en.po has no {key}"


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_sentence(reason: Reason) -> None:
    found = [key for key in ENTRIES if key.startswith("error.") and key.endswith(f".{reason}")]
    assert found, f"words/en.po has no error.<code>.{reason}"


@pytest.mark.parametrize("consequence", Consequence)
def test_every_consequence_has_a_sentence(consequence: Consequence) -> None:
    key = f"consequence.{consequence}"
    assert key in ENTRIES, f"words/en.po has no {key}"


def test_every_sentence_on_an_error_belongs_to_one() -> None:
    for key in ENTRIES:
        place, *rest = key.split(".")
        if place == "error":
            code, *reasons = rest
            assert Code(code)
            assert [Reason(reason) for reason in reasons][1:] == []
        elif place == "consequence":
            assert Consequence(*rest)


def find_raised() -> Iterator[tuple[str, set[str]]]:
    """Keys of errors that are made with a literal code and reason, and their evidence."""
    for tree in SOURCES.values():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            names = [find_member(argument) for argument in node.args]
            evidence = {keyword.arg for keyword in node.keywords if keyword.arg}
            match names:
                case [("Code", code)]:
                    yield f"error.{Code[code]}", evidence
                case [("Code", code), ("Reason", reason)]:
                    yield f"error.{Code[code]}.{Reason[reason]}", evidence
                case [_, ("Reason", reason)] if "BadAttributeError" in ast.dump(node.func):
                    yield f"error.bad_attribute.{Reason[reason]}", evidence | {"attribute"}


def find_member(node: ast.expr) -> tuple[str, str] | None:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id, node.attr
    return None


def test_an_error_brings_what_its_sentence_names() -> None:
    raised = list(find_raised())
    assert len(raised) > 60
    for key, evidence in raised:
        assert key in ENTRIES, f"words/en.po has no {key}"
        assert list_parameters(ENTRIES[key].msgstr) <= evidence | {"code"}, key


# Nobody else speaks

A_SENTENCE = re.compile(
    r"\s*[A-Z][\w']* [a-z].*|.*[a-z]{2} [a-z]{2,}.*[.?!…]\s*|[A-Z][a-z]+[.?!…]", re.DOTALL
)
A_LABEL = re.compile(r"[A-Z][a-z]+( [A-Za-z]+)*[.…?]?")
TECHNICAL = {
    "Bearer none",  # a header
    "Appointment with {client}",  # data-topic's default: the host's data, which goes to Zoom
}
# What they say goes to the console, or to whoever runs a test: to developers.
FOR_DEVELOPERS = {"browser/late_tunnel.py", "browser/tunnel_parts.py", "browser/missing_modules.py"}
STANDARD_ERRORS = {name for name in dir(builtins) if name.endswith("Error")}


def find_spoken(tree: ast.AST) -> Iterator[str]:
    """Texts that are neither docstrings nor what a standard error says to developers."""
    unspoken: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            unspoken.add(node.value)
        if (
            isinstance(node, ast.Raise)
            and isinstance(node.exc, ast.Call)
            and isinstance(node.exc.func, ast.Name)
            and node.exc.func.id in STANDARD_ERRORS
        ):
            unspoken.update(ast.walk(node.exc))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in unspoken:
            yield node.value


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in SOURCES
        if not name.startswith(("words/", "check/")) and name not in FOR_DEVELOPERS
    ],
)
def test_no_sentence_stands_outside_the_catalogue(name: str) -> None:
    spoken = [text for text in find_spoken(SOURCES[name]) if text not in TECHNICAL]
    assert [text for text in spoken if A_SENTENCE.fullmatch(text)] == []
    if name.startswith("ui/"):
        assert [text for text in spoken if A_LABEL.fullmatch(text)] == []


@pytest.mark.parametrize(
    "source",
    [
        'say("Zoom is busy.")',
        'say(f"{name} is not a time zone.")',
        'say(f"Connected as {email}")',
        'raise WidgetError("Try again in a moment.")',
        'message = "Loading…"',
    ],
)
def test_the_check_for_sentences_sees_one(source: str) -> None:
    assert any(A_SENTENCE.fullmatch(text) for text in find_spoken(ast.parse(source)))


# The scripts of the widget, and of the page that Zoom sends the browser back to. The check's are
# for developers, and so is what an error of the loader says.
QUIET_SCRIPTS = sorted(
    path for path in SCRIPTS if path.suffix == ".js" and not path.name.startswith("check")
)
# A comment, or a text and the function that it is handed to first.
A_TEXT = re.compile(
    r"""
    //[^\n]* | /\*.*?\*/
    | (?P<to>[\w.]+\(\s*)? (?P<quote>["'`]) (?P<text>(?:\\.|(?!(?P=quote)).)*) (?P=quote)
    """,
    re.DOTALL | re.VERBOSE,
)
A_PHRASE = re.compile(r"[A-Z].* .*", re.DOTALL)
FOR_THE_CONSOLE = re.compile(r"console\.\w+\(\s*|\w*Error\(\s*")
NAMES_IN_SCRIPTS = {
    "Enter",  # keys
    "Escape",
}


def find_spoken_by_script(source: str) -> list[str]:
    """Texts that people get to read: no comments, nothing that goes to the console."""
    spoken = (
        match["text"]
        for match in A_TEXT.finditer(source)
        if match["text"] and not FOR_THE_CONSOLE.fullmatch(match["to"] or "")
    )
    return [
        text
        for text in spoken
        if text not in NAMES_IN_SCRIPTS
        and any(words.fullmatch(text) for words in (A_SENTENCE, A_LABEL, A_PHRASE))
    ]


@pytest.mark.parametrize("path", QUIET_SCRIPTS, ids=lambda path: path.name)
def test_no_sentence_stands_in_a_script(path: Path) -> None:
    assert find_spoken_by_script(path.read_text(encoding="utf-8")) == []


def test_the_page_that_zoom_comes_back_to_has_no_word_of_its_own() -> None:
    source = (ROOT / "web" / "callback.html").read_text(encoding="utf-8")
    texts = re.findall(r">([^<>]+)<", source)
    assert [text for text in texts if text.strip() and not IN_SCRIPT.fullmatch(text)] == []


@pytest.mark.parametrize(
    "source",
    [
        'say("Done for today", text)',
        'button.title = "Copy"',
        "span.textContent = 'Loading…'",
        'say("Step 2 of 3")',
        'say("Zoom can\'t be reached.")',
        r'say("The \"notes\" are full.")',
        "say(`Connected as ${email}`)",
        'console.error("In the console."); say("On the page.")',
        'say("") // "quoted"\nsay("On the page.")',
    ],
)
def test_the_check_for_sentences_in_scripts_sees_one(source: str) -> None:
    assert len(find_spoken_by_script(source)) == 1


def test_the_check_for_sentences_in_scripts_leaves_developers_alone() -> None:
    source = """
        // It says "Try again." here.
        /* And 'Not yet.' there. */
        console.warn(
          "Leave it out.",
        );
        throw new LoadError(`Python did not start`);
    """
    assert find_spoken_by_script(source) == []
