"""Metrics as Prometheus' own strict parser reads them."""

from datetime import UTC, date, datetime

from hypothesis import given
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from postmortem.api import openmetrics
from postmortem.model.settings import Settings
from tests.api.corpora import Data, corpora, published, settings
from tests.model import made

AS_OF = date(2026, 6, 24)
Samples = dict[tuple[str, ...], float]


def read(corpus: list[Data], site: Settings | None = None) -> dict[str, Samples]:
    """The families by their names: samples by the values of their labels."""
    history, _ = published(corpus)
    artifact = openmetrics.artifact(history, site or settings(), AS_OF)
    assert artifact.path == "metrics.prom"
    families = text_string_to_metric_families(artifact.body.decode())  # type: ignore[no-untyped-call]
    return {
        each.name.removeprefix("postmortem_"): {tuple(one.labels.values()): one.value for one in each.samples}
        for each in families
    }


@given(corpora())
def test_the_parser_takes_any_history_and_the_sums_agree(corpus: list[Data]) -> None:
    found = read(corpus)
    standing = [each for each in corpus if each["record"] == "published"]
    incidents = [each for each in standing if each["kind"] == "incident"]
    assert sum(found["incidents"].values()) == len(incidents)
    assert sum(found["incidents_by_impact"].values()) == 4 * len(incidents)
    assert found["maintenances"][()] == len(standing) - len(incidents)
    assert found["withdrawn_records"][()] == len(corpus) - len(standing)
    assert sum(found["open_incidents"].values()) <= len(incidents)


def test_counts_stand_under_their_severity_status_class_and_service() -> None:
    hit = made.impact(authentication=made.affected())
    corpus = [
        made.data(id="2026-06-23-a", severity="major", impact=hit),
        made.data(id="2026-06-22-b", severity="minor", status="resolved"),
    ]
    found = read(corpus)
    assert found["incidents"]["major", "investigating"] == found["incidents"]["minor", "resolved"] == 1
    assert found["incidents"]["critical", "resolved"] == 0
    assert found["incidents_by_impact"]["authentication", "affected"] == 1
    assert found["incidents_by_impact"]["data_access", "unknown"] == 2
    assert found["open_incidents"]["major",] == 1
    assert found["service_open_incidents"] == {("web-app",): 1, ("api",): 0, ("files",): 0}


def test_times_are_those_of_the_records_and_of_the_day() -> None:
    found = read([made.data()])
    known = datetime(2026, 6, 23, 14, 47, tzinfo=UTC).timestamp()
    assert found["last_incident_timestamp_seconds"][()] == known
    assert found["as_of_timestamp_seconds"][()] == datetime(2026, 6, 24, tzinfo=UTC).timestamp()
    assert read([])["last_incident_timestamp_seconds"] == {}


def test_a_site_says_whether_anybody_watches() -> None:
    archive = settings(site={"url": "https://status.example.com/", "live": False})
    assert (read([])["watched"][()], read([], archive)["watched"][()]) == (1, 0)
    assert read([], settings(coverage=[]))["watched"][()] == 0


def test_a_name_with_any_signs_is_escaped() -> None:
    service = {"id": "x", "name": "X"}
    body = openmetrics.artifact(published([])[0], settings(services=[service]), AS_OF).body
    assert body.endswith(b"\n# EOF\n")
    assert b'postmortem_service_open_incidents{service="x"} 0\n' in body
