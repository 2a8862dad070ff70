"""One build in a process of its own that may kill itself: `python -m tests.site.killed FOLDER OLD|NEW [N]`.

With N it sends itself SIGKILL at the Nth change to the disk; without, it prints the numbers of the first and the last
move into or deletion from the output folder, and how many there were. Python's own audit events tell of every
file opened for writing, renamed or removed, and of every folder made.
"""

import os
import signal
import sys
from pathlib import Path

import msgspec

from postmortem.model.artifact import Artifact
from postmortem.site import run
from postmortem.site.supply import Wish
from tests.site.fakes import AS_OF, SITE, Fake, incident

CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"}

OLD = SITE
NEW = msgspec.structs.replace(
    SITE,
    nav=tuple(msgspec.structs.replace(page, body=page.body + "<p>new</p>") for page in SITE.nav),
    stamped=(
        *(msgspec.structs.replace(page, body=page.body + "<p>new</p>") for page in SITE.stamped[4:]),
        *SITE.stamped[:2],
        *(incident(f"2026-07-0{day}-new") for day in range(1, 9)),
    ),
    files=(
        Artifact("feeds/incidents.atom", b"<feed>new</feed>"),
        Artifact("feeds/updates.atom", b"<feed/>"),
        Artifact("incidents/2026-06-01-plain.json", b'{"id": 1}'),
        Artifact("services/api.json", b"{}"),
    ),
)


def build(folder: Path, site: Fake) -> run.Outcome:
    return run.build(Wish(settings=folder / "postmortem.yml"), AS_OF, supply=site)


def main(folder: str, which: str, at: str = "0") -> None:
    seen, inside = 0, [0]
    public = f"{Path(folder) / 'public'}/"

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        writes = event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if (writes or event in CHANGES) and "__pycache__" not in str(arguments[0]):
            seen += 1
            if event in {"os.rename", "os.remove"} and any(str(each).startswith(public) for each in arguments[:2]):
                inside.append(seen)
            if seen == int(at):
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    build(Path(folder), NEW if which == "NEW" else OLD)
    sys.stdout.write(f"{inside[1:2] or [seen]} {inside[-1]} {seen}\n".replace("[", "").replace("]", ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
