"""Globs of hosts and links find what they mean, to its end, and no more."""

import pytest

from postmortem.lint.private import find
from postmortem.model.settings import Privacy

OWN = Privacy(internal_hosts=("db*.chat.example",), ticket_links=("https://tracker.chat.example/issue/*",))


def found(text: str, own: Privacy = OWN) -> list[tuple[str, str]]:
    return [(place.kind, text[place.start : place.end]) for place in find(text, own)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("On DB12.chat.example, at last.", ("host", "DB12.chat.example")),
        (
            "See https://tracker.chat.example/issue/12?x=1#top.",
            ("link", "https://tracker.chat.example/issue/12?x=1#top."),
        ),
        ("(tracker.chat.example/issue/12)", ("link", "tracker.chat.example/issue/12")),
        (
            "[ticket](https://example.atlassian.net/browse/OPS-1)",
            ("link", "https://example.atlassian.net/browse/OPS-1"),
        ),
        ("db3.eu1.chat.internal failed", ("host", "db3.eu1.chat.internal")),
        ("api.internal.example.com:8443 failed", ("host", "api.internal.example.com")),
    ],
)
def test_a_place_is_found_whole(text: str, place: tuple[str, str]) -> None:
    assert found(text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "https://status.example.com/incidents/1",
        "www.chat.example",
        "https://wiki.archlinux.org/title/DNS",
        "https://issues.apache.org/jira/browse/KAFKA-1",
        "settings.local.json",
        "the internal.example domain",
        "tracker.chat.example has no issue",
    ],
)
def test_public_places_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_only_settings_make_own_hosts_private() -> None:
    assert found("db12.chat.example", Privacy()) == []
