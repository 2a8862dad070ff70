"""What a run waits for before it begins: a library that only refused or quoted records need is not even imported."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import RECORD, corpus, environment

SLOW = (
    "jsonschema",
    "rich",
    "multiprocessing.context",
    "httpx",
    "jinja2",
    "mkdocs",
    "feedgen",
    "subprocess",
    "tempfile",
    "difflib",
    "postmortem.corpus.crew",
)
LINT = ("lint", "--as-of", "2026-11-23")
ASK = """
import sys
from postmortem.cli import run
code = run(sys.argv[2:])
print(code, *[name for name in sys.argv[1].split() if name in sys.modules], file=sys.stderr)
"""


def imported(folder: Path, slow: tuple[str, ...], *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", ASK, " ".join(slow), *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    return done.stderr.split()


@pytest.mark.parametrize("format_", ["text", "json"])
def test_valid_records_are_linted_without_what_only_refused_ones_need(tmp_path: Path, format_: str) -> None:
    assert imported(corpus(tmp_path), SLOW, *LINT, "--format", format_) == ["0"]


def test_a_refused_record_is_explained_and_quoted_with_them(tmp_path: Path) -> None:
    corpus(tmp_path, RECORD.replace("severity: major", "severity: huge"))
    assert {"1", "jsonschema", "rich"} <= set(imported(tmp_path, SLOW, *LINT))


def test_a_rule_is_explained_without_what_reads_records(tmp_path: Path) -> None:
    assert imported(tmp_path, ("yaml", "jsonschema_rs", *SLOW), "explain", "PM203") == ["0"]
