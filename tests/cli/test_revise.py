"""`postmortem revise`: what changed since it was published."""

from pathlib import Path

from postmortem.corpus import ledger
from tests.cli.commands import run_in
from tests.cli.writing import files, project, published


def test_a_hand_edit_is_told_to_readers_with_the_facets_it_brought(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[web-app]", "[web-app, mobile-app]"), encoding="utf-8")
    done = run_in(tmp_path, "revise", path.stem, "--kind", "material", "--summary", "The mobile apps failed, too.")
    assert done.returncode == 0
    assert "r2 says that the record now concerns service/mobile-app\n" in done.stderr
    assert "adds" in path.read_text(encoding="utf-8")
    assert "service/mobile-app" in ledger.read(tmp_path / "ledger.jsonl")[path.stem].facets


def test_a_draft_is_published_by_its_first_revision(tmp_path: Path) -> None:
    run_in(project(tmp_path), "new", "Chat failed to load", "--service", "web-app")
    (path,) = tmp_path.glob("incidents/*/*.yaml")
    draft = path.read_text(encoding="utf-8")
    refused = run_in(tmp_path, "revise", path.stem, "--kind", "initial", "--summary", "First published.")
    assert (refused.returncode, path.read_text(encoding="utf-8")) == (1, draft)
    assert "PM214" in refused.stderr  # nothing of the draft's timeline is public yet
    path.write_text(draft.replace("public: false, text: Record begun.", "text: Chat failed."), encoding="utf-8")
    done = run_in(tmp_path, "revise", path.stem, "--kind", "initial", "--summary", "First published.")
    assert done.returncode == 0
    assert "record: published  " in path.read_text(encoding="utf-8")
    assert set(ledger.read(tmp_path / "ledger.jsonl")[path.stem].entries) == {"n1", "r1"}
    assert run_in(tmp_path, "lint", "--strict").returncode == 0


def test_what_cannot_be_is_a_usage_error(tmp_path: Path) -> None:
    path = published(project(tmp_path))
    before = files(tmp_path)
    assert run_in(tmp_path, "revise", path.stem, "--kind", "initial", "--summary", "x").returncode == 2
    assert run_in(tmp_path, "revise", path.stem, "--kind", "retraction", "--summary", "x").returncode == 2
    assert run_in(tmp_path, "revise", path.stem, "--kind", "material").returncode == 2
    assert files(tmp_path) == before
