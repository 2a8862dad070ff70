"""The edits of a record's life on every record that this project publishes: only their own lines come and go."""

import difflib
from pathlib import Path

import pytest

from postmortem.model.edit import Append, Edit, Put, apply_to_data
from postmortem.yamldoc import edit
from postmortem.yamldoc.loader import read

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [
    *sorted(ROOT.glob("incidents/**/*.yaml")),
    *sorted(ROOT.glob("examples/provider/incidents/**/*.yaml")),
    *sorted(ROOT.glob("tests/cases/*.yaml")),
]
UPDATE = Append(
    ("timeline",),
    {
        "id": "u77",
        "at": "2026-12-01T10:00Z",
        "kind": "update",
        "status": "monitoring",
        "components": [{"service": "api", "state": "operational"}],
        "text": "A fix is in place: requests succeed again, and we watch them until the evening before we close this.",
        "origin": {"source": "page", "key": "1e5"},
    },
)
STATUS = Put(("status",), "monitoring", after=("schema_version", "id", "title", "record", "severity", "provider"))
RESOLVED = Put(("clocks", "resolved"), {"at": "2026-12-01T10:00Z", "is": "about"}, after="services")
REVISION = Append(
    ("revisions",),
    {"number": 77, "at": "2026-12-01T10:00Z", "kind": "material", "summary": "Data: at risk.", "adds": ["impact/x"]},
)


def test_there_are_records() -> None:
    assert len(RECORDS) > 20


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_only_lines_of_the_edits_come_and_go(path: Path) -> None:
    content = path.read_bytes()
    document, findings = read(content, path.name)
    assert findings == ()
    assert document is not None
    edits: list[Edit] = [UPDATE, STATUS, RESOLVED, REVISION]
    new = edit.apply(document, edits)
    again, _ = read(new.encode(), path.name)
    assert again is not None
    assert again.data == apply_to_data(document.data, edits)
    lines = list(difflib.ndiff(document.text.splitlines(), new.splitlines()))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    replaced = ["status:"] * ("status" in document.data)
    replaced += ["  resolved:"] * ("resolved" in document.data.get("clocks", {}))
    assert [line.split(":")[0] + ":" for line in gone] == replaced
    assert sum(line.count("#") for line in gone) == sum(line.count("#") for line in lines if line.startswith("+ "))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_what_a_record_says_already_changes_no_byte(path: Path) -> None:
    content = path.read_bytes()
    document, _ = read(content, path.name)
    assert document is not None
    edits = [Put((key,), value) for key, value in document.data.items()]
    assert edit.rewrite(content, path.name, edits) == content
