"""What is read line by line is what libyaml reads: no text is taken for anything else, and no finding is lost.

The texts are the records and settings of this repository, whole and in pieces, with something amiss in them.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from postmortem.yamldoc import lines
from postmortem.yamldoc.limits import MAX_DEPTH
from postmortem.yamldoc.loader import read

ROOT = Path(__file__).parents[2]
FILES = sorted(
    each for folder in ("incidents", "examples", "tests") for each in (ROOT / folder).rglob("*.y*ml") if each.is_file()
)
PIECES = (
    *" -:#,[]{}?/(._+'\"\n\\|>&*!%@`~<=x0nN1é\u00a0名;",
    *("  ", "\n  ", "\n\n", ": ", " #", "- ", "null", "true", "0x1", "1.5", "12:30", "? ", "''", '""', "\n- ", "\n#"),
    *("\n---", "...", "|\n", "|-\n", ">-\n", "{a: b}", "[a, b]", "{}", "[]", " \n", ": |\n", "\n    x", "k: v\n", "<<"),
)
LINES = (
    *("a:", "b: ", "c:\n", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "x", '"q"', "'q'", "? ", ": "),
    *("&n ", "*n", "1", "-1", "null", " # c", "k: v\n", "- a\n", "  - a\n", "(z", "|\n", "|-\n", ">-\n", "#", ".5"),
)


def same(text: str) -> bool:
    """Whether the text was taken; fails if it was taken for something else."""
    taken = lines.read(text)
    if taken is None:
        return False
    document, findings = read(f"{text}#\t\n".encode(), "r.yaml")  # a tab in a comment is not for `lines`
    assert document is not None, text
    assert not findings, text
    assert typed(taken) == typed(document.data), text
    return True


def typed(data: object) -> object:
    """The data with the order of keys, and true told from 1."""
    if isinstance(data, dict):
        return [(key, typed(value)) for key, value in data.items()]
    return [typed(each) for each in data] if isinstance(data, list) else (type(data), data)


def amiss(text: str, random: Random) -> str:
    """The text after some accidents."""
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        if random.random() < 0.5:
            at = random.randrange(len(text) + 1)
            text = text[:at] + random.choice(("", *PIECES)) + text[at + random.randrange(2) :]
        else:
            rows = text.split("\n")
            row = random.randrange(len(rows))
            instead = [" " * random.randrange(5) + rows[row].lstrip()], [rows[row] + random.choice(PIECES)]
            rows[row : row + 1] = random.choice((*instead, [], [random.choice(rows), rows[row]]))
            text = "\n".join(rows)
    return text


def some(text: str, random: Random) -> str:
    """A few lines of it, moved to the margin."""
    rows = text.split("\n")
    first = random.randrange(len(rows))
    rows = rows[first : first + random.randrange(2, 25)]
    indent = min((len(row) - len(row.lstrip()) for row in rows if row.strip()), default=0)
    return "\n".join(row[indent:] for row in rows) + "\n"


def strange_texts(count: int, seed: int) -> Iterator[str]:
    """Lines of all kinds, and parts of real files with something amiss."""
    random = Random(seed)  # noqa: S311  # chance, not secrecy
    texts = [path.read_text("utf-8") for path in FILES]
    for _ in range(count):
        if random.random() < 0.3:
            yield "".join(random.choices(LINES, k=random.randrange(1, 14))) + "\n"
        else:
            yield amiss(some(random.choice(texts), random), random)


def strange_readings(count: int, seed: int) -> int:
    """How many of so many texts were taken."""
    return sum(map(same, strange_texts(count, seed)))


def test_nothing_is_taken_for_something_else() -> None:
    assert strange_readings(3000, 1) > 300


def test_the_records_of_this_repository_are_taken() -> None:
    records = [path for path in FILES if path.is_relative_to(ROOT / "incidents")]
    assert [path.name for path in records if not same(path.read_text("utf-8"))] == []
    assert records


@pytest.mark.parametrize("opening", ["a: ", "a:\n", "- "])
def test_nothing_too_deep_is_taken(opening: str) -> None:
    for flow in range(MAX_DEPTH + 3):
        for depth in range(MAX_DEPTH + 3):
            if opening == "a:\n":
                text = "".join(" " * each + "a:\n" for each in range(depth)) + f"{' ' * depth}a: "
            else:
                text = opening * depth
            same(f"{text}{'[' * flow}x{']' * flow}\n")


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "null: 1\n",
        "a: {no: 1, true: 2}\n",
        "a: 012\n",
        "a: [0x1]\n",
        "a: &n x\n",
        "a: *n\n",
        "a: !t x\n",
        "<<: {a: 1}\n",
        "a: b: c\n",
        "a: x\n  y\n",
        'a: "x\n  y"\n',
        'a: "\\t"\n',
        "a: 'it''s'\n",
        "a: [x,\n  y]\n",
        "a: [x y ]\n",
        "a: >\n  x\n\n  y\n",
        "a: |\n    x\n  y\n",
        "a: >-\n  x\n    y\n  z\n",
        "a: >-\n  x \n  y\n",
        "a: |+\n  x\n\n",
        "a: x\n b: y\n",
        "- a\n",
        "a:\n  - - x\n",
        "a:\n - x\n  - y\n",
        "? a\n: b\n",
        "---\na: 1\n",
        "a: 1",
        "a:\t1\n",
        "a: 1\r\n",
        "",
        "# nothing\n",
    ],
)
def test_what_is_unusual_is_left_to_libyaml(text: str) -> None:
    assert lines.read(text) is None


def test_a_comment_may_stand_behind_a_word_and_between_lines() -> None:
    text = "a: b c # d: e\n# f\n\nlist:\n# g\n- h\n   # i\n- j: |\n    k\n\n     l\n  m: >-\n   n\n   o\n"
    assert same(text)
    assert lines.read(text) == {"a": "b c", "list": ["h", {"j": "k\n\n l\n", "m": "n o"}]}


def test_places_are_found_in_what_was_read_by_lines() -> None:
    document, _ = read(b"a: b\nc:\n  - d: e\n", "r.yaml")
    assert document is not None
    assert document.composed is None
    assert document.cut(document.locate(("c", 0, "d"))) == "e"


@pytest.mark.soak
def test_nothing_is_taken_for_something_else_in_many_tries() -> None:
    assert strange_readings(200_000, 2) > 20_000


def every_key(data: object, above: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The ways to all keys of mappings in mappings."""
    if not isinstance(data, dict):
        return []
    return [each for key, value in data.items() for each in ((*above, key), *every_key(value, (*above, key)))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_key_is_found_where_the_tree_has_it(path: Path) -> None:
    text = path.read_text("utf-8")
    taken = lines.read(text)
    if taken is not None:
        quick, _ = read(text.encode(), "r.yaml")
        slow, _ = read(f"{text}#\t\n".encode(), "r.yaml")
        assert quick is not None
        assert slow is not None
        for pointer in every_key(taken):
            assert quick.locate(pointer, key=True) == slow.locate(pointer, key=True)


def test_a_key_is_told_from_one_in_another_mapping() -> None:
    above, below = (
        b"x:\n  b: |\n    c: 1\n  d: {a: 1, c: 2}\n# e:\n\n",
        b"a:\n    # c:\n    b:\n      c: 2\n    c: 3\nc: 4\n",
    )
    document, _ = read(above + below + b"d:\n- c: 5\n", "r.yaml")
    assert document is not None
    found = {each: document.locate(each, key=True).line for each in (("a", "c"), ("c",), ("a", "b", "c"), ("d",))}
    assert found == {("a", "c"): 11, ("c",): 12, ("a", "b", "c"): 10, ("d",): 13}
    assert "root" not in vars(document)
