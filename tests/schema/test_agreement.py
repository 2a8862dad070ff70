"""Whatever is done to a valid record, the deciding and the explaining validator give the same answer, and the model
reads what they accept.
"""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model import record as records
from postmortem.model.finding import Pointer
from postmortem.schema.breach import breaches
from postmortem.schema.check import check
from postmortem.schema.registry import deciding, tree
from postmortem.yamldoc.loader import read

CASES = Path(__file__).resolve().parents[1] / "cases"
WORDS = (
    "affected", "not_affected", "unknown", "unnamed", "published", "draft", "withdrawn", "maintenance", "incident",
    "update", "note", "resolved", "completed", "done", "dropped", "other", "upstream_provider", "about", "api", "con",
    "u1", "n1", "a1", "2026-06-23", "2026-02-30", "2026-06-23T14:21Z", "2026-06-23T14:21:60Z", "2999-12-31T23:59-23:59",
    "2026-06-23-x",
    "https://a.example/", "impact/data_access", "", " ", "a\n", "\n", "a\u2028", "\u0664", "x" * 3000,
)  # fmt: skip
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.sampled_from(WORDS)
    | st.text(max_size=9)
)
keys = st.sampled_from(
    sorted({name for each in tree("incident")["$defs"].values() for name in each.get("properties", {})})
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=5,
)


@cache
def valid() -> tuple[dict[str, Any], ...]:
    read_in = [read(path.read_bytes(), path.name) for path in sorted(CASES.glob("*.yaml"))]
    return tuple(document.data for document, findings in read_in if document is not None and not findings)


def places(node: object, pointer: Pointer = ()) -> Iterator[Pointer]:
    if pointer:
        yield pointer
    if isinstance(node, dict | list):
        for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from places(inner, (*pointer, step))


@st.composite
def mutants(draw: st.DrawFn) -> dict[str, Any]:
    """A valid record with one to three of its parts replaced, removed, or taken from elsewhere in it."""
    record: dict[str, Any] = deepcopy(draw(st.sampled_from(valid())))
    for _ in range(draw(st.integers(1, 3))):
        known = list(places(record))
        if known:
            change(record, draw(st.sampled_from(known)), draw)
    return record


def change(record: dict[str, Any], place: Pointer, draw: st.DrawFn) -> None:
    *way, last = place
    parent: Any = at(record, tuple(way))
    what = draw(st.sampled_from(("replace", "replace", "remove", "borrow", "add")))
    if what == "remove":
        del parent[last]
    elif what == "add" and isinstance(parent, dict):
        parent[draw(keys)] = draw(values)
    elif what == "borrow":
        parent[last] = deepcopy(at(record, draw(st.sampled_from(list(places(record))))))
    else:
        parent[last] = draw(values)


def at(record: dict[str, Any], place: Pointer) -> Any:  # noqa: ANN401 - any part of a record
    inner: Any = record
    for step in place:
        inner = inner[step]
    return inner


@given(mutants())
def test_both_validators_give_the_same_answer(record: dict[str, Any]) -> None:
    assert deciding("incident").is_valid(record) == (not list(breaches(record, "incident")))


@given(mutants())
def test_the_library_s_own_validator_gives_it_too_but_for_a_last_line_break(record: dict[str, Any]) -> None:
    texts = [each for each in (at(record, place) for place in places(record)) if isinstance(each, str)]
    if not any(text.endswith("\n") for text in texts):
        stock = jsonschema.Draft202012Validator(tree("incident"))
        assert stock.is_valid(record) == deciding("incident").is_valid(record)


@given(mutants())
def test_what_is_refused_has_a_reason_and_what_is_accepted_is_read_by_the_model(record: dict[str, Any]) -> None:
    problems = check(record, "incident")
    if problems:
        assert all(each.code != "PM028" and each.message for each in problems)
        assert len({(each.pointer, each.message) for each in problems}) == len(problems)
    else:
        records.read(record)


@given(st.dictionaries(keys, values, max_size=6))
def test_anything_else_has_a_reason_as_well(data: dict[str, Any]) -> None:
    assert check(data, "incident")
    assert check(data, "settings")
