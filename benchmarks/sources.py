"""What importing a page's whole history costs, beside parsing the same JSON and writing the same bytes.

    python -m benchmarks.sources [--history FILE] [--rounds 3] [--keep FOLDER]

Both sides are processes of their own, start-up included, best of the rounds by CPU: user and system time (wait4). The
bare side reads each line with `json`, then writes the very files that the import wrote, without judging or syncing
anything. The import waits for the disk after each file, so its clock says more of the disk than of us.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.conditions import SETTLE, Cost, load, run
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


def main() -> None:
    """Print both, and the ratio."""
    options = _options()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="postmortem-bench-"))
    history = Path(options.history)
    imported = [_import(folder / f"import-{number}", history) for number in range(options.rounds)]
    files = sorted((folder / "import-0" / "incidents").rglob("*.yaml"))
    size = sum(each.stat().st_size for each in files)
    held = folder / "held.json"
    hold(held, files, folder / "import-0")
    bare = [
        run([sys.executable, "-c", BARE, str(history), str(held), str(folder / f"bare-{number}")], folder, SETTLE)
        for number in range(options.rounds)
    ]
    print(f"{len(files)} records, {size / 1e6:.1f} MB, from {history.stat().st_size / 1e6:.1f} MB, {load()}")
    for name, costs in (("postmortem import", imported), ("json.loads, and writing the same", bare)):
        print(f"  {name:34}{min(costs).cpu:6.2f} s of CPU {min(costs).wall:6.2f} s")
    print(f"  ratio of CPU: {min(imported).cpu / min(bare).cpu:.1f} (wanted: at most 20)")
    if not options.keep:
        shutil.rmtree(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--history", default=str(HISTORY / "history-902.jsonl"), help="raw incidents, one a line")
    parser.add_argument("--rounds", type=int, default=3)
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
