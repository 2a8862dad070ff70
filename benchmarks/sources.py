"""What importing a page's whole history costs, beside parsing the same JSON and writing the same bytes.

    python -m benchmarks.sources [--history FILE] [--rounds 5] [--keep FOLDER]

Both sides are processes of their own, start-up included, in turn within each round, each into a folder of its own, and
none is deleted before the last has run. CPU is user and system time (wait4). The bare side reads each line with `json`,
then writes the very files that the import wrote, without judging or syncing anything. The import waits until its files
are on the disk, so its clock tells of the disk, too.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.conditions import SETTLE, Cost, load, run, told
from benchmarks.lint import ROOT

HISTORY = Path(os.environ.get("POSTMORTEM_REAL_DATA", ROOT.parent / "shared" / "data")) / "statuspage-claude"
BARE = """\
import json, pathlib, sys
for line in open(sys.argv[1], encoding="utf-8"):
    json.loads(line)
held = json.load(open(sys.argv[2], encoding="utf-8"))
for name, text in held.items():
    path = pathlib.Path(sys.argv[3], name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
"""
IMPORT = [sys.executable, "-m", "postmortem.cli", "import", "statuspage"]
AS_OF = "2026-11-23"
WANTED = 20


def main() -> None:
    """Print both, and the ratio."""
    options = _options()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="postmortem-bench-"))
    history = Path(options.history)
    sample = folder / "import"
    _import(sample, history)
    files = sorted((sample / "incidents").rglob("*.yaml"))
    size = sum(each.stat().st_size for each in files)
    held = folder / "held.json"
    hold(held, files, sample)
    bare = [sys.executable, "-c", BARE, str(history), str(held)]
    rounds = [
        (_import(folder / f"import-{number}", history), run([*bare, str(folder / f"bare-{number}")], folder, SETTLE))
        for number in range(options.rounds)
    ]
    imported, peers = ([each[side] for each in rounds] for side in range(2))
    best = min(each.cpu for each in peers), min(each.wall for each in peers)
    print(f"{len(files)} records, {size / 1e6:.1f} MB, from {history.stat().st_size / 1e6:.1f} MB, {load()}")
    print(told("postmortem import", imported, peers, WANTED))
    print(f"  {'json.loads, and writing the same':34}{best[0]:7.2f} s of CPU {best[1]:7.2f} s")
    if not options.keep:
        shutil.rmtree(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", default=str(HISTORY / "history-902.jsonl"), help="raw incidents, one a line")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", help="a folder to keep everything in")
    return parser.parse_args()


def _import(folder: Path, history: Path) -> Cost:
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "postmortem.yml", folder)
    return run([*IMPORT, str(history), "--record", "published", "--as-of", AS_OF], folder, SETTLE)


def hold(held: Path, files: list[Path], base: Path) -> None:
    """Keep what the files hold, by their names below `base`, for the bare side to write."""
    held.write_text(json.dumps({str(each.relative_to(base)): each.read_text("utf-8") for each in files}), "utf-8")


if __name__ == "__main__":
    main()
