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
)
ASK = f"""
import sys
from postmortem.cli import run
code = run(["lint", "--as-of", "2026-11-23", *sys.argv[1:]])
print(code, *[name for name in {SLOW} if name in sys.modules], file=sys.stderr)
"""


def imported(folder: Path, *arguments: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
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
    assert imported(corpus(tmp_path), "--format", format_) == ["0"]


def test_a_refused_record_is_explained_and_quoted_with_them(tmp_path: Path) -> None:
    corpus(tmp_path, RECORD.replace("severity: major", "severity: huge"))
    assert imported(tmp_path) == ["1", "jsonschema", "rich"]
