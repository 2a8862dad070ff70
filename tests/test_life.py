"""One incident from 3 am to its tombstone, by commands and by hand in turns: what was promised stands at every step.

After each step: no error, every comment is still there, the status is what was said, and in the feeds no entry has
gone, moved or changed its place among the others.
"""

import json
from pathlib import Path
from typing import Any

from postmortem.corpus import ledger
from postmortem.corpus.decode import decode
from postmortem.model.derived import status
from postmortem.yamldoc import comments
from postmortem.yamldoc.loader import read
from tests.cli.writing import project, published
from tests.command import run


class Life:
    """The record in its project; `step` does something to it and looks at everything afterwards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = published(project(folder))
        self.id = self.path.stem
        self.promised: dict[str, str] = {}
        self.feeds: dict[str, list[tuple[str, str]]] = {}
        self.comments: list[str] = []
        self.check("investigating")

    def text(self) -> str:
        """The record as it stands."""
        return self.path.read_text(encoding="utf-8")

    def command(self, expected: str, *arguments: str) -> str:
        """Run a command on the record; gives what it said."""
        name, *rest = arguments
        done = run(name, self.id, *rest, cwd=self.folder)
        self.check(expected)
        return done.stderr

    def by_hand(self, expected: str, old: str, new: str) -> None:
        """What a person does in an editor."""
        assert self.text().count(old) == 1, old
        self.path.write_text(self.text().replace(old, new), encoding="utf-8")
        self.check(expected)

    def check(self, expected: str) -> None:
        """Look at everything; `expected` is the status."""
        run("lint", cwd=self.folder)
        record = decode(self.path.read_bytes(), "record.yaml").record
        assert record is not None
        assert status(record) == expected
        document, _ = read(self.path.read_bytes(), "record.yaml")
        assert document is not None
        held = [each.text for each in comments.find(document)]
        assert [each for each in self.comments if each not in held] == []
        self.comments = held
        self._check_promises()
        self._check_feeds()

    def _check_promises(self) -> None:
        entries = ledger.read(self.folder / "ledger.jsonl")[self.id].entries
        assert self.promised.items() <= entries.items()
        self.promised = entries

    def _check_feeds(self) -> None:
        run("build", "--data-only", cwd=self.folder)
        for name in ("updates", "incidents"):
            feed: dict[str, Any] = json.loads((self.folder / "public/feeds" / f"{name}.json").read_bytes())
            now = [(each["id"], each["date_published"]) for each in feed["items"]]
            assert len({id_ for id_, _ in now}) == len(now)
            assert [each for each in now if each in self.feeds.get(name, now)] == self.feeds.get(name, now)
            assert [date for _, date in now] == sorted((date for _, date in now), reverse=True)
            self.feeds[name] = now

    def entries(self) -> list[str]:
        """What the feed of updates says of this record, as entry ids in their order of birth."""
        return sorted(id_.rsplit("/", 1)[1] for id_, _ in self.feeds["updates"] if f"/{self.id}/" in id_)


def test_a_life_by_commands_and_by_hand(tmp_path: Path) -> None:
    life = Life(tmp_path)
    assert life.entries() == ["u1"]
    life.by_hand("investigating", "severity: major ", "# nobody knows yet how far it goes\nseverity: major ")
    affected = ("--affected", "application_failure=partial_outage:web-app")
    life.command("identified", "update", "A change was at fault.", "--status", "identified", *affected)
    assert life.entries() == ["u1", "u2"]
    life.by_hand(
        "identified",
        "    summary: Being looked into.\n",
        "    # the numbers follow\n    summary: Nine of ten chats failed.   # from the dashboard\n",
    )
    life.command("identified", "update", "Sign-in fails, too.", "--affected", "authentication=degraded:web-app")
    life.command("monitoring", "update", "Rolled back.", "--status", "monitoring", "--restored", "authentication")
    said = life.command("resolved", "update", "All chats load again.", "--status", "resolved")
    assert "application_failure was still open" in said
    more = ("--severity", "critical", "--affected", "application_failure=full_outage:web-app,mobile-app")
    life.command("investigating", "update", "It is back.", "--status", "investigating", *more)
    assert "reopens: true" in life.text()
    life.command("resolved", "update", "A second fix holds.", "--status", "resolved")
    assert life.entries() == [f"u{number}" for number in range(1, 8)]

    life.path.write_text(f"{life.text()}\n# what came later\nlessons:\n  lucky: [It was at night.]\n", encoding="utf-8")
    life.check("resolved")
    life.by_hand(
        "resolved", "services: [web-app, mobile-app]\n\n", "services: [web-app, mobile-app]   # and no API\n\n"
    )
    life.command("resolved", "revise", "--kind", "editorial", "--summary", "A typing error.")
    assert "r" not in "".join(life.entries())
    life.command("resolved", "revise", "--kind", "material", "--summary", "The mobile apps failed, too.")
    assert len(life.entries()) == 8
    life.command("resolved", "revise", "--kind", "postmortem", "--summary", "Postmortem published.")
    assert "postmortem:" in life.text()
    assert len(life.entries()) == 9

    other = published(life.folder, "The same chats failed")
    life.check("resolved")
    run("withdraw", other.stem, "--reason", "A duplicate.", "--replaced-by", life.id, cwd=life.folder)
    life.check("resolved")
    assert len(life.feeds["updates"]) == 9 + 2
    life.command("resolved", "withdraw", "--reason", "It named a customer.", "--redact")
    assert "It was at night" not in life.text()
    assert "Nine of ten" not in life.text()
    assert len(life.entries()) == 10
