"""How long a cold build takes, beside what the theme itself needs for the same incidents as ordinary pages off the
nav.

    python -m benchmarks.site [--records 1000] [--jobs 2] [--keep FOLDER]

Both sides run as a user would start them, each in a process of its own, start-up included, no result of an earlier run
at hand, on this machine in turn, best of `--rounds` each: a machine that is slower for a minute is so for all of them.
What Python keeps of a package's code in `__pycache__` is there for both, whatever this machine's environment says.
Every run writes into a folder of its own, and none is deleted before the last has run: a file system that was just
cleared is slower to fill. Memory is the largest resident set of any one process of the run (getrusage,
RUSAGE_CHILDREN).
The peer gets the same facts as Markdown (benchmarks/records.py), the same theme, and its search plugin on, as it
comes.
"""

import argparse
import itertools
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.conditions import environment
from benchmarks.records import generate, write

PEER = """\
site_name: Example AI
theme: {name: material, font: false}
plugins: [search]
nav: [{Home: index.md}]
not_in_nav: /incidents/
validation: {nav: {omitted_files: ignore}}
"""


def main() -> None:
    """Print seconds, memory and the ratio."""
    options = _options()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="postmortem-bench-"))
    ours, peer = folder / "ours", folder / "peer"
    write(ours, options.records)
    _write_peer(peer, options.records)
    build = [sys.executable, "-m", "postmortem.cli", "build", "--no-cache", "--as-of", "2027-06-30"]
    theirs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    commands = {
        "postmortem, two jobs": ([*build, "--jobs", str(options.jobs), "--out"], ours),
        "postmortem, one job": ([*build, "--jobs", "1", "--out"], ours),
        "mkdocs-material, ordinary pages": ([*theirs, "--site-dir"], peer),
    }
    print(f"{options.records} generated records, cold, in turn, best of {options.rounds}")
    outs = (f"out-{number}" for number in itertools.count())
    rounds = [
        {name: _measure(command, where, next(outs)) for name, (command, where) in commands.items()}
        for _ in range(options.rounds)
    ]
    best = {name: min(measured[name] for measured in rounds) for name in commands}
    for name, (seconds, memory, size) in best.items():
        per_record = seconds * 1000 / options.records
        figures = f"{seconds:7.2f} s {per_record:6.2f} ms a record {memory:5.0f} MB {size:6.1f} MB out"
        print(f"  {name:33}{figures}")
    *own, peers = commands
    for name in own:
        each = ", ".join(f"{measured[name][0] / measured[peers][0]:.3f}" for measured in rounds)
        ratio = f"{best[name][0] / best[peers][0]:.3f} of the theme's own time (wanted: at most 0.25)"
        print(f"  ratio, {name}: {ratio}; round by round {each}")
    if not options.keep:
        shutil.rmtree(folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", help="a folder to keep both projects in")
    return parser.parse_args()


def _write_peer(folder: Path, count: int) -> None:
    pages = folder / "docs" / "incidents"
    pages.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(PEER, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Incidents\n", encoding="utf-8")
    for record in generate(count):
        (pages / f"{record.id}.md").write_text(record.markdown(), encoding="utf-8")


def _measure(command: list[str], where: Path, out: str) -> tuple[float, float, float]:
    """Seconds, MB of the largest process, MB of output; measured in a child, so that one run's peak is not the next
    one's.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, _run([*command, str(where / out)], where).encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    seconds, memory = os.read(reader, 200).decode().split()
    os.close(reader)
    size = sum(path.stat().st_size for path in (where / out).rglob("*") if path.is_file())
    return float(seconds), float(memory), size / 1e6


def _run(command: list[str], where: Path) -> str:
    began = time.perf_counter()
    subprocess.run(command, cwd=where, env=environment(), check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return f"{took} {peak}"


if __name__ == "__main__":
    main()
