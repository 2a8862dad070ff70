"""JSON, JSON Lines and the public YAML of records: bytes in; whether they keep to the schema they name, where their
addresses lead, and what in them looks private out.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from postmortem.schema.foreign import Breach
from postmortem.verify import address
from postmortem.verify.address import Followed
from postmortem.verify.site import Site
from postmortem.yamldoc import loader

_STATUSPAGE: Final = "schemas/api-statuspage-2.0.schema.json"
_ROW: Final = "schemas/api-row-1.0.schema.json"
_RECORD: Final = "schemas/incident-1.0.schema.json"
_PRIVATE: Final = frozenset({"internal", "embargo"})
_HIDDEN: Final = {("record", "draft"), ("record", "embargoed"), ("state", "embargoed"), ("public", False)}
_OWN_SHAPES: Final = ("schemas/", "search/", "assets/")
"""Folders whose JSON is not ours to publish a schema for: the schemas themselves, and a theme's files."""
_LINE: Final = "# yaml-language-server:"


class Document(NamedTuple):
    """One document. `schema` is the file of the schema it is held against, None for none; `breach` what the schema says
    against it. Where it is an incident, `told` are the ids of its public updates, and `first` is the id under which it
    was first published.
    """

    path: str
    broken: str = ""
    schema: str | None = None
    breach: str = ""
    id: str = ""
    first: str = ""
    private: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    followed: Followed = Followed()


def is_document(path: str) -> bool:
    """Whether a file is one by its name."""
    endings = {"api/": (".json", ".jsonl"), "incidents/": (".json", ".yaml")}
    return path.endswith(endings.get(path[: path.find("/") + 1], (".json",)))


def read(content: bytes, path: str, site: Site, schemas: Mapping[str, Breach]) -> Document:
    """One document; whatever the bytes are, nothing is raised."""
    if path.endswith(".yaml"):
        return _yaml(content, path, schemas)
    lines = content.splitlines() if path.endswith(".jsonl") else [content]
    try:
        held: list[Any] = [msgspec.json.decode(each) for each in lines]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return Document(path, broken=str(error))
    if path.startswith(_OWN_SHAPES):
        return Document(path, followed=_search(held[0], path, site))
    schema = _schema(held[0] if held else None, path, site)
    found = [schemas[schema](each) for each in held] if schema is not None and schema in schemas else []
    breach = next((each for each in found if each), "")
    links, private = [], []
    for whole in held:
        for key, value in _walk(whole):
            if isinstance(value, str) and value.startswith(site.base) and not any(map(str.isspace, value)):
                links.append(value)
            if key in _PRIVATE or (isinstance(value, str | bool) and (key, value) in _HIDDEN):
                private.append(key)
    return Document(
        path,
        schema=schema,
        breach=breach,
        id=_id(held),
        first=_first(held),
        private=tuple(private),
        told=_told(held[0]) if path.startswith("incidents/") else (),
        followed=address.follow(links, path, site),
    )


def _yaml(content: bytes, path: str, schemas: Mapping[str, Breach]) -> Document:
    document, findings = loader.read(content, path)
    if document is None or findings:
        return Document(path, broken=findings[0].message if findings else "no mapping")
    text = content.decode("utf-8", "replace")
    private = [key for key, value in _walk(document.data) if key in _PRIVATE or _is_hidden(key, value)]
    private += ["a comment" for each in text.splitlines() if each.startswith("#") and not each.startswith(_LINE)]
    is_record = document.data.get("state") != "moved"  # what an incident leaves at a former id is none
    breach = schemas[_RECORD](document.data) if is_record and _RECORD in schemas else ""
    id_ = document.data.get("id")
    return Document(path, schema=_RECORD, breach=breach, id=id_ if isinstance(id_, str) else "", private=tuple(private))


def _is_hidden(key: str, value: object) -> bool:
    return isinstance(value, str | bool) and (key, value) in _HIDDEN


def _schema(held: object, path: str, site: Site) -> str | None:
    """The file of the schema that the document names; those in other people's shapes have one by their address."""
    if "api/v2/" in path:
        return _STATUSPAGE
    if path.endswith(".jsonl"):
        return _ROW
    named = held.get("$schema") if isinstance(held, dict) else None
    return address.inside(named, path, site) if isinstance(named, str) else None


def _search(held: object, path: str, site: Site) -> Followed:
    """The places that a theme's search leads to, which are below the site."""
    docs = held.get("docs") if isinstance(held, dict) and path.startswith("search/") else None
    places = [each.get("location") for each in (docs if isinstance(docs, list) else ()) if isinstance(each, dict)]
    return address.follow([site.base + each for each in places if isinstance(each, str)], path, site)


def _id(held: list[Any]) -> str:
    first = held[0] if len(held) == 1 and isinstance(held[0], dict) else {}
    id_ = first.get("id")
    return id_ if isinstance(id_, str) else ""


def _first(held: list[Any]) -> str:
    former = held[0].get("former_ids") if _id(held) else None
    return former[0] if isinstance(former, list) and former and isinstance(former[0], str) else _id(held)


def _told(held: object) -> tuple[str, ...]:
    timeline = held.get("timeline") if isinstance(held, dict) else None
    updates = [
        each
        for each in (timeline if isinstance(timeline, list) else ())
        if isinstance(each, dict) and each.get("kind") == "update"
    ]
    return tuple(each["id"] for each in updates if isinstance(each.get("id"), str))


def _walk(whole: object) -> Iterator[tuple[str, object]]:
    """Every value with the key under which it stands."""
    waiting = [("", whole)]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(key, each) for each in value]
        yield key, value
