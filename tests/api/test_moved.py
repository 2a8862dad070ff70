"""What an incident leaves where it was before: a page for people, a document for programs."""

import json

import html5lib
import pytest
import yaml

from postmortem.api import moved
from tests.model import made

SPACE = "{http://www.w3.org/1999/xhtml}"
INCIDENT = made.incident(former_ids=["2026-06-22-old", "2026-06-21-older"])


def test_every_former_id_has_both_and_no_other_id_has() -> None:
    assert [each.path for each in moved.artifacts(INCIDENT, made.settings())] == [
        "incidents/2026-06-21-older/index.html",
        "incidents/2026-06-21-older.json",
        "incidents/2026-06-21-older.yaml",
        "incidents/2026-06-22-old/index.html",
        "incidents/2026-06-22-old.json",
        "incidents/2026-06-22-old.yaml",
    ]
    assert list(moved.artifacts(made.incident(), made.settings())) == []
    assert list(moved.artifacts(made.incident(former_ids=["2026-06-23-chat"]), made.settings())) == []


@pytest.mark.parametrize("url", ["https://status.example.com/", "https://example.org/a"])
def test_a_page_sends_people_on_and_names_the_address_that_counts(url: str) -> None:
    page = next(iter(moved.artifacts(INCIDENT, made.settings(site={"url": url})))).body
    root = html5lib.parse(page, transport_encoding="utf-8")
    refresh = next(each.get("content") for each in root.iter(f"{SPACE}meta") if each.get("http-equiv") == "refresh")
    canonical = next(each.get("href") for each in root.iter(f"{SPACE}link") if each.get("rel") == "canonical")
    assert refresh == "0; url=../2026-06-23-chat/"
    assert canonical == f"{url.rstrip('/')}/incidents/2026-06-23-chat/"
    assert [each.get("href") for each in root.iter(f"{SPACE}a")] == ["../2026-06-23-chat/"]


def test_a_document_says_where_all_of_it_is_now() -> None:
    _, document, plain, *_ = moved.artifacts(INCIDENT, made.settings())
    assert json.loads(document.body) == {
        "$schema": "https://status.example.com/schemas/api-moved-1.0.schema.json",
        "schema_version": "1.0",
        "id": "2026-06-21-older",
        "state": "moved",
        "moved_to": "2026-06-23-chat",
        "url": "https://status.example.com/incidents/2026-06-23-chat/",
        "json": "https://status.example.com/incidents/2026-06-23-chat.json",
    }
    assert yaml.safe_load(plain.body) == {
        "id": "2026-06-21-older",
        "state": "moved",
        "moved_to": "2026-06-23-chat",
        "url": "https://status.example.com/incidents/2026-06-23-chat/",
        "yaml": "https://status.example.com/incidents/2026-06-23-chat.yaml",
    }
