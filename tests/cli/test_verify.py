"""`postmortem verify` as people and programs call it."""

import json
from pathlib import Path

from tests.cli.commands import run_in

PAGE = '<!doctype html><title>x</title><p id="a"><a href="{}">x</a>'


def site(folder: Path, href: str) -> Path:
    (folder / "public").mkdir()
    (folder / "public" / "index.html").write_text(PAGE.format(href), encoding="utf-8")
    return folder


def test_a_sound_site_is_0_and_says_so(tmp_path: Path) -> None:
    done = run_in(site(tmp_path, "#a"), "verify", "public")
    assert done.returncode == 0
    assert "V203 pass every #id" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("public: 1 files, 4 pass, 0 fail")
    assert "\x1b" not in done.stdout


def test_a_fault_is_1_with_its_file(tmp_path: Path) -> None:
    done = run_in(site(tmp_path, "gone/"), "verify", "public")
    assert done.returncode == 1
    assert "          index.html: gone/ leads to no file of the site" in done.stdout


def test_programs_get_every_requirement(tmp_path: Path) -> None:
    done = run_in(site(tmp_path, "gone/"), "verify", "public", "--format", "json", "--as-of", "2026-11-23")
    told = json.loads(done.stdout)
    assert {key: told[key] for key in ("version", "site", "against", "as_of", "sound")} == {
        "version": 1,
        "site": "public",
        "against": None,
        "as_of": "2026-11-23",
        "sound": False,
    }
    by_code = {each["code"]: each for each in told["requirements"]}
    assert by_code["V202"]["faults"] == [{"path": "index.html", "found": "gone/ leads to no file of the site"}]
    assert by_code["V301"]["reason"] == "the site publishes no feeds"
    assert sum(told["summary"][name] for name in ("pass", "fail", "not_applicable")) == len(by_code)


def test_what_cannot_be_had_is_3(tmp_path: Path) -> None:
    for arguments in (["nowhere"], ["public", "--against", "nowhere"], ["public", "--against", "live"]):
        done = run_in(tmp_path if arguments == ["nowhere"] else _there(tmp_path), "verify", *arguments)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith("postmortem: ")


def _there(folder: Path) -> Path:
    return folder if (folder / "public").exists() else site(folder, "#a")


def test_only_a_terminals_words_are_shown(tmp_path: Path) -> None:
    done = run_in(site(tmp_path, "\x1b[31mgone/"), "verify", "public")
    assert "\x1b" not in done.stdout
