"""The live preview shows the pages of the build, and builds again when something changes."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from socket import socket
from threading import Thread
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import pytest

from postmortem.site import run
from postmortem.site.supply import Wish
from tests.command import ROOT
from tests.site.configurations import PLAIN
from tests.site.fakes import ADDRESS, AS_OF, SITE, project

PLUGINS = "\nplugins: [search, postmortem]\n"
SERVE = """
import sys
from pathlib import Path
from postmortem.site import run
from postmortem.site.supply import Wish
from tests.site.fakes import AS_OF, SITE
run.serve(Wish(settings=Path(sys.argv[1])), AS_OF, int(sys.argv[2]), supply=SITE)
"""
NEAR = build_opener(ProxyHandler({}))
"""Never through a proxy: the server is on this machine."""


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """A server in a process of its own, and what it says."""

    def __init__(self, settings: Path) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}/"
        command = [sys.executable, "-u", "-c", SERVE, str(settings), str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(line)

    def says(self, words: str, seconds: float) -> bool:
        """Whether the server says these words before it has been silent for so long."""
        try:
            while words not in self._lines.get(timeout=seconds):
                pass
        except Empty:
            return False
        return True

    def end(self) -> None:
        """End the process, and wait for it."""
        self.process.kill()
        self.process.wait(timeout=20)
        self._reader.join()
        assert self.process.stderr is not None
        self.process.stderr.close()


@contextmanager
def serving(settings: Path) -> Iterator[Served]:
    served = Served(settings)
    try:
        assert served.says("Serving on", 60)
        yield served
    finally:
        served.end()


def fetch(address: str) -> str:
    with NEAR.open(address, timeout=20) as answer:
        return str(answer.read().decode("utf-8"))


def without_reloading(page: str) -> str:
    """The page without the script that MkDocs adds when it serves one."""
    head, _, rest = page.rpartition("<script>")
    return head + rest.partition("</script>")[2]


def test_the_preview_shows_what_the_build_writes(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", PLAIN + PLUGINS)
    public = run.build(Wish(settings=settings), AS_OF, tmp_path / "out", supply=SITE).out
    with serving(settings) as served:
        for page in ("", "about/", "incidents/2026-06-02-quotes/", "history/2026/"):
            built = (public / page / "index.html").read_text("utf-8").replace(ADDRESS, served.address)
            assert without_reloading(fetch(served.address + page)) == built, page
        assert fetch(f"{served.address}feeds/incidents.atom") == "<feed/>"
        with pytest.raises(HTTPError, match="404") as missing:
            fetch(f"{served.address}incidents/none/")
        missing.value.close()
    assert not (tmp_path / "p" / "public").exists()


def test_the_preview_builds_again_when_the_settings_change(tmp_path: Path) -> None:
    settings = project(tmp_path / "p", PLAIN + PLUGINS)
    with serving(settings) as served:
        for attempt in range(30):  # a change before the server has looked for the first time goes unseen
            settings.write_text(settings.read_text("utf-8") + f"# {attempt}\n", encoding="utf-8")
            if served.says("Reloading browsers", 2):
                return
    raise AssertionError("the site was not built again")
