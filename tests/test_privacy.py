"""Nothing private gets out: canaries in every private field, state and YAML comment, and a scan of every output byte.

The wall is a type; this is the test behind it. What the scan would find is proven by a control that is public.
"""

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from postmortem.yamldoc.dump import dump
from postmortem.yamldoc.loader import read
from tests.command import AS_OF, ROOT, run

CANARY = "zqcanary"
PUBLIC = "zqcontrol"
EXAMPLE = ROOT / "examples" / "provider"
COMPLETE = EXAMPLE / "incidents" / "2026" / "2026-06-23-chat-and-coding-agent-unavailable.yaml"
PROSE = {"title", "summary", "text", "note", "why", "explanation", "response", "use", "caveat", "during", "next_time"}
PROSE |= {"reason", "verification", "established_by", "went_well", "went_wrong", "lucky", "incident", "key"}
PROSE |= {"incident_channel", "owners"}
WITHHELD = ("cause", "response", "detection", "lessons", "actions")


def complete() -> dict[str, Any]:
    document, findings = read(COMPLETE.read_bytes(), COMPLETE.name)
    assert document is not None
    assert findings == ()
    data: dict[str, Any] = document.data
    return data


def planted(value: Any, key: str = "", places: list[str] | None = None) -> Any:  # noqa: ANN401 (any YAML value)
    """The same data with a canary of its own in every piece of prose and every address."""
    places = [] if places is None else places
    if isinstance(value, dict):
        return {name: planted(member, name, places) for name, member in value.items()}
    if isinstance(value, list):
        return [planted(member, key, places) for member in value]
    if isinstance(value, str) and (key in PROSE or "://" in value):
        places.append(key)
        return f"https://example.com/{CANARY}-{len(places)}" if "://" in value else f"{CANARY} {key} {len(places)}"
    return value


def renamed(data: dict[str, Any], id_: str, **changes: object) -> dict[str, Any]:
    return data | {"id": id_, "related": [], "former_ids": [], "tracking": []} | changes


def hidden_in_a_published_one() -> dict[str, Any]:
    """Published; but its postmortem is a draft, one entry is kept inside, and some evidence serves only what is
    withheld.
    """
    data = renamed(complete(), "2026-06-25-published-with-secrets", title=f"Chat failed {PUBLIC} after a change")
    secret = planted({name: data[name] for name in WITHHELD})
    secret["cause"]["evidence"] = ["analysis"]
    data |= secret
    data["guidance"]["next_time"] = [f"{CANARY} next time"]
    data["timeline"].append(
        {
            "id": "n9",
            "at": "2026-06-23T16:30Z",
            "kind": "note",
            "public": False,
            "text": f"{CANARY} note",
            "evidence": ["inside"],
        }
    )
    data["evidence"] += [
        {"id": "analysis", "title": f"{CANARY} analysis", "url": f"https://example.com/{CANARY}", "kind": "analysis"},
        {"id": "inside", "title": f"{CANARY} inside", "kind": "analysis"},
    ]
    data["postmortem"] = {"state": "draft", "due": "2026-07-30"}
    data["revisions"] = [{"number": 1, "at": "2026-06-23T14:47Z", "kind": "initial", "summary": "First published."}]
    data["internal"] = {"channel": CANARY, "nested": [{f"{CANARY}-key": CANARY}]}
    return data


def commented(text: str) -> str:
    """The same YAML with a canary in comments above, beside and below."""
    lines = [f"# {CANARY} above", *text.splitlines(), f"# {CANARY} below"]
    return (
        "\n".join(f"{line}  # {CANARY}" if re.fullmatch(r"(severity|record): \w+", line) else line for line in lines)
        + "\n"
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("privacy")
    shutil.copytree(EXAMPLE, folder, dirs_exist_ok=True)
    base = complete()
    records = [
        renamed(planted(base), f"2026-06-23-{CANARY}-draft", record="draft"),
        renamed(planted(base), f"2026-06-23-{CANARY}-embargoed", record="embargoed", embargo={"until": AS_OF}),
        renamed(
            base, "2026-06-24-embargo-over", record="embargoed", embargo={"until": "2026-11-22"}, title=f"Over {PUBLIC}"
        ),
        hidden_in_a_published_one(),
    ]
    for record in records:
        (folder / "incidents" / "2026" / f"{record['id']}.yaml").write_text(commented(dump(record)), encoding="utf-8")
    return folder


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        body = path.read_bytes()
        yield (
            path.relative_to(folder).as_posix(),
            path.name.encode() + (gzip.decompress(body) if path.suffix == ".gz" else body),
        )


def holding(word: str, folder: Path) -> list[str]:
    found = re.compile(re.escape(word.encode()), re.IGNORECASE)
    return [
        f"{name}: {body[match.start() - 60 : match.end() + 20]!r}"
        for name, body in contents(folder)
        if (match := found.search(body))
    ]


def test_no_canary_in_any_output_byte_or_message(project: Path) -> None:
    done = run("build", "--as-of", AS_OF, cwd=project)
    assert holding(CANARY, project / "public") == []
    # A finding names its file, and a draft's file is named like the draft: that much the operator's own log may hold.
    said = re.sub(r"incidents/\S+", "", done.stdout + done.stderr)
    assert CANARY not in said.lower()


def test_the_scan_finds_what_is_public(project: Path) -> None:
    run("build", "--as-of", AS_OF, cwd=project)
    names = {line.split(":")[0] for line in holding(PUBLIC, project / "public")}
    assert {
        "incidents/2026-06-24-embargo-over/index.html",
        "incidents/2026-06-25-published-with-secrets/index.html",
        "incidents/2026-06-25-published-with-secrets.json",
        "feeds/incidents.atom",
        "feeds/incidents.rss",
        "feeds/incidents.json",
        "search/search_index.json",
        "index.html",
        "history/2026/index.html",
    } <= names


def test_an_embargo_opens_the_day_after(project: Path, tmp_path: Path) -> None:
    run("build", "--as-of", "2026-11-24", "--out", tmp_path / "out", cwd=project)
    opened = {line.split(":")[0] for line in holding(CANARY, tmp_path / "out")}
    assert f"incidents/2026-06-23-{CANARY}-embargoed/index.html" in opened
    assert f"incidents/2026-06-23-{CANARY}-draft/index.html" not in opened
