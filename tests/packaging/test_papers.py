"""The papers speak of what is there: their links lead somewhere, the paths and make targets they name exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs" / "adr").glob("*.md"))]
OURS = (
    "postmortem/",
    "tests/",
    "schemas/",
    "docs/",
    "locks/",
    "tools/",
    "benchmarks/",
    "examples/",
    ".ci/",
    ".github/",
)
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def links(text: str) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" not in target and not target.startswith(("#", "mailto:")):
            yield target.partition("#")[0]


def named_paths(text: str) -> Iterator[str]:
    for name in re.findall(r"`([^`\s]+)`", text):
        if name.startswith(OURS) and not set(name) & set("<>{}*…"):
            yield name


def test_papers_are_found() -> None:
    assert {"CONTRIBUTING.md", "CHANGELOG.md", "0001-mkdocs-is-a-mount.md"} <= {path.name for path in PAPERS}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(paper: Path) -> None:
    broken = [target for target in links(paper.read_text(encoding="utf-8")) if not (paper.parent / target).exists()]
    assert broken == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_named_paths_exist(paper: Path) -> None:
    missing = [name for name in named_paths(paper.read_text(encoding="utf-8")) if not (ROOT / name).exists()]
    assert missing == []


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.relative_to(ROOT).as_posix())
def test_named_make_targets_exist(paper: Path) -> None:
    named = set(re.findall(r"`make ([a-z-]+)", paper.read_text(encoding="utf-8")))
    assert named <= TARGETS


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    decisions = [path.name for path in (ROOT / "docs" / "adr").glob("0*.md")]
    assert [name for name in decisions if f"({name})" not in index] == []
