"""What enriching does to files as people write them: for any record and any plan, every comment and every byte outside
of the edit survives.

The records are this project's own and the cases of the format, each with comments strewn over it; the events are made
for each. A line that changes holds everything it held, with something put in; only a status that moves along is
replaced, and a mark that something reopens the incident goes where it no longer does.
"""

import difflib
from pathlib import Path
from random import Random

import pytest

from postmortem.corpus.decode import decode
from postmortem.enrich.manner import Manner, Terms
from postmortem.enrich.plan import plan
from postmortem.model.edit import apply_to_data
from postmortem.model.event import Event, gather
from postmortem.model.record import Record
from postmortem.yamldoc import comments
from postmortem.yamldoc.edit import applied
from postmortem.yamldoc.loader import read
from tests.enrich.told import NOW, event, service_of

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [
    *sorted(ROOT.glob("incidents/**/*.yaml")),
    *sorted(ROOT.glob("examples/provider/incidents/**/*.yaml")),
    *sorted(ROOT.glob("tests/cases/*.yaml")),
]
MANNER = Manner(texts="copy", service_of=service_of)
LATER = NOW.replace(year=2027)


def commented(text: str, chance: Random) -> str:
    """The file with comments like no other between its lines and behind some of them."""
    lines = []
    for number, line in enumerate(text.splitlines()):
        plain = line.strip() and not line.strip().startswith("#") and ">" not in line and "|" not in line
        if plain and line[:1].isalpha() and chance.random() < 0.5:
            lines.append(f"# above {number}.")
        whole = plain and line.rstrip()[-1:] in "]}" and "#" not in line
        lines.append(f"{line}   # behind {number}." if whole and chance.random() < 0.3 else line)
    return "\n".join(lines) + "\n"


def told(record: Record, chance: Random) -> list[Event]:
    """A few words of the page about this record: some as it has them, some new, before, between and after."""
    times = sorted({each.at.instant for each in record.timeline})
    events = []
    for number in range(chance.randint(1, 5)):
        at = chance.choice(times)
        status = chance.choice(["investigating", "identified", "monitoring", "resolved"])
        more = {"text": f"Word {number}: as the page has it.", "opened": times[0], "url": "https://s.example/i1"}
        when = at.replace(second=chance.choice([7, 13])).isoformat().replace("+00:00", "Z")
        events.append(event(f"k{number}", when, status, closed=times[-1], **more))
    return events


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_every_comment_and_every_byte_outside_of_the_edit_survives(path: Path) -> None:
    _look(path, seeds=2)


@pytest.mark.soak
@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_the_same_for_many_plans(path: Path) -> None:
    _look(path, seeds=60)


def _look(path: Path, seeds: int) -> None:
    for seed in range(seeds):
        chance = Random(f"{path.name} {seed}")  # noqa: S311 - chance, no secret
        old = commented(path.read_text(encoding="utf-8"), chance).encode()
        decoded = decode(old, path.name)
        assert decoded.record is not None, decoded.findings
        assert decoded.document is not None
        edits = plan(
            decoded.record, gather(told(decoded.record, chance)), Terms(now=LATER, manners={"page": MANNER})
        ).edits
        written = applied(decoded.document, edits)
        new = written.text.encode()
        before, after = read(old, path.name)[0], read(new, path.name)[0]
        assert before is not None
        assert after is not None
        assert after.data == apply_to_data(before.data, edits) == written.data
        assert [each.text for each in comments.find(after)] == [each.text for each in comments.find(before)]
        lines = list(difflib.ndiff(before.text.splitlines(), after.text.splitlines()))
        gone, come = ([line[2:] for line in lines if line[:2] == sign] for sign in ("- ", "+ "))
        assert [line for line in gone if not _may_change(line) and not any(_within(line, new) for new in come)] == []


def _may_change(line: str) -> bool:
    return line.strip().startswith(("status:", "reopens:"))


def _within(old: str, new: str) -> bool:
    """Whether a line still stands there, with something put in between."""
    rest = iter(new)
    return all(letter in rest for letter in old.replace("reopens: true, ", ""))
