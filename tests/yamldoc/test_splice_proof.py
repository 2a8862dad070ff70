"""What is read again of a text says the same of it as the whole text does, whatever was written into it.

The whole text is the judge here: read without any knowledge of what changed.
"""

import json
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postmortem.model.edit import Edit, Put, Reorder, apply_to_data
from postmortem.yamldoc import comments, edit, splice_once, splice_plan, splice_proof
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read
from postmortem.yamldoc.splice_block import Splice
from tests.yamldoc import handwriting

SEEDS = st.integers(0, 2**48)
TEXT = """\
# A record.
id: a  # the name
clocks: {started: x}
timeline:
  # the first
  - id: u1
    text: |
      It broke.

  - id: u2
# what was promised
tail: [x]
"""
# fmt: off
SIGNS = (
    "- ", "-", ": ", ":", "# c", " #", "[", "]", "{", "}", ",", '"', "'", "|", "|+", ">-", "|1", "? ", "&a ", "*a",
    "!t ", "\n", "\n", "\n\n", "\r\n", " ", "  ", "    ", "\t", "a", "id", "a: b", "- x\n", "  - y\n", "key: v\n",
    "---", "...", "%", "@", "\\", "é", "\u2028", "<<: ", "~", "1", "u1: [\n", "- |\n", "  text\n", ": >\n", '"\n',
)
# fmt: on


def document(text: str = TEXT) -> Document:
    found, findings = read(text.encode(), "a.yaml")
    assert findings == ()
    assert found is not None
    return found


def is_told(found: Document, splices: list[Splice]) -> bool:
    """Whether something is said of the text; if so it has to be what the whole text says."""
    said = splice_proof.data_after(found, splices)
    if said is None:
        return False
    new = splice_plan.cut(found.text, splices)
    after, findings = read(new.encode(), "a.yaml")
    assert findings == (), new
    assert after is not None
    assert json.dumps(said) == json.dumps(after.data), new
    assert [each.text for each in comments.find(after)] == [each.text for each in comments.find(found)], new
    return True


def spliced(found: Document, *edits: Edit) -> list[Splice]:
    made = splice_once.splices(found, edits, apply_to_data(found.data, edits))
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("started: x", "started: y"),
        ("  - id: u2\n", "  - id: u2\n    at: now\n"),
        ("  - id: u2\n", "  - id: u2\n  - id: u3\n"),
        ("It broke.\n", "It broke.\n\n      Again.\n"),
        ("tail: [x]\n", "tail: [x]\nmore: 1\n"),
        ("# what was promised\n", "new: 1\n# what was promised\n"),
    ],
)
def test_what_a_change_makes_of_a_part_is_told(old: str, new: str) -> None:
    start, here = TEXT.index(old), len(old)
    same = next((at for at in range(min(len(old), len(new))) if old[at] != new[at]), min(len(old), len(new)))
    assert is_told(document(), [Splice(start + same, start + here, new[same:])])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x}", "[x}"),
        ("started: x}", 'started: "x}'),
        ("u2\n", "u2\n id: u3\n"),
        ("u2\n", "u2 # new\n"),
        ("u2\n# what", "u2# what"),
        ("  # the first\n", ""),
        ("u1\n", "u1\nodd: 1\n"),
        ("u1\n", "u1\nid: b\n"),
        ("id: a", "ID: a"),
        ("u2\n", "u2"),
        ("broke.\n", "broke.\n---\n"),
        ("a  # the name\n", "a\n...  # the name\n"),
    ],
)
def test_nothing_is_told_of_what_is_in_doubt(old: str, new: str) -> None:
    start = TEXT.index(old)
    assert not is_told(document(), [Splice(start, start + len(old), new)])


def test_only_what_is_touched_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bytes] = []

    def reading(content: bytes, path: str) -> object:
        seen.append(content)
        return read(content, path)

    monkeypatch.setattr(splice_proof, "read", reading)
    found = document()
    splices = spliced(found, Put(("timeline", 1, "at"), "now"))
    assert is_told(found, splices)
    assert seen == [b"timeline:\n  # the first\n  - id: u2\n    at: now\n# what was promised\n"]


def test_a_text_that_may_come_near_the_limits_is_read_whole() -> None:
    found = document(TEXT + "filler:\n" + "".join(f"  - {number}\n" for number in range(4_000)))
    assert not is_told(found, spliced(found, Put(("timeline", 1, "at"), "now")))


def check_edits(seed: int) -> bool:
    """Edits of any text that people write."""
    chance = Random(seed)  # noqa: S311  # an example, no secret
    found = document(handwriting.Hand(chance).text())
    edits: list[Edit] = []
    wanted = found.data
    while len(edits) < 3:
        one = handwriting.edit(chance, wanted)
        if not isinstance(one, Reorder):
            edits.append(one)
            wanted = apply_to_data(wanted, [one])
    splices = splice_once.splices(found, edits, wanted)
    assert edit.edited(found, edits) == (edit.apply(found, edits), wanted)
    return splices is not None and is_told(found, splices)


def check_scribble(seed: int) -> bool:
    """Anything at all, written anywhere."""
    chance = Random(seed)  # noqa: S311  # an example, no secret
    found = document(handwriting.Hand(chance).text() if chance.random() < 0.7 else TEXT)
    places = sorted(chance.randint(0, len(found.text)) for _ in range(2 * chance.randint(1, 2)))
    splices = []
    for start, end in zip(places[::2], places[1::2], strict=True):
        last = end if chance.random() < 0.2 else min(end, start + chance.choice([0, 0, 0, 1, 2]))
        splices.append(Splice(start, last, "".join(chance.choices(SIGNS, k=chance.randint(1, 4)))))
    return is_told(found, splices)


@given(SEEDS)
@settings(max_examples=300)
def test_of_edits_the_whole_text_says_the_same(seed: int) -> None:
    check_edits(seed)


@given(SEEDS)
@settings(max_examples=500)
def test_of_scribbles_the_whole_text_says_the_same(seed: int) -> None:
    check_scribble(seed)


def test_mostly_there_is_something_told() -> None:
    assert sum(check_edits(seed) for seed in range(60)) > 15
    assert sum(check_scribble(seed) for seed in range(300)) > 30


@pytest.mark.soak
@given(SEEDS)
@settings(max_examples=20_000)
def test_the_same_of_very_many(seed: int) -> None:
    check_edits(seed)
    check_scribble(seed)
