"""Every document holds what its schema says and nothing else, and the schemas say what the types say."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from postmortem.api import tree
from postmortem.feeds.catalogue import subscriptions
from postmortem.metrics import numbers, views
from postmortem.metrics.scope import scopes
from postmortem.model.settings import Settings
from postmortem.schema import registry
from tests.api.corpora import Data, corpora, published, settings
from tests.model import made
from tools import output_schemas

ROOT = Path(__file__).resolve().parents[2]
AS_OF = date(2026, 6, 24)
SCHEMAS: dict[str, Any] = {name: json.loads(body) for name, body in registry.published()}
VALIDATORS = {name: jsonschema_rs.Draft202012Validator(schema) for name, schema in SCHEMAS.items()}


def documents(corpus: list[Data], site: Settings) -> dict[str, bytes]:
    """Everything for machines that is made of a corpus, by its path."""
    history, incidents = published(corpus)
    found = [each for row in history.rows for each in tree.own(incidents(row.id), site)]
    found += tree.artifacts(history, site, incidents, AS_OF)
    whole = numbers.numbers(history, site, AS_OF)
    apart = views.views(scopes(history, site, AS_OF), whole)
    found += tree.figures(whole, numbers.scorecards(history, site, AS_OF), apart, site, AS_OF)
    found += tree.directory(history, site, subscriptions(site), SCHEMAS)
    assert len({each.path for each in found}) == len(found)
    return {each.path: each.body for each in found}


def schema_of(path: str, shape: dict[str, Any]) -> str:
    """The name of a document's schema: what it says itself; the vendor's shape has no place for it."""
    if "api/v2/" in path:
        return "api-statuspage-2.0.schema.json"
    address: str = shape["$schema"]
    return address.removeprefix("https://status.example.com/schemas/")


@given(corpora())
def test_every_document_is_valid_by_the_schema_it_names(corpus: list[Data]) -> None:
    used = set()
    for path, body in documents(corpus, settings()).items():
        if path.endswith(".json"):
            shape = json.loads(body)
            used.add(schema_of(path, shape))
            VALIDATORS[schema_of(path, shape)].validate(shape)
            assert shape.get("schema_version", "1.0") == "1.0"
        elif path.endswith(".jsonl"):
            for line in body.splitlines():
                VALIDATORS["api-row-1.0.schema.json"].validate(json.loads(line))
    wanted = {name for name in registry.OUTPUTS if name != "api-row-1.0.schema.json"}
    moved, incident = "api-moved-1.0.schema.json", "api-incident-1.0.schema.json"
    assert used >= wanted - {moved, incident}
    assert (incident in used) == bool(corpus)
    assert (moved in used) == any(each["former_ids"] for each in corpus)


@pytest.mark.parametrize("name", registry.OUTPUTS)
def test_the_files_are_what_the_types_say(name: str) -> None:
    """Else run `python -m tools.output_schemas`, and look at the difference: it is one of a promise."""
    written = (ROOT / "schemas" / name).read_text(encoding="utf-8")
    assert written == output_schemas.text(output_schemas.files()[name])
    assert output_schemas.files().keys() == set(registry.OUTPUTS)
    assert SCHEMAS[name]["$id"].endswith(f"/schemas/{name}")
    jsonschema_rs.meta.validate(SCHEMAS[name])


def places(node: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every key of every mapping in a document."""
    if isinstance(node, dict):
        return [each for key, held in node.items() for each in ((*way, key), *places(held, (*way, key)))]
    if isinstance(node, list):
        return [each for index, held in enumerate(node) for each in places(held, (*way, index))]
    return []


def without(node: Any, way: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - JSON
    copy = json.loads(json.dumps(node))
    inner = copy
    for step in way[:-1]:
        inner = inner[step]
    del inner[way[-1]]
    return copy


def test_no_key_may_be_missing_and_none_may_be_added() -> None:
    corpus = [made.data(former_ids=["2026-06-22-before"], impact=made.impact(authentication=made.affected()))]
    site = settings(coverage=[{"from": "2026-01-01"}])
    for path, body in documents(corpus, site).items():
        if path.endswith(".json") and not path.startswith("providers/"):
            shape = json.loads(body)
            validator = VALIDATORS[schema_of(path, shape)]
            assert not validator.is_valid(shape | {"more": 1})
            assert [way for way in places(shape) if validator.is_valid(without(shape, way))] == [], path
