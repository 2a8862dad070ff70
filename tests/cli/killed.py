"""One enriching in a process of its own that kills itself: `python -m tests.cli.killed FOLDER [N]`.

With N it sends itself SIGKILL at the Nth change to the disk; without, it prints how many there were. Python's own audit
events tell of every file opened for writing, renamed, linked or removed.
"""

import os
import signal
import sys
from pathlib import Path

from postmortem.cli import run

CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.link"}


def main(folder: str, at: str = "0") -> None:
    seen = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if (writes or event in CHANGES) and "__pycache__" not in str(arguments[0]):
            seen += 1
            if seen == int(at):
                os.kill(os.getpid(), signal.SIGKILL)

    os.chdir(Path(folder))
    sys.addaudithook(count)
    code = run(["enrich", "--from", "capture.json", "--jobs", "1"])
    sys.stdout.write(f"{seen}\n")
    sys.exit(code)


if __name__ == "__main__":
    main(*sys.argv[1:])
