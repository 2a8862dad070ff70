"""`postmortem import`: a page's history as records, on invented pages and on a capture of a real one."""

import json
import os
import re
import signal
import subprocess
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from postmortem.corpus import ledger
from postmortem.model import record as records
from postmortem.model.announcement import announce
from postmortem.model.incident import publish
from postmortem.model.record import Record
from postmortem.yamldoc.loader import read
from tests.cli.commands import COMMAND, environment, run_in
from tests.cli.writing import files

DATA = Path(os.environ.get("POSTMORTEM_REAL_DATA", Path(__file__).resolve().parents[3] / "shared" / "data"))
HISTORY = DATA / "statuspage-claude" / "history-902.jsonl"
AS_OF = date(2026, 11, 20)
"""A day that is over: an import as of today takes the present, which may be another minute in the next run."""
SETTINGS = """\
schema_version: "1.0"
publisher: {name: Watchers, role: observer, contact: "mailto:records@example.com"}
site: {url: "https://watchers.example/"}
feeds: {authority: "watchers.example,2026"}
providers: [{id: example-ai, name: Example AI}]
services:                                     # what can break
  - {id: web-app, name: Chat, provider: example-ai, aliases: [chat.example.com]}   # the alias is the page's name
sources:
  - {id: page, kind: statuspage, provider: example-ai, url: "https://status.example.com/"}
"""


def update(key: str, at: str, status: str, body: str = "", component: str = "chat.example.com") -> dict[str, Any]:
    shown = {"code": "c1", "name": component, "old_status": "operational", "new_status": "major_outage"}
    return {"id": key, "status": status, "body": body, "created_at": at, "updated_at": at, "display_at": at} | {
        "affected_components": [shown]
    }


