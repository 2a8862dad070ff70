"""The ledger: it only ever grows."""

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.corpus.ledger import (
    Promise,
    digest,
    extend,
    extended,
    facets,
    line_digest,
    lines,
    parsed,
    printed,
    promise,
    read,
)
from postmortem.errors import OutputRefusedError, UnreadableError
from postmortem.feeds.facets import of_row
from postmortem.model.summary import summarise
from tests.model.made import AS_OF, affected, data, impact, incident, record, revision, update

LINE = Promise(
    id="2026-06-23-chat", state="published", facets=("service/web-app",), entries={"u1": "2026-06-23T14:47:00Z"}
)


def test_a_public_record_promises_its_ids_with_the_dates_readers_saw() -> None:
    late = update("u2", "2026-06-23T15:00Z", published="2026-06-24T09:00Z")
    found = promise(
        record(
            former_ids=["2026-06-23-x"],
            timeline=[
                update("u1", "2026-06-23T14:47Z"),
                late,
                {"id": "n1", "at": "2026-06-23T14:50Z", "kind": "note", "text": "Inside.", "public": False},
            ],
            revisions=[revision(1, "2026-06-23T14:47Z")],
        ),
        AS_OF,
    )
    assert found is not None
    assert found.former_ids == ("2026-06-23-x",)
    assert found.entries == {
        "r1": "2026-06-23T14:47:00Z",
        "u1": "2026-06-23T14:47:00Z",
        "u2": "2026-06-24T09:00:00Z",
    }


def test_what_was_held_back_and_a_resolution_that_no_update_tells_are_promised_when_they_became_public() -> None:
    action = {"id": "a1", "kind": "prevent", "text": "Do.", "state": "done", "done": "2026-07-01T12:00Z"}
    out = {"state": "published", "published": "2026-07-20T09:00Z"}
    closed: dict[str, object] = {"status": "resolved", "clocks": {"resolved": "2026-06-23T16:00Z"}}
    found = promise(record(actions=[action], postmortem=out, **closed), AS_OF)
    assert found is not None
    assert found.entries == {
        "a1": "2026-07-20T09:00:00Z",
        "closed": "2026-06-23T16:00:00Z",
        "u1": "2026-06-23T14:47:00Z",
    }


def test_feeds_of_facets_hold_what_the_ledger_says() -> None:
    hit = affected({"start": "unknown", "models": ["haiku-4.5"]}, models=["opus-4.8"])
    spared = {"state": "not_affected", "models": ["sonnet-4.6"]}
    named: dict[str, object] = {"provider": ["one", "two"], "severity": "major", "services": ["api", "web-app"]}
    told = incident(impact=impact(data_access=hit, authentication=spared), **named)  # type: ignore[arg-type]
    assert {key for key, _ in of_row(summarise(told))} == facets(told)


def test_a_draft_promises_nothing() -> None:
    assert promise(record(record="draft"), AS_OF) is None


def test_facets_are_every_feed_that_the_incident_is_in() -> None:
    hit = {"state": "affected", "level": "degraded", "summary": "x", "services": ["api"], "confidence": "confirmed"}
    hit |= {"models": ["opus-4.8"], "windows": [{"start": "unknown", "models": ["haiku-4.5"]}]}  # type: ignore[list-item]
    impact = data()["impact"] | {"model_degradation": hit}
    found = facets(record(impact=impact, services=["api", "web-app"], severity="major", provider="example-ai"))
    assert sorted(found) == [
        "impact/model_degradation",
        "model/haiku-4.5",
        "model/opus-4.8",
        "provider/example-ai",
        "service/api",
        "service/web-app",
        "severity/major",
        "severity/minor",
        "severity/none",
    ]


_ENTRIES = st.dictionaries(st.sampled_from(["u1", "u2", "n1", "r1", "r2"]), st.sampled_from(["1", "2", "3"]))
_LINES = st.builds(
    Promise,
    id=st.sampled_from(["a", "b"]),
    state=st.sampled_from(["published", "withdrawn"]),
    former_ids=st.lists(st.sampled_from(["x", "y"]), unique=True).map(tuple),
    facets=st.lists(st.sampled_from(["f", "g"]), unique=True).map(tuple),
    entries=_ENTRIES,
)


@given(st.lists(_LINES))
def test_nothing_that_was_promised_goes_and_no_date_moves(lines: list[Promise]) -> None:
    ledger: dict[str, Promise] = {}
    for line in lines:
        before, ledger = ledger, extended(ledger, line)
        assert ledger[line.id].state == line.state
        for id_, old in before.items():
            assert old.entries.items() <= ledger[id_].entries.items()
            assert {*old.former_ids, *old.facets} <= {*ledger[id_].former_ids, *ledger[id_].facets}


@given(st.lists(_LINES))
def test_what_is_written_reads_as_the_same_in_one_order(lines: list[Promise]) -> None:
    ledger: dict[str, Promise] = {}
    for line in lines:
        ledger = extended(ledger, line)
    content = printed(ledger)
    assert printed(dict(reversed(ledger.items()))) == content
    assert [each.split(b'"')[3] for each in content.splitlines()] == sorted(each.encode() for each in ledger)


def test_a_ledger_that_is_not_there_is_empty_and_is_made(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert read(path) == {}
    assert extend(path, LINE) is True
    assert extend(path, LINE) is False
    assert read(path) == {LINE.id: LINE}


def test_two_lines_of_one_record_are_one_promise(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    other = Promise(id=LINE.id, state="published", entries={"u2": "2026-06-23T15:00:00Z"})
    path.write_bytes(printed({LINE.id: LINE}) + printed({LINE.id: other}))
    assert set(read(path)[LINE.id].entries) == {"u1", "u2"}


def test_a_damaged_line_is_named_and_nothing_is_written_over_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    damaged = printed({LINE.id: LINE}) + b"<<<<<<< ours\n"
    path.write_bytes(damaged)
    with pytest.raises(UnreadableError, match=r"ledger\.jsonl:2: a mark of a merge .*delete the marks"):
        extend(path, LINE)
    assert path.read_bytes() == damaged


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"")
    (tmp_path / "ledger.jsonl").symlink_to("elsewhere")
    with pytest.raises(OutputRefusedError, match="symbolic link"):
        extend(tmp_path / "ledger.jsonl", LINE)


def _extend(path: Path, number: int) -> None:
    extend(path, Promise(id=f"2026-06-23-{number}", state="published", entries={"u1": "2026-06-23T14:47:00Z"}))


def test_several_writers_at_once_lose_no_line(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_extend, args=(path, number)) for number in range(6)]
    for each in writers:
        each.start()
    for each in writers:
        each.join(30)
    assert len(read(path)) == 6


def test_a_line_as_it_is_written_is_told_from_others_without_taking_it_apart(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    assert lines(path) is None
    later = Promise(id="2026-06-24-api", state="withdrawn", entries={})
    path.write_bytes(printed({each.id: each for each in (later, LINE)}))
    held = lines(path)
    assert held is not None
    assert [line_digest(each) for each in held] == [digest(LINE), digest(later)]
    assert digest(LINE) != digest(later)
    assert digest(None) == b""
    assert [parsed(each, "x") for each in held] == [LINE, later]


@pytest.mark.parametrize("mark", ["<<<<<<< HEAD", "=======", ">>>>>>> other"])
def test_the_marks_of_a_merge_are_told_with_what_to_do(mark: str) -> None:
    with pytest.raises(UnreadableError, match=r"ledger\.jsonl:2: a mark of a merge stands here; keep"):
        parsed(mark.encode(), "ledger.jsonl:2")
