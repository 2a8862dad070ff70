"""A breach of the schema as a value of our own. Plain data in, breaches out; has no words for them.

Here the slow validator is built. It takes longer to import than a whole record takes to check, so nothing imports this
module before a record was refused.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import jsonschema
import msgspec
from jsonschema import ValidationError, validators
from jsonschema.protocols import Validator

from postmortem.model.finding import Pointer
from postmortem.schema import keywords
from postmortem.schema.registry import SchemaKind, tree

_ROUTINES: Final = {"pattern": keywords.pattern, "if": keywords.if_, "properties": keywords.properties}


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


@cache
def explaining(kind: SchemaKind) -> Validator:
    """The slow validator, asked only for the reasons."""
    extended: type[Validator] = validators.extend(jsonschema.Draft202012Validator, _ROUTINES)  # type: ignore[no-untyped-call]
    return extended(tree(kind))


def _read(error: ValidationError) -> Breach:
    return Breach(
        keyword=str(error.validator),
        pointer=tuple(error.absolute_path),
        demand=error.validator_value,
        schema=dict(error.schema) if isinstance(error.schema, dict) else {},
        value=error.instance,
        below=tuple(_read(inner) for inner in error.context or ()),
    )