def incident(id_: str, name: str, *updates: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
    times = [each["display_at"] for each in updates]
    whole = {"id": id_, "name": name, "status": updates[-1]["status"], "impact": "major", "page_id": "p"}
    whole |= {"created_at": times[0], "updated_at": times[-1], "started_at": times[0], "components": []}
    whole |= {"shortlink": f"https://stspg.example/{id_}", "incident_updates": list(reversed(updates))}
    return whole | {"resolved_at": times[-1] if updates[-1]["status"] == "resolved" else None} | more


DAY = "2026-06-23T"
ONE = incident(
    "9f3k2lq8zv1c",
    "Elevated errors",
    update("k1", f"{DAY}14:19:00Z", "investigating", "We are looking into it; write to jane.doe@example.com."),
    update("k2", f"{DAY}16:05:00Z", "resolved", "Errors were elevated from 14:08-15:33 UTC. Call +1 415 555 0132."),
)
TWIN = incident(
    "0m2fr9x1y2z3", "Elevated errors", update("k3", f"{DAY}20:00:00Z", "resolved", component="Voice - Beta")
)


def project(folder: Path, *incidents: dict[str, Any], settings: str = SETTINGS) -> Path:
    """Settings and a page's answer; no record yet."""
    (folder / "postmortem.yml").write_text(settings, encoding="utf-8")
    page(folder, *(incidents or (ONE, TWIN)))
    return folder


def page(folder: Path, *incidents: dict[str, Any]) -> None:
    head = {"id": "p", "name": "Example AI", "url": "https://status.example.com", "time_zone": "Etc/UTC"}
    whole = {"page": head | {"updated_at": f"{DAY}20:00:00Z"}, "incidents": list(reversed(incidents))}
    (folder / "page.json").write_text(json.dumps(whole), encoding="utf-8")


def imported(folder: Path, *options: str, code: int = 0, location: str = "page.json") -> str:
    """What an import says on stderr."""
    done = run_in(folder, "import", "statuspage", location, "--as-of", AS_OF.isoformat(), *options)
    assert done.returncode == code, done.stderr
    return done.stderr


def papers(folder: Path) -> dict[str, Path]:
    """The files by the ids in their names."""
    return {path.stem: path for path in sorted((folder / "incidents").rglob("*.yaml"))}


def held(folder: Path) -> dict[str, Record]:
    """The records by the incident that they track."""
    documents = (read(path.read_bytes(), path.name)[0] for path in papers(folder).values())
    made = [records.read(each.data) for each in documents if each is not None]
    return {each.tracking[0].incident: each for each in made}


def errors(folder: Path) -> str:
    done = run_in(folder, "lint", "--as-of", AS_OF.isoformat())
    return done.stdout if done.returncode else ""


def test_one_draft_for_each_incident_under_its_own_id(tmp_path: Path) -> None:
    said = imported(project(tmp_path))
    assert "2 written (drafts), 0 there already, 0 skipped" in said
    ids = ["2026-06-23-elevated-errors-q8zv1c", "2026-06-23-elevated-errors-x1y2z3"]
    assert list(papers(tmp_path)) == ids
    assert {path.parent.name for path in papers(tmp_path).values()} == {"2026"}
    one = held(tmp_path)["9f3k2lq8zv1c"]
    assert (one.record, one.provider, one.services, one.severity) == ("draft", "example-ai", ("web-app",), "major")
    assert one.clocks.started is not None
    assert one.clocks.started.confidence == "inferred"
    assert not (tmp_path / "ledger.jsonl").exists()
    assert errors(tmp_path) == ""


def test_an_observers_files_hold_none_of_the_providers_words(tmp_path: Path) -> None:
    imported(project(tmp_path))
    whole = "".join(path.read_text(encoding="utf-8") for path in papers(tmp_path).values())
    assert "looking into it" not in whole
    assert whole.startswith("# yaml-language-server: $schema=")


def test_what_no_record_may_hold_is_left_out_of_copied_texts(tmp_path: Path) -> None:
    imported(
        project(tmp_path, settings=SETTINGS.replace("provider: example-ai, url", "texts: copy, url")),
        "--record",
        "published",
    )
    one = held(tmp_path)["9f3k2lq8zv1c"]
    assert [each.text for each in one.timeline] == [None, None]
    text = papers(tmp_path)["2026-06-23-elevated-errors-q8zv1c"].read_text(encoding="utf-8")
    assert "# Note: timeline/0/text (PM601 personal-address)" in text
    assert "jane" not in text
    assert errors(tmp_path) == ""


def test_a_title_that_must_not_be_published_is_replaced_in_the_id_too(tmp_path: Path) -> None:
    imported(
        project(
            tmp_path, incident("abcdef123456", "Mail jane.doe@example.com", update("k", f"{DAY}10:00:00Z", "resolved"))
        )
    )
    assert list(papers(tmp_path)) == ["2026-06-23-incident-on-the-status-page-123456"]
    assert "jane" not in papers(tmp_path)["2026-06-23-incident-on-the-status-page-123456"].read_text(encoding="utf-8")
    assert errors(tmp_path) == ""


def test_running_it_twice_changes_nothing_whatever_a_person_did_to_the_files(tmp_path: Path) -> None:
    imported(project(tmp_path))
    one, twin = papers(tmp_path).values()
    one.write_text(one.read_text(encoding="utf-8").replace("title: Elevated errors", "title: Mine  # mine", 1), "utf-8")
    (tmp_path / "incidents" / "kept").mkdir()
    one.rename(tmp_path / "incidents" / "kept" / "renamed.yaml")
    twin.write_text(twin.read_text(encoding="utf-8") + "\n half: [done", encoding="utf-8")  # no YAML at the moment
    before = files(tmp_path)
    assert "0 written (drafts), 2 there already" in imported(tmp_path)
    assert files(tmp_path) == before


def test_a_later_incident_changes_no_id_and_an_import_of_a_part_gives_the_same_ids(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    imported(project(tmp_path / "part", TWIN))
    (tmp_path / "whole").mkdir()
    imported(project(tmp_path / "whole"))
    part, whole = papers(tmp_path / "part"), papers(tmp_path / "whole")
    assert part.keys() < whole.keys()
    page(tmp_path / "part", ONE, TWIN)
    imported(tmp_path / "part")
    assert papers(tmp_path / "part").keys() == whole.keys()


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(tmp_path: Path) -> None:
    before = files(project(tmp_path))
    done = run_in(tmp_path, "import", "statuspage", "page.json", "--dry-run", "--write-catalogue")
    assert done.stdout.splitlines() == [
        "incidents/2026/2026-06-23-elevated-errors-q8zv1c.yaml",
        "incidents/2026/2026-06-23-elevated-errors-x1y2z3.yaml",
    ]
    assert "2 would be written" in done.stderr
    assert "would be added to services: " in done.stderr
    assert files(tmp_path) == before


def test_a_name_that_nobody_knows_is_told_with_the_yaml_to_add(tmp_path: Path) -> None:
    said = imported(project(tmp_path))
    assert "1 component that no service of postmortem.yml is known for" in said
    assert "  - {id: voice-beta, name: Voice - Beta, provider: example-ai}\n" in said


def test_write_catalogue_adds_it_and_keeps_every_comment(tmp_path: Path) -> None:
    said = imported(project(tmp_path), "--write-catalogue")
    assert "postmortem.yml: 1 component added to services: voice-beta" in said
    written = (tmp_path / "postmortem.yml").read_text(encoding="utf-8")
    assert all(line in written for line in SETTINGS.splitlines())
    assert held(tmp_path)["0m2fr9x1y2z3"].services == ("voice-beta",)
    assert "component" not in imported(tmp_path, "--write-catalogue")
    assert (tmp_path / "postmortem.yml").read_text(encoding="utf-8") == written


def test_published_records_are_promised_and_enter_the_live_feeds_once_each(tmp_path: Path) -> None:
    imported(project(tmp_path), "--record", "published")
    promised = ledger.read(tmp_path / "ledger.jsonl")
    assert {id_: sorted(each.entries) for id_, each in promised.items()} == {
        "2026-06-23-elevated-errors-q8zv1c": ["r1", "u1", "u2"],
        "2026-06-23-elevated-errors-x1y2z3": ["r1", "u1"],
    }
    done = run_in(tmp_path, "build", "--as-of", AS_OF.isoformat(), "--jobs", "1")
    assert done.returncode == 0, done.stderr
    for name, entry in (("updates", "/r1"), ("incidents", "")):
        feed = json.loads((tmp_path / "public" / "feeds" / f"{name}.json").read_bytes())
        ids = [each["id"].split(":incident/")[1] for each in feed["items"]]
        assert sorted(ids) == [f"{id_}{entry}" for id_ in promised]


def live(folder: Path) -> dict[str, int]:
    """What is announced and no backfill, by record: all that any live feed takes."""
    public = [publish(each, AS_OF) for each in held(folder).values()]
    every = [one for each in public if each is not None for one in announce(each)]
    return dict(Counter(each.incident for each in every if not each.backfill))


def test_what_a_run_that_was_stopped_left_is_finished_by_the_next(tmp_path: Path) -> None:
    imported(project(tmp_path), "--record", "published")
    whole = files(tmp_path)
    papers(tmp_path)["2026-06-23-elevated-errors-x1y2z3"].unlink()
    (tmp_path / "ledger.jsonl").unlink()  # killed after the first file: the ledger comes last
    imported(tmp_path, "--record", "published")
    assert files(tmp_path) == whole


def test_since_leaves_out_what_was_opened_before(tmp_path: Path) -> None:
    old = incident("oldoldoldold", "Old", update("k9", "2025-01-01T10:00:00Z", "resolved"))
    said = imported(project(tmp_path, old, ONE), "--since", "2026-06-01")
    assert "1 written (drafts), 0 there already, 1 before --since, 0 skipped" in said


def test_into_another_folder_nothing_is_promised(tmp_path: Path) -> None:
    imported(project(tmp_path), "--into", "elsewhere", "--record", "published")
    assert {path.parent.name for path in tmp_path.glob("elsewhere/*/*.yaml")} == {"2026"}
    assert not (tmp_path / "ledger.jsonl").exists()
    assert "2 there already" in imported(tmp_path, "--into", "elsewhere", "--record", "published")


def test_a_folder_of_answers_is_one_history(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "answers").mkdir()
    for name, told in (("a.json", ONE), ("b.json", TWIN)):
        page(tmp_path, told)
        (tmp_path / "page.json").rename(tmp_path / "answers" / name)
    assert "2 written" in imported(tmp_path, location="answers")


def test_auto_looks_which_kind_it_is(tmp_path: Path) -> None:
    done = run_in(project(tmp_path), "import", "auto", "page.json")
    assert (done.returncode, len(papers(tmp_path))) == (0, 2)
    assert done.stderr.startswith("page: ok, statuspage, 2 incidents in 3 updates from page.json\n")


@pytest.mark.parametrize("location", ["", "nowhere", "/nowhere.json", "./nowhere.json", "captures/nowhere.json"])
def test_a_file_that_is_not_there_is_not_taken_for_a_host(tmp_path: Path, location: str) -> None:
    assert "is neither a file, a folder nor an address" in imported(project(tmp_path), location=location, code=2)


def test_what_is_not_understood_writes_nothing(tmp_path: Path) -> None:
    (project(tmp_path) / "page.json").write_text("<html>no</html>", encoding="utf-8")
    assert "nothing was imported" in imported(tmp_path, code=3)
    assert not (tmp_path / "incidents").exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (SETTINGS.split("sources:", maxsplit=1)[0], "add to postmortem.yml:\nsources:"),
        (f"{SETTINGS}  - {{id: other, kind: statuspage}}\n", "--source: page, other"),
        (
            SETTINGS.replace("name: Example AI}", "name: Example AI}, {id: b, name: B}").replace(
                "kind: statuspage, provider: example-ai,", "kind: statuspage,"
            ),
            "add provider: with one of example-ai, b",
        ),
    ],
)
def test_whose_words_these_are_has_to_be_known(tmp_path: Path, settings: str, told: str) -> None:
    assert told in imported(project(tmp_path, settings=settings), code=2)
    assert "2 written" in imported(project(tmp_path), "--source", "page")


