"""What `--fix` changes: the instant, the comments and everything else stay; a broken file stays as it is."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.corpus.ledger import Promise
from postmortem.lint.fixes import FIXES, entry_ids, timeline_order, utc_times
from postmortem.lint.mend import mended
from postmortem.model.edit import Put, Reorder, apply_to_data
from postmortem.model.moment import parse
from postmortem.schema.check import check
from postmortem.yamldoc import comments
from postmortem.yamldoc.document import Document
from postmortem.yamldoc.loader import read
from tests.lint.corpora import PATH, SMALLEST, about

SCHEMA = "../schemas/incident-1.0.schema.json"
CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.yaml"))
OFFSETS = st.one_of(
    st.just("Z"),
    st.tuples(st.sampled_from("+-"), st.integers(0, 23), st.integers(0, 59)).map(
        lambda part: f"{part[0]}{part[1]:02}:{part[2]:02}"
    ),
)
TIMES = st.tuples(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2999, 12, 31)),  # noqa: DTZ001 - the zone follows
    st.sampled_from(["minutes", "seconds", "microseconds"]),
    OFFSETS,
).map(lambda parts: parts[0].isoformat(timespec=parts[1]) + parts[2])


def opened(text: str) -> Document:
    document, findings = read(text.encode(), PATH)
    assert document is not None
    assert not findings
    return document


def fixed(text: str) -> str:
    return mended(text.encode(), PATH, SCHEMA, lambda _: True, {}).decode()


def in_utc(written: str) -> str:
    [*edits] = utc_times({"clocks": {"started": written}})
    data: Any = apply_to_data({"clocks": {"started": written}}, edits)
    text: str = data["clocks"]["started"]
    return text


def test_no_id_is_given_that_readers_were_promised_for_another_entry() -> None:
    text = SMALLEST.replace("{id: u1, ", "{")
    assert text != SMALLEST
    id_, former = opened(text).data["id"], "2026-06-23-before"
    ledger = {
        id_: Promise(id=id_, state="published", entries={"u1": "2026-06-23T14:47:00Z", "r1": "2026-06-23T14:47:00Z"}),
        former: Promise(id=former, state="published", entries={"u4": "2026-06-23T14:49:00Z"}),
    }

    def given_id(text: str) -> str:
        after = mended(text.encode(), PATH, SCHEMA, lambda _: True, ledger).decode()
        said: str = opened(after).data["timeline"][0]["id"]
        return said

    assert given_id(text) == "u2"
    assert given_id(f"{text}former_ids: [{former}]\n") == "u5"


@given(TIMES)
def test_a_time_keeps_its_instant_and_how_exact_it_is(written: str) -> None:
    assert parse(in_utc(written)) == parse(written)
    assert written.count(":", 0, 19) == in_utc(written).count(":")
    assert written.partition(".")[2][:6].rstrip("Z") in in_utc(written)


@pytest.mark.parametrize(
    ("written", "mended_to"),
    [
        ("2026-06-23T16:21+02:00", "2026-06-23T14:21Z"),
        ("2026-06-23T23:30:05-03:30", "2026-06-24T03:00:05Z"),
        ("2026-06-23T14:21:00+00:00", "2026-06-23T14:21:00Z"),
        ("2026-06-23T14:21:00.125-00:00", "2026-06-23T14:21:00.125Z"),
        ("2026-06-23T14:21Z", "2026-06-23T14:21Z"),
        ("1900-01-01T00:00+01:00", "1900-01-01T00:00+01:00"),
        ("yesterday", "yesterday"),
    ],
)
def test_times_are_written_in_utc(written: str, mended_to: str) -> None:
    assert in_utc(written) == mended_to


def test_every_place_of_a_time_is_found_and_no_text_is() -> None:
    local = "2026-06-23T16:21+02:00"
    data = {
        "title": local,
        "clocks": {"started": local, "mitigated": {"at": local, "is": "about"}},
        "impact": {"authentication": {"windows": [{"start": local, "end": "unknown"}]}},
        "timeline": [{"id": "u1", "at": local, "published": local, "text": local}],
        "revisions": [{"number": 1, "at": local}],
        "internal": {"at": local},
    }
    assert [edit.pointer for edit in utc_times(data)] == [
        ("clocks", "started"),
        ("clocks", "mitigated", "at"),
        ("impact", "authentication", "windows", 0, "start"),
        ("timeline", 0, "at"),
        ("timeline", 0, "published"),
        ("revisions", 0, "at"),
    ]


def test_the_timeline_is_put_in_order_and_twins_stay_as_they_stand() -> None:
    at = ["2026-06-23T15:00Z", "2026-06-23T14:00Z", "2026-06-23T14:00Z", "2026-06-23T13:00Z"]
    assert list(timeline_order({"timeline": [{"at": each} for each in at]})) == [Reorder(("timeline",), (3, 1, 2, 0))]
    about_then = {"timeline": [{"at": {"at": at[0], "is": "about"}}, {"at": "2026-06-23T14:30Z"}]}
    assert list(timeline_order(about_then)) == []


def test_ids_continue_from_the_largest_and_letters_tell_updates_from_notes() -> None:
    data = {
        "timeline": [{"kind": "update"}, {"id": "u4", "kind": "update"}, {"kind": "decision"}, {"kind": "update"}],
        "actions": [{"text": "x"}],
    }
    assert list(entry_ids(data)) == [
        Put(("timeline", 0, "id"), "u5", after=()),
        Put(("timeline", 2, "id"), "n1", after=()),
        Put(("timeline", 3, "id"), "u6", after=()),
        Put(("actions", 0, "id"), "a1", after=()),
    ]


WEIRD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), TIMES),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["timeline", "actions", "at", "id", "clocks", "kind"]), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(["timeline", "actions", "clocks", "impact", "revisions"]), WEIRD))
def test_no_data_makes_a_fix_raise(data: dict[str, Any]) -> None:
    for fix in FIXES:
        apply_to_data(data, list(fix.edits(data, frozenset())))


MESSY = """\
schema_version: "1.0"  # the format
id: 2026-06-23-chat-unavailable
title: Chat unavailable after a routing change
record: published
severity: major  # by us
services: [web-app]
impact:
  model_degradation: {state: not_affected}
  application_failure: {state: unknown}
  authentication: {state: not_affected}
  data_access: {state: not_affected}
