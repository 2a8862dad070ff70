"""A record that gets another id, twice: readers and clients are told nothing, and every address it had leads on.

One of the renamed records stands in archives that are full, the other in the live feeds and in `/api/v2/`.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.command import AS_OF, run
from tests.verify.sites import INCIDENTS, SETTINGS, Copy, record

OLD, NEW = 3, INCIDENTS - 1
BASE = "https://status.example.com/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was published: what its readers have lies in `0`."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "incidents").mkdir()
    (folder / "postmortem.yml").write_text(SETTINGS, encoding="utf-8")
    for number in range(INCIDENTS):
        text = record(number)
        (folder / "incidents" / f"{name(text)}.yaml").write_text(text, encoding="utf-8")
    build(folder, 0)
    return folder


@pytest.fixture(scope="module")
def renamed(published: Path) -> Path:
    """The same after each of two records was renamed twice: `1` and `2`."""
    for turn in (1, 2):
        for number in (OLD, NEW):
            rename(published, number, turn)
        build(published, turn)
    return published


def name(text: str) -> str:
    found = re.search(r"^id: (\S+)", text, flags=re.MULTILINE)
    assert found is not None
    return found[1]


def ids(number: int) -> tuple[str, str, str]:
    """What a record is called, first, second and last; they do not sort as they come."""
    first = name(record(number))
    return first, f"2027-01-0{number % 9 + 1}-later-{number}", f"2024-01-0{number % 9 + 1}-last-{number}"


def rename(folder: Path, number: int, turn: int) -> None:
    former, now = ids(number)[:turn], ids(number)[turn]
    old = folder / "incidents" / f"{former[-1]}.yaml"
    text = re.sub(r"(?m)^(former_ids: .*\n)", "", old.read_text(encoding="utf-8")).replace(former[-1], now, 1)
    (folder / "incidents" / f"{now}.yaml").write_text(f"{text}former_ids: [{', '.join(former)}]\n", encoding="utf-8")
    old.unlink()


def build(folder: Path, turn: int) -> None:
    run("lint", "--fix", "--as-of", AS_OF, cwd=folder, check=False)
    run("build", "--no-cache", "--out", str(turn), "--as-of", AS_OF, cwd=folder)
    shutil.copy(folder / "ledger.jsonl", folder / str(turn))
    Copy(folder / str(turn)).seal()


def told(site: Path) -> dict[str, list[tuple[str, str]]]:
    """Of every feed, archives among them, the ids and dates of its entries in their order."""
    read: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(site.rglob("*")):
        if path.suffix in (".rss", ".atom"):
            heard = feedparser.parse(path.read_bytes())
            read[path.relative_to(site).as_posix()] = [(each.id, each.published) for each in heard.entries]
        elif path.suffix == ".json" and path.is_relative_to(site / "feeds"):
            items = json.loads(path.read_bytes())["items"]
            read[path.relative_to(site).as_posix()] = [(each["id"], each["date_published"]) for each in items]
    return read


def shown(site: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Of every list of `/api/v2/` its incidents, each with its updates."""
    found = {}
    for document in sorted((site / "api" / "v2").rglob("*.json")):
        held: dict[str, Any] = json.loads(document.read_bytes())
        listed = [*held.get("incidents", ()), *held.get("scheduled_maintenances", ())]
        found[document.relative_to(site).as_posix()] = [
            (each["id"], [update["id"] for update in each["incident_updates"]]) for each in listed
        ]
    return found


def unfolded(site: Path) -> list[str]:
    return (site / "calendar.ics").read_text(encoding="utf-8").replace("\r\n ", "").splitlines()


@pytest.mark.parametrize("turn", ["1", "2"])
def test_no_reader_is_told_anything_new(renamed: Path, turn: str) -> None:
    before = told(renamed / "0")
    assert sum(map(len, before.values())) > 1000
    assert told(renamed / turn) == before


@pytest.mark.parametrize("turn", ["1", "2"])
def test_no_calendar_and_no_client_of_statuspage_sees_another_incident(renamed: Path, turn: str) -> None:
    events = [[each for each in unfolded(renamed / at) if each.startswith(("UID:", "SEQUENCE:"))] for at in ("0", turn)]
    assert events[0] == events[1] != []
    before = shown(renamed / "0")
    assert any(ids(NEW)[0] == id_ for id_, _ in before["api/v2/incidents.json"])
    assert shown(renamed / turn) == before


@pytest.mark.parametrize("turn", ["1", "2"])
def test_archives_that_were_full_keep_every_byte(renamed: Path, turn: str) -> None:
    archives = [path for path in (renamed / "0").glob("feeds/archive/*.json") if b'"full":true' in path.read_bytes()]
    held = [each for path in archives for each in (path, path.with_suffix(".atom"), path.with_suffix(".rss"))]
    assert any(ids(OLD)[0].encode() in each.read_bytes() for each in held)
    for each in held:
        assert (renamed / turn / each.relative_to(renamed / "0")).read_bytes() == each.read_bytes()


@pytest.mark.parametrize("turn", [1, 2])
def test_links_lead_to_the_new_address_and_every_former_one_leads_there(renamed: Path, turn: int) -> None:
    site = renamed / str(turn)
    first, now = ids(NEW)[0], ids(NEW)[turn]
    items = json.loads((site / "feeds" / "updates.json").read_bytes())["items"]
    ours = [each for each in items if f"incident/{first}/" in each["id"]]
    assert ours
    assert {each["url"].partition("#")[0] for each in ours} == {f"{BASE}incidents/{now}/"}
    assert all(f'href="{BASE}incidents/{now}/#' in each["content_html"] for each in ours if "/u" in each["id"])
    [shape] = [
        each for each in json.loads((site / "api/v2/incidents.json").read_bytes())["incidents"] if each["id"] == first
    ]
    assert shape["shortlink"] == f"{BASE}incidents/{now}/"
    assert f"URL:{BASE}incidents/{now}/" in unfolded(site)
    for former in ids(NEW)[:turn]:
        page = (site / "incidents" / former / "index.html").read_text(encoding="utf-8")
        assert f"0; url=../{now}/" in page
        assert f'location.replace("../{now}/" + location.hash)' in page
        assert json.loads((site / "incidents" / f"{former}.json").read_bytes())["moved_to"] == now
    rows = json.loads((site / "api" / "v1" / "incidents.json").read_bytes())["incidents"]
    assert [each["first_id"] for each in rows if each["id"] == now] == [first]


@pytest.mark.parametrize(("now", "older"), [("0", "0"), ("1", "0"), ("2", "1"), ("2", "0")])
def test_the_site_is_sound_and_keeps_what_the_older_copy_promised(renamed: Path, now: str, older: str) -> None:
    judged = run("verify", now, "--against", older, "--as-of", AS_OF, cwd=renamed, check=False)
    assert judged.returncode == 0, judged.stdout


def test_what_is_named_in_another_order_is_refused(renamed: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(renamed, tmp_path / "project", ignore=shutil.ignore_patterns("[012]", ".postmortem*"))
    path = folder / "incidents" / f"{ids(NEW)[2]}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(", ".join(ids(NEW)[:2]), ", ".join(ids(NEW)[1::-1])), encoding="utf-8")
    for again in range(2):  # what --fix enters in the ledger makes it no better
        refused = run("build", "--as-of", AS_OF, "--data-only", cwd=folder, check=False)
        assert refused.returncode == 1, again
        assert "PM713" in refused.stdout + refused.stderr
        run("lint", "--fix", "--as-of", AS_OF, cwd=folder, check=False)
