"""What enriching a page's whole history costs, beside parsing the same JSON and writing the same bytes.

    python -m benchmarks.enrich [--history FILE] [--rounds 3] [--jobs 2] [--keep FOLDER]

The history is imported as it was before the last word of every incident; then it is enriched from the whole of it, so
that every record of more than one word changes, and once more, when there is nothing left to add. Both sides are
processes of their own, start-up included, best of the rounds. CPU is user and system time of a process and all it
started (wait4). The bare side reads each line with `json` and writes the very files that came of it, without judging,
proving or syncing anything.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.conditions import SETTLE, Cost, environment, load, run
from benchmarks.lint import ROOT
from benchmarks.sources import BARE, HISTORY, hold

COMMAND = [sys.executable, "-m", "postmortem.cli"]


def main() -> None:
    """Print all three, and the ratios."""
    options = _options()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="postmortem-bench-"))
    folder.mkdir(exist_ok=True)
    history, first = Path(options.history), folder / "first.jsonl"
    first.write_text("".join(f"{_before(line)}\n" for line in history.read_text("utf-8").splitlines()), "utf-8")
    project = folder / "project"
    project.mkdir()
    shutil.copy(ROOT / "postmortem.yml", project)
    importing = [*COMMAND, "import", "statuspage", str(first), "--record", "published", "--write-catalogue"]
    subprocess.run(importing, cwd=project, env=environment(), check=True, capture_output=True)
    enriching = [*COMMAND, "enrich", "--from", str(history), "--jobs", str(options.jobs)]
    all_new, nothing = [], []
    for number in range(options.rounds):
        copy = folder / f"enriched-{number}"
        shutil.copytree(project, copy)
        all_new.append(run(enriching, copy, SETTLE))
        nothing.append(run(enriching, copy, SETTLE))
    old, new = _records(project), _records(folder / "enriched-0")
    changed = sum(old[name] != content for name, content in new.items())
    held = folder / "held.json"
    hold(held, [folder / "enriched-0" / name for name in new], folder / "enriched-0")
    bare = [
        run([sys.executable, "-c", BARE, str(history), str(held), str(folder / f"bare-{number}")], folder, SETTLE)
        for number in range(options.rounds)
    ]
    print(f"{len(new)} records, {changed} of them changed, {options.jobs} jobs, {load()}")
    _told("enrich, all of them changed", all_new, bare)
    _told("enrich, nothing left to add", nothing, bare)
    _told("json.loads, and writing the same", bare, bare)
    if not options.keep:
        shutil.rmtree(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", default=str(HISTORY / "history-902.jsonl"), help="raw incidents, one a line")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", help="a folder to keep everything in")
    return parser.parse_args()


def _before(line: str) -> str:
    """The incident as it was before its last word."""
    incident = json.loads(line)
    updates = sorted(incident["incident_updates"], key=lambda each: str(each["display_at"] or each["created_at"]))
    if len(updates) > 1:
        incident |= {"incident_updates": updates[:-1], "resolved_at": None, "status": updates[-2]["status"]}
    return json.dumps(incident)


def _records(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in sorted(folder.glob("incidents/**/*.yaml"))}


def _told(name: str, costs: list[Cost], bare: list[Cost]) -> None:
    cpu, wall = min(each.cpu for each in costs), min(each.wall for each in costs)
    base = min(each.cpu for each in bare), min(each.wall for each in bare)
    ratios = f"{cpu / base[0]:5.1f} times the CPU, {wall / base[1]:5.1f} times the clock (wanted: at most 10)"
    print(f"  {name:34}{cpu:7.2f} s of CPU {wall:7.2f} s  {ratios}")


if __name__ == "__main__":
    main()
