"""What is told late: nothing that the rule lets in changes an archive that is full, and nothing late is promised."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postmortem.corpus import ledger
from postmortem.corpus.ledger import Promise
from postmortem.lint.promises import is_late, newest
from postmortem.model.record import Record
from tests.cli.writing import project, published
from tests.command import run
from tests.feeds.strategies import Data, feeds, many, time
from tests.feeds.test_archive import MONTH, full, imported
from tests.lint.corpora import AS_OF
from tests.model import made

EVERY_SIX_HOURS = [*many(220), *(imported(number, 1000 * number) for number in range(120))]
FULL = full(feeds(EVERY_SIX_HOURS))
LAST = 219 * 360 + 30
"""The minute in which the newest live incident was resolved; the imports came later, in the minutes from 200,000 on."""
NEWEST = 200_000 + 119_000


def promise(data: Data) -> tuple[Record, Promise]:
    record = made.record(**data)
    told = ledger.promise(record, AS_OF)
    assert told is not None
    return record, told


HELD = {each["id"]: promise(each)[1] for each in EVERY_SIX_HOURS}
SINCE = newest(HELD.values())


def late(data: Data) -> bool:
    return is_late(HELD.get(data["id"]), *promise(data), SINCE)


def test_there_are_full_archives_of_both_kinds() -> None:
    assert {each.split("-")[0] for each in FULL} == {"feeds/archive/updates", "feeds/archive/backfill"}


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(EVERY_SIX_HOURS) - 1), st.integers(NEWEST - 2 * MONTH, NEWEST + 5000), st.booleans())
def test_an_update_that_is_let_in_changes_no_full_archive(which: int, at: int, dated: bool) -> None:  # noqa: FBT001
    old = EVERY_SIX_HOURS[which]
    more = {"published": time(NEWEST + 6000)} if dated else {}
    new = old | {"timeline": [*old["timeline"], made.update("u9", time(at), **more)]}
    if late(new):
        assert not dated
        return
    after = feeds([*EVERY_SIX_HOURS[:which], new, *EVERY_SIX_HOURS[which + 1 :]])
    assert {each: after[each] for each in FULL} == FULL


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, NEWEST), st.integers(NEWEST - 2 * MONTH, NEWEST + 5000), st.booleans())
def test_a_record_that_is_let_in_changes_no_full_archive(at: int, came: int, says: bool) -> None:  # noqa: FBT001
    revisions = [made.revision(1, time(came))] if says else []
    told = [made.update("u1", time(at)), made.update("u2", time(at + 5), status="resolved")]
    new = made.data(id="2026-01-01-another", timeline=told, revisions=revisions)
    if late(new):
        assert min(came if says else at, at) < NEWEST - MONTH
        return
    after = feeds([*EVERY_SIX_HOURS, new])
    assert {each: after[each] for each in FULL} == FULL


@pytest.mark.parametrize("at", [LAST - 5, NEWEST - MONTH - 1])
def test_a_new_entry_from_before_the_last_month_is_late(at: int) -> None:
    old = EVERY_SIX_HOURS[219]
    assert late(old | {"timeline": [*old["timeline"], made.update("u9", time(at))]})
    assert not late(old | {"timeline": [*old["timeline"], made.update("u9", time(at), published=time(NEWEST))]})


def typed(path: Path, entry: str) -> None:
    """Somebody writes an entry before the first one."""
    text = path.read_text(encoding="utf-8")
    assert text.count("timeline:\n") == 1
    path.write_text(text.replace("timeline:\n", f"timeline:\n{entry}"), encoding="utf-8")


def test_neither_fix_nor_a_command_promises_what_is_late(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    before = (tmp_path / "ledger.jsonl").read_bytes()
    typed(path, '  - {id: u9, at: "2026-01-01T10:00Z", kind: update, text: It began earlier.}\n')
    refused = run("lint", "--fix", cwd=tmp_path, check=False)
    assert refused.returncode == 1
    assert "PM712" in refused.stdout
    assert "PM709" not in refused.stdout
    assert run("build", "--data-only", cwd=tmp_path, check=False).returncode == 1
    run("update", path.stem, "A second word.", cwd=tmp_path)
    assert (tmp_path / "ledger.jsonl").read_bytes() == before
    assert "published, beside it" in refused.stdout
    dated = path.read_text(encoding="utf-8").replace("T10:00Z", 'T10:00Z", published: "2026-01-02T10:00Z')
    path.write_text(dated, encoding="utf-8")
    assert "help: date it when it can be read" in run("lint", cwd=tmp_path, check=False).stdout
    path.write_text(dated.replace("2026-01-02T10:00Z", "2099-01-01T00:00Z"), encoding="utf-8")
    assert "PM712" not in run("lint", cwd=tmp_path, check=False).stdout
