"""Where readers find the feeds of a page: in its head, relative to it."""

import re

import pytest

from postmortem.site import head

PAGE = "<html><head><title>x</title></head><body></body></html>"


def found(path: str) -> list[str]:
    links = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', head.add(PAGE, path))
    assert {media for media, _ in links} == {"application/atom+xml", "application/rss+xml", "application/feed+json"}
    return [address for _, address in links]


def test_every_page_names_the_feeds_of_the_site() -> None:
    assert found("") == [
        f"feeds/{name}.{ending}"
        for name in ("updates", "incidents", "postmortems")
        for ending in ("atom", "rss", "json")
    ]
    assert found("incidents/2026-06-23-chat/")[0] == "../../feeds/updates.atom"


@pytest.mark.parametrize(
    ("path", "facet"),
    [
        ("services/web-app/", "service/web-app"),
        ("models/opus-4.8/", "model/opus-4.8"),
        ("impact/data_access/", "impact/data_access"),
        ("providers/example-ai/", "provider/example-ai"),
    ],
)
def test_the_page_of_a_facet_names_its_own_feeds_first(path: str, facet: str) -> None:
    own = [
        f"../../feeds/{facet}/{name}.{ending}"
        for name in ("updates", "incidents")
        for ending in ("atom", "rss", "json")
    ]
    assert found(path)[:6] == own
    assert len(found(path)) == 15


@pytest.mark.parametrize("path", ["services/", "history/2026/", "causes/routing/", "incidents/impact/", "impact/a/b/"])
def test_no_other_page_has_more(path: str) -> None:
    assert len(found(path)) == 9


def test_a_page_without_a_head_is_left_alone() -> None:
    assert head.add("<p>x</p>", "") == "<p>x</p>"
