"""Withdrawal, with and without redaction."""

from pathlib import Path
from typing import Any

import pytest

from postmortem.authoring.wish import WishError, Withdraw
from postmortem.authoring.withdraw import plan
from postmortem.lint.run import examine
from postmortem.model import settings as all_settings
from postmortem.yamldoc.dump import dump
from postmortem.yamldoc.loader import read
from tests.authoring.records import NOW, affected, done, promised, record

CASES = Path(__file__).resolve().parent.parent / "cases"
PUBLIC = [path for path in sorted(CASES.glob("*.yaml")) if "\nrecord: published\n" in path.read_text(encoding="utf-8")]
CLOSED = {"yes", "no", "partly", "unknown"}


def withdrawn(data: dict[str, Any], **wish: Any) -> dict[str, Any]:  # noqa: ANN401  # fields of a wish
    asked: dict[str, Any] = {"reason": "A drill.", "now": NOW} | wish
    return done(data, plan(data, Withdraw(**asked), promised(data)))


def loaded(path: Path) -> dict[str, Any]:
    document, _ = read(path.read_bytes(), path.name)
    assert document is not None
    return document.data


def words(value: object) -> set[str]:
    """Every string below, that has a space in it: closed lists, ids and times have none."""
    if isinstance(value, dict):
        return set().union(*map(words, value.values()))
    if isinstance(value, list):
        return set().union(*map(words, value))
    return {value} if isinstance(value, str) and " " in value else set()


def test_a_withdrawn_record_keeps_its_text_and_says_why() -> None:
    after = withdrawn(record(), replaced_by="2026-06-23-other")
    assert after["record"] == "withdrawn"
    assert after["withdrawn"] == {"at": "2026-06-23T15:00Z", "reason": "A drill.", "replaced_by": "2026-06-23-other"}
    assert after["timeline"] == record()["timeline"]
    assert after["revisions"][-1] == {
        "number": 2,
        "at": "2026-06-23T15:00Z",
        "kind": "retraction",
        "summary": "Withdrawn.",
    }


def test_what_was_never_public_is_not_withdrawn() -> None:
    with pytest.raises(WishError, match="delete the file"):
        withdrawn(record(record="draft"))


def test_a_second_withdrawal_is_refused_unless_it_redacts() -> None:
    once = withdrawn(record())
    with pytest.raises(WishError, match="withdrawn already"):
        withdrawn(once)
    twice = withdrawn(once, redact=True, reason="It named a customer.")
    assert [each["kind"] for each in twice["revisions"]] == ["initial", "retraction", "retraction"]
    assert twice["withdrawn"] == {"at": "2026-06-23T15:00Z", "reason": "It named a customer."}


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.stem)
def test_a_second_redaction_tells_nobody_anything_unless_prose_came_back(path: Path) -> None:
    once = withdrawn(loaded(path), redact=True)
    with pytest.raises(WishError, match="redacted already"):
        withdrawn(once, redact=True)
    after = withdrawn(once | {"title": "A name"}, redact=True)
    assert after["title"] == "Redacted."
    assert len(after["revisions"]) == len(once["revisions"]) + 1


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.stem)
def test_redaction_takes_every_sentence_and_no_id_or_date(path: Path) -> None:
    data = loaded(path)
    data = {key: value for key, value in data.items() if key != "internal"}
    after = withdrawn(data, redact=True)
    assert words(after) <= {"A drill.", "First published.", "Withdrawn and redacted."}
    before, held = promised(data, NOW.date()), promised(after, NOW.date())
    assert before is not None
    assert held is not None
    assert before.entries.items() <= held.entries.items()
    assert (before.id, before.former_ids, before.facets) == (held.id, held.former_ids, held.facets)


@pytest.mark.parametrize("path", PUBLIC, ids=lambda path: path.stem)
def test_a_redacted_record_has_no_errors(path: Path) -> None:
    settings, _ = read((CASES / "settings.yml").read_bytes(), "settings.yml")
    assert settings is not None
    data = loaded(path)
    name = f"{data['id']}.yaml"
    known = all_settings.read(settings.data)
    now = NOW.replace(year=2027)
    after = done(data, plan(data, Withdraw(reason="A drill.", now=now, redact=True), None))
    found = examine(dump(after).encode(), name, known, now.date()).findings
    assert [each for each in found if each.weight == "error"] == []


def test_what_rests_on_evidence_loses_it_with_the_evidence() -> None:
    time = {"at": "2026-06-23T14:21Z", "is": "about", "evidence": ["forum"]}
    evidence = [{"id": "forum", "title": "A name in it", "kind": "press"}]
    windows = [{"start": time, "note": "Mr X saw it.", "evidence": ["forum"]}]
    data = affected(record(clocks={"started": time}, evidence=evidence), "authentication", windows=windows)
    after = withdrawn(data, redact=True)
    assert after["clocks"]["started"] == {"at": "2026-06-23T14:21Z", "is": "about"}
    assert after["impact"]["authentication"]["windows"] == [{"start": {"at": "2026-06-23T14:21Z", "is": "about"}}]


def test_what_is_inside_stays_inside() -> None:
    assert withdrawn(record(internal={"channel": "inc 4"}), redact=True)["internal"] == {"channel": "inc 4"}
