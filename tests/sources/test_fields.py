"""JSON that a stranger wrote."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.sources import fields
from postmortem.sources.adapter import NotUnderstoodError

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_encoding_of_json_is_read(encoding: str) -> None:
    assert fields.load('{"a": "é"}'.encode(encoding)) == {"a": "é"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \n", "empty"),
        (b"<!doctype html><title>502</title>", "page"),
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"9" * 5000 + b"{", "not JSON"),
    ],
)
def test_what_is_no_json_is_not_understood_in_one_line_without_its_text(content: bytes, why: str) -> None:
    with pytest.raises(NotUnderstoodError, match=why) as caught:
        fields.load(content)
    assert "\n" not in str(caught.value)
    assert "502" not in str(caught.value)


def test_a_lone_surrogate_and_a_wrong_byte_cost_their_own_character() -> None:
    assert fields.line(fields.mapping(fields.load(b'{"a": "x\\ud800y"}'))["a"]) == "x\ufffdy"
    assert fields.mapping(fields.load(b'{"a": "x\xe9y"}')) == {"a": "x\ufffdy"}


@given(JSON)
def test_readers_take_any_value(value: object) -> None:
    for reader in (
        fields.mapping,
        fields.members,
        fields.mappings,
        fields.line,
        fields.prose,
        fields.key,
        fields.seconds,
        fields.moment,
    ):
        reader(value)
    fields.link(value, "https://a.example/b")
    fields.line(value).encode()


def test_keys_are_text_or_numbers_and_nothing_else() -> None:
    said: list[object] = ["a b", 7, True, 1.5, None, [], "", 10**500]
    assert [fields.key(each) for each in said] == ["a b", "7", "", "", "", "", "", ""]


def test_seconds_are_text_or_numbers() -> None:
    assert fields.seconds("1525914401") == fields.seconds(1525914401) == datetime(2018, 5, 10, 1, 6, 41, tzinfo=UTC)
    wrong: list[object] = ["soon", -1, "", True, "9" * 40, 1.5, "١٢"]
    assert [fields.seconds(each) for each in wrong] == [None] * 7


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("incidents/1", "https://a.example/incidents/1"),
        ("//b.example/1", "https://b.example/1"),
        ("https://b.example/1", "https://b.example/1"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("javascript://a.example/%0aalert(1)", ""),
        ("http://[", ""),
        ("https://b.example/ x", ""),
        ('https://b.example/"x', ""),
        ("https://b.example/" + "x" * 2000, ""),
        ("", ""),
    ],
)
def test_links_are_made_whole_and_go_to_the_web(said: str, whole: str) -> None:
    assert fields.link(said, "https://a.example/page") == whole
