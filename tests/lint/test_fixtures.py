"""Every fixture earns exactly the codes that its comments name, each on the line of its comment.

A file `bad*.yaml` or `good*.yaml` below `fixtures/` is a test by being there; a folder of that name is a small corpus,
with a ledger if one lies there. As that can hold no comments, a record says `# expect: ledger.jsonl:2 PM705` for it.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from postmortem.corpus.ledger import FILE_NAME
from postmortem.lint.rules import CORPUS_RULES, LEDGER_RULES, RECORD_RULES
from tests.lint.corpora import FIXTURES, findings, settings

_EXPECT = re.compile(r"# expect: (PM\d{3}(?:, PM\d{3})*)")
_EXPECT_IN_LEDGER = re.compile(r"# expect: ledger\.jsonl:(\d+) (PM\d{3})")
_ID = re.compile(r"^id: (\S+)", re.MULTILINE)
CASES = sorted(path for name in ("bad*", "good*") for path in FIXTURES.glob(f"*/{name}"))


def sources(case: Path) -> dict[str, bytes]:
    """The files of a case by the path they claim: a single one is named after its id, so that its name is no matter."""
    if case.is_dir():
        found = sorted([*case.rglob("*.y*ml"), *case.glob(FILE_NAME)])
        return {path.relative_to(case).as_posix(): path.read_bytes() for path in found}
    text = case.read_text(encoding="utf-8")
    id_ = _ID.search(text)
    return {f"{id_.group(1) if id_ else case.stem}.yaml": text.encode()}


def expected(files: dict[str, bytes]) -> Counter[tuple[str, int, str]]:
    in_ledger = Counter(
        (FILE_NAME, int(number), code)
        for source in files.values()
        for number, code in _EXPECT_IN_LEDGER.findall(source.decode())
    )
    return in_ledger + Counter(
        (path, number, code)
        for path, source in files.items()
        for number, line in enumerate(source.decode().splitlines(), 1)
        for match in _EXPECT.finditer(line)
        for code in match.group(1).split(", ")
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}-{case.stem}")
def test_the_fixture_earns_what_its_comments_say(case: Path) -> None:
    files = sources(case)
    own = case.parent / "postmortem.yml"
    said = findings(files, settings(own) if own.exists() else None)
    told = Counter((each.path, each.span.line, each.code) for each in said)
    assert told == expected(files)
    assert bool(told) is case.name.startswith("bad")


@pytest.mark.parametrize("code", [rule.code for rules in (RECORD_RULES, CORPUS_RULES, LEDGER_RULES) for rule in rules])
def test_every_rule_has_a_bad_and_a_silent_fixture(code: str) -> None:
    names = [path for path in CASES if path.parent.name == code]
    assert any(code in {told for *_, told in expected(sources(path))} for path in names)
    assert any(path.name.startswith("good") for path in names)
