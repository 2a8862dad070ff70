"""Edits as authors meet them: what stands in the file afterwards, line by line."""

import shutil
import subprocess
from pathlib import Path

import pytest

from postmortem.errors import ProofError
from postmortem.model.edit import Append, Edit, Insert, Json, Put, Remove, Reorder, apply_to_data
from postmortem.yamldoc import comments, edit, splice_plan
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read
from postmortem.yamldoc.splice_block import Splice

RECORD = """\
# A record. # Really
id: 2026-06-23-chat
record: draft   # draft | published
severity: minor
services: [api, chat]  # all of them

timeline:               # in order
  - id: u1
    at: 2026-06-23T14:47Z   # as on the page
    kind: update
    text: We look into it.
    # nothing else was said
  # the turn
  - id: u2
    at: 2026-06-23T15:41Z
    kind: update
    text: >-
      It works.

# What was promised.
revisions:
  - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}

internal:
    channel: 'c1'
"""


def document(text: str) -> Document:
    found, findings = read(text.encode(), "record.yaml")
    assert findings == ()
    assert found is not None
    return found


def changed(text: str, *edits: Edit) -> str:
    return edit.apply(document(text), edits)


def difference(text: str, *edits: Edit) -> list[str]:
    """The lines that go and come, without what is around them."""
    lines = edit.unified(text, changed(text, *edits), "record.yaml").splitlines()
    return [line for line in lines[2:] if line[0] in "+-\\"]


def test_a_word_is_replaced_and_the_comment_behind_it_stays() -> None:
    assert difference(RECORD, Put(("record",), "published")) == [
        "-record: draft   # draft | published",
        "+record: published   # draft | published",
    ]


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("a: minor     # worst\nb: x\n", "critical", "a: critical  # worst\nb: x\n"),
        ("a: critical  # worst\nb: xxxxxxxx  # y\n", "minor", "a: minor     # worst\nb: xxxxxxxx  # y\n"),
        ("a: critical  # worst\n             # of all\n", "minor", "a: minor     # worst\n             # of all\n"),
        ("b: xxxxxxxx  # y\r\na: minor     # é\r\n", "none", "b: xxxxxxxx  # y\r\na: none      # é\r\n"),
        ("b: x\na: critical  # worst\n", "minor", "b: x\na: minor  # worst\n"),
        ("a: minor     # worst\n", "much longer", "a: much longer     # worst\n"),
        ("a: one #\tx\nb: two #\n", "three", "a: three #\tx\nb: two #\n"),
        (
            "a: {b: 1, c: [minor]}   # x\nd: 1                    # y\n",
            {"b": 10, "c": ["none"]},
            "a: {b: 10, c: [none]}   # x\nd: 1                    # y\n",
        ),
        ("a: >-   # x\n  text\n", "other text", "a: >-   # x\n  other text\n"),
    ],
)
def test_a_comment_keeps_its_column_where_it_has_one_and_there_is_room(before: str, value: Json, after: str) -> None:
    assert changed(before, Put(("a",), value)) == after


def test_an_entry_is_added_as_a_block_where_its_neighbours_are_blocks() -> None:
    entry: dict[str, Json] = {"id": "u3", "at": "2026-06-23T16:13Z", "kind": "update", "text": "It works: everywhere."}
    assert changed(RECORD, Append(("timeline",), entry)) == RECORD.replace(
        "      It works.\n",
        "      It works.\n"
        "  - id: u3\n"
        "    at: 2026-06-23T16:13Z\n"
        "    kind: update\n"
        "    text: >-\n"
        "      It works: everywhere.\n",
    )


def test_an_entry_is_added_between_braces_where_its_neighbours_are() -> None:
    entry: dict[str, Json] = {
        "number": 2,
        "at": "2026-06-24T09:00Z",
        "kind": "material",
        "summary": "Start: 14:21",
        "adds": ["impact/x"],
    }
    assert difference(RECORD, Append(("revisions",), entry)) == [
        '+  - {number: 2, at: "2026-06-24T09:00Z", kind: material, summary: "Start: 14:21", adds: [impact/x]}'
    ]


def test_an_entry_with_several_lines_of_text_is_a_block_whatever_its_neighbours() -> None:
    assert difference(RECORD, Append(("revisions",), {"number": 2, "summary": "One.\nTwo.\n"})) == [
        "+  - number: 2",
        "+    summary: |",
        "+      One.",
        "+      Two.",
    ]


def test_a_key_stands_behind_the_one_it_should_follow() -> None:
    assert difference(RECORD, Put(("status",), "resolved", after="severity")) == ["+status: resolved"]
    assert "severity: minor\nstatus: resolved\nservices:" in changed(
        RECORD, Put(("status",), "resolved", after="severity")
    )


