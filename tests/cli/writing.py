"""A project to write in, a terminal to ask at, and what is left when a command is done."""

import contextlib
import os
import pty
import select
import signal
import subprocess
import time
from pathlib import Path

from tests.cli.commands import COMMAND, SETTINGS, environment, postmortem

PUBLISH = ("--publish", "--severity", "major", "--service", "web-app", "--text", "Chats fail to load.")
MORE = """\
  - {id: mobile-app, name: Mobile apps}
models: [{id: opus-4.8, name: Opus 4.8}]
"""


def project(folder: Path, more: str = "") -> Path:
    """A folder with settings and no record yet."""
    settings = SETTINGS.replace("services: [{id: web-app, name: Chat on the web}]\n", "services:\n")
    text = f"{settings}  - {{id: web-app, name: Chat on the web}}\n{MORE}{more}"
    (folder / "postmortem.yml").write_text(text, encoding="utf-8")
    (folder / "incidents").mkdir()
    return folder


def published(folder: Path, title: str = "Chat fails to load") -> Path:
    """A public record, begun by command; gives its file."""
    before = set(folder.glob("incidents/*/*.yaml"))
    done = postmortem(folder, "new", title, *PUBLISH)
    assert done.returncode == 0, done.stderr
    (path,) = set(folder.glob("incidents/*/*.yaml")) - before
    return path


def files(folder: Path) -> dict[str, bytes]:
    """Every file below."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Terminal:
    """The command at a terminal: what it prints is read until it asks, then it is answered."""

    def __init__(self, folder: Path, *arguments: str, **more: str) -> None:
        self._ours, theirs = pty.openpty()
        self.said = self._rest = ""
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=folder,
            env=environment(TERM="xterm", **more),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def until(self, words: str) -> str:
        """Read on until the words come; gives what came since the last time."""
        deadline = time.monotonic() + 60
        while words not in self._rest:
            assert time.monotonic() < deadline, self._rest
            part = self._read()
            assert part, f"{words!r} never came: {self._rest}"
            self._rest += part
        came, self._rest = self._rest.split(words, 1)
        return came

    def type(self, words: str) -> None:
        """Type a line."""
        os.write(self._ours, f"{words}\n".encode())

    def interrupt(self) -> None:
        """What a person at a terminal does: Ctrl-C, and again where it fell between the question and the reading."""
        for _ in range(60):
            os.killpg(self.process.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                return

    def end(self) -> int:
        """Read what is left; gives the exit code."""
        while self._read():
            pass
        os.close(self._ours)
        return self.process.wait(60)

    def _read(self) -> str:
        with contextlib.suppress(OSError):
            if select.select([self._ours], [], [], 60)[0]:
                part = os.read(self._ours, 65536).decode().replace("\r\n", "\n")
                self.said += part
                return part
        return ""
