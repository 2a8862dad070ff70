"""The runner: what reaches the rules, where findings point, what is never quoted, and that no record makes it raise."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.lint.rule import Rule, told
from postmortem.lint.run import across, examine, in_order
from postmortem.model.finding import Finding, Problem, Span
from postmortem.yamldoc.loader import read
from tests.lint.corpora import AS_OF, PATH, SMALLEST, about, findings, settings

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
RECORDS = [document.data for path in CASES for document in [read(path.read_bytes(), path.name)[0]] if document]


def cut(text: str, span: Span) -> str:
    document, _ = read(text.encode(), PATH)
    assert document is not None
    return document.cut(span)


def test_a_valid_record_has_a_header_and_no_findings() -> None:
    examined = examine(SMALLEST.encode(), PATH, settings(), AS_OF)
    assert examined.findings == ()
    assert examined.header is not None
    assert examined.header.public_from == AS_OF


def test_a_file_that_is_no_record_is_judged_by_no_rule() -> None:
    text = SMALLEST.replace("severity: major", "severity: huge").replace("title: Chat", "title: Outage #")
    assert [each.code for each in about(text)] == ["PM023"]


def test_a_broken_file_does_not_hide_what_is_wrong_with_others() -> None:
    said = findings({"incidents/0.yaml": b"a: [", PATH: SMALLEST.replace("title: Chat", "title: Outage #").encode()})
    assert [(each.path, each.code) for each in said] == [("incidents/0.yaml", "PM002"), (PATH, "PM103")]


def test_findings_are_the_same_whatever_order_the_files_come_in() -> None:
    sources = {f"incidents/{name}.yaml": SMALLEST.encode() for name in ("c", "a", "b")}
    assert findings(sources) == findings(dict(reversed(sources.items())))


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("summary: The first host 10.1.2.3 and then 10.1.2.3 again.", ["10.1.2.3", "10.1.2.3"]),
        ('summary: "日本語 10.1.2.3 failed"', ["10.1.2.3"]),
        ("summary: >-\n  The host\n  10.1.2.3\n  failed.", ["10.1.2.3"]),
        ("summary: |\n  It was\n  human\n  error.", ["human\n  error"]),
        ("summary: It was Human  Error.", ["Human  Error"]),
        ("summary: Sorry for the Inconvenience.", ["Sorry for the Inconvenience"]),
    ],
)
def test_a_finding_about_words_points_at_those_words(line: str, words: list[str]) -> None:
    text = SMALLEST.replace("services:", f"{line}\nservices:", 1)
    assert [cut(text, each.span) for each in about(text)] == words


def test_repeated_words_are_told_at_each_of_their_places() -> None:
    text = SMALLEST.replace("services:", "summary: First 10.1.2.3 and then 10.1.2.3 again.\nservices:", 1)
    assert [each.span.column for each in about(text)] == [16, 34]


def test_words_that_quoting_hides_are_told_at_the_whole_text() -> None:
    text = SMALLEST.replace("services:", 'summary: "at 10.1\\x2e2.3"\nservices:', 1)
    assert [cut(text, each.span) for each in about(text)] == ['"at 10.1\\x2e2.3"']


def test_no_message_quotes_a_secret() -> None:
    secret = "AKIA" + "Q" * 16
    text = SMALLEST.replace("severity: major", f"severity: {secret}")
    assert [each.code for each in about(text)] == ["PM023"]
    assert secret not in json.dumps([msgspec.to_builtins(each) for each in about(text)])


@pytest.mark.parametrize("inside", ["  canary: 1\n  canary: 2", "  a: &canary 1\n  b: *canary", "  a: !canary 1"])
def test_what_the_reader_refuses_below_internal_is_not_quoted(inside: str) -> None:
    said = about(f"{SMALLEST}internal:\n{inside}\n")
    assert said
    assert all("canary" not in each.message + each.hint for each in said)
    assert all("internal" in each.message for each in said)


def test_a_rule_that_raises_is_told_with_its_code_and_the_file() -> None:
    def broken(*_: object) -> Iterator[Problem]:
        yield Problem(pointer=(), message="fine so far")
        raise ZeroDivisionError

    rule: Rule[Any] = Rule("PM999", "broken", "error", broken)
    with pytest.raises(ZeroDivisionError) as caught:
        told(rule, "incidents/x.yaml")
    assert caught.value.__notes__ == ["rule PM999 broken, looking at incidents/x.yaml"]


def test_the_order_of_a_report_is_file_place_code() -> None:
    one = Finding(path="b", span=Span(1, 1, 1, 1), code="PM101", message="")
    two = Finding(path="a", span=Span(10, 1, 10, 2), code="PM101", message="", pointer=("a", 1))
    three = Finding(path="a", span=Span(9, 1, 9, 2), code="PM999", message="", pointer=("a", "b"))
    assert in_order([one, two, three]) == (three, two, one)


def test_nothing_is_read_where_nothing_is_wrong() -> None:
    def refuse(path: str) -> bytes:
        raise AssertionError(path)

    held = examine(SMALLEST.encode(), PATH, settings(), AS_OF).header
    assert held is not None
    assert across([held], settings(), refuse) == ()


def places(value: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [here] if here else []
    if isinstance(value, dict):
        found += [each for key, inner in value.items() for each in places(inner, (*here, key))]
    elif isinstance(value, list):
        found += [each for index, inner in enumerate(value) for each in places(inner, (*here, index))]
    return found


def changed(value: object, pointer: tuple[str | int, ...], put: object) -> object:
    if not pointer:
        return put
    step, *rest = pointer
    if isinstance(value, list):
        return [changed(each, tuple(rest), put) if index == step else each for index, each in enumerate(value)]
    if isinstance(value, dict):
        return {key: changed(each, tuple(rest), put) if key == step else each for key, each in value.items()}
    return value


VALUES = st.one_of(
    st.sampled_from(
        [
            "2026-06-23T14:21Z",
            "0000-01-01T00:00Z",
            "1900-01-01T00:00Z",
            "2999-12-31T23:59:59.999999999-23:59",
            "unknown",
            "unnamed",
            "web-app",
            "resolved",
            "maintenance",
            "draft",
            "2026-02-30",
            "reported",
            "u1",
            [],
            {},
            ["forum"],
            None,
            True,
            0,
            101,
            1e308,
            {"at": "2026-06-23T14:21Z", "is": "about"},
        ]
    ),
    st.text(max_size=40),
)


@given(st.data())
def test_no_record_makes_the_run_raise(data: st.DataObject) -> None:
    record: object = data.draw(st.sampled_from(RECORDS), label="record")
    for _ in range(data.draw(st.integers(1, 4), label="changes")):
        if not places(record):
            break
        pointer = data.draw(st.sampled_from(places(record)), label="place")
        record = changed(record, pointer, data.draw(VALUES, label="value"))
    source = json.dumps(record).encode()
    when = data.draw(st.sampled_from([date.min, AS_OF, date.max]), label="as of")
    examined = examine(source, PATH, settings(), when)
    assert examined.record is not None or examined.findings
    if examined.header is not None:
        across([examined.header, examined.header], settings(), lambda _: source)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_run_raise(source: bytes) -> None:
    assert examine(source, PATH, settings(), AS_OF).findings
