"""Three keywords of JSON Schema as the explaining validator reads them. Schema parts and values in, errors out.

The answers are those of JSON Schema 2020-12; only the errors say more than the library's: one below an `if` is wrapped,
so that the condition is known, and a key refused by the schema `false` is named.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator, ValidationError

REFUSED: Final = "refused"
"""The `validator` of an error about a key whose schema is `false`."""


def pattern(_validator: object, wanted: str, instance: object, _schema: object) -> Iterator[ValidationError]:
    """Match as ECMA-262 does: Python's `$` also matches before a last line break."""
    if isinstance(instance, str) and not _compiled(wanted).search(instance):
        yield ValidationError(f"{instance!r} does not match {wanted!r}")


@cache
def _compiled(wanted: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"(?<!\\)\$", r"\\Z", wanted))


def if_(
    validator: Draft202012Validator,
    condition: Mapping[str, Any],
    instance: Any,  # noqa: ANN401 - it is whatever a file held
    schema: Mapping[str, Any],
) -> Iterator[ValidationError]:
    """Wrap what the branch finds: the outer error stands where the condition does, its context holds the reasons."""
    branch = "then" if validator.evolve(schema=condition).is_valid(instance) else "else"
    if branch in schema:
        reasons = tuple(validator.descend(instance, schema[branch], schema_path=branch))
        if reasons:
            yield ValidationError(schema["description"], context=reasons)


def properties(
    validator: Draft202012Validator,
    known: Mapping[str, Any],
    instance: object,
    _schema: object,
) -> Iterator[ValidationError]:
    """Look at each key that is there; one whose schema is `false` is refused by name."""
    if not isinstance(instance, dict):
        return
    for key, wanted in known.items():
        if key not in instance:
            continue
        if wanted is False:
            value = instance[key]
            yield ValidationError(f"{key!r} is refused", validator=REFUSED, path=(key,), instance=value, schema={})
        else:
            yield from validator.descend(instance[key], wanted, path=key, schema_path=key)
