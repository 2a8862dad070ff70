"""The house, as a test: layers, who may import which library, sizes, and that ARCHITECTURE.md prints the same table.

An import that goes up or sideways fails here, not in review.
"""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "postmortem"

LAYERS: dict[str, int] = {
    "__init__": 0,
    "errors": 0,
    "model": 0,
    "yamldoc": 1,
    "schema": 1,
    "corpus": 2,
    "lint": 3,
    "sources": 3,
    "enrich": 3,
    "authoring": 3,
    "metrics": 3,
    "report": 4,
    "pages": 4,
    "feeds": 4,
    "api": 4,
    "build": 5,
    "site": 6,
    "verify": 6,
    "cli": 7,
}
"""Each room and its layer: an import only ever points down, or stays in its room."""

ONLY_HERE: dict[str, set[str]] = {
    "yaml": {"yamldoc"},
    "jsonschema": {"schema"},
    "jsonschema_rs": {"schema"},
    "jinja2": {"pages"},
    "cmarkgfm": {"pages"},
    "nh3": {"pages"},
    "feedgen": {"feeds"},
    "mkdocs": {"site"},
    "click": {"cli"},
    "httpx": {"sources"},
    "httpcore": {"sources"},
    "protego": {"sources"},
    "lxml": {"sources", "feeds", "verify"},
}
"""Third-party libraries that one room alone may know."""

IO_AND_CLOCK: dict[str, set[str]] = {
    "pathlib": {"schema", "corpus", "pages", "site", "verify", "cli", "build", "lint", "sources"},
    "os": {"corpus", "site", "cli"},
    # A fetch resolves names, waits and ends by itself: monotonic time, which dates nothing, and dice for its pauses,
    # both arguments with these defaults (sources/deadline.py). Times that are written down are passed in.
    "socket": {"sources"},
    "subprocess": {"corpus"},
    "time": {"cli", "sources"},
    "random": {"sources"},
    "locale": set(),
}
"""Doors to the world outside, and the rooms that have a key."""

FILE_LINES, MEDIAN_FILE_LINES = 250, 90
FUNCTION_LINES, P90_FUNCTION_LINES, MEDIAN_FUNCTION_LINES = 50, 30, 10

MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            if node.module == "postmortem":
                yield from ((node.lineno, f"postmortem.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, node.module


def code_lines(node: ast.AST, source: list[str]) -> int:
    """Lines of a function or file without its docstrings, blank lines and comments."""
    skipped: set[int] = set()
    for inner in ast.walk(node):
        body = getattr(inner, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            value = body[0].value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                skipped.update(range(body[0].lineno, (body[0].end_lineno or body[0].lineno) + 1))
    first = getattr(node, "lineno", 1)
    last = getattr(node, "end_lineno", None) or len(source)
    lines = (number for number in range(first, last + 1) if number not in skipped)
    return sum(1 for number in lines if source[number - 1].strip() and not source[number - 1].strip().startswith("#"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, code_lines(node, text.splitlines())


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def test_every_room_has_a_layer() -> None:
    assert {room(path) for path in MODULES} <= LAYERS.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    here = room(path)
    wrong = []
    for line, module in imports(path):
        parts = module.split(".")
        if parts[0] != "postmortem" or len(parts) == 1:
            continue
        there = parts[1]
        if there != here and LAYERS.get(there, 0) >= LAYERS[here] and LAYERS[here] > 0:
            wrong.append(f"line {line}: {here} (layer {LAYERS[here]}) imports {module} (layer {LAYERS.get(there)})")
        if here == "model" and there not in {"model", "errors"}:
            wrong.append(f"line {line}: the model imports {module}")
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    keys = ONLY_HERE | IO_AND_CLOCK
    found = [
        (line, module)
        for line, module in imports(path)
        if room(path) not in keys.get(module.split(".")[0], {room(path)})
    ]
    assert found == []


def test_only_the_outermost_rooms_read_the_clock_or_the_environment() -> None:
    clock = re.compile(r"\b(datetime\.now|date\.today|utcnow|os\.environ|os\.getenv|time\.time)\b")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in MODULES
        if room(path) not in {"cli", "site"}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if clock.search(line)
    ]
    assert wrong == []


def test_the_wall_is_the_only_door_between_record_and_what_is_published() -> None:
    published = {"pages", "feeds", "api"}
    wrong = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in MODULES
        if room(path) in published
        for line, module in imports(path)
        if module == "postmortem.model.record"
    ]
    assert wrong == []


def test_files_and_functions_stay_small() -> None:
    files = {path: code_lines(ast.parse(text), text.splitlines()) for path in MODULES if (text := path.read_text())}
    sizes = [(f"{path.relative_to(ROOT)}:{name}", lines) for path in MODULES for name, lines in functions(path)]
    lengths = [lines for _, lines in sizes]
    assert [(str(path), lines) for path, lines in files.items() if lines > FILE_LINES] == []
    assert [each for each in sizes if each[1] > FUNCTION_LINES] == []
    assert statistics.median(files.values()) <= MEDIAN_FILE_LINES
    assert statistics.median(lengths) <= MEDIAN_FUNCTION_LINES
    assert percentile(lengths, 0.9) <= P90_FUNCTION_LINES


def test_no_vague_module_names() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "base"}
    assert [str(path) for path in MODULES if path.stem in vague] == []


def test_every_module_says_what_it_is() -> None:
    silent = [str(path.relative_to(ROOT)) for path in MODULES if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


def test_architecture_page_prints_the_same_layers() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    printed = {
        name.removesuffix(".py").rstrip("/"): int(layer)
        for layer, names in re.findall(r"^\| (\d) \| (.+?) \|", page, flags=re.MULTILINE)
        for name in re.findall(r"`([\w./]+)`", names)
    }
    assert printed == {name: layer for name, layer in LAYERS.items() if name != "__init__"}
