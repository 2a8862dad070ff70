"""The sites that are looked at: this repository's own (an observer's), the invented provider's, and one of every state
that a record can be in (tests/cases: several providers, drafts, embargoes, withdrawn, backfilled, maintenance).

In: an empty folder. Out: the built sites below it, and which of their pages stand for each kind.
"""

import re
import shutil
from pathlib import Path

from tests.command import AS_OF, ROOT, run

OPEN_DAY = "2026-07-16"
"""A day on which an incident of the example provider is open."""


def build(folder: Path) -> dict[str, Path]:
    """The folder of each site, by its name."""
    states = folder / "states-project"
    _states(states)
    for name, project in (("observer", ROOT), ("states", states)):
        run("build", "--as-of", AS_OF, "--no-cache", "--out", folder / name, cwd=project)
    return {"observer": folder / "observer", "provider": provider(folder), "states": folder / "states"}


def provider(folder: Path) -> Path:
    """The folder of the example provider's site alone."""
    project = folder / "provider-project"
    shutil.copytree(ROOT / "examples/provider", project, ignore=shutil.ignore_patterns("public", ".postmortem*"))
    run("build", "--as-of", OPEN_DAY, "--no-cache", "--out", folder / "provider", cwd=project)
    return folder / "provider"


def _states(project: Path) -> None:
    (project / "cases").mkdir(parents=True)
    cases = ROOT / "tests/cases"
    shutil.copy(cases / "settings.yml", project / "postmortem.yml")
    shutil.copy(cases / "denied-names.txt", project)
    for source in sorted(cases.glob("*.yaml")):
        found = re.search(r"(?m)^id: (\S+)$", source.read_text("utf-8"))
        assert found is not None, source
        shutil.copy(source, project / f"cases/{found[1]}.yaml")


def kinds(site: Path) -> list[str]:
    """The paths of pages of a built site: every nav page and list, every incident, and one of each other kind."""
    pages = sorted(page.parent.relative_to(site).as_posix() + "/" for page in site.rglob("index.html"))
    pages = ["" if each == "./" else each for each in pages if leads_to(site / each / "index.html") is None]
    few = ("services/", "models/", "impact/", "causes/", "providers/", "guide/rules/", "history/")
    shown = [each for each in pages if not any(each.startswith(one) and each != one for one in few)]
    for folder in few:
        below = [each for each in pages if each.startswith(folder) and each != folder]
        shown += [max(below, key=lambda path: (site / path / "index.html").stat().st_size)] if below else []
    return shown


def leads_to(page: Path) -> str | None:
    """The id of the incident that a page only leads on to: it lies at the address of an id that changed."""
    found = re.search(r'http-equiv="?refresh"? content="0; url=\.\./([^/"]+)/"', page.read_text("utf-8"))
    return found[1] if found is not None else None