@pytest.mark.parametrize("after", [1, 3, 6])
def test_killed_at_any_time_every_file_is_whole_and_the_next_run_finishes(tmp_path: Path, after: int) -> None:
    many = [
        incident(f"many{number:08}", f"Errors {number}", update("k", f"{DAY}10:00:00Z", "resolved"))
        for number in range(120)
    ]
    project(tmp_path, *many)
    whole = tmp_path / "whole"
    whole.mkdir()
    imported(project(whole, *many), "--record", "published")
    running = subprocess.Popen(
        [*COMMAND, "import", "statuspage", "page.json", "--record", "published", "--as-of", AS_OF.isoformat()],
        cwd=tmp_path,
        env=environment(),
        stderr=subprocess.DEVNULL,
    )
    while running.poll() is None and len(list(tmp_path.glob("incidents/*/*.yaml"))) < after:
        pass
    running.send_signal(signal.SIGKILL)
    running.wait(60)
    complete = {name: path.read_bytes() for name, path in papers(whole).items()}
    assert all(path.read_bytes() == complete[name] for name, path in papers(tmp_path).items())
    imported(tmp_path, "--record", "published")
    assert {name: path.read_bytes() for name, path in papers(tmp_path).items()} == complete
    assert (tmp_path / "ledger.jsonl").read_bytes() == (whole / "ledger.jsonl").read_bytes()


