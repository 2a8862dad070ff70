"""The workflows that we publish with, judged by the tools that judge workflows.

In: `.github/` and `.gitlab-ci.yml` as they stand. zizmor (offline, pedantic) looks for ways in: floating actions,
rights that nobody needs, kept credentials, templates in scripts. check-jsonschema brings both services' own schemas.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))

SCHEMAS = [
    *(("vendor.github-workflows", path) for path in WORKFLOWS),
    ("vendor.dependabot", ROOT / ".github" / "dependabot.yml"),
    ("vendor.gitlab-ci", ROOT / ".gitlab-ci.yml"),
]

FLOATING = """\
on: pull_request_target
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@main
      - run: echo "${{ github.event.pull_request.title }}"
"""


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([TOOLS / tool, *arguments], capture_output=True, text=True, check=False, timeout=60)


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    return run("zizmor", "--offline", "--no-progress", "--persona", "pedantic", *paths)


def test_both_workflows_are_there() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "publish.yml"]


def test_zizmor_has_nothing_to_say() -> None:
    verdict = zizmor(ROOT / ".github")
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_zizmor_would_have_said_something(tmp_path: Path) -> None:
    unsafe = tmp_path / ".github" / "workflows" / "unsafe.yml"
    unsafe.parent.mkdir(parents=True)
    unsafe.write_text(FLOATING, encoding="utf-8")
    verdict = zizmor(unsafe)
    assert verdict.returncode != 0
    for audit in ("dangerous-triggers", "unpinned-uses", "template-injection", "artipacked", "excessive-permissions"):
        assert audit in verdict.stdout


@pytest.mark.parametrize(("schema", "path"), SCHEMAS, ids=lambda value: getattr(value, "name", value))
def test_the_service_understands_the_file(schema: str, path: Path) -> None:
    verdict = run("check-jsonschema", "--builtin-schema", schema, path)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_commit_and_names_its_version(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    uses = [line.partition("uses:")[2].strip() for line in lines if "uses:" in line]
    assert uses
    for use in uses:
        reference, _, version = use.partition(" # ")
        assert len(reference.rpartition("@")[2]) == 40, use
        assert version.startswith("v"), use


def test_pages_are_published_with_their_dot_files() -> None:
    assert "include-hidden-files: true" in (ROOT / ".github" / "workflows" / "publish.yml").read_text(encoding="utf-8")
