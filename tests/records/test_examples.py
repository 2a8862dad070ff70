"""The invented provider in examples/: a demo is only a demo while every record of it is valid and the promised cases
are all there.
"""

from functools import cache
from pathlib import Path

import pytest

from postmortem.corpus import settings as settings_file
from postmortem.corpus.decode import decode
from postmortem.model.derived import derive
from postmortem.model.record import Record

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "provider"
FILES = sorted((EXAMPLE / "incidents").rglob("*.yaml"))
each_record = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


@cache
def record(path: Path) -> Record:
    decoded = decode(path.read_bytes(), path.name)
    assert decoded.record is not None, decoded.findings
    return decoded.record


@each_record
def test_id_is_the_file_name_and_the_catalogue_knows_every_service_and_model(path: Path) -> None:
    settings = settings_file.load(EXAMPLE / "postmortem.yml")
    shown = record(path)
    named = shown.impact.model_degradation.models
    assert shown.id == path.stem
    assert set(shown.services) <= {each.id for each in settings.services}
    assert set(named) <= {each.id for each in settings.models}


def test_the_record_of_three_in_the_morning_fits_twenty_five_lines_and_is_open() -> None:
    path = EXAMPLE / "incidents" / "2026" / "2026-07-15-api-errors.yaml"
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 25
    assert derive(record(path)).is_open


def test_the_demo_shows_every_kind_of_life() -> None:
    records = [record(path) for path in FILES]
    assert {each.record for each in records} == {"published", "withdrawn"}
    assert {each.kind for each in records} == {"incident", "maintenance"}
    assert {each.postmortem.state for each in records if each.postmortem} == {"promised", "published"}
    assert [each.id for each in records if each.impact.authentication.state == "affected"] == [
        "2026-07-09-sign-in-loop"
    ]
    assert {related.relation for each in records for related in each.related} == {"recurrence_of"}
