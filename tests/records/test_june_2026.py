"""The records of 16-23 June 2026 against the capture of the status page they speak of: same incidents, same minutes,
same states, none of its sentences. The capture belongs to the provider and stays outside the project.
"""

import os
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest

from postmortem.corpus import settings as settings_file
from postmortem.corpus.decode import decode
from postmortem.model.derived import derive
from postmortem.model.moment import parse
from postmortem.model.record import Record, RecordEntry
from postmortem.model.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("POSTMORTEM_REAL_DATA", ROOT.parent / "shared" / "data"))
CAPTURE = DATA / "statuspage-claude" / "history-902.jsonl"
SOURCE = "anthropic-status"
FILES = sorted((ROOT / "incidents").rglob("*.yaml"))
STATUS_ORDER = ("investigating", "identified", "monitoring", "resolved")

pytestmark = pytest.mark.skipif(
    not CAPTURE.is_file(), reason=f"no capture at {CAPTURE}; set POSTMORTEM_REAL_DATA to the folder that holds it"
)
each_record = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


class CapturedState(msgspec.Struct):
    """One component in an update; the sentinel for "none affected" has no code."""

    name: str
    new_status: str | None = None
    code: str | None = None


class CapturedUpdate(msgspec.Struct):
    """One update as the page's API gave it."""

    id: str
    status: str
    body: str
    display_at: str
    affected_components: list[CapturedState] | None = None


class CapturedIncident(msgspec.Struct):
    """One line of the capture, as far as the records repeat it."""

    id: str
    name: str
    impact: str
    started_at: str
    resolved_at: str | None
    incident_updates: list[CapturedUpdate]


@cache
def captured() -> dict[str, CapturedIncident]:
    lines = CAPTURE.read_text(encoding="utf-8").splitlines()
    incidents = [msgspec.json.decode(line, type=CapturedIncident) for line in lines]
    for incident in incidents:
        incident.incident_updates.sort(key=lambda update: update.display_at)
    return {incident.id: incident for incident in incidents}


@cache
def settings() -> Settings:
    return settings_file.load(ROOT / "postmortem.yml")


@cache
def record(path: Path) -> Record:
    decoded = decode(path.read_bytes(), path.name)
    assert decoded.record is not None, decoded.findings
    return decoded.record


def status_id(path: Path) -> str:
    (found,) = [each.incident for each in record(path).tracking if each.source == SOURCE]
    return found


def said(path: Path) -> list[RecordEntry]:
    return [entry for entry in record(path).timeline if entry.origin is not None and entry.origin.source == SOURCE]


def minute(time: str) -> str:
    return parse(time)[0].strftime("%Y-%m-%dT%H:%MZ")


def words(text: str) -> str:
    return " ".join(text.split()).casefold()


def test_records_are_exactly_the_incidents_the_page_opened_on_the_covered_days() -> None:
    (coverage,) = settings().coverage
    assert coverage.until is not None
    days = (coverage.from_.isoformat(), coverage.until.isoformat())
    opened = {each.id for each in captured().values() if days[0] <= each.started_at[:10] <= days[1]}
    assert len(opened) == len(FILES) == 17
    assert {status_id(path) for path in FILES} == opened


@each_record
def test_opened_and_resolved_to_the_minute(path: Path) -> None:
    there = captured()[status_id(path)]
    here = derive(record(path))
    assert here.first_public_update is not None
    assert here.resolved is not None
    assert here.first_public_update.instant.strftime("%Y-%m-%dT%H:%MZ") == minute(there.started_at)
    assert here.resolved.instant.strftime("%Y-%m-%dT%H:%MZ") == minute(there.resolved_at or "")
    assert {here.first_public_update.precision, here.resolved.precision} == {"minute"}


@each_record
def test_every_update_is_there_with_its_key_minute_and_status(path: Path) -> None:
    there = [(each.id, minute(each.display_at), each.status) for each in captured()[status_id(path)].incident_updates]
    here = [
        (each.origin.key if each.origin else "", each.at.instant.strftime("%Y-%m-%dT%H:%MZ"), each.status)
        for each in said(path)
    ]
    assert here == there


@each_record
def test_status_that_goes_back_is_marked_and_no_other(path: Path) -> None:
    ranks = [STATUS_ORDER.index(each.status) for each in captured()[status_id(path)].incident_updates]
    back = [later < earlier for earlier, later in pairwise(ranks)]
    assert [each.reopens for each in said(path)] == [False, *back]


@each_record
def test_component_states_after_every_update_equal_the_page(path: Path) -> None:
    names = {alias: service.id for service in settings().services for alias in service.aliases}
    there: dict[str, str | None] = {}
    here: dict[str, str | None] = {}
    for captured_update, entry in zip(captured()[status_id(path)].incident_updates, said(path), strict=True):
        states = captured_update.affected_components or []
        there |= {names[each.name]: each.new_status for each in states if each.code is not None}
        here |= {each.service: each.state for each in entry.components}
        assert here == there
    assert set(there) == set(record(path).services)


@each_record
def test_tracking_keeps_the_pages_title_and_impact_and_the_title_is_our_own(path: Path) -> None:
    there = captured()[status_id(path)]
    (tracking,) = record(path).tracking
    assert (tracking.title, tracking.severity) == (there.name, there.impact)
    assert words(there.name) not in words(record(path).title)


@cache
def sentences() -> frozenset[str]:
    bodies = [words(update.body) for each in captured().values() for update in each.incident_updates]
    pieces = [piece.strip(" *-") for body in bodies for piece in re.split(r"(?<=[.!?:;])\s", body)]
    return frozenset(each for each in [*bodies, *pieces] if len(each) >= 30)


@each_record
def test_no_sentence_of_the_page_is_copied(path: Path) -> None:
    ours = words(path.read_text(encoding="utf-8"))
    assert [each for each in sorted(sentences()) if each in ours] == []
