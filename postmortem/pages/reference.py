"""The page `guide/reference/`: every key of a record, read from the schema. A schema as data in, a Page out.

What the page says is what the schema says, in its order; a key that is added there appears here by itself.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from markupsafe import Markup, escape

from postmortem.model.page import Page, SearchEntry
from postmortem.pages.environment import render
from postmortem.pages.incident import contents
from postmortem.pages.markdown import clean, inline

_TITLE: Final = "Format reference"
_TOP: Final = "record"
_ABOUT: Final = "Every key of a record: what it means, what may stand there, and whether it must."
_KINDS: Final = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}

Tree = dict[str, Any]


class Key(NamedTuple):
    """One key: where it is linked, what it means, its kind in words, the words it may be, and limits."""

    anchor: str
    name: str
    required: bool
    text: Markup
    kind: Markup
    allowed: tuple[str, ...]
    limits: str


class Value(NamedTuple):
    """One kind of plain value: what it is called, how it is written, examples."""

    anchor: str
    name: str
    text: str
    examples: tuple[str, ...]


class Section(NamedTuple):
    """One mapping of the format; `rules` are what its keys demand of one another."""

    anchor: str
    title: str
    keys: tuple[Key, ...]
    rules: tuple[Markup, ...]


def page(tree: Tree) -> Page:
    """Write the page of a schema; it depends on nothing else."""
    found = sections(tree)
    count = sum(len(each.keys) for each in found)
    body = render("reference.html", title=_TITLE, about=_ABOUT, count=count, sections=found, values=values(tree))
    return Page(
        path="guide/reference/",
        kind="reference",
        title=_TITLE,
        description=_ABOUT,
        body=body,
        contents=contents(body),
        search=SearchEntry(_TITLE, clean(" ".join(key.name for each in found for key in each.keys))),
    )


def sections(tree: Tree) -> tuple[Section, ...]:
    """The record, then every mapping below it, in the order in which a reader meets them."""
    met = [_TOP]
    for name in met:
        met += [each for each in _mappings(_part(tree, name), tree) if each not in met]
    return tuple(_section(name, tree) for name in dict.fromkeys(met))


def values(tree: Tree) -> tuple[Value, ...]:
    """The kinds of plain values that keys name, in the schema's order."""
    plain = {name: part for name, part in tree["$defs"].items() if "title" in part}
    return tuple(
        Value(
            f"value.{name}", short, detail.rstrip(")"), tuple(e for e in part.get("examples", ()) if isinstance(e, str))
        )
        for name, part in plain.items()
        for short, _, detail in [str(part["title"]).partition(" (")]
    )


def _part(tree: Tree, name: str) -> Tree:
    part: Tree = tree if name == _TOP else tree["$defs"][name]
    return part


def _section(name: str, tree: Tree) -> Section:
    part = _part(tree, name)
    required = part.get("required", ())
    keys = tuple(_key(name, key, told, tree, required=key in required) for key, told in part["properties"].items())
    rules = tuple(inline(each["description"]) for each in part.get("allOf", ()) if "description" in each)
    return Section(name, "The record" if name == _TOP else _named(name), keys, rules)


def _key(section: str, name: str, told: Tree, tree: Tree, *, required: bool) -> Key:
    value = _resolved(told, tree)
    listed = _resolved(value.get("items", {}), tree)
    return Key(
        anchor=f"{section}.{name}",
        name=name,
        required=required,
        text=inline(told.get("description", "")),
        kind=_kind(told, tree),
        allowed=tuple(str(each) for each in value.get("enum") or listed.get("enum") or ()),
        limits=_limits({**value, **told}),
    )


def _kind(told: Tree, tree: Tree) -> Markup:
    """What may stand there, in words; a mapping is a link to its section."""
    name = _reference(told)
    value = _resolved(told, tree)
    if name and "title" in value:
        return Markup('<a href="#value.{}">{}</a>').format(name, str(value["title"]).partition(" (")[0])
    if name and "properties" in value:
        return Markup('<a href="#{}">{}</a>').format(name, _named(name).lower())
    if "enum" in value:
        return Markup("one of these words")
    if value.get("type") == "array":
        return Markup("list, each: ") + (_kind(value["items"], tree) if "items" in value else Markup("anything"))
    if isinstance(value.get("type"), list):
        return escape(value["title"])
    return escape(_KINDS.get(str(value.get("type")), "mapping, free"))


def _limits(value: Tree) -> str:
    least, most = value.get("minimum"), value.get("maximum")
    parts = [
        f"at most {value['maxLength']:,} characters" if value.get("type") != "array" and "maxLength" in value else "",
        f"from {least:,} to {most:,}" if least is not None and most is not None else "",
        f"at least {value['minItems']}" if value.get("minItems") else "",
    ]
    return ", ".join(part for part in parts if part)


def _mappings(part: Tree, tree: Tree) -> Iterator[str]:
    for told in part["properties"].values():
        for each in (told, _resolved(told, tree).get("items", {})):
            name = _reference(each)
            if name and "properties" in _resolved(each, tree):
                yield name


def _reference(told: Tree) -> str:
    return str(told.get("$ref", "")).removeprefix("#/$defs/")


def _resolved(told: Tree, tree: Tree) -> Tree:
    name = _reference(told)
    found: Tree = tree["$defs"][name] if name else told
    return found


def _named(name: str) -> str:
    return name.replace("_", " ").capitalize()
