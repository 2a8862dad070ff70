"""What enriching a page's whole history costs, beside parsing the same JSON and writing the same bytes.

    python -m benchmarks.enrich [--history FILE] [--rounds 5] [--jobs 2] [--keep FOLDER]

The history is imported as it was before the last word of every incident; then it is enriched from the whole of it, so
that every record of more than one word changes, and once more, when there is nothing left to add. Both sides are
processes of their own, start-up included, in turn within each round: ours, the bare one, ours with nothing left, the
bare one. Each writes into a folder that no other run wrote to, and none is deleted before the last has run. CPU is user
and system time of a process and all it started (wait4). The bare side reads each line with `json` and writes the very
files that came of it, without judging, proving or syncing anything.
"""

import argparse
import itertools
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.conditions import SETTLE, Cost, environment, load, run, told
from benchmarks.lint import ROOT
from benchmarks.sources import BARE, HISTORY, hold

COMMAND = [sys.executable, "-m", "postmortem.cli"]
WANTED = 10


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
    copies = [folder / f"enriched-{number}" for number in range(options.rounds + 1)]
    for copy in copies:
        shutil.copytree(project, copy)
    sample, *copies = copies
    run(enriching, sample)
    held = folder / "held.json"
    new = _records(sample)
    hold(held, [sample / name for name in new], sample)
    fresh = (str(folder / f"bare-{number}") for number in itertools.count())

    def beside() -> Cost:
        return run([sys.executable, "-c", BARE, str(history), str(held), next(fresh)], folder, SETTLE)

    rounds = [(run(enriching, copy, SETTLE), beside(), run(enriching, copy, SETTLE), beside()) for copy in copies]
    all_new, beside_all, nothing, beside_nothing = map(list, zip(*rounds, strict=True))
    old = _records(project)
    changed = sum(old[name] != content for name, content in new.items())
    print(f"{len(new)} records, {changed} of them changed, {options.jobs} jobs, {load()}")
    print(told("enrich, all of them changed", all_new, beside_all, WANTED))
    print(told("enrich, nothing left to add", nothing, beside_nothing, WANTED))
    every = [*beside_all, *beside_nothing]
    best = min(each.cpu for each in every), min(each.wall for each in every)
    print(f"  {'json.loads, and writing the same':34}{best[0]:7.2f} s of CPU {best[1]:7.2f} s")
    if not options.keep:
        shutil.rmtree(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", default=str(HISTORY / "history-902.jsonl"), help="raw incidents, one a line")
    parser.add_argument("--rounds", type=int, default=5)
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


if __name__ == "__main__":
    main()
