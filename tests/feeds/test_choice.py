"""Which feed an incident and its announcements stand in: facets, what `adds` brings into one, postmortems."""

from datetime import timedelta

import pytest
from hypothesis import given

from postmortem.feeds import choice, facets
from postmortem.feeds.choice import Listed
from postmortem.feeds.entries import live
from postmortem.model.history import History
from tests.feeds.strategies import SETTINGS, Data, corpora, many, published, time
from tests.model import made


def told(corpus: list[Data], facet: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The entries of a facet's updates, and the incidents of its other feed with their dates; newest first."""
    history, _ = published(corpus)
    known = choice.facets(history)
    updates = choice.by_facet(choice.updates(history), known).get(facet, [])
    incidents = choice.by_facet(choice.incidents(history), known).get(facet, [])
    return [each.entry for each in updates], [(each.incident, f"{each.date:%m-%dT%H:%M}") for each in incidents]


def incident(**changes: object) -> Data:
    """An incident whose second revision brings it into two facets."""
    return made.data(
        severity="critical",
        services=["web-app", "api"],
        impact=made.impact(data_access=made.affected(models=["opus-4.8"])),
        timeline=[made.update("u1", "2026-06-23T14:47Z"), made.update("u2", "2026-06-25T10:00Z")],
        revisions=[
            made.revision(1, "2026-06-23T14:47Z"),
            made.revision(2, "2026-06-24T09:00Z", "material") | {"adds": ["impact/data_access", "severity/critical"]},
        ],
        **changes,
    )


def test_a_facet_takes_the_revision_that_brought_the_incident_into_it_and_nothing_older() -> None:
    for facet in ("impact/data_access", "severity/critical"):
        assert told([incident()], facet) == (["u2", "r2"], [("2026-06-23-chat", "06-24T09:00")])
    for facet in ("service/api", "severity/major", "severity/none", "model/opus-4.8"):
        assert told([incident()], facet) == (["u2", "r2", "u1"], [("2026-06-23-chat", "06-23T14:47")])
    assert told([incident()], "service/elsewhere") == ([], [])


def test_an_editorial_join_takes_the_update_of_its_instant_and_makes_no_entry() -> None:
    joined = made.revision(2, "2026-06-25T10:00Z", "editorial") | {"adds": ["impact/data_access"]}
    record = incident() | {"revisions": [made.revision(1, "2026-06-23T14:47Z"), joined]}
    assert told([record], "impact/data_access") == (["u2"], [("2026-06-23-chat", "06-25T10:00")])


def test_a_facet_added_twice_loses_nothing_that_its_feed_had() -> None:
    record = incident()
    again = made.revision(3, "2026-06-26T09:00Z", "material") | {"adds": ["impact/data_access"]}
    record["revisions"] = [*record["revisions"], again]
    assert told([record], "impact/data_access")[0] == ["r3", "u2", "r2"]


def test_an_incident_that_came_late_into_a_full_facet_is_new_there_on_that_day() -> None:
    crowd = many(150)
    late = made.revision(2, time(150 * 360), "material") | {"adds": ["severity/major"]}
    crowd[0]["revisions"] = [*crowd[0]["revisions"], late]
    _, incidents = told(crowd, "severity/major")
    assert incidents[0][0] == "2026-01-01-incident-0"
    assert told(crowd, "severity/minor")[1][-1][0] != "2026-01-01-incident-0"
    assert len(incidents) == len(set(incidents)) == 121


def test_a_severity_is_this_or_worse() -> None:
    history, _ = published([made.data(severity="minor")])
    assert sorted(key for key, _ in facets.of_row(history.rows[0]) if key.startswith("severity")) == [
        "severity/minor",
        "severity/none",
    ]


def test_only_an_affected_class_names_models_for_a_facet() -> None:
    spared = {"state": "not_affected", "models": ["opus-4.8"]}
    history, _ = published([made.data(impact=made.impact(authentication=spared))])
    assert not any(key.startswith(("model/", "impact/")) for key, _ in facets.of_row(history.rows[0]))


@given(corpora())
def test_dealing_out_chooses_what_looking_at_each_facet_alone_would(corpus: list[Data]) -> None:
    history, _ = published(corpus)
    known = choice.facets(history)
    dealt = choice.by_facet(choice.updates(history), known)
    for facet in facets.of_site(SETTINGS):
        assert dealt.get(facet.key, []) == choice.newest(alone(history, facet.key))


def alone(history: History, facet: str) -> list[Listed]:
    found = []
    for row in history.rows:
        for key, since in facets.of_row(row):
            if key == facet:
                kept = [each for each in live(row) if since is None or each.published >= since]
                found += [Listed(each.published, each.incident, each.entry, each) for each in kept]
    return sorted(found, reverse=True)


def test_a_feed_holds_fifty_or_thirty_days() -> None:
    start = made.utc("2026-06-23T00:00Z")
    sparse = [Listed(start - timedelta(days=2 * number), "x", f"u{number}") for number in range(200)]
    dense = [Listed(start - timedelta(hours=number), "x", f"u{number}") for number in range(2000)]
    assert len(choice.newest(sparse)) == choice.NEWEST
    assert len(choice.newest(dense)) == 30 * 24 + 1
    assert choice.newest([]) == []


FINISHED = {"state": "published", "published": "2026-06-26T09:00Z"}


FIRST = made.revision(1, "2026-06-23T14:47Z")


@pytest.mark.parametrize(
    ("revisions", "expected"),
    [
        ([FIRST, made.revision(2, "2026-06-27T09:00Z", "postmortem")], ("r2", 27)),
        ([FIRST], ("", 26)),
        ([made.revision(1, "2026-06-29T14:47Z")], ("", 29)),
    ],
)
def test_a_finished_postmortem_is_listed_when_it_became_public(
    revisions: list[Data], expected: tuple[str, int]
) -> None:
    history, _ = published([made.data(postmortem=FINISHED, revisions=revisions)])
    (listed,) = choice.postmortems(history)
    assert (listed.entry, listed.date.day) == expected


@pytest.mark.parametrize("state", ["none", "promised", "draft", "not_planned"])
def test_an_unfinished_postmortem_is_not_listed(state: str) -> None:
    history, _ = published([made.data(postmortem={"state": state})])
    assert choice.postmortems(history) == []
