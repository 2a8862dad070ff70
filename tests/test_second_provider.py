"""A second provider comes to a site: every address that was published before stays, the rows behind figures among
them.
"""

import csv
from pathlib import Path

import pytest

from tests.command import AS_OF, run
from tests.test_renaming import name
from tests.verify.sites import SETTINGS, record

ONE = "providers: [{id: example-ai, name: Example AI}]\n"
TWO = "providers: [{id: example-ai, name: Example AI}, {id: other-ai, name: Other AI}]\n"
FIRST, SECOND = name(record(4)), name(record(11))


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`0` is the site of one provider, `1` of the same and another."""
    folder = tmp_path_factory.mktemp("providers")
    (folder / "incidents").mkdir()
    for number in range(5):
        put(folder, number, "example-ai")
    build(folder, "0", ONE)
    put(folder, 11, "other-ai")
    build(folder, "1", TWO)
    return folder


def put(folder: Path, number: int, provider: str) -> None:
    text = record(number).replace("services:", f"provider: {provider}\nservices:", 1)
    (folder / "incidents" / f"{name(text)}.yaml").write_text(text, encoding="utf-8")


def build(folder: Path, out: str, providers: str) -> None:
    (folder / "postmortem.yml").write_text(SETTINGS.replace("services:\n", f"{providers}services:\n"), encoding="utf-8")
    run("lint", "--fix", "--as-of", AS_OF, cwd=folder, check=False)
    run("build", "--no-cache", "--out", out, "--as-of", AS_OF, cwd=folder)


def table(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


def test_what_was_published_before_is_still_there(sites: Path) -> None:
    judged = run("verify", "1", "--against", "0", "--as-of", AS_OF, cwd=sites, check=False)
    assert judged.returncode == 0, judged.stdout


def test_the_rows_of_the_whole_site_are_those_of_each_provider_under_its_name(sites: Path) -> None:
    files = sorted(path.relative_to(sites / "0") for path in (sites / "0" / "metrics").rglob("*.csv"))
    assert len(files) > 20
    for path in files:
        columns, _ = table(sites / "0" / path)
        header, rows = table(sites / "1" / path)
        assert header == [*columns, "provider"]
        assert len(set(header)) == len(header)
        place = path.relative_to("metrics")
        parts = {each: sites / "1" / "metrics" / each / place for each in ("example-ai", "other-ai")}
        told = {each: table(file) for each, file in parts.items() if file.exists()}
        assert told
        assert all(own == columns for own, _ in told.values())
        assert rows == [[*row, whose] for whose, (_, held) in told.items() for row in held]
    incidents = {row[0] for row in table(sites / "1" / "metrics" / "open_time.csv")[1]}
    assert {FIRST, SECOND} <= incidents
