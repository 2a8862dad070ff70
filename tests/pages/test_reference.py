"""The format reference says what the schema says, all of it, and its links lead somewhere."""

import re
from collections.abc import Iterator
from typing import Any

from postmortem.pages.reference import page, sections
from postmortem.schema import registry

TREE = registry.tree("incident")


def properties(part: dict[str, Any]) -> Iterator[str]:
    yield from part.get("properties", {})


def test_every_key_of_the_schema_is_there_once_in_its_order() -> None:
    found = {each.anchor: [key.name for key in each.keys] for each in sections(TREE)}
    assert found.pop("record") == list(properties(TREE))
    named = {name: list(properties(part)) for name, part in TREE["$defs"].items() if "properties" in part}
    assert found == {name: keys for name, keys in named.items() if keys}


def test_a_key_says_what_may_stand_there_and_whether_it_must() -> None:
    keys = {key.anchor: key for each in sections(TREE) for key in each.keys}
    assert keys["record.severity"].allowed == ("none", "minor", "major", "critical")
    assert keys["record.severity"].required
    assert not keys["record.summary"].required
    assert keys["record.summary"].limits == "at most 2,000 characters"
    assert str(keys["record.clocks"].kind) == '<a href="#clocks">clocks</a>'
    assert str(keys["record.timeline"].kind) == 'list, each: <a href="#entry">entry</a>'
    assert keys["impact_class.symptoms"].allowed[0] == "error_responses"


def test_every_anchor_stands_once_and_every_link_leads_to_one() -> None:
    body = page(TREE).body
    anchors = re.findall(r'id="([^"]+)"', body)
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r'href="#([^"]+)"', body)) <= set(anchors)


def test_the_contents_list_every_mapping() -> None:
    made = page(TREE)
    assert made.path == "guide/reference/"
    assert [each.anchor for each in made.contents] == [*(each.anchor for each in sections(TREE)), "values"]


def test_a_new_key_and_its_words_appear_by_themselves_and_are_escaped() -> None:
    more = {"odd": {"description": "It <b>is</b> new.", "enum": ["<x>"]}}
    body = page(TREE | {"properties": TREE["properties"] | more}).body
    assert "<code>&lt;x&gt;</code>" in body
    assert "<b>is</b>" not in body
