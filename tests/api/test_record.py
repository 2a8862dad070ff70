"""The public part of a record in the record's own format: a valid record that says the same, and nothing private."""

from pathlib import Path

import pytest
from hypothesis import given

from postmortem.api import record
from postmortem.corpus.decode import decode
from postmortem.model.incident import Incident, publish
from tests.api.corpora import Data, records
from tests.model import made

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for folder in ("tests/cases", "examples", "incidents") for path in (ROOT / folder).rglob("*.yaml"))


def read(source: bytes) -> Incident | None:
    decoded = decode(source, "read.yaml")
    assert decoded.findings == ()
    assert decoded.record is not None
    return publish(decoded.record, made.AS_OF)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_what_comes_out_is_a_record_that_publishes_the_same(path: Path) -> None:
    decoded = decode(path.read_bytes(), path.name)
    assert decoded.record is not None
    incident = publish(decoded.record, made.AS_OF)
    if incident is not None:
        artifact = record.document(incident, made.settings())
        assert artifact.path == f"incidents/{incident.id}.yaml"
        assert read(artifact.body) == incident
        assert record.document(incident, made.settings()) == artifact


@given(records(1))
def test_any_incident_comes_back_as_it_was(data: Data) -> None:
    incident = made.incident(**data)
    assert read(record.document(incident, made.settings()).body) == incident


def test_nothing_private_is_there_to_be_forgotten() -> None:
    secret = "zqcanary"  # noqa: S105 - what must not come out
    private = {"id": "n2", "at": "2026-06-23T15:00Z", "kind": "note", "text": secret, "public": False}
    incident = made.incident(
        internal={"channel": secret},
        timeline=[made.update("u1", "2026-06-23T14:47Z"), private],
        postmortem={"state": "draft"},
        cause={"state": "known", "explanation": secret},
        record="embargoed",
        embargo={"until": "2026-01-01"},
    )
    body = record.document(incident, made.settings()).body.decode()
    assert secret not in body
    assert "record: published\n" in body
    assert "embargo" not in body
    assert body.startswith(
        "# yaml-language-server: $schema=https://status.example.com/schemas/incident-1.0.schema.json\n"
    )


def test_times_stand_as_their_author_wrote_them() -> None:
    started = {"at": "2026-06-23T16:21+02:00", "is": "about", "confidence": "reported"}
    clocks = record.data(made.incident(clocks={"started": started, "resolved": "2026-06-23T15:00:07Z"}))["clocks"]
    assert clocks == {
        "started": {"at": "2026-06-23T14:21Z", "is": "about", "confidence": "reported"},
        "resolved": "2026-06-23T15:00:07Z",
    }
