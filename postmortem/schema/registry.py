"""Where the schemas are, and the validators compiled from the two we read. A kind in, a validator out; knows no record.

The files exist once: `schemas/` at the root of the source tree, which the wheel carries as `postmortem/schemas/`.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import jsonschema_rs
import msgspec

from postmortem.errors import MissingPieceError

SchemaKind = Literal["incident", "settings"]
Tree = dict[str, Any]
"""A schema as JSON gives it."""

FILES: Final[dict[SchemaKind, str]] = {
    "incident": "incident-1.0.schema.json",
    "settings": "settings-1.0.schema.json",
}
"""The names under which the schemas are published at `/schemas/`."""
OUTPUTS: Final = tuple(
    f"api-{name}.schema.json"
    for name in (
        "feeds-1.0",
        "incident-1.0",
        "incidents-1.0",
        "metrics-1.0",
        "models-1.0",
        "moved-1.0",
        "publisher-1.0",
        "row-1.0",
        "services-1.0",
        "statuspage-2.0",
        "views-1.0",
    )
)
"""The schemas of what we publish; `tools/output_schemas.py` writes them."""

_PACKAGE = Path(__file__).resolve().parent.parent
_FOLDERS = (_PACKAGE / "schemas", _PACKAGE.parent / "schemas")


@cache
def source(kind: SchemaKind) -> bytes:
    """The schema file as it is. Raises MissingPieceError where the installation lost it."""
    return _read(FILES[kind])


def published() -> tuple[tuple[str, bytes], ...]:
    """Every schema under the name it has at `/schemas/`, byte for byte. Raises MissingPieceError."""
    return tuple((name, _read(name)) for name in (*FILES.values(), *OUTPUTS))


def _read(name: str) -> bytes:
    for folder in _FOLDERS:
        path = folder / name
        if path.is_file():
            return path.read_bytes()
    raise MissingPieceError(f"{name} is not part of this installation: install postmortem again")


@cache
def tree(kind: SchemaKind) -> Tree:
    """The schema as data; shared by all callers, who must not change it."""
    return msgspec.json.decode(source(kind), type=Tree)


@cache
def deciding(kind: SchemaKind) -> jsonschema_rs.Draft202012Validator:
    """The validator whose word counts: fast, its patterns run in linear time (no look-around)."""
    return jsonschema_rs.Draft202012Validator(tree(kind), pattern_options=jsonschema_rs.RegexOptions())


def resolve(reference: str, root: Tree) -> Tree:
    """The part of the schema that `#/$defs/name` means; our schemas hold no other kind of reference."""
    found: Tree = root["$defs"][reference.removeprefix("#/$defs/")]
    return found
