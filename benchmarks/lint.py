"""What linting costs, beside what check-jsonschema needs to hold the same files against the schema and nothing else.

    python -m benchmarks.lint [--records 10000] [--jobs 2] [--rounds 1] [--keep FOLDER]

The records are such as a careful provider keeps: written up, entered in the ledger, and without a finding, so that
every rule looks and none speaks. What telling costs is measured apart, with a piece of advice in each of them. Every
run is a process of its own, as a user would start it, start-up included. CPU is user and system time of the
process and all it started, memory the largest resident set of any one of them (wait4). Cold is with --no-cache; warm is
a run after one file of all was changed, best of three. check-jsonschema reads YAML with ruamel.yaml's C extension, its
fastest way.
Other work on the machine lengthens the clock more than the CPU time: the load is printed along.
"""

import argparse
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.conditions import Cost, load, run
from benchmarks.records import SETTINGS, Generated, generate
from postmortem.corpus import ledger
from postmortem.corpus.decode import decode

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ROOT / "schemas" / "incident-1.0.schema.json"
AS_OF = "2027-06-30"
LINT = [sys.executable, "-m", "postmortem.cli", "lint", "--as-of", AS_OF]
PEER = [str(Path(sys.executable).parent / "check-jsonschema"), "--schemafile", str(SCHEMA)]
PROSE = """\
  The alert named the pool and not the change, so the first quarter of an hour went into ruling out the network.
  Traffic was moved back by hand in two regions before the change itself was found, which is why the error rate fell in
  steps: each step is one region. The third region held the most load and was moved last, because its spare capacity
  had to be measured first. Nobody had done so since the spring, and the figure in the plan was half of what it could
  really hold. Requests that had failed were not repeated by us, since some clients repeat them on their own, and doing
  it twice would have doubled the load on the pool that was left.

  Once everything was moved, the drained pool was taken out of the list that the router reads. A test now compares that
  list with the state of the pools every minute and alerts if they differ. We ran the same change again in staging,
  with the pool drained on purpose: it is refused with a message that names the pool and who drained it. The runbook
  says now where to look first when one pool is slow and the others are not, and how to measure what a region can hold.

  What went well: the status page was updated before the first customer wrote in, and the four updates said what was
  known and what was not. What did not: the second update named a cause that turned out to be a symptom, and it took
  forty minutes to correct it. The person on call had to ask for rights to move the third region; they are now given
  with the rotation. The review of the change had looked at the traffic class and not at the pool it was moved to,
  because the page that lists pools does not show which of them are drained. It does so now, in the first column.
"""
BEFORE_MEASURES = "    audience: {plans: [free, pro, team]}\n"
MEASURES = "    measures: [{metric: share_of_requests, unit: percent, peak: 38}]\n"
"""Without these each record earns PM309, a piece of advice."""


def main() -> None:
    """Print what both need, and the ratios."""
    options = _options()
    folder = Path(options.keep or tempfile.mkdtemp(prefix="postmortem-bench-"))
    files = _write(folder, options.records)
    size = sum(path.stat().st_size for path in files) / len(files) / 1000
    jobs = ["--jobs", str(options.jobs)]
    print(f"{len(files)} generated records of {size:.1f} kB, all rules, best of {options.rounds}, {load()}")
    telling = _told("postmortem lint, advice in each", [*LINT, *jobs, "--no-cache"], folder, 1)
    files = _write(folder, options.records, MEASURES)
    cold = _told("postmortem lint, cold", [*LINT, *jobs, "--no-cache"], folder, options.rounds)
    peer = _told("check-jsonschema, schema alone", [*PEER, *map(str, files)], folder, options.rounds)
    run([*LINT, *jobs], folder)
    warm = min((_after_a_change(each, [*LINT, *jobs], folder) for each in files[:3]), key=_clock)
    print(
        f"  {'postmortem lint, one file changed':34}{warm.wall:7.2f} s {warm.cpu:7.2f} s of CPU {warm.memory:5.0f} MB"
    )
    print(f"  CPU: {cold.cpu / peer.cpu:.2f} of check-jsonschema's (wanted: at most 0.33)")
    print(f"  clock: {cold.wall / peer.wall:.2f} of check-jsonschema's (wanted: at most 0.17)")
    print(f"  memory: {max(cold.memory, warm.memory):.0f} MB (wanted: at most 300)")
    print(f"  one file changed: {warm.wall:.2f} s (wanted: at most 0.50)")
    print(f"  telling {options.records:,} pieces of advice: {telling.cpu - cold.cpu:.2f} s of CPU more")
    if not options.keep:
        shutil.rmtree(folder)


def _after_a_change(file: Path, command: list[str], folder: Path) -> Cost:
    file.write_text(file.read_text(encoding="utf-8").replace("severity: ", "severity:  "), encoding="utf-8")
    return run(command, folder)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--keep", help="a folder to keep the project in")
    return parser.parse_args()


def _write(folder: Path, count: int, measures: str = "") -> list[Path]:
    """A project whose records hold as much prose as a written-up incident does, and its ledger."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "postmortem.yml").write_text(SETTINGS, encoding="utf-8")
    files, promises = [], {}
    for generated in generate(count):
        path = folder / "incidents" / f"{generated.start.year}" / f"{generated.id}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = _text(generated, measures)
        path.write_text(text, encoding="utf-8")
        files.append(path)
        record = decode(text.encode(), path.name).record
        promise = ledger.promise(record, date.fromisoformat(AS_OF)) if record is not None else None
        if promise is not None:
            promises[promise.id] = promise
    (folder / ledger.FILE_NAME).write_bytes(ledger.printed(promises))
    return files


def _text(generated: Generated, measures: str) -> str:
    text = generated.yaml().replace("response: |\n", f"response: |\n{PROSE}")
    return text.replace(BEFORE_MEASURES, f"{BEFORE_MEASURES}{measures}")


def _told(name: str, command: list[str], folder: Path, rounds: int) -> Cost:
    cost = min((run(command, folder) for _ in range(rounds)), key=_clock)
    print(f"  {name:34}{cost.wall:7.2f} s {cost.cpu:7.2f} s of CPU {cost.memory:5.0f} MB", flush=True)
    return cost


def _clock(cost: Cost) -> float:
    return cost.wall


if __name__ == "__main__":
    main()
