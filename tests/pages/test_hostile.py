"""Whatever stands in a text, a name or an address: pages and feed bodies show it, and nothing of it runs."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.model import record
from postmortem.model import settings as settings_model
from postmortem.model.announcement import announce
from postmortem.model.history import order
from postmortem.model.incident import Incident, publish
from postmortem.model.settings import Settings
from postmortem.model.summary import summarise
from postmortem.pages import entry, history
from postmortem.pages import incident as pages
from postmortem.yamldoc.loader import read
from tests.pages import whole

CASES = Path(__file__).parent.parent / "cases"
TEXTS = {
    *(
        "title",
        "summary",
        "text",
        "why",
        "explanation",
        "note",
        "response",
        "reason",
        "established_by",
        "use",
        "caveat",
    ),
    *("verification", "publisher", "name", "description", "source", "family", "group"),
}
LISTS_OF_TEXTS = {"during", "next_time", "went_well", "went_wrong", "lucky", "plans", "channels", "api_ids"}
ADDRESSES = {"url", "archived"}
PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></h1></textarea><svg onload=alert(1)>",
    "[x](javascript:alert(1))",
    '![x](x" onerror="alert(1))',
    "<iframe src=//evil.example></iframe>",
    "{{ 7*7 }}{% for x in y %}--8<-- 'secret'",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<!--", "]]>", "&lt;script&gt;", "<math><style><img src=x onerror=alert(1)>",
    "a\x00b\x1b\ud800\ufffe\u202e\u2028",
]  # fmt: skip
ACTIVE = {"script", "iframe", "object", "embed", "form", "input", "style", "link", "meta", "base", "math", "img"}


def _poisoned(value: Any, payload: str, address: str) -> Any:  # noqa: ANN401  plain data
    if isinstance(value, list):
        return [_poisoned(each, payload, address) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _bitten(key, each, payload, address) for key, each in value.items()}


def _bitten(key: str, value: Any, payload: str, address: str) -> Any:  # noqa: ANN401  plain data
    if key in TEXTS and isinstance(value, str):
        return f"before {payload} after"
    if key in LISTS_OF_TEXTS and isinstance(value, list):
        return [f"before {payload} after" for _ in value]
    if key in ADDRESSES and isinstance(value, str):
        return address
    return _poisoned(value, payload, address)


def _data(name: str) -> Any:  # noqa: ANN401  plain data
    document, findings = read((CASES / name).read_bytes(), name)
    assert document is not None, findings
    return document.data


def _hostile(payload: str, address: str = "javascript:alert(1)") -> tuple[Incident, Settings]:
    incident = publish(record.read(_poisoned(_data("complete.yaml"), payload, address)), date(2026, 11, 23))
    assert incident is not None
    data = _data("settings.yml")
    poisoned = _poisoned(data, payload, address) | {"site": data["site"]}
    return incident, settings_model.read(poisoned)


def _bodies(incident: Incident, settings: Settings) -> Iterator[str]:
    rows = order([summarise(incident)])
    yield pages.page(incident, settings).body
    yield whole.home(rows, settings).body
    yield from (each.body for each in history.years(rows, settings))
    things = whole.things(rows, settings)
    yield things[f"services/{incident.services[0]}/"].body
    yield things[f"models/{settings.models[0].id}/"].body
    yield entry.overview(incident, settings)
    for announcement in announce(incident):
        yield entry.body(incident, announcement, settings)


def _is_ours(node: Element) -> bool:
    """Whether it is a script of this site, and no more than that."""
    ours = re.fullmatch(r"(\.\./)*assets/[a-z]+\.js", node.get("src", ""))
    return node.tag == "script" and ours is not None and set(node.attrib) == {"src", "defer"} and not node.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_text_stays_text(payload: str, parsed: Callable[[str], Element]) -> None:
    incident, settings = _hostile(payload)
    for body in _bodies(incident, settings):
        tree = parsed(body).find("body")
        assert tree is not None
        for node in tree.iter():
            assert node.tag not in ACTIVE or _is_ours(node)
            assert not [
                name for name in node.attrib if name.startswith("on") or name in ("style", "srcdoc", "formaction")
            ]
            scheme = re.match(r"[a-z]+:", node.get("href", ""), re.IGNORECASE)
            assert scheme is None or scheme.group().lower() in ("http:", "https:", "mailto:")


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "{{ 7*7 }}", "{% x %}", "--8<-- 'y'", "<b onclick=z>"]
)
def test_a_payload_can_still_be_read(payload: str) -> None:
    incident, settings = _hostile(payload)
    for body in _bodies(incident, settings):
        assert f"before {payload} after" in html.unescape(re.sub(r"<[^>]*>", "", body))


def test_titles_descriptions_and_search_hold_no_forbidden_characters() -> None:
    incident, settings = _hostile("a\x00b\ud800\ufffe")
    page = pages.page(incident, settings)
    assert page.search is not None
    told = (page.title, page.description, page.search.title, page.search.text, *(each.text for each in page.contents))
    for text in (*told, *(entry.title(incident, each) for each in announce(incident))):
        assert not re.search("[\x00\ud800\ufffe]", text)
        text.encode("utf-8")
