"""The schema and the model are written twice and mean one thing: same keys, same closed lists, same that must be there.

The two trees are walked together; every difference is named. What differs on purpose stands in the tables below.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import msgspec
import msgspec.inspect as mi
import pytest

from postmortem.model import vocabulary
from postmortem.model.moment import Bound, Moment
from postmortem.model.record import Record
from postmortem.model.settings import Settings
from postmortem.schema.registry import SchemaKind, resolve, tree

Node = dict[str, Any]
MODELS: dict[SchemaKind, type[msgspec.Struct]] = {"incident": Record, "settings": Settings}
TIMES = {
    "Moment": {"#/$defs/time", "#/$defs/instant"},
    "Bound": {"#/$defs/bound"},
}
"""Times that stand for themselves (a revision's, say) are written as a plain string: the schema is narrower there."""


def differences(model: mi.Type, node: Node, root: Node, path: str) -> Iterator[str]:
    """Everything on which the two disagree below this place, one line each."""
    whole = resolve(node["$ref"], root) | node if "$ref" in node else node
    match model:
        case mi.UnionType(types=types):
            choices = [each for each in types if not isinstance(each, mi.NoneType)]
            yield from (
                of_several(choices, whole, root, path)
                if len(choices) > 1
                else differences(choices[0], node, root, path)
            )
        case mi.StructType(cls=cls):
            yield from of_struct(cls, whole, root, path)
        case mi.VarTupleType(item_type=item):
            yield from ([] if whole.get("type") == "array" else [f"{path}: a list in the model only"])
            yield from differences(item, whole.get("items", {}), root, f"{path}[]")
        case mi.LiteralType(values=values):
            yield from of_list(list(values), whole, path)
        case mi.CustomType(cls=cls) if cls in (Moment, Bound):
            yield from ([] if node.get("$ref") in TIMES[cls.__name__] else [f"{path}: a time in the model only"])
        case mi.DateType():
            yield from ([] if node.get("$ref") == "#/$defs/date" else [f"{path}: a date in the model only"])
        case _:
            yield from of_scalar(model, whole, path)


def of_struct(cls: type, node: Node, root: Node, path: str) -> Iterator[str]:
    info = mi.type_info(cls)
    assert isinstance(info, mi.StructType)
    fields = {each.encode_name: each for each in info.fields}
    keys = node.get("properties", {})
    yield from (f"{path}/{name}: the schema forgot it" for name in fields.keys() - keys.keys())
    yield from (f"{path}/{name}: the model forgot it" for name in keys.keys() - fields.keys())
    for name, field in fields.items():
        if name in keys:
            yield from differences(field.type, keys[name], root, f"{path}/{name}")
            if field.required != (name in node.get("required", [])):
                yield f"{path}/{name}: required by the {'model' if field.required else 'schema'} only"


def of_list(values: list[object], node: Node, path: str) -> Iterator[str]:
    words = node.get("enum", [])
    missing, extra = [each for each in values if each not in words], [each for each in words if each not in values]
    if missing or extra:
        yield f"{path}: the schema lacks {missing}, the model lacks {extra}"


def of_several(choices: list[mi.Type], node: Node, root: Node, path: str) -> Iterator[str]:
    """A word or a list of them: the schema names both types."""
    if node.get("type") not in (["string", "array"], ["array", "string"]):
        yield f"{path}: several types in the model only"
    for each in choices:
        if isinstance(each, mi.VarTupleType):
            yield from differences(each.item_type, node.get("items", {}), root, f"{path}[]")


def of_scalar(model: mi.Type, node: Node, path: str) -> Iterator[str]:
    wanted = {
        mi.StrType: "string",
        mi.IntType: "integer",
        mi.FloatType: "number",
        mi.BoolType: "boolean",
        mi.DictType: "object",
    }
    if node.get("type") != wanted[type(model)]:
        yield f"{path}: {wanted[type(model)]} in the model, {node.get('type', node)} in the schema"


@pytest.mark.parametrize("kind", MODELS)
def test_schema_and_model_agree_on_every_key_every_list_and_what_is_required(kind: SchemaKind) -> None:
    model = mi.type_info(MODELS[kind])
    assert sorted(differences(model, tree(kind), tree(kind), kind)) == []


@pytest.mark.parametrize("kind", MODELS)
def test_a_closed_list_has_the_order_of_the_vocabulary(kind: SchemaKind) -> None:
    vocabularies = [list(get_args(each)) for each in vars(vocabulary).values() if get_args(each)]
    lists = [each for each in enums(tree(kind)) if each not in (["1.0"], [True], ["about", "not_before", "not_after"])]
    assert lists
    assert [each for each in lists if sorted(each) in map(sorted, vocabularies) and each not in vocabularies] == []


def enums(node: object) -> Iterator[list[str]]:
    if isinstance(node, dict) and isinstance(node.get("enum"), list):
        yield node["enum"]
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from enums(each)


def test_the_comparison_names_what_was_forgotten() -> None:
    class Inner(msgspec.Struct):
        when: date
        words: tuple[vocabulary.Confidence, ...] = ()

    schema = {
        "required": ["extra"],
        "properties": {
            "when": {"$ref": "#/$defs/date"},
            "words": {"type": "array", "items": {"enum": ["confirmed", "said"]}},
            "extra": {"type": "string"},
        },
        "$defs": {"date": {"type": "string"}},
    }
    assert sorted(differences(mi.type_info(Inner), schema, schema, "x")) == [
        "x/extra: the model forgot it",
        "x/when: required by the model only",
        "x/words[]: the schema lacks ['inferred', 'reported'], the model lacks ['said']",
    ]


def test_a_time_as_a_mapping_has_the_words_of_the_model() -> None:
    for name in ("time", "bound"):
        keys = resolve(f"#/$defs/{name}", tree("incident"))["properties"]
        assert set(keys) == {"at", "is", "confidence", "evidence"}
        assert keys["confidence"]["enum"] == list(get_args(vocabulary.Confidence))
        # `exact` is what a time is when nothing is said; nobody writes it
        assert ["exact", *keys["is"]["enum"]] == list(get_args(vocabulary.TimeIs))


def test_incidents_and_maintenance_have_the_states_of_the_model() -> None:
    (by_kind,) = (each for each in tree("incident")["allOf"] if "status" in each.get("then", {}).get("properties", {}))
    for branch, words in (("then", vocabulary.MaintenanceStatus), ("else", vocabulary.IncidentStatus)):
        refined = by_kind[branch]["properties"]
        assert refined["status"]["enum"] == list(get_args(words))
        assert refined["timeline"]["items"]["properties"]["status"]["enum"] == list(get_args(words))


def test_classes_questions_and_facets_are_those_of_the_model() -> None:
    parts = tree("incident")["$defs"]
    assert tuple(parts["impact"]["properties"]) == tuple(parts["impact"]["required"]) == vocabulary.IMPACT_CLASSES
    assert tuple(parts["continuity"]["properties"]) == vocabulary.CONTINUITY_QUESTIONS
    assert tuple(each["required"][0] for each in parts["data_statement"]["anyOf"]) == vocabulary.DATA_RISKS
    assert f"impact/({'|'.join(vocabulary.IMPACT_CLASSES)})" in parts["facet"]["pattern"]
    assert f"severity/({'|'.join(vocabulary.SEVERITIES)})" in parts["facet"]["pattern"]