def test_the_claude_history_becomes_902_records_without_an_error(tmp_path: Path) -> None:
    if not HISTORY.is_file():
        pytest.skip(f"{HISTORY} is not there")
    own = Path(__file__).resolve().parents[2] / "postmortem.yml"
    project(tmp_path, settings=own.read_text(encoding="utf-8"))
    said = imported(tmp_path, "--record", "published", location=str(HISTORY))
    assert "902 written (published), 0 there already, 0 skipped" in said
    assert errors(tmp_path) == ""
    assert len(held(tmp_path)) == len(ledger.read(tmp_path / "ledger.jsonl")) == 902
    counts = live(tmp_path)
    assert set(counts.values()) == {1}
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d-[a-z0-9-]+", id_) for id_ in counts)
    before = files(tmp_path)
    assert "0 written (published), 902 there already" in imported(
        tmp_path, "--record", "published", location=str(HISTORY)
    )
    assert files(tmp_path) == before


def test_an_address_is_asked_for_its_history(tmp_path: Path) -> None:
    project(tmp_path)
    answer = (tmp_path / "page.json").read_bytes()

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.path.endswith("/incidents.json")
            self.send_response(200 if known else 404)
            self.end_headers()
            self.wfile.write(answer if known else b"")

        def log_message(self, *_: object) -> None:
            """Silence."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        here = f"127.0.0.1:{server.server_port}"
        said = imported(tmp_path, "--allow-host", here, "--source", "page", "--no-cache", location=f"http://{here}/")
        assert "nothing was imported" in imported(tmp_path, "--source", "page", code=3, location=f"http://{here}/")
        server.shutdown()
    assert "2 written" in said