def test_a_first_key_stands_below_the_comments_at_the_top() -> None:
    assert changed(RECORD, Put(("schema_version",), "1.0", after=())).startswith(
        '# A record. # Really\nschema_version: "1.0"\nid: '
    )


def test_a_missing_mapping_is_made_with_a_blank_line_as_its_neighbours_have() -> None:
    new = changed(RECORD, Put(("clocks", "resolved"), "2026-06-23T16:13Z", after="services"))
    assert "# all of them\n\nclocks:\n    resolved: 2026-06-23T16:13Z\n\ntimeline:" in new


def test_a_list_grows_between_its_brackets() -> None:
    assert difference(RECORD, Append(("services",), "web: app")) == [
        "-services: [api, chat]  # all of them",
        '+services: [api, chat, "web: app"]  # all of them',
    ]


def test_a_long_entry_turns_a_list_in_brackets_into_lines() -> None:
    text = "went_well: [One thing.]  # really\nid: x\n"
    lesson = "Another thing, which takes a long sentence to tell, went so well that nobody noticed it at the time."
    assert changed(text, Append(("went_well",), lesson)) == (
        "went_well:  # really\n  - One thing.\n  - >-\n    " + lesson.replace(" time.", "\n    time.") + "\nid: x\n"
    )


def test_a_removed_key_leaves_its_comments() -> None:
    assert difference(RECORD, Remove(("severity",))) == ["-severity: minor"]
    assert difference(RECORD, Remove(("timeline", 0, "at"))) == [
        "-    at: 2026-06-23T14:47Z   # as on the page",
        "+    # as on the page",
    ]


def test_the_first_key_of_an_item_leaves_the_dash_to_the_next() -> None:
    assert difference(RECORD, Remove(("timeline", 1, "id"))) == [
        "-  - id: u2",
        "-    at: 2026-06-23T15:41Z",
        "+  - at: 2026-06-23T15:41Z",
    ]


def test_a_removed_part_takes_one_of_two_blank_lines_with_it() -> None:
    text = "a: 1\n\nb:\n  c: 2\n\nd: 3\n"
    assert changed(text, Remove(("b",))) == "a: 1\n\nd: 3\n"


def test_the_last_item_leaves_an_empty_list_and_all_comments() -> None:
    text = "a:   # head\n  # above\n  - x   # behind\n  # below\nb: 1\n"
    assert changed(text, Remove(("a", 0))) == "a: []   # head\n# above\n# behind\n  # below\nb: 1\n"


def test_the_last_key_leaves_an_empty_file() -> None:
    assert changed("# top\na: 1  # one\n", Remove(("a",))) == "# top\n{}\n# one\n"


def test_a_mapping_put_over_another_changes_only_what_differs() -> None:
    assert difference(
        RECORD,
        Put(("timeline", 0), {"id": "u1", "at": "2026-06-23T14:48Z", "kind": "note", "text": "We look into it."}),
    ) == [
        "-    at: 2026-06-23T14:47Z   # as on the page",
        "-    kind: update",
        "+    at: 2026-06-23T14:48Z   # as on the page",
        "+    kind: note",
    ]


def test_a_list_put_over_another_changes_only_what_differs() -> None:
    entries = document(RECORD).data["timeline"]
    new = [*entries, {"id": "n1", "kind": "note"}]
    assert difference(RECORD, Put(("timeline",), new)) == ["+  - id: n1", "+    kind: note"]


def test_items_move_with_the_comments_above_behind_and_inside() -> None:
    new = changed(RECORD, Reorder(("timeline",), (1, 0)))
    assert new == RECORD.replace(
        RECORD[RECORD.index("  - id: u1") : RECORD.index("\n# What")],
        (
            "  # the turn\n"
            "  - id: u2\n"
            "    at: 2026-06-23T15:41Z\n"
            "    kind: update\n"
            "    text: >-\n"
            "      It works.\n"
            "  - id: u1\n"
            "    at: 2026-06-23T14:47Z   # as on the page\n"
            "    kind: update\n"
            "    text: We look into it.\n"
            "    # nothing else was said\n"
        ),
    )


def test_an_item_goes_above_the_comments_of_the_one_it_precedes() -> None:
    new = changed(RECORD, Insert(("timeline",), 1, {"id": "n1"}))
    assert "    # nothing else was said\n  - id: n1\n  # the turn\n  - id: u2\n" in new


