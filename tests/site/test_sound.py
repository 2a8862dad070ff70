"""Whole sites, built by the command: sound by every requirement of `verify`, no link or anchor broken, each page with
its address and its card, and small enough.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from postmortem.yamldoc.loader import read
from tests.browser import sites
from tests.command import AS_OF, ROOT, run

UPDATES, WORDS, LIMIT = 20, 10_000, 60_000
"""What an incident's page must be able to tell, in updates and bytes of text, and the bytes it may take for it."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return sites.build(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize("site", ["observer", "provider", "states"])
def test_a_built_site_meets_every_requirement_and_has_no_broken_link_or_anchor(
    built: dict[str, Path], site: str
) -> None:
    told = json.loads(run("verify", built[site], "--as-of", AS_OF, "--format", "json", cwd=ROOT).stdout)
    results = {each["code"]: each["result"] for each in told["requirements"]}
    assert told["sound"]
    assert {results[code] for code in ("V202", "V203", "V204", "V205", "V309")} == {"pass"}


@pytest.mark.parametrize("site", ["observer", "provider", "states"])
def test_every_page_says_its_address_and_what_is_shown_where_it_is_shared(built: dict[str, Path], site: str) -> None:
    for path in built[site].rglob("index.html"):
        head = path.read_text("utf-8").partition("</head>")[0]
        if "refresh" in head:
            continue
        canonical = re.findall(r'<link rel="canonical" href="([^"]+)">', head)
        told = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]+)" content="([^"]+)">', head))
        assert [told["og:url"]] == canonical, path
        assert canonical[0].endswith(path.parent.relative_to(built[site]).as_posix().strip(".") + "/")
        names = {"og:type", "og:site_name", "og:title", "og:description", "og:url", "twitter:card"}
        assert set(told) == names, path


def _long(record: Any) -> Any:  # noqa: ANN401 - plain data
    """The record with twenty updates, and words until it holds ten thousand bytes of text."""
    sentence = "Requests to the pool that had been drained failed, and the others took up to four times as long. "
    updates = [
        {"id": f"u{number}", "at": f"2026-06-23T14:{27 + number:02}Z", "kind": "update", "status": "investigating"}
        for number in range(1, UPDATES + 1)
    ]
    updates[-1]["status"] = "resolved"
    room = WORDS - len(record["cause"]["explanation"]) - len(record["response"])
    for each in updates:
        each["text"] = (sentence * 9)[: room // UPDATES].strip()
    record["timeline"] = updates
    record["clocks"] = {key: record["clocks"][key] for key in ("started", "mitigated")}
    record["clocks"]["mitigated"]["at"] = "2026-06-23T14:40Z"
    del record["internal"]
    return record


def test_a_page_of_twenty_updates_and_ten_kilobytes_of_text_is_small(tmp_path: Path) -> None:
    cases = ROOT / "tests/cases"
    document, _ = read((cases / "complete.yaml").read_bytes(), "complete.yaml")
    assert document is not None
    (tmp_path / "cases").mkdir()
    for name, copy in (("settings.yml", "postmortem.yml"), ("denied-names.txt", "denied-names.txt")):
        (tmp_path / copy).write_bytes((cases / name).read_bytes())
    (tmp_path / "cases/2026-06-23-complete.yaml").write_text(json.dumps(_long(document.data)), "utf-8")
    run("build", "--as-of", AS_OF, "--no-cache", "--out", tmp_path / "public", cwd=tmp_path)
    page = (tmp_path / "public/incidents/2026-06-23-complete/index.html").read_text("utf-8")
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", page.partition("<article")[2].partition("</article>")[0]))
    assert page.count(' id="u') == UPDATES
    assert len(told.encode()) > WORDS
    assert len(page.encode()) <= LIMIT
