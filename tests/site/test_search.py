"""The search index: an entry for each page, in order, as HTML; a budget for all texts that no short text pays."""

import json

from postmortem.model.page import SearchEntry
from postmortem.site import search

EMPTY = json.dumps({"config": {"lang": ["en"]}, "docs": [{"location": "", "title": "Home", "text": ""}]}).encode()


def _texts(*texts: str) -> list[str]:
    entries = [(f"incidents/{number:05}/", SearchEntry("T", text)) for number, text in enumerate(texts)]
    return [each["text"] for each in json.loads(search.extend(EMPTY, entries))["docs"][:0:-1]]


def test_entries_come_after_what_was_there_in_the_order_of_paths_and_as_html() -> None:
    given = [("b/", SearchEntry('<b> & "x"', "a < b")), ("a/", SearchEntry("A", "text"))]
    held = json.loads(search.extend(EMPTY, given))
    assert held["config"] == {"lang": ["en"]}
    assert [each["location"] for each in held["docs"]] == ["", "a/", "b/"]
    assert held["docs"][2] == {"location": "b/", "title": '&lt;b&gt; &amp; "x"', "text": "a &lt; b"}


def test_incidents_stand_the_newest_first_where_their_folder_stands() -> None:
    paths = ["models/a/", "incidents/2026-06-01-a/", "incidents/2026-06-02-a/", "guide/"]
    held = json.loads(search.extend(EMPTY, [(path, SearchEntry("T", "")) for path in paths]))
    assert [each["location"] for each in held["docs"][1:]] == [paths[3], paths[2], paths[1], paths[0]]


def test_texts_within_the_budget_are_whole() -> None:
    long = "word " * 2_000
    assert _texts(long, "short") == [long, "short"]


def test_over_the_budget_the_longest_are_cut_at_a_word_and_the_short_ones_are_not() -> None:
    long, short = "word " * 100, "A short one, which says all it has to say."
    texts = _texts(*([long] * 10_000), short)
    assert texts[-1] == short
    assert all(text == texts[0] for text in texts[:-1])
    assert texts[0].endswith("word…")
    assert search.BUDGET * 0.95 < sum(map(len, texts)) <= search.BUDGET


def test_what_stands_before_a_summary_is_never_cut() -> None:
    assert search.limit([400] * 100_000) == search.FLOOR


def test_the_limit_is_what_the_short_ones_leave() -> None:
    assert search.limit([10, 1000, 1000], budget=610) == 300
    assert search.limit([10, 20, 30], budget=60) >= 30
    assert search.limit([], budget=60) == 60
