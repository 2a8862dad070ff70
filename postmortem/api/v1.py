"""One incident as JSON, `incidents/<id>.json`: whatever its page says, for machines. Incident and settings in, an
artifact out; knows no record, no clock and no HTML.

The shape, version 1 (keys are only ever added; every key named here is always there, so nobody has to ask whether it
is: what is not known is null, what is none is []):

    $schema                      where the schema of this document is published
    schema_version, id, state    the record format's version; the id; published or withdrawn. At a former id lies a
                                 document of another shape whose state is moved (`api.moved`)
    url, yaml                    the addresses of the page, and of the same facts in the record's own format
    publisher                    {name, role, url, contact}; role is provider, customer or observer: who says all this
    former_ids … withdrawn       every public field of the record, under the record format's names and in its order
    derived                      what follows from them:
        status, is_open, providers
        first_known              {by, time}; by: started, window, first_public_update, scheduled, timeline, id
        first_public_update, resolved
        impact_minutes           {total, by_class: {<each of the four>}}, each {minutes, unknown, ongoing}: minutes in
                                 the union of the windows with both ends known, null where there is none; how many
                                 windows have an unknown end, and how many go on
        open_minutes             first public update to resolved

A time is {at, precision, is, confidence, evidence}: `at` in UTC with seconds (RFC 3339); precision minute or second is
what was written; `is` exact, about, not_before or not_after. The `end` of a window is null while it goes on; an unknown
start or end has `at` null and `is` unknown. A day is `YYYY-MM-DD`. `provider` is always a list, and so is `models` of
an impact; `models_unnamed` beside it is true where the record says only that there were some. `record`, `embargo`,
`internal` and private timeline entries are not public and not here.
"""

from collections.abc import Iterator
from functools import cache
from inspect import get_annotations
from typing import Any, Final, get_args

import msgspec
from msgspec.structs import astuple

from postmortem.api.head import publisher, schema
from postmortem.model.artifact import Artifact
from postmortem.model.claims import Impact
from postmortem.model.derived import Derived, ImpactTime
from postmortem.model.facts import Facts
from postmortem.model.incident import Incident
from postmortem.model.moment import Bound, Moment, rfc3339
from postmortem.model.settings import Settings, address

_UNKNOWN: Final[dict[str, object]] = {
    "at": None,
    "precision": None,
    "is": "unknown",
    "confidence": None,
    "evidence": (),
}


def document(incident: Incident, settings: Settings) -> Artifact:
    """The incident's JSON: UTF-8, keys always in the same order, a line break at the end."""
    facts = _whole(incident, Facts)
    page = address(settings, f"incidents/{incident.id}")
    shape = {
        "$schema": schema(settings, "incident"),
        "schema_version": facts.pop("schema_version"),
        "id": facts.pop("id"),
        "state": "published" if incident.withdrawn is None else "withdrawn",
        "url": f"{page}/",
        "yaml": f"{page}.yaml",
        "publisher": publisher(settings),
        **facts,
        "provider": incident.derived.providers,
        "derived": _derived(incident.derived),
    }
    return Artifact(f"incidents/{incident.id}.json", _ENCODER.encode(shape) + b"\n")


def _derived(derived: Derived) -> dict[str, object]:
    return {
        "status": derived.status,
        "is_open": derived.is_open,
        "providers": derived.providers,
        "first_known": {"by": derived.first_known.by, "time": derived.first_known.moment},
        "first_public_update": derived.first_public_update,
        "resolved": derived.resolved,
        "impact_minutes": {
            "total": _minutes(derived.impact_time),
            "by_class": {name: _minutes(each) for name, each in derived.impact_time_by_class.items()},
        },
        "open_minutes": derived.open_minutes,
    }


def _minutes(time: ImpactTime) -> dict[str, int | None]:
    return {"minutes": time.minutes, "unknown": time.unknown, "ongoing": time.ongoing}


def _whole(value: msgspec.Struct, kind: type[msgspec.Struct]) -> dict[str, Any]:
    """A claim with all the keys of its kind: msgspec would leave out those that hold their default."""
    # Not strict: an Incident has the fields of Facts and after them `derived`, which is told apart.
    shape: dict[str, Any] = dict(zip(kind.__struct_encode_fields__, astuple(value), strict=False))
    for key in _nested(kind):
        held = shape[key]
        if isinstance(held, tuple):
            shape[key] = [_whole(each, type(each)) for each in held]
        elif held is not None:
            shape[key] = _whole(held, type(held))
    if isinstance(value, Impact):
        unnamed = isinstance(value.models, str)
        shape |= {"models": () if unnamed else value.models, "models_unnamed": unnamed}
    return shape


@cache
def _nested(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys under which other claims stand, alone or in a list."""
    said = {name: each for base in reversed(kind.__mro__) for name, each in get_annotations(base).items()}
    keys = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
    return tuple(key for name, key in keys if any(map(_is_claim, _parts(said[name]))))


def _parts(annotation: object) -> Iterator[object]:
    yield annotation
    for each in get_args(annotation):
        yield from _parts(each)


def _is_claim(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _time(value: object) -> dict[str, object]:
    if isinstance(value, Bound):
        return _time(value.moment) if value.moment else _UNKNOWN
    if isinstance(value, Moment):
        return {
            "at": rfc3339(value.instant),
            "precision": value.precision,
            "is": value.is_,
            "confidence": value.confidence,
            "evidence": value.evidence,
        }
    message = f"no JSON for {type(value)}"
    raise NotImplementedError(message)


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_time)
