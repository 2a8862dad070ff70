"""Whatever stands in a text, a name or an address: pages and feed bodies show it, and nothing of it runs."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest

from postmortem.feeds.catalogue import subscriptions
from postmortem.metrics import numbers
from postmortem.metrics.scope import scopes
from postmortem.model import record
from postmortem.model import settings as settings_model
from postmortem.model.announcement import announce
from postmortem.model.history import order
from postmortem.model.incident import Incident, publish
from postmortem.model.settings import Settings
from postmortem.model.summary import summarise
from postmortem.pages import entry, history, subscribe
from postmortem.pages import incident as pages
from postmortem.pages import metrics as metrics_page
from postmortem.schema import registry
from postmortem.schema.registry import SchemaKind
from postmortem.yamldoc.loader import read
from tests.pages import payloads, whole

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
OUR_FORM = {("form", "pm-filters"), ("input", "pm-field")}
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
    yield history.page(rows, settings).body
    yield from (each.body for each in history.years(rows, settings))
    things = whole.things(rows, settings)
    yield things[f"services/{incident.services[0]}/"].body
    yield things[f"models/{settings.models[0].id}/"].body
    yield subscribe.page(subscriptions(settings), settings).body
    counted = numbers.of(scopes(rows, settings, whole.AS_OF))
    yield metrics_page.page(counted, rows, settings).body
    yield entry.overview(incident, settings)
    for announcement in announce(incident):
        yield entry.body(incident, announcement, settings)


def _is_ours(node: Element) -> bool:
    """Whether it is a script of this site, and no more than that."""
    ours = re.fullmatch(r"(\.\./)*assets/[a-z]+\.js", node.get("src", ""))
    return node.tag == "script" and ours is not None and set(node.attrib) == {"src", "defer"} and not node.text


def _passive(body: str, parsed: Callable[[str], Element]) -> Element:
    """The body as a browser reads it, once it is sure that nothing of it runs, loads or dresses."""
    tree = parsed(body).find("body")
    assert tree is not None
    for node in tree.iter():
        if node.tag == "script":
            assert re.fullmatch(r"(\.\./)*assets/[a-z]+\.js", node.get("src", "")), node.attrib
            assert not node.text
            continue
        assert node.tag not in ACTIVE or (node.tag, node.get("class")) in OUR_FORM
        names = [name for name in node.attrib if name.startswith("on") or name in ("srcdoc", "formaction", "autofocus")]
        assert not names
        assert re.fullmatch(r"(--pm-[a-z]+: ?[-\d.]+%?;? ?)*", node.get("style", ""))
        scheme = re.match(r"[a-z]+:", node.get("href", ""), re.IGNORECASE)
        assert scheme is None or scheme.group().lower() in ("http:", "https:", "mailto:")
    return tree


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_in_every_text_stays_text(payload: str, parsed: Callable[[str], Element]) -> None:
    for body in _bodies(*_hostile(payload)):
        _passive(body, parsed)


def _everywhere(data: Any, kind: SchemaKind, text: str, address: str) -> Any:  # noqa: ANN401  plain data
    """The data with this text wherever the schema leaves words free, and this address where it takes nothing else."""
    valid = registry.deciding(kind).is_valid
    words = payloads.allowed(data, "<b> x", valid)
    for place in payloads.allowed(data, payloads.URLS[0], valid):
        data = payloads.put(data, place, text if place in words else address)
    return data


def test_the_schema_leaves_words_and_addresses_free_where_it_should() -> None:
    for name, kind, words, addresses in (("complete.yaml", "incident", 35, 3), ("settings.yml", "settings", 20, 5)):
        changed = _everywhere(_data(name), kind, "WORDS", "ADDRESS")  # type: ignore[arg-type]
        told = [payloads.at(changed, place) for place in payloads.places(changed)]
        assert told.count("WORDS") > words
        assert told.count("ADDRESS") >= addresses


@pytest.mark.parametrize(("number", "text"), list(enumerate(payloads.texts(3000))))
def test_two_hundred_payloads_wherever_the_schema_lets_them_stay_text(
    number: int, text: str, parsed: Callable[[str], Element]
) -> None:
    assert len(payloads.PAYLOADS) > 200
    address = payloads.URLS[number % len(payloads.URLS)]
    incident = publish(record.read(_everywhere(_data("complete.yaml"), "incident", text, address)), whole.AS_OF)
    settings = settings_model.read(_everywhere(_data("settings.yml"), "settings", text, address))
    assert incident is not None
    read = [_passive(body, parsed) for body in _bodies(incident, settings)]
    titles = ["".join(title.itertext()) for title in read[0].iter("h1")]
    assert titles == [" ".join(text.split())]


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
