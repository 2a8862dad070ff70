"""The theme's templates are compiled once for many runs, unless a plugin could have changed what they become."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment
from jinja2.ext import Extension
from mkdocs.utils.templates import url_filter

from postmortem.site import precompiled


class _Foreign(Extension):
    tags = {"foreign"}  # noqa: RUF012  Jinja's own way


@pytest.fixture(autouse=True)
def _allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine that tests has chosen."""
    monkeypatch.setattr("sys.dont_write_bytecode", False)


def _made(text: str = "{{ 'a' | upper }} {{ name }}") -> Environment:
    made = Environment(loader=DictLoader({"main.html": text}), auto_reload=False)  # noqa: S701  as MkDocs does
    made.filters["url"] = url_filter
    made.add_extension("jinja2.ext.i18n")
    return made


def _rendered(environment: Environment, folder: Path) -> str:
    precompiled.keep(environment, folder)
    return environment.get_template("main.html").render(name="b")


def _kept(folder: Path) -> list[bytes]:
    return [each.read_bytes() for each in sorted((folder / "__pycache__").glob("*"))]


def test_a_second_run_finds_what_the_first_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert _rendered(_made(), tmp_path) == "A b"
    assert len(_kept(tmp_path)) == 1
    monkeypatch.delattr(Environment, "_parse")
    assert _rendered(_made(), tmp_path) == "A b"


def test_a_template_that_changed_is_compiled_anew(tmp_path: Path) -> None:
    _rendered(_made(), tmp_path)
    assert _rendered(_made("new {{ name }}"), tmp_path) == "new b"


@pytest.mark.parametrize(
    "meddle",
    [
        lambda made: made.filters.update(upper=lambda text: f"<{text}>"),
        lambda made: made.tests.update(odd=lambda number: number),
        lambda made: made.add_extension(_Foreign),
        lambda made: setattr(made, "finalize", str),
    ],
)
def test_nothing_is_kept_where_a_plugin_had_its_say(tmp_path: Path, meddle: Callable[[Environment], None]) -> None:
    _rendered(_made(), tmp_path)
    before = _kept(tmp_path)
    environment = _made("{{ 'a' | upper }}")
    meddle(environment)
    _rendered(environment, tmp_path)
    assert environment.bytecode_cache is None
    assert _kept(tmp_path) == before


def test_another_set_of_stock_extensions_is_not_believed(tmp_path: Path) -> None:
    _rendered(_made(), tmp_path)
    before = _kept(tmp_path)
    environment = _made()
    environment.add_extension("jinja2.ext.do")
    _rendered(environment, tmp_path)
    assert _kept(tmp_path) != before
