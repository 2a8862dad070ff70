"""SHA256SUMS is true of every file of the output, however the file came there, and GNU coreutils can read it."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.records import write
from postmortem.site import checksums
from postmortem.site.output import MARKER, Output, _turn
from tests.command import AS_OF, run, tree


def sums(folder: Path) -> dict[str, str]:
    lines = (folder / checksums.PATH).read_text(encoding="utf-8").splitlines()
    return {path: digest for digest, path in (line.split("  ", 1) for line in lines)}


def published(folder: Path) -> dict[str, str]:
    return {path: digest for path, digest in tree(folder).items() if path not in (MARKER, checksums.PATH)}


@pytest.mark.parametrize("how", [["--jobs", "1"], ["--jobs", "2"], ["--data-only"]])
def test_every_file_has_its_line_and_no_other_has(tmp_path: Path, how: list[str]) -> None:
    write(tmp_path, 70)
    run("build", "--as-of", AS_OF, "--out", tmp_path / "out", *how, cwd=tmp_path)
    assert sums(tmp_path / "out") == published(tmp_path / "out")
    assert list(sums(tmp_path / "out")) == sorted(sums(tmp_path / "out"))
    if program := shutil.which("sha256sum"):
        subprocess.run([program, "--check", "--strict", "--quiet", checksums.PATH], cwd=tmp_path / "out", check=True)


def test_a_second_build_with_a_record_less_says_what_is_there_now(tmp_path: Path) -> None:
    write(tmp_path, 3)
    for _ in range(2):
        run("build", "--as-of", AS_OF, "--data-only", cwd=tmp_path)
        assert sums(tmp_path / "public") == published(tmp_path / "public")
        next(iter(sorted((tmp_path / "incidents").rglob("*.yaml")))).unlink()


def test_what_others_wrote_and_what_was_replaced_count_as_they_are(tmp_path: Path) -> None:
    output = Output(tmp_path / "out")
    (output.staging / "theme.css").write_bytes(b"old")
    output.adopt()
    output.put("a.txt", b"1")
    output.replace("theme.css", b"new")
    output.account("b.txt", written=output.write("b.txt", b"2"), digest=checksums.digest(b"2"))
    output.put(checksums.PATH, checksums.write(output.digests))
    output.commit()
    assert sums(tmp_path / "out") == {
        name: hashlib.sha256(body).hexdigest()
        for name, body in (("a.txt", b"1"), ("b.txt", b"2"), ("theme.css", b"new"))
    }


def test_the_sums_move_into_place_after_everything_they_are_about() -> None:
    paths = [checksums.PATH, "index.html", "feeds", "zebra", "sitemap.xml"]
    assert max(paths, key=_turn) == checksums.PATH
