"""Which places of a record the schema gives which meaning. Data and names of definitions in, pointers out."""

from collections.abc import Iterator
from typing import Any

from postmortem.model.finding import Pointer
from postmortem.schema.registry import SchemaKind, Tree, resolve, tree


def places(data: object, kind: SchemaKind, definitions: frozenset[str]) -> Iterator[Pointer]:
    """Every place that the schema describes by one of these definitions and where the data holds something, in the
    order of the data. What the schema does not describe (`internal`, unknown keys) is not entered.
    """
    return _places(data, tree(kind), tree(kind), definitions, ())


def _places(data: object, schema: Tree, root: Tree, wanted: frozenset[str], here: Pointer) -> Iterator[Pointer]:
    reference = schema.get("$ref", "")
    if reference:
        if reference.rpartition("/")[2] in wanted:
            yield here
        yield from _places(data, resolve(reference, root), root, wanted, here)
    for step, value, part in _parts(data, schema):
        yield from _places(value, part, root, wanted, (*here, step))


def _parts(data: object, schema: Tree) -> Iterator[tuple[str | int, object, dict[str, Any]]]:
    if isinstance(data, dict):
        known = schema.get("properties", {})
        yield from ((key, value, known[key]) for key, value in data.items() if isinstance(known.get(key), dict))
    elif isinstance(data, list) and isinstance(schema.get("items"), dict):
        yield from ((index, value, schema["items"]) for index, value in enumerate(data))
