"""Every case that the format names has a small record under tests/cases, valid from its bytes to the model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from postmortem.corpus.decode import decode
from postmortem.corpus.settings import load
from postmortem.model.announcement import announce
from postmortem.model.derived import derive, updates
from postmortem.model.record import Record
from postmortem.schema.registry import SchemaKind, tree
from postmortem.yamldoc.loader import read

CASES = Path(__file__).resolve().parents[1] / "cases"
FILES = sorted(CASES.glob("*.yaml"))
NAMED_BY_THE_FORMAT = {
    "backfilled",
    "draft",
    "embargo",
    "end-unknown",
    "maintenance",
    "maintenance-scheduled",
    "models-recover-one-by-one",
    "postmortem-draft",
    "reopened",
    "several-providers",
    "several-windows",
    "smallest",
    "still-going-on",
    "times-about",
    "upstream-outage-as-customer",
    "withdrawn",
}


def record(name: str) -> Record:
    decoded = decode((CASES / f"{name}.yaml").read_bytes(), f"{name}.yaml")
    assert decoded.findings == ()
    assert decoded.record is not None
    return decoded.record


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_case_is_valid_says_why_it_is_there_and_names_only_the_catalogue(path: Path) -> None:
    settings = load(CASES / "settings.yml")
    shown = record(path.stem)
    providers = {shown.provider} if isinstance(shown.provider, str) else set(shown.provider)
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert shown.id.endswith(path.stem)
    assert set(shown.services) <= {each.id for each in settings.services}
    assert providers <= {each.id for each in settings.providers}


def test_no_case_is_missing() -> None:
    assert {path.stem for path in FILES} >= NAMED_BY_THE_FORMAT


def test_the_smallest_record_that_can_be_published_fits_25_lines() -> None:
    lines = (CASES / "smallest.yaml").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 25
    assert record("smallest").record == "published"
    assert derive(record("smallest")).is_open


def test_each_case_shows_what_it_is_there_for() -> None:
    assert derive(record("still-going-on")).impact_time.ongoing == 1
    assert derive(record("end-unknown")).impact_time.unknown == 1
    assert derive(record("several-providers")).providers == ("example-cloud", "example-ai")
    assert [each.reopens for each in updates(record("reopened"))] == [False, False, True, False]
    assert {window.models for window in record("models-recover-one-by-one").impact.model_degradation.windows} == {
        ("opus-4.8",),
        ("haiku-4.5",),
        ("sonnet-4.6",),
    }
    assert record("maintenance-scheduled").impact.data_access.expected
    assert derive(record("maintenance")).status == "completed"


def test_a_backfilled_record_enters_the_live_feeds_at_most_once() -> None:
    announced = announce(record("backfilled"))
    assert [each.entry for each in announced if not each.backfill] == ["r1"]


@pytest.mark.parametrize("kind", ["incident", "settings"])
def test_the_cases_use_every_key_of_the_format(kind: SchemaKind) -> None:
    files = FILES if kind == "incident" else [CASES / "settings.yml"]
    used = {key for path in files for key in keys(data(path))}
    known = {key for each in (tree(kind), *tree(kind)["$defs"].values()) for key in each.get("properties", {})}
    assert sorted(known - used) == []


def data(path: Path) -> object:
    document, findings = read(path.read_bytes(), path.name)
    assert document is not None
    assert findings == ()
    return document.data


def keys(node: object) -> Iterator[str]:
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from keys(each)
    yield from node if isinstance(node, dict) else ()
