"""The twenty commonest mistakes, and what is said about each, letter for letter: `goldens/common-mistakes.txt`.

Read that file as somebody would who made the mistake. After a change of wording it is renewed by

    POSTMORTEM_RENEW_GOLDENS=1 python -m pytest tests/report/test_common_mistakes.py
"""

import os
from pathlib import Path

import pytest

from postmortem.report import text
from postmortem.report.outcome import Outcome
from tests.lint.corpora import findings

HERE = Path(__file__).parent
MISTAKES = sorted((HERE / "mistakes").glob("*.yaml"))
GOLDEN = HERE / "goldens" / "common-mistakes.txt"
NAME = "incidents/2026-06-23-chat-unavailable.yaml"
RENEW = "POSTMORTEM_RENEW_GOLDENS"


def told(path: Path) -> str:
    """The report about one of the records, under the name that a record of its id has; without advice, which would be
    the same for all of them.
    """
    source = path.read_text(encoding="utf-8")
    said = tuple(each for each in findings({NAME: source.encode()}) if each.weight != "advice")
    outcome = Outcome(said, 1, lambda _: source)
    title = path.stem.partition("-")[2].replace("-", " ")
    return f"## {title}\n\n{text.write(outcome)}"


def test_each_mistake_is_told_as_the_golden_file_says() -> None:
    written = "\n".join(told(path) for path in MISTAKES)
    if os.environ.get(RENEW):
        GOLDEN.write_text(written, encoding="utf-8")
    assert written == GOLDEN.read_text(encoding="utf-8"), f"renew it with {RENEW}=1, then read what changed"


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_each_is_one_finding_with_a_caret_and_a_next_step(path: Path) -> None:
    said = told(path)
    assert said.count("\n  --> ") + said.count("\n --> ") == 1
    assert "^" in said
    assert "= help: " in said


def test_there_are_twenty() -> None:
    assert len(MISTAKES) == 20
