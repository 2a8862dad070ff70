"""A sound site, built from invented records, and copies of it that can be damaged."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from postmortem.corpus import ledger
from postmortem.corpus.decode import decode
from postmortem.site import run as press
from postmortem.site.supply import Wish
from postmortem.verify.site import SUMS
from tests.command import AS_OF

DAY = datetime.fromisoformat(AS_OF).date()
BASE = "https://status.example.com/"
SETTINGS = """\
schema_version: "1.0"
publisher: {name: Example AI, role: provider, contact: "mailto:reliability@example.com"}
site: {url: "https://status.example.com/", live: true}
feeds: {authority: "status.example.com,2026"}
services:
  - {id: web-app, name: Chat on the web, group: Apps}
  - {id: agent, name: Agent, group: Apps}
  - {id: api, name: API}
coverage: [{from: 2025-01-01, complete: true}]
"""
RECORD = """\
schema_version: "1.0"
id: {id}
title: Chat unavailable after change {number}
record: {record}
severity: {severity}
services: [web-app, api]
impact:
  model_degradation: {{state: not_affected}}
  application_failure:
    state: affected
    level: degraded
    summary: Chats failed.
    services: [web-app]
    confidence: confirmed
  authentication: {{state: not_affected}}
  data_access: {{state: unknown}}
timeline:
{timeline}
revisions:
  - {{number: 1, at: "{published}", kind: initial, summary: First published.}}
{more}"""
INCIDENTS, UPDATES = 13, 12


def record(number: int) -> str:
    """One record a month: the first came late, the second was withdrawn, the third had another id once."""
    at = datetime(2025, 1, 5, 8, tzinfo=UTC) + timedelta(days=31 * number, minutes=number)
    lines = []
    for update in range(UPDATES):
        status = "resolved" if update == UPDATES - 1 else "identified"
        when = f"{at + timedelta(minutes=10 * update):%Y-%m-%dT%H:%MZ}"
        lines.append(
            f'  - {{id: u{update + 1}, at: "{when}", kind: update, status: {status}, text: "Word {update} of it."}}'
        )
    published = at + timedelta(days=2) if number == 0 else at
    more = ""
    if number == 1:
        more = (
            '  - {number: 2, at: "2025-12-01T08:00Z", kind: retraction, summary: Withdrawn.}\n'
            'withdrawn: {at: "2025-12-01T08:00Z", reason: It was a drill.}\n'
        )
    if number == 2:
        more = "former_ids: [2025-03-08-chat-slow]\n"
    return RECORD.format(
        id=f"{at:%Y-%m-%d}-chat-unavailable-{number}",
        number=number,
        record="withdrawn" if number == 1 else "published",
        severity=("minor", "major", "critical")[number % 3],
        timeline="\n".join(lines),
        published=f"{published:%Y-%m-%dT%H:%MZ}",
        more=more,
    )


def build(folder: Path) -> Path:
    """A site of these records, with the ledger that belongs to them at its root."""
    (folder / "incidents").mkdir(parents=True)
    (folder / "postmortem.yml").write_text(SETTINGS, encoding="utf-8")
    for number in range(INCIDENTS):
        text = record(number)
        read = decode(text.encode(), "record.yaml").record
        assert read is not None
        (folder / "incidents" / f"{read.id}.yaml").write_text(text, encoding="utf-8")
        promised = ledger.promise(read, DAY)
        assert promised is not None
        ledger.extend(folder / ledger.FILE_NAME, promised)
    outcome = press.build(Wish(settings=folder / "postmortem.yml", jobs=1, cache=None), DAY, folder / "public")
    assert outcome.printed is not None, outcome.findings
    shutil.copy(folder / ledger.FILE_NAME, folder / "public")
    Copy(folder / "public").seal()
    return folder / "public"


class Copy:
    """A site that can be damaged: files of the copy are links to the sound one's until they are written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, sound: Path, folder: Path) -> "Copy":
        """A copy of a sound site."""
        shutil.copytree(sound, folder, copy_function=os.link)
        return cls(folder)

    def read(self, path: str) -> str:
        """A file's text."""
        return (self.folder / path).read_bytes().decode()

    def put(self, path: str, text: str) -> None:
        """A file of its own."""
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.write_bytes(text.encode())

    def swap(self, path: str, old: str, new: str, count: int = 1) -> None:
        """Other words in a file, which must hold the old ones."""
        text = self.read(path)
        assert old in text, (path, old)
        self.put(path, text.replace(old, new, count))

    def change(self, path: str, change: Callable[[Any], object]) -> None:
        """Other data in a JSON document."""
        held = json.loads(self.read(path))
        change(held)
        self.put(path, json.dumps(held))

    def first(self, pattern: str) -> str:
        """The first file whose path fits."""
        paths = (each.relative_to(self.folder).as_posix() for each in sorted(self.folder.rglob("*")))
        return next(each for each in paths if re.fullmatch(pattern, each))

    def entries(self, name: str, change: Callable[[list[Any]], object]) -> None:
        """Other entries in a feed, in each of its formats."""
        self.change(f"{name}.json", lambda held: change(held["items"]))
        for form, tag in (("atom", "entry"), ("rss", "item")):
            path = f"{name}.{form}"
            text = self.read(path)
            whole: list[Any] = re.findall(f"<{tag}>.*?</{tag}>", text, flags=re.DOTALL)
            head, _, rest = text.partition("".join(whole))
            assert rest, path
            change(whole)
            self.put(path, head + "".join(whole) + rest)

    def redate(self, name: str, old: datetime, new: datetime, count: int = -1) -> None:
        """Another instant in a feed, in each of its formats."""
        self.swap(f"{name}.json", f"{old:%Y-%m-%dT%H:%M:%SZ}", f"{new:%Y-%m-%dT%H:%M:%SZ}", count)
        self.swap(f"{name}.atom", old.isoformat(), new.isoformat(), count)
        self.swap(f"{name}.rss", format_datetime(old), format_datetime(new), count)

    def seal(self) -> None:
        """The sums of the files as they are now."""
        files = (each for each in self.folder.rglob("*") if each.is_file())
        sums = {
            each.relative_to(self.folder).as_posix(): hashlib.sha256(each.read_bytes()).hexdigest() for each in files
        }
        kept = sorted(sums.keys() - {SUMS, ".postmortem"})
        self.put(SUMS, "".join(f"{sums[path]}  {path}\n" for path in kept))
