"""The Statuspage tree as a client understands it that we did not write: statuspage-prometheus-exporter polls forty
pages over HTTP, one for each state, and tells in its own words what it read.
"""

import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from prometheus_client.parser import text_string_to_metric_families

from postmortem.api import statuspage_v2
from postmortem.api.words_v2 import State
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import SEVERITIES
from tests.api.corpora import Data, published
from tests.model import made

AS_OF = date(2026, 6, 24)
SERVICES = [{"id": "web-app", "name": "Chat on the web"}, {"id": "api", "name": "API"}]
ARCHIVE = "an-archive"
STATES = {
    f"{severity}-{state}{'-works' if works else ''}": (severity, state, works)
    for severity, state, works in product(SEVERITIES, get_args(State), (False, True))
}


class Heard(NamedTuple):
    """What the client made of one page: its cache, and its metrics by name, each a mapping of labels and a value."""

    cache: dict[str, Any]
    metrics: dict[str, list[tuple[dict[str, str], float]]]


def incident(severity: str, state: str) -> Data:
    components = [{"service": "web-app", "state": state}]
    told = made.update("u1", "2026-06-23T14:47Z", status="identified", components=components)
    return made.data(severity=severity, timeline=[told])


WORKS = made.data(
    id="2026-06-24-work",
    title="Work on the API",
    kind="maintenance",
    severity="none",
    services=["api"],
    scheduled={"start": "2026-06-24T04:00Z", "end": "2026-06-24T06:00Z"},
    timeline=[made.update("u1", "2026-06-20T10:00Z", status="in_progress")],
)


def site(*, live: bool) -> Settings:
    return made.settings(
        site={"url": "https://status.example.com/", "live": live},
        services=SERVICES,
        coverage=[{"from": "2026-01-01", "complete": True}],
    )


def write(folder: Path, corpus: list[Data], settings: Settings) -> None:
    history, incidents = published(corpus)
    for each in statuspage_v2.artifacts(history, settings, incidents, AS_OF):
        path = folder / each.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(each.body)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder."""

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Heard]:
    """One pass of the client over every page."""
    room, pages = tmp_path_factory.mktemp("client"), tmp_path_factory.mktemp("pages")
    for name, (severity, state, works) in STATES.items():
        write(pages / name, [incident(severity, state), *([WORKS] if works else [])], site(live=True))
    write(pages / ARCHIVE, [], site(live=False))
    with served(pages) as address:
        named = {name: {"name": name, "url": f"{address}/{name}/api/v2/summary.json"} for name in (*STATES, ARCHIVE)}
        (room / "services.json").write_text(json.dumps(named), encoding="utf-8")
        subprocess.run(
            [sys.executable, "-m", "statuspage_prometheus_exporter.status_monitoring"],
            cwd=room,
            env={"PATH": os.environ["PATH"], "RUN_MODE": "once", "NO_PROXY": "127.0.0.1"},
            check=True,
            capture_output=True,
            timeout=120,
        )
    return {name: _heard(room, name) for name in named}


def _heard(room: Path, name: str) -> Heard:
    cache = json.loads((room / "cache" / f"{name}.json").read_bytes())["response_data"]
    metrics: dict[str, list[tuple[dict[str, str], float]]] = {}
    written = (room / "metrics" / "statuspage.prom").read_text(encoding="utf-8")
    for family in text_string_to_metric_families(written):
        for sample in family.samples:
            if sample.labels.get("service_name") == name:
                metrics.setdefault(sample.name, []).append((sample.labels, sample.value))
    return Heard(cache, metrics)


def indicator(severity: str, state: str, *, works: bool) -> str:
    """The page's: its worst open incident's, never well where a service is not."""
    if severity != "none":
        return severity
    if state not in ("operational", "under_maintenance"):
        return "minor"
    return "maintenance" if works or state == "under_maintenance" else "none"


def test_there_are_forty_states() -> None:
    assert len(STATES) == 40


@pytest.mark.parametrize("name", STATES)
def test_a_client_that_is_not_ours_reads_indicator_components_and_maintenance(
    name: str, heard: dict[str, Heard]
) -> None:
    (severity, state, works), (cache, metrics) = STATES[name], heard[name]
    expected = indicator(severity, state, works=works)
    assert cache["raw_status"] == expected
    assert {each["name"]: each["status"] for each in cache["component_metadata"]} == {
        "Chat on the web": state,
        "API": "under_maintenance" if works else "operational",
    }
    well = {labels["component_name"]: value for labels, value in metrics["statuspage_component_status"]}
    assert well == {"Chat on the web": state == "operational", "API": not works}
    assert [value for _, value in metrics["statuspage_service_status"]] == [expected == "none"]
    assert [value for _, value in metrics["statuspage_probe_check"]] == [1]


@pytest.mark.parametrize("name", STATES)
def test_it_names_the_incident_and_the_maintenance(name: str, heard: dict[str, Heard]) -> None:
    (severity, _, works), (cache, _) = STATES[name], heard[name]
    (told,) = cache["incident_metadata"]
    assert (told["id"], told["name"], told["impact"]) == ("2026-06-23-chat", "Chat unavailable", severity)
    assert (told["status"], told["started_at"]) == ("identified", "2026-06-23T14:47:00.000Z")
    assert told["shortlink"] == "https://status.example.com/incidents/2026-06-23-chat/"
    assert told["affected_components"] == ["Chat on the web"]
    planned = [
        (each["id"], each["status"], each["scheduled_start"], each["scheduled_end"])
        for each in cache["maintenance_metadata"]
    ]
    one = ("2026-06-24-work", "in_progress", "2026-06-24T04:00:00.000Z", "2026-06-24T06:00:00.000Z")
    assert planned == ([one] if works else [])


def test_it_does_not_take_an_archive_for_a_page_where_all_is_well(heard: dict[str, Heard]) -> None:
    cache, metrics = heard[ARCHIVE]
    assert cache["incident_metadata"] == []
    assert cache["raw_status"] != "none"
    assert [value for _, value in metrics["statuspage_service_status"]] == [0]
    assert {value for _, value in metrics["statuspage_component_status"]} == {0}
