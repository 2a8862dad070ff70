"""A breach of the schema as a value of our own. Plain data in, breaches out; has no words for them."""

from collections.abc import Iterator
from typing import Any

import msgspec
from jsonschema import ValidationError

from postmortem.model.finding import Pointer
from postmortem.schema.registry import SchemaKind, explaining


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """One keyword that one part of the data breaks: what it demands, in which schema, and what was there instead.

    `below` holds the reasons of an `if` whose branch was broken.
    """

    keyword: str
    pointer: Pointer
    demand: Any
    schema: dict[str, Any]
    value: Any
    below: tuple["Breach", ...] = ()


def breaches(instance: Any, kind: SchemaKind) -> Iterator[Breach]:  # noqa: ANN401 - it is whatever a file held
    """All of them, in the order in which the validator meets them."""
    return (_read(error) for error in explaining(kind).iter_errors(instance))


def _read(error: ValidationError) -> Breach:
    return Breach(
        keyword=str(error.validator),
        pointer=tuple(error.absolute_path),
        demand=error.validator_value,
        schema=dict(error.schema) if isinstance(error.schema, dict) else {},
        value=error.instance,
        below=tuple(_read(inner) for inner in error.context or ()),
    )
