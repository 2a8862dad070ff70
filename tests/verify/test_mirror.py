"""A site by its address is judged as its folder is, and asks nobody but its own host."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.cli.commands import run_in
from tests.verify.sites import Copy


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and remembers what was asked."""

    asked: list[str]

    def do_GET(self) -> None:
        """Note it and answer."""
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Served", (Quiet,), {"asked": asked})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", asked
        finally:
            server.shutdown()
            thread.join()


def told(folder: Path, *arguments: str) -> list[str]:
    """What is said of each requirement."""
    done = run_in(folder, "verify", *arguments, "--as-of", "2026-11-23", "--jobs", "1")
    return [done.stderr, *(line for line in done.stdout.splitlines() if line.startswith(("V", "  ")))]


def test_an_address_is_judged_as_its_folder_is(sound: Path, tmp_path: Path) -> None:
    copy = Copy.of(sound, tmp_path / "copy")
    copy.swap("history/index.html", "</body>", '<a href="../nowhere/">x</a></body>')
    copy.swap("feeds/service/api/incidents.atom", "<author>", "<nobody>")
    copy.seal()
    with served(copy.folder) as (address, asked):
        found = told(tmp_path, address, "--allow-host", "127.0.0.1", "--against", str(sound))
    expected = told(tmp_path, str(copy.folder), "--against", str(sound))
    assert [line.partition(" (")[0] for line in found] == [line.partition(" (")[0] for line in expected]
    assert any("nowhere/ leads to no file" in line for line in found)
    once = [each for each in asked if each != "/robots.txt"]
    assert len(once) == len(set(once))
    assert {each.lstrip("/") for each in asked} >= {"robots.txt", "SHA256SUMS", "nowhere/"}


def test_of_an_older_copy_only_feeds_and_lists_are_asked_for(sound: Path, tmp_path: Path) -> None:
    with served(sound) as (address, asked):
        found = told(tmp_path, str(sound), "--against", address, "--allow-host", "127.0.0.1")
    assert not [line for line in found if "FAIL" in line]
    assert [line[5:9] for line in found if line.startswith("V61")] == ["pass"] * 5
    pages = [each for each in asked if each.endswith("/") and each != "/"]
    assert pages == []


def test_a_machine_of_our_own_is_asked_only_if_it_is_allowed(sound: Path, tmp_path: Path) -> None:
    with served(sound) as (address, asked):
        done = run_in(tmp_path, "verify", address)
    assert (done.returncode, asked) == (3, [])
    assert "not on the public internet" in done.stderr or "port" in done.stderr


def test_paths_of_a_stranger_stay_in_our_folder(sound: Path, tmp_path: Path) -> None:
    copy = Copy.of(sound, tmp_path / "copy")
    copy.put("SHA256SUMS", f"{'0' * 64}  ../../outside\n{'0' * 64}  /etc/passwd\n" + copy.read("SHA256SUMS"))
    with served(copy.folder) as (address, _):
        found = told(tmp_path, address, "--allow-host", "127.0.0.1")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["copy"]
    assert next(line for line in found if line.startswith("V101")).startswith("V101 FAIL")
