"""The shipped navigation, for the pages that a project has."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.site import run, tabs
from postmortem.yamldoc.loader import read

NAV: tabs.Nav = [
    {"Now": "index.md"},
    {"Numbers": ["metrics/index.md", "transparency/index.md"]},
    {"Guide": ["guide/numbers.md", "guide/api.md"]},
    {"About": "about.md"},
]


@pytest.mark.parametrize(
    ("pages", "fitted"),
    [
        ([], []),
        (["index.md"], [{"Now": "index.md"}]),
        (["index.md", "metrics/index.md"], [{"Now": "index.md"}, {"Numbers": ["metrics/index.md"]}]),
        (
            ["guide/api.md", "guide/zoo.md", "guide/index.md", "guide/deep/a.md"],
            [{"Guide": ["guide/index.md", "guide/deep/a.md", "guide/zoo.md", "guide/api.md"]}],
        ),
        (
            ["index.md", "about.md", "legal.md", "run-books/b.md", "run-books/index.md"],
            [
                {"Now": "index.md"},
                "legal.md",
                {"Run books": ["run-books/index.md", "run-books/b.md"]},
                {"About": "about.md"},
            ],
        ),
    ],
)
def test_what_is_missing_goes_and_what_is_there_has_a_place(pages: list[str], fitted: tabs.Nav) -> None:
    assert tabs.fit(NAV, pages) == fitted


def names(nav: Sequence[Any]) -> Iterator[str]:
    for item in nav:
        for inside in [item] if isinstance(item, str) else item.values():
            yield from [inside] if isinstance(inside, str) else names(inside)


@given(st.sets(st.from_regex(r"[a-c](/[a-c]){0,2}\.md", fullmatch=True) | st.sampled_from(sorted(names(NAV)))))
def test_every_page_stands_there_once(pages: set[str]) -> None:
    assert sorted(names(tabs.fit(NAV, pages))) == sorted(pages)


def test_the_shipped_navigation_is_one() -> None:
    document, _ = read(run.DEFAULT.read_bytes(), run.DEFAULT.name)
    assert document is not None
    assert isinstance(document.data, dict)
    nav: Any = document.data["nav"]
    assert tabs.fit(nav, set(names(nav))) == nav
