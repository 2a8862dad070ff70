"""The two schema files hold the house's own rules: closed at every level, described at every key, strict."""

from collections.abc import Iterator
from typing import Any, get_args

import jsonschema
import jsonschema_rs
import pytest

from postmortem.schema.registry import FILES, SchemaKind, deciding, resolve, tree

Node = dict[str, Any]
KINDS: tuple[SchemaKind, ...] = get_args(SchemaKind)
each_kind = pytest.mark.parametrize("kind", KINDS)

ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description", "examples"}
ASSERTIONS = {
    "$ref", "additionalProperties", "allOf", "anyOf", "const", "dependentRequired", "else", "enum", "if", "items",
    "maxItems", "maxLength", "maximum", "minItems", "minLength", "minProperties", "minimum", "not", "pattern",
    "properties", "required", "then", "type", "uniqueItems",
}  # fmt: skip
MAPS, LISTS = ("properties", "$defs"), ("allOf", "anyOf")
SINGLE = ("items", "not", "if", "then", "else")
CONDITIONS = {"if", "then", "else", "anyOf", "not"}
FREE = [("properties", "internal")]


def nodes(node: Node, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Every schema inside the schema, with the way to it; `false` is left out."""
    yield path, node
    inner: list[tuple[tuple[str | int, ...], Any]]
    inner = [((key, name), each) for key in MAPS for name, each in node.get(key, {}).items()]
    inner += [((key, index), each) for key in LISTS for index, each in enumerate(node.get(key, []))]
    inner += [((key,), node[key]) for key in SINGLE if key in node]
    for step, each in inner:
        if each is not False:
            yield from nodes(each, (*path, *step))


def everywhere(kind: SchemaKind, keyword: str) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    return ((path, node) for path, node in nodes(tree(kind)) if keyword in node)


def conditional(path: tuple[str | int, ...]) -> bool:
    """Whether the place is a refinement, where `properties` adds a demand and not a key."""
    names = [path[index] for index in range(len(path)) if index == 0 or path[index - 1] not in MAPS]
    return not CONDITIONS.isdisjoint(names)


@each_kind
def test_it_is_json_schema_2020_12_under_its_published_name(kind: SchemaKind) -> None:
    jsonschema.Draft202012Validator.check_schema(tree(kind))
    assert tree(kind)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert tree(kind)["$id"] == f"https://postmortem.example/schemas/{FILES[kind]}"


@each_kind
def test_it_uses_no_keyword_that_a_strict_validator_would_not_know(kind: SchemaKind) -> None:
    assert [
        (path, set(node) - ANNOTATIONS - ASSERTIONS)
        for path, node in nodes(tree(kind))
        if set(node) - ANNOTATIONS - ASSERTIONS
    ] == []


@each_kind
def test_every_key_is_titled_and_described_in_one_or_two_sentences(kind: SchemaKind) -> None:
    keys = [
        (path, each)
        for path, each in nodes(tree(kind))
        if len(path) > 1 and path[-2] == "properties" and not conditional(path)
    ]
    assert len(keys) > 50
    assert [
        path for path, each in keys if not each.get("title") or not each.get("description", "").endswith((".", "?"))
    ] == []


@each_kind
def test_every_object_is_closed_but_the_one_that_is_free(kind: SchemaKind) -> None:
    objects = [(path, each) for path, each in nodes(tree(kind)) if "object" in each.get("type", ())]
    assert len(objects) > 5
    open_ones = [path for path, each in objects if each.get("additionalProperties") is not False]
    assert open_ones == (FREE if kind == "incident" else [])


@each_kind
def test_every_reference_leads_somewhere_and_every_definition_is_used(kind: SchemaKind) -> None:
    used = {node["$ref"] for _, node in everywhere(kind, "$ref")}
    assert used == {f"#/$defs/{name}" for name in tree(kind)["$defs"]}


@each_kind
def test_whatever_is_required_is_a_key_of_the_same_object(kind: SchemaKind) -> None:
    unknown = []
    for path, owner in nodes(tree(kind)):
        known = set(owner.get("properties", {}))
        for below, node in nodes(owner):
            same_object = "properties" not in below and "items" not in below and "$defs" not in below
            if known and same_object and not conditional(path):
                named = {*node.get("required", []), *node.get("dependentRequired", {})}
                named |= {name for each in node.get("dependentRequired", {}).values() for name in each}
                named |= set(node.get("properties", {}))
                unknown += [(path, below, name) for name in named - known]
    assert unknown == []


@each_kind
def test_every_closed_list_has_words_each_once(kind: SchemaKind) -> None:
    lists = [node["enum"] for _, node in everywhere(kind, "enum")]
    assert all(words and len(set(words)) == len(words) for words in lists)


@each_kind
def test_every_condition_has_a_sentence_for_the_author(kind: SchemaKind) -> None:
    assert [path for path, node in everywhere(kind, "if") if not node.get("description", "").endswith(".")] == []


@each_kind
def test_every_pattern_has_a_title_for_the_author_and_examples_that_it_accepts(kind: SchemaKind) -> None:
    for path, node in everywhere(kind, "pattern"):
        assert node.get("title"), path
        if not conditional(path):
            inner = jsonschema_rs.Draft202012Validator({**node, "$defs": tree(kind)["$defs"]})
            assert node["examples"], path
            assert [each for each in node["examples"] if not inner.is_valid(each)] == []


def test_resolving_a_reference_gives_the_definition() -> None:
    assert resolve("#/$defs/date", tree("incident")) is tree("incident")["$defs"]["date"]


@each_kind
def test_the_deciding_validator_refuses_what_is_no_mapping(kind: SchemaKind) -> None:
    assert not deciding(kind).is_valid([])