@pytest.mark.parametrize(
    ("text", "edits", "expected"),
    [
        ("a: 1\r\nb: 2\r\n", [Put(("c",), {"d": 1})], "a: 1\r\nb: 2\r\nc:\r\n  d: 1\r\n"),
        ("a: 1\nb: 2", [Put(("c",), 3)], "a: 1\nb: 2\nc: 3"),
        ("a: |\n  text", [Put(("c",), 3)], "a: |-\n  text\nc: 3"),
        ("a: 1", [Put(("c",), "x\ny\n")], "a: 1\nc: |\n  x\n  y\n"),
        ("a: |+\n  text\n\nb: 1\n", [Put(("c",), 3, "a")], "a: |+\n  text\n\nc: 3\nb: 1\n"),
        ("a:\n- x\n# b\nb: 1\n", [Append(("a",), "z")], "a:\n- x\n- z\n# b\nb: 1\n"),
        ("a:\n  - x\n  # of a\n# of b\nb: 1\n", [Append(("a",), "z")], "a:\n  - x\n  # of a\n  - z\n# of b\nb: 1\n"),
        ("a:\n  - x\n\n  - y\n\nb: 1\n", [Append(("a",), "z")], "a:\n  - x\n\n  - y\n\n  - z\n\nb: 1\n"),
        ("a:  # none yet\nb: 1\n", [Append(("a",), "x")], "a: [x]  # none yet\nb: 1\n"),
        ("a: []\nb: 1\n", [Append(("a",), {"x": 1})], "a:\n  - x: 1\nb: 1\n"),
        ("a: {b: {c: 1}}\n", [Put(("a", "b", "d"), "14:05")], 'a: {b: {c: 1, d: "14:05"}}\n'),
        ("{a: x}\n# end\n", [Remove(("a",))], "{}\n# end\n"),
        ("a:\n    # deep\n  - x\n", [Insert(("a",), 0, "l\nm")], "a:\n    # deep\n  - |-\n    l\n    m\n  - x\n"),
        ("a:\n  # of x\n  - x\n", [Insert(("a",), 0, "w")], "a:\n  - w\n  # of x\n  - x\n"),
        ("? a\n: 1\n? b\n: 2\n", [Put(("a",), 3), Remove(("b",))], "? a\n: 3\n"),
        ("a:\n- - x\n  - z\n", [Reorder(("a", 0), (1, 0))], "a:\n- - z\n  - x\n"),
        ("a: { b: 1 }\n", [Put(("a", "c"), {})], "a: { b: 1, c: {} }\n"),
        ("a: [x, y, z]\n", [Remove(("a", 1))], "a: [x, z]\n"),
        ("a: [x, y, z]\n", [Remove(("a", 2))], "a: [x, y]\n"),
        ("a: [x, y, z]\n", [Reorder(("a",), (2, 1, 0))], "a: [z, y, x]\n"),
        ("a: {b, c: }\n", [Put(("a", "b"), 1), Put(("a", "c"), 2)], "a: {b: 1, c: 2 }\n"),
        ("a: [\n  x, # 1\n  y  # 2\n]\n", [Append(("a",), "z")], "a: [\n  x, # 1\n  y,  # 2\n  z\n]\n"),
        ("a: [\n  x, # 1\n  y,  # 2\n]\n", [Append(("a",), "z")], "a: [\n  x, # 1\n  y,  # 2\n  z,\n]\n"),
        ("a: [\n  x, # 1\n  y  # 2\n]\n", [Remove(("a", 1))], "a: [\n  x # 1\n    # 2\n]\n"),
        ('{"a": 1, "b": ["x"]}\n', [Append(("b",), "y"), Put(("c",), None)], '{"a": 1, "b": ["x", "y"], "c": null}\n'),
        ('{\n  "a": 1\n}\n', [Put(("b",), "x")], '{\n  "a": 1,\n  "b": "x"\n}\n'),
        ("a: 'x'\n", [Put(("a",), "it's"), Put(("b",), "c: d")], "a: 'it''s'\nb: 'c: d'\n"),
        ('a: "x"\n', [Put(("a",), "y"), Put(("b",), "no")], 'a: "y"\nb: "no"\n'),
        ("a: no\n", [Put(("b",), "yes"), Put(("c",), "null")], 'a: no\nb: yes\nc: "null"\n'),
        ("a:\n-   x: 1\n", [Put(("a", 0, "z"), {"k": 3})], "a:\n-   x: 1\n    z:\n      k: 3\n"),
        ("a: 名前 # 🙂\n", [Put(("a",), "🙂 da")], 'a: "🙂 da" # 🙂\n'),
        ("---\na: 1\n...\n# end\n", [Put(("b",), 2)], "---\na: 1\nb: 2\n...\n# end\n"),
    ],
)
def test_each_style_of_writing_is_kept(text: str, edits: list[Edit], expected: str) -> None:
    assert changed(text, *edits) == expected


