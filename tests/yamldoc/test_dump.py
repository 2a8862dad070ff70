"""The public YAML: the same for the same data, readable, and read alike by our loader and by a YAML 1.1 parser."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.finding import Pointer
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.dump import dump
from postmortem.yamldoc.limits import MAX_INTEGER
from postmortem.yamldoc.loader import read

UNWELCOME = (
    "".join(map(chr, [*range(9), 11, 12, *range(14, 32), *range(0x7F, 0x85), *range(0x86, 0xA0)]))
    + "\ufeff\ufffe\uffff"
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=UNWELCOME))
LINES = st.lists(st.text("ab -#:.'\"\t🙂", max_size=8), max_size=5).map("\n".join)
PROSE = st.lists(
    st.sampled_from(["word", "Störung", "a:", "#b", "- c", "--- ", "名前", "🙂", "x" * 30]), max_size=40
).map(" ".join)
TRICKY = st.sampled_from(
    ["no", "On", "y", "~", "=", "<<", "14:05", "2026-06-23", "1e3", "0x1", ".5", "1_0", "...", "---", "? a", "!x"]
)
TEXT = ANY_TEXT | LINES | PROSE | TRICKY
NUMBER = st.integers(-MAX_INTEGER, MAX_INTEGER) | st.floats(allow_nan=False, allow_infinity=False)
VALUE = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
DATA = st.dictionaries(TEXT, VALUE, max_size=5)


def reread(text: str) -> Document:
    document, findings = read(text.encode(), "dumped.yaml")
    assert findings == ()
    assert document is not None
    return document


def scalars(value: Any, pointer: Pointer = ()) -> list[tuple[Pointer, object]]:  # noqa: ANN401  # any data
    if isinstance(value, dict):
        return [found for key, inner in value.items() for found in scalars(inner, (*pointer, key))]
    if isinstance(value, list):
        return [found for index, inner in enumerate(value) for found in scalars(inner, (*pointer, index))]
    return [(pointer, value)]


def exact(data: object) -> str:
    """Equality that tells 1 from 1.0 and true, and sees the order of keys."""
    return json.dumps(data)


@given(DATA)
def test_reading_a_dump_gives_the_same_data(data: dict[str, Any]) -> None:
    assert exact(reread(dump(data)).data) == exact(data)


@given(DATA)
def test_every_scalar_cut_out_at_its_place_means_the_same(data: dict[str, Any]) -> None:
    for text in (dump(data), dump(data).replace("\n", "\r\n")):
        document = reread(text)
        for pointer, value in scalars(data):
            cut = document.cut(document.locate(pointer))
            again = reread(f"again: {cut}\n" if cut[:1] not in "|>" or not cut else f"again:\n {cut}\n")
            assert exact(again.data["again"]) == exact(value)


@given(DATA)
def test_every_key_is_found_at_its_place(data: dict[str, Any]) -> None:
    document = reread(dump(data))
    for pointer, _ in scalars(data):
        if isinstance(pointer[-1], str):
            cut = document.cut(document.locate(pointer, key=True))
            assert list(reread(f"? {cut}\n").data) == [pointer[-1]]


@given(DATA)
def test_a_yaml_1_1_parser_reads_the_same(data: dict[str, Any]) -> None:
    assert exact(yaml.safe_load(dump(data))) == exact(data)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        *(
            (word, f'"{word}"')
            for word in ("no", "ON", "Yes", "y", "null", "true", "14:05", "2026-06-23", "1e3", "12", "")
        ),
        *(
            (word, f'"{word}"')
            for word in ("2026-06-23T14:21Z", ".5", "-x", "a: b", "a #b", "*x", " a", "a ", "a:", "+1")
        ),
        *(
            (word, word)
            for word in ("web-app", "opus-4.8", "7k2m9x", "2026-06-23-outage", "https://x.example/?a=b#c", "8 %")
        ),
        *((word, word) for word in ("Störung", "名前", "a, [b] {c}", "R&D", "it's", "nobody", "(x)", "14:21 UTC")),
        ("a\tb\x85\u2028", '"a\\tb\\u0085\\u2028"'),
        ('say "no"', 'say "no"'),
        ('"no"', '"\\"no\\""'),
        *((None, "null"), (True, "true"), (6.10, "6.1"), (1e16, "1.0e+16"), (-0.0, "-0.0"), ([], "[]"), ({}, "{}")),
    ],
)
def test_a_value_is_written_plain_where_no_parser_can_misread_it(value: object, written: str) -> None:
    data: Any = {"a": value}
    assert dump(data) == f"a: {written}\n"


def test_lists_mappings_and_prose_are_laid_out_for_people() -> None:
    long = "A routing change sent most chat traffic to a pool without room: new chats failed for hours in Europe."
    data: Any = {
        "windows": [{"start": "x", "models": ["a", "b"]}, ["c", ["d"], {}]],
        "note": "One.\n\n  two\n",
        "summary": long,
        "on": "a\nb",
    }
    assert dump(data) == (
        "windows:\n  - {start: x, models: [a, b]}\n  - - c\n    - - d\n    - {}\n"
        "note: |\n  One.\n\n    two\n"
        "summary: >-\n  A routing change sent most chat traffic to a pool without room: new chats failed for hours in\n"
        "  Europe.\n"
        '"on": |-\n  a\n  b\n'
    )


def test_what_stands_between_brackets_is_read_alike_by_older_parsers() -> None:
    data: Any = {"at": ["14:05", "a, b", "x: y", "[z]", "no", "plain words", None, 6.1], "none": [[], {}]}
    written = dump(data)
    assert written.startswith('at: ["14:05", "a, b", "x: y", "[z]", "no", plain words, null, 6.1]\n')
    assert yaml.safe_load(written) == reread(written).data == data


def test_what_does_not_fit_on_a_line_stands_on_several() -> None:
    words = [f"service-{number}" for number in range(12)]
    assert dump({"services": words}) == "services:\n" + "".join(f"  - {word}\n" for word in words)
    assert dump({"list": [{"text": "x" * 90, "id": "a"}]}) == f"list:\n  - text: {'x' * 90}\n    id: a\n"
    assert dump({"list": ["a\nb"]}) == "list:\n  - |-\n    a\n    b\n"


def test_a_key_too_long_for_one_line_is_still_a_key() -> None:
    data: Any = {"k" * 3000: {"a": 1}, "é" * 1025: "x"}
    assert reread(dump(data)).data == data


@pytest.mark.parametrize("number", [float("inf"), float("nan"), MAX_INTEGER + 1])
def test_a_number_that_could_not_be_read_again_is_an_error(number: float) -> None:
    with pytest.raises(ValueError, match="beyond"):
        dump({"a": number})


def test_what_is_not_json_like_is_an_error() -> None:
    data: Any = {"a": b"x"}
    with pytest.raises(TypeError, match="bytes"):
        dump(data)


def test_nothing_is_an_empty_mapping() -> None:
    assert dump({}) == "{}\n"


def test_long_prose_keeps_its_double_spaces() -> None:
    data: Any = {"x" * count: "x" * count + "  y" * 60 for count in range(1, 7)}
    assert reread(dump(data)).data == data
