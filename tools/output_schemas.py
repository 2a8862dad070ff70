"""Write the schemas of what we publish from the types that are published: `python -m tools.output_schemas`.

So that no one keeps two lists of keys. The files are in git, so that a change of a promise is seen in review; a test
fails where they are not what this writes. What a key means is taken from the record's schema, where it has the key.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from postmortem.api import (
    catalogue,
    components_v2,
    distribution,
    exports,
    feeds,
    head,
    incidents_v2,
    moved,
    numbers,
    rows,
    views,
)
from postmortem.api.words_v2 import Indicator
from postmortem.model.claims import Claim, Impact
from postmortem.model.derived import KnownBy
from postmortem.model.facts import Facts
from postmortem.model.moment import Bound, Moment
from postmortem.model.vocabulary import IMPACT_CLASSES, Confidence, Precision, Status
from postmortem.schema import registry

Node = dict[str, Any]

FOLDER: Final = Path(__file__).resolve().parent.parent / "schemas"
ADDRESS: Final = "https://postmortem.example/schemas/"
INSTANT: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
DAY: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
STAMP: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.]000Z$"
PLAIN: Final[dict[object, Node]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    datetime: {"$ref": "#/$defs/instant"},
    date: {"$ref": "#/$defs/day"},
    Moment: {"$ref": "#/$defs/time"},
    Bound: {"$ref": "#/$defs/bound"},
}


class Writer:
    """One schema in the making: what it refers to is collected under `$defs`."""

    def __init__(self) -> None:
        self.defs: Node = {
            "instant": {"description": "UTC, RFC 3339 with seconds.", "type": "string", "pattern": INSTANT},
            "day": {"description": "A day.", "type": "string", "pattern": DAY},
        }

    def struct(self, kind: type[msgspec.Struct]) -> Node:
        """A mapping of which every key is always there, and no other."""
        hints = get_type_hints(kind)
        told = _told(kind)
        keys = zip(kind.__struct_fields__, kind.__struct_encode_fields__, strict=True)
        properties = {key: told.get(key, {}) | self.node(hints[name]) for name, key in keys}
        if kind is Impact:
            properties["models"] = {"type": "array", "items": {"type": "string"}}
            properties["models_unnamed"] = {
                "description": "Whether only “several models” was said.",
                "type": "boolean",
            }
        return closed(properties, description=_sentence(kind))

    def node(self, hint: object) -> Node:
        """What may stand where the type stands."""
        origin, inside = get_origin(hint), get_args(hint)
        if origin is Literal:
            return {"enum": list(inside)}
        if origin in (Union, UnionType):
            return _either([self.node(each) for each in inside])
        if origin is tuple:
            return {"type": "array", "items": self.node(inside[0])}
        if origin is dict:
            return closed(dict.fromkeys(get_args(inside[0]), self.node(inside[1])))
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
            return {"$ref": f"#/$defs/{self.defined(hint)}"}
        if hint in (Moment, Bound):
            self.times()
        return dict(PLAIN[hint])

    def defined(self, kind: type[msgspec.Struct]) -> str:
        """The name under which a struct is defined; defines it if it is not yet."""
        name = _snake(kind.__name__)
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = self.struct(kind)
        return name

    def times(self) -> None:
        """A time with its claim, and the bound of a window."""
        claim = {
            "at": {"$ref": "#/$defs/instant"},
            "precision": {"enum": list(get_args(Precision))},
            "is": {"enum": ["exact", "about", "not_before", "not_after"]},
            "confidence": {"enum": [*get_args(Confidence), None]},
            "evidence": {"type": "array", "items": {"type": "string"}},
        }
        unknown = claim | {"at": {"type": "null"}, "precision": {"type": "null"}, "is": {"const": "unknown"}}
        self.defs["time"] = closed(claim, description="A time, how exact it is, and who says so.")
        self.defs["unknown"] = closed(unknown, description="A time that nobody knows.")
        self.defs["bound"] = {"anyOf": [{"$ref": "#/$defs/time"}, {"$ref": "#/$defs/unknown"}]}

    def file(self, name: str, title: str, body: Node) -> Node:
        """The whole file; definitions that nothing refers to are left out."""
        used = set(_references(body))
        while more := {each for name in used for each in _references(self.defs[name])} - used:
            used |= more
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": f"{ADDRESS}{name}",
            "title": title,
            **body,
            "$defs": {each: self.defs[each] for each in sorted(used)},
        }


def closed(properties: Node, description: str = "") -> Node:
    """A mapping with exactly these keys."""
    return {
        **({"description": description} if description else {}),
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }


def files() -> dict[str, Node]:
    """Every schema by the name of its file."""
    found = {}
    structs: dict[head.Document | Literal["row"], tuple[str, type[msgspec.Struct]]] = {
        "incidents": ("Every incident as a row (api/v1/incidents.json)", exports.Index),
        "row": ("One line of api/v1/incidents.jsonl", rows.Row),
        "services": ("The services (api/v1/services.json)", catalogue.Services),
        "models": ("The models (api/v1/models.json)", catalogue.Models),
        "metrics": ("The figures (api/v1/metrics.json)", numbers.Metrics),
        "views": ("Each service, model, kind of impact, cause and provider by itself (api/v1/views.json)", views.Views),
        "feeds": ("The feeds (api/v1/feeds.json)", feeds.Feeds),
        "moved": ("What lies at a former address of an incident's document", moved.Tombstone),
        "publisher": ("Who publishes, and where everything is (.well-known/postmortem.json)", distribution.Metadata),
    }
    for document, (title, kind) in structs.items():
        name, writer = f"api-{document}-1.0.schema.json", Writer()
        found[name] = writer.file(name, title, writer.struct(kind))
    name = "api-incident-1.0.schema.json"
    writer = Writer()
    found[name] = writer.file(name, "One incident (incidents/<id>.json)", _incident(writer))
    name = "api-statuspage-2.0.schema.json"
    writer = Writer()
    found[name] = writer.file(name, "The documents of api/v2/, the shape of Atlassian Statuspage", _statuspage(writer))
    return found


def _incident(writer: Writer) -> Node:
    """What `api.v1` says of the shape of its document."""
    facts = writer.struct(Facts)["properties"]
    begin = {
        "$schema": {"type": "string"},
        "schema_version": facts.pop("schema_version"),
        "id": facts.pop("id"),
        "state": {"enum": ["published", "withdrawn"]},
        "url": {"type": "string"},
        "yaml": {"type": "string"},
        "publisher": writer.node(head.Publisher),
    }
    providers = {"provider": {"type": "array", "items": {"type": "string"}}}
    return closed({**begin, **facts, **providers, "derived": _derived(writer)})


def _derived(writer: Writer) -> Node:
    minutes = writer.node(rows.Minutes)
    return closed(
        {
            "status": writer.node(Status),
            "is_open": {"type": "boolean"},
            "providers": {"type": "array", "items": {"type": "string"}},
            "first_known": closed({"by": writer.node(KnownBy), "time": writer.node(Moment)}),
            "first_public_update": writer.node(Moment | None),
            "resolved": writer.node(Moment | None),
            "impact_minutes": closed({"total": minutes, "by_class": closed(dict.fromkeys(IMPACT_CLASSES, minutes))}),
            "open_minutes": writer.node(int | None),
        },
        description="What follows from the rest.",
    )


def _statuspage(writer: Writer) -> Node:
    page = {"page": writer.node(components_v2.Page)}
    incident, planned = writer.node(incidents_v2.Shape), writer.node(incidents_v2.Planned)
    group, component = writer.node(components_v2.Group), writer.node(components_v2.Component)
    for name in ("component", "group"):
        writer.defs[name]["properties"]["group"] = {"const": name == "group"}
    for each in ("component", "group", "page", "shape", "planned", "update"):
        for key, told in writer.defs[each]["properties"].items():
            if key.endswith(("_at", "_for", "_until")):
                told["pattern"] = STAMP
    listed: Node = {"components": {"type": "array", "items": {"anyOf": [group, component]}}}
    incidents: Node = {"incidents": {"type": "array", "items": incident}}
    maintenances: Node = {"scheduled_maintenances": {"type": "array", "items": planned}}
    status = {"status": closed({"indicator": writer.node(Indicator), "description": {"type": "string"}})}
    documents = (listed | incidents | maintenances | status, status, listed, incidents, maintenances)
    return {"anyOf": [closed({**page, **each}) for each in documents]}


def _either(nodes: list[Node]) -> Node:
    """Any of them; a word or null is one list of words."""
    if len(nodes) == 2 and nodes[1] == {"type": "null"}:  # noqa: PLR2004 - one, or nothing
        if nodes[0].keys() == {"enum"}:
            return {"enum": [*nodes[0]["enum"], None]}
        if nodes[0].keys() == {"type"}:
            return {"type": [nodes[0]["type"], "null"]}
    return {"anyOf": nodes}


def _told(kind: type[msgspec.Struct]) -> dict[str, Node]:
    """What the record's schema says of the keys of one of its mappings."""
    tree = registry.tree("incident")
    name = {"facts": "", "clocks": "clocks"}.get(_snake(kind.__name__), _snake(kind.__name__))
    part = tree if kind is Facts else tree["$defs"].get(_OTHERWISE.get(name, name), {})
    known = part.get("properties", {}) if issubclass(kind, Claim) else {}
    return {key: {"description": each["description"]} for key, each in known.items() if "description" in each}


_OTHERWISE: Final = {"impacts": "impact", "impact": "impact_class", "withdrawal": "withdrawn"}


def _sentence(kind: type[msgspec.Struct]) -> str:
    return " ".join((kind.__doc__ or "").split())


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, each in node.items():
            if key == "$ref":
                yield each.removeprefix("#/$defs/")
            else:
                yield from _references(each)
    elif isinstance(node, list):
        for each in node:
            yield from _references(each)


def text(schema: Node) -> str:
    """A file as it stands in git."""
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def main() -> None:
    """Write every file."""
    for name, schema in files().items():
        (FOLDER / name).write_text(text(schema), encoding="utf-8")


if __name__ == "__main__":
    main()
