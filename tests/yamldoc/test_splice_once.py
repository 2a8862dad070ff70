"""Edits that stand apart are written into the text in one go; of those that stand on one another it keeps away."""

import pytest

from postmortem.model.edit import Append, Edit, Insert, Put, Reorder, apply_to_data
from postmortem.yamldoc import edit as edits_of
from postmortem.yamldoc import splice_once, splice_plan
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read

TEXT = """\
id: a  # the name
clocks: {started: x}
list:
  - {id: u1}  # first
  - {id: u3}
more: {at: 1}
"""


def document() -> Document:
    found, findings = read(TEXT.encode(), "a.yaml")
    assert found is not None
    assert findings == ()
    return found


def at_once(*edits: Edit) -> str | None:
    found = document()
    splices = splice_once.splices(found, edits, apply_to_data(found.data, edits))
    return None if splices is None else splice_plan.cut(found.text, splices)


def test_edits_apart_from_one_another_are_written_together() -> None:
    edits = (
        Put(("clocks", "resolved"), "later"),
        Insert(("list",), 1, {"id": "u2"}),
        Append(("list",), {"id": "u4"}),
        Put(("list", 2, "id"), "u3b"),
        Put(("status",), "resolved", after="id"),
    )
    assert at_once(*edits) == (
        "id: a  # the name\nstatus: resolved\nclocks: {started: x, resolved: later}\nlist:\n  - {id: u1}  # first\n"
        "  - {id: u2}\n  - {id: u3b}\n  - {id: u4}\nmore: {at: 1}\n"
    )


def test_items_added_at_one_place_keep_their_order() -> None:
    edits = (Append(("list",), {"id": "u4"}), Append(("list",), {"id": "u5"}), Insert(("list",), 3, {"id": "u4b"}))
    assert edits_of.apply(document(), edits) == TEXT.replace(
        "  - {id: u3}\n", "  - {id: u3}\n  - {id: u4}\n  - {id: u4b}\n  - {id: u5}\n"
    )


@pytest.mark.parametrize(
    "edits",
    [
        (Append(("list",), {"id": "u4"}), Put(("list", 2, "id"), "u5")),
        (Put(("new",), {"a": 1}), Put(("new", "b"), 2)),
        (Put(("id",), "b"), Put(("id",), "c")),
        (Put(("more",), 1), Put(("more",), {"at": 2})),
        (Reorder(("list",), (1, 0)),),
    ],
)
def test_edits_that_stand_on_one_another_are_left_to_be_made_one_by_one(edits: tuple[Edit, ...]) -> None:
    found = document()
    wanted = apply_to_data(found.data, edits)
    written = at_once(*edits)
    assert written is None or edits_of.proven(found, written, wanted, ordered=True) is None
    assert edits_of.applied(found, edits).data == wanted


def test_a_file_with_mistakes_is_never_clean() -> None:
    found, findings = read(b"a: 1\na: 2\n", "a.yaml")
    assert findings
    assert found is not None
    assert not found.clean
    assert document().clean
