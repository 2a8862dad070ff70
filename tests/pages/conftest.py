"""Incidents for the pages: the records of `tests/cases`, read as the builder reads them, and a strict HTML reader."""

import warnings
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest

from postmortem.corpus.decode import decode
from postmortem.model import settings as settings_model
from postmortem.model.incident import Incident, publish
from postmortem.model.settings import Settings
from postmortem.yamldoc.loader import read

CASES = Path(__file__).parent.parent / "cases"
AS_OF = date(2026, 11, 23)
NAMES = sorted(path.stem for path in CASES.glob("*.yaml"))


def _incident(name: str) -> Incident | None:
    path = CASES / f"{name}.yaml"
    decoded = decode(path.read_bytes(), path.name)
    assert decoded.record is not None, decoded.findings
    return publish(decoded.record, AS_OF)


PUBLIC = [name for name in NAMES if _incident(name) is not None]


@pytest.fixture(scope="session")
def settings() -> Settings:
    document, findings = read((CASES / "settings.yml").read_bytes(), "settings.yml")
    assert document is not None, findings
    return settings_model.read(document.data)


@pytest.fixture(scope="session")
def case() -> Callable[[str], Incident]:
    """Give the incident of a case by its file's name."""

    def given(name: str) -> Incident:
        found = _incident(name)
        assert found is not None, f"{name} is not public"
        return found

    return given


@pytest.fixture(scope="session", params=PUBLIC)
def each_case(request: pytest.FixtureRequest) -> Incident:
    found = _incident(request.param)
    assert found is not None
    return found


def parse(html: str) -> Element:
    """Read a body as a strict HTML5 parser reads it: a parse error fails the test; tags come without namespace."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree: Element = parser.parse(f"<!doctype html><html><head><title>t</title></head><body>{html}</body></html>")
    return tree


@pytest.fixture(scope="session")
def parsed() -> Callable[[str], Element]:
    return parse


@pytest.fixture(scope="session")
def changed() -> Callable[..., Any]:
    """Give a copy of a frozen value with other fields, however deep: `changed(settings, site__live=False)`."""

    def replaced(value: Any, **fields: Any) -> Any:  # noqa: ANN401  whatever struct, the same struct
        for path, new in fields.items():
            name, _, rest = path.partition("__")
            value = msgspec.structs.replace(
                value, **{name: replaced(getattr(value, name), **{rest: new}) if rest else new}
            )
        return value

    return replaced
