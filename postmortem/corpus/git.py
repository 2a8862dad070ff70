"""What git says changed. A folder and a revision in, paths out; asks the installed `git` and changes nothing."""

import subprocess
from pathlib import Path

from postmortem.errors import UnreadableError


def changed(folder: Path, since: str) -> frozenset[Path]:
    """Every file that differs between the working tree and where it left `since` (their merge base), new files
    included, as absolute paths.

    Raises UnreadableError: no git, no repository, no such revision, or no common history (a shallow clone).
    """
    top = Path(
        _asked(folder, f"{folder}: this folder is in no git repository", "rev-parse", "--show-toplevel").rstrip("\n")
    )
    commit = _commit(folder, since)
    unrelated = (
        f"{since} and HEAD have no history in common here; fetch all of it (`git fetch --unshallow`, fetch-depth: 0)"
    )
    base = _asked(folder, unrelated, "merge-base", commit, "HEAD").strip()
    failed = "git cannot tell what changed"
    told = _asked(top, failed, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", base, "--")
    told += _asked(top, failed, "ls-files", "--others", "--exclude-standard", "-z")
    return frozenset((top / name).resolve() for name in told.split("\0") if name)


def _commit(folder: Path, revision: str) -> str:
    message = f"git knows no revision {revision!r}; name a branch, tag or commit that was fetched, such as origin/main"
    if revision.startswith("-"):
        raise UnreadableError(message)
    return _asked(folder, message, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()


def _asked(folder: Path, message: str, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="surrogateescape", check=False)  # noqa: S603 - a list, no shell
    except OSError as error:
        raise UnreadableError(f"git cannot be run ({error.strerror}); install it, or name the records") from error
    if done.returncode:
        said = (done.stderr.strip().splitlines() or [""])[0]
        raise UnreadableError(f"{message} ({said})" if said else message)
    return done.stdout
