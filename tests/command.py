"""The command, started as a user starts it: a process of its own, so that zone, locale, seed and folder are
others.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-11-23"


def run(
    *arguments: str | Path, cwd: Path, environment: dict[str, str] | None = None, check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run `postmortem ARGUMENTS` in `cwd`, in the caller's environment less what steers the as-of date, plus
    `environment`.
    """
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    done = subprocess.run(
        [sys.executable, "-m", "postmortem.cli", *map(str, arguments)],
        cwd=cwd,
        env=inherited | {"PYTHONWARNINGS": "error::ResourceWarning"} | (environment or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if check and done.returncode != 0:
        message = f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
        raise AssertionError(message)
    return done


def tree(folder: Path) -> dict[str, str]:
    """Every file below the folder with the digest of its bytes: equal trees are equal sites."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