timeline:
  # the end comes first
  - at: "2026-06-23T18:47+02:00"  # local time
    kind: update
    status: resolved
    text: Chats failed to start until now.
  # the first word
  - {at: "2026-06-23T14:47Z", kind: update, status: investigating, text: Chats fail.}
"""


def test_a_messy_record_becomes_a_valid_one_with_all_its_comments() -> None:
    assert [each.code for each in about(MESSY)] == ["PM021", "PM021"]
    text = fixed(MESSY)
    assert about(text) == ()
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA}\n")
    before, after = (sorted(each.text for each in comments.find(opened(part))) for part in (MESSY, text))
    assert set(before) < set(after)
    assert [(each["id"], each["at"]) for each in opened(text).data["timeline"]] == [
        ("u2", "2026-06-23T14:47Z"),
        ("u1", "2026-06-23T16:47Z"),
    ]
    assert fixed(text) == text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_fixed_record_says_the_same_and_is_fixed_once(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    once = fixed(text)
    assert not check(opened(once).data, "incident")
    assert fixed(once) == once
    before, after = (Counter(each.text for each in comments.find(opened(part))) for part in (text, once))
    assert before <= after


@pytest.mark.parametrize("broken", ["title: [\n", "title: a\ntitle: b\n", "a: &b 1\n", "\x07", "- 1\n", ""])
def test_a_file_that_is_not_clean_yaml_is_left_alone(broken: str) -> None:
    assert fixed(broken) == broken


def test_a_byte_order_mark_and_foreign_line_breaks_stay() -> None:
    content = b"\xef\xbb\xbf" + MESSY.replace("\n", "\r\n").encode()
    after = mended(content, PATH, SCHEMA, lambda _: True, {})
    assert after.startswith(b"\xef\xbb\xbf# yaml-language-server")
    assert after.count(b"\n") == after.count(b"\r\n") == content.count(b"\n") + 2  # itself, and an id


def test_what_is_ignored_is_not_mended() -> None:
    text = MESSY.replace('  - at: "2', '  - id: u9\n    at: "2').replace("{at:", "{id: u8, at:")
    asked = "# postmortem: ignore-file[PM207] as the provider ordered it\n" + text
    assert opened(fixed(asked)).data["timeline"][0]["id"] == "u9"
    assert opened(fixed(text)).data["timeline"][0]["id"] == "u8"
    unasked = mended(text.encode(), PATH, SCHEMA, lambda code: code != "PM207", {})
    assert opened(unasked.decode()).data["timeline"][0]["id"] == "u9"


def test_a_record_has_one_modeline() -> None:
    own = "# yaml-language-server: $schema=/elsewhere.json\n" + SMALLEST
    assert fixed(own) == own