def test_what_is_true_already_changes_nothing() -> None:
    data = document(RECORD).data
    assert changed(RECORD, *(Put((key,), value) for key, value in data.items()), Put((), data)) == RECORD


def test_bytes_keep_their_mark_and_their_line_breaks() -> None:
    content = b"\xef\xbb\xbfa: 1\r\n"
    assert edit.rewrite(content, "x.yaml", [Put(("b",), "\u00e4")]) == b"\xef\xbb\xbfa: 1\r\nb: \xc3\xa4\r\n"


@pytest.mark.parametrize("value", ["a\x00b", "\ud800", "\ufeff", {"k\x1b": 1}])
def test_what_cannot_be_proven_is_not_written(value: str) -> None:
    message = r"^record\.yaml: it could not be proven .* \(put a\); nothing was written; make the change by hand$"
    with pytest.raises(ProofError, match=message):
        changed("a: 1\n", Put(("a",), value))


def test_a_file_with_mistakes_is_not_edited() -> None:
    found, findings = read(b"a: 1\na: 2\n", "record.yaml")
    assert findings
    assert found is not None
    with pytest.raises(ProofError, match=r"record\.yaml:2: a file with mistakes is not edited .*; mend them first"):
        edit.apply(found, [Put(("b",), 1)])
    with pytest.raises(ProofError, match="no record that can be edited"):
        edit.rewrite(b"- x\n", "record.yaml", [])


def test_a_pointer_that_leads_nowhere_is_told_before_anything_is_tried() -> None:
    with pytest.raises(LookupError, match="there is nothing at timeline/9"):
        changed(RECORD, Put(("timeline", 9, "at"), "x"))


@pytest.mark.parametrize(
    "wrong",
    [
        RECORD.replace("draft   # draft | published", "published"),
        RECORD.replace("draft   #", "published   ##"),
        RECORD.replace("draft   #", "published #").replace("minor", "major"),
        RECORD.replace("draft   #", "published #").replace("  # the turn\n", ""),
        RECORD.replace("draft   #", "published #").replace("id: 2026-06-23-chat\n", "") + "id: 2026-06-23-chat\n",
        RECORD.replace("draft   #", "published #") + "record: published\n",
        RECORD.replace("draft", "[published"),
    ],
)
def test_a_text_that_lost_anything_is_no_proof(wrong: str) -> None:
    before = document(RECORD)
    wanted = apply_to_data(before.data, [Put(("record",), "published")])
    right = RECORD.replace("draft   #", "published #")
    assert edit.proven(before, right, wanted, ordered=True) is not None
    assert edit.proven(before, wrong, wanted, ordered=True) is None


def test_comments_that_changed_places_are_no_proof_unless_items_moved() -> None:
    before, swapped = document("a: 1 # x\nb: 1 # y\n"), "a: 1 # y\nb: 1 # x\n"
    assert edit.proven(before, swapped, before.data, ordered=True) is None
    assert edit.proven(before, swapped, before.data, ordered=False) is not None


COMMENTED = """\
# 1
a: x#y # 2
b: '# no' # 3
c: | # 4
  # no
  x
 # 5
d: >-
  # no

# 6
e: [ # 7
  "# no", a#b,# 8
  c ]# 9
# 10
"""


def test_comments_are_told_from_text() -> None:
    found = comments.find(document(COMMENTED))
    assert [comment.text for comment in found] == [f"# {number}" for number in range(1, 11)]
    assert [COMMENTED[comment.start : comment.end] for comment in found] == [comment.text for comment in found]


def test_splices_at_one_place_keep_their_order() -> None:
    splices = [Splice(1, 1, "x"), Splice(1, 1, "y"), Splice(0, 1, "A")]
    assert splice_plan.cut("ab", splices) == "Axyb"


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
@pytest.mark.parametrize("old", [RECORD, RECORD[:-1], RECORD.replace("\n", "\r\n"), ""])
@pytest.mark.parametrize("new", [RECORD.replace("minor", "major"), RECORD[:-5], "a: 1"])
def test_git_can_apply_the_difference(old: str, new: str, tmp_path: Path) -> None:
    if old:
        (tmp_path / "record.yaml").write_bytes(old.encode())
    patch = edit.unified(old, new, "record.yaml")
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch.encode(), check=True)  # noqa: S607  # git on the path
    assert (tmp_path / "record.yaml").read_bytes() == new.encode()


def test_equal_texts_have_no_difference() -> None:
    assert edit.unified(RECORD, RECORD, "record.yaml") == ""
