"""Hold data against a schema that somebody else published. Bytes of a JSON Schema in, a function out that says what is
wrong with data; asks no network for what a schema refers to.
"""

from collections.abc import Callable
from typing import Any

import jsonschema_rs
import msgspec

Breach = Callable[[object], str]
"""What is wrong with data, in one line with the place; empty if nothing is."""


class NoSchemaError(ValueError):
    """The bytes are no JSON Schema that can be used; the text says why."""


def compiled(schema: bytes) -> Breach:
    """The schema as a function. Raises NoSchemaError."""
    try:
        tree: Any = msgspec.json.decode(schema)
        validator = jsonschema_rs.Draft202012Validator(
            tree, pattern_options=jsonschema_rs.RegexOptions(), retriever=_refuse
        )
    except (msgspec.DecodeError, UnicodeDecodeError, jsonschema_rs.ValidationError, ValueError) as error:
        raise NoSchemaError(_line(str(error))) from error

    def breach(instance: object) -> str:
        try:
            if validator.is_valid(instance):
                return ""
            error = next(iter(validator.iter_errors(instance)))
        except ValueError as unreadable:  # what JSON cannot hold, such as half of a surrogate pair
            return _line(str(unreadable))
        place = "/".join(map(str, error.instance_path))
        return f"at {place or 'its root'}: {_line(error.message)}"

    return breach


def _refuse(uri: str) -> dict[str, Any]:
    raise ValueError(f"it refers to {uri}, which is not asked for")


def _line(text: str) -> str:
    return " ".join(text.split())[:200]
