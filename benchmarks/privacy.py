"""Print how well private things are found in the labelled sets. Run `python -m benchmarks.privacy` at the root."""

import sys

from tests.lint.privacy.measure import Measure, measure
from tests.lint.privacy.sample import FOLDER, FOURTH, SECOND, THIRD


def main() -> None:
    """Recall for each label and overall, and false alarms, of each set."""
    for folder in (FOLDER, SECOND, THIRD, FOURTH):
        sys.stdout.write(f"{folder.name}\n")
        _print(measure(folder))


def _print(told: Measure) -> None:
    rows = [(str(name), told.found.get(name, 0), held) for name, held in sorted(told.held.items())]
    rows += [("all", sum(told.found.values()), sum(told.held.values()))]
    for name, found, held in rows:
        sys.stdout.write(f"{name:16}{found:4} of {held:4}  {found / held:7.1%}\n")
    sys.stdout.write(f"{'clean, flagged':16}{len(told.flagged):4} of {told.clean:4}  {told.false_alarms():7.1%}\n")


if __name__ == "__main__":
    main()
