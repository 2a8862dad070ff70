"""Two engines read the patterns, and one backtracks: each pattern means the same to both and is linear in both."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import jsonschema_rs
import pytest

from postmortem.schema.registry import SchemaKind, tree

Parsed = list[tuple[Any, Any]]


def patterns() -> list[str]:
    """Every pattern of both schemas, wherever it stands."""
    kinds: tuple[SchemaKind, ...] = get_args(SchemaKind)
    return sorted({pattern for kind in kinds for pattern in below(tree(kind)) if isinstance(pattern, str)})


def below(node: object) -> Iterator[object]:
    if isinstance(node, dict):
        yield node.get("pattern")
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from below(each)


@pytest.mark.parametrize("pattern", patterns())
def test_a_pattern_is_anchored_and_means_the_same_to_both_engines(pattern: str) -> None:
    options = jsonschema_rs.RegexOptions()
    fast = jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=options)
    strict = re.compile(pattern.replace("$", r"\Z"))
    assert pattern.startswith("^")
    assert not re.search(r"\\[dDwWsSbBpP]|(?<!\[)\.(?!\])(?![^\[]*\])|\(\?", pattern)
    for text in (
        "",
        "a",
        "a\n",
        "a-b",
        "a--b",
        "con",
        "x" * 20000,
        "a-" * 10000 + "!",
        " " * 20000 + "\x00",
        "\u0664",
        "ß",
        "\u2028",
    ):
        assert fast.is_valid(text) == bool(strict.search(text)), text[:20]


@pytest.mark.parametrize("pattern", patterns())
def test_a_pattern_cannot_backtrack_for_long(pattern: str) -> None:
    assert list(ambiguities(parsed(pattern))) == []


def test_the_ambiguity_test_knows_what_it_looks_for() -> None:
    for pattern in ("(a+)+", "([a-z]*-?)*", "[a-z]*[a-c]*x", "(a|b+)*"):
        assert list(ambiguities(parsed(pattern))), pattern
    for pattern in ("[a-z]+(-[a-z]+)*", "^ *[^ ][a-z]*$", "(a|b)*c{2,5}"):
        assert list(ambiguities(parsed(pattern))) == [], pattern


def parsed(pattern: str) -> Parsed:
    return list(re._parser.parse(pattern))  # type: ignore[attr-defined]


def unbounded(item: tuple[Any, Any]) -> bool:
    return str(item[0]) in ("MAX_REPEAT", "MIN_REPEAT") and int(item[1][1]) > 1000


def groups(item: tuple[Any, Any]) -> list[Parsed]:
    """What stands inside a repeat, a group or a choice."""
    name, value = str(item[0]), item[1]
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return [list(value[2])]
    if name == "SUBPATTERN":
        return [list(value[3])]
    return [list(each) for each in value[1]] if name == "BRANCH" else []


def first(items: Parsed) -> set[str]:
    """The ASCII characters with which a sequence can begin; of one that may be empty, also those of what follows."""
    found: set[str] = set()
    for name, value in items:
        inner = groups((name, value))
        if inner:
            found |= set().union(*map(first, inner))
        elif str(name) in ("LITERAL", "IN", "NOT_LITERAL"):
            found |= characters(str(name), value)
        if str(name) != "AT" and not (str(name) == "MAX_REPEAT" and value[0] == 0):
            break
    return found


def characters(name: str, value: Any) -> set[str]:  # noqa: ANN401 - what the standard library's parser gives
    if name == "LITERAL":
        return {chr(value)}
    everything = {chr(code) for code in range(128)}
    if name == "NOT_LITERAL":
        return everything - {chr(value)}
    found: set[str] = set()
    for kind, each in value:
        found |= {chr(each)} if str(kind) == "LITERAL" else set()
        found |= {chr(code) for code in range(each[0], min(each[1], 127) + 1)} if str(kind) == "RANGE" else set()
    return everything - found if str(value[0][0]) == "NEGATE" else found


def ambiguities(items: Parsed) -> Iterator[str]:
    """Repeats that can share a text in more than one way: a repeat in a repeat without a separator, or two in a row."""
    for index, item in enumerate(items):
        inner = groups(item)
        for each in inner:
            yield from ambiguities(each)
        if unbounded(item):
            (body,) = inner
            nested = [deep for deep in within(body) if unbounded(deep)]
            if any(first([deep]) & first(body) for deep in nested):
                yield f"repeat in repeat: {body}"
            if not nested and first([item]) & first(items[index + 1 :]):
                yield f"two repeats in a row: {items[index : index + 2]}"


def within(items: Parsed) -> Iterator[tuple[Any, Any]]:
    for item in items:
        yield item
        for each in groups(item):
            yield from within(each)
