"""The list of feeds as a reader imports it, and as other rooms name it."""

from lxml import etree

from postmortem.feeds import catalogue, opml
from tests.feeds.strategies import feeds, many
from tests.model import made

SETTINGS = made.settings(
    services=[{"id": "web-app", "name": 'Chat & "web"'}, {"id": "api", "name": "API"}],
    providers=[{"id": "example-ai", "name": "Example AI"}],
)


def test_every_feed_stands_in_it_once_and_is_there() -> None:
    files = feeds(many(2), SETTINGS)
    root = etree.fromstring(files["feeds/opml.xml"])
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    listed = [
        str(each.get("xmlUrl")).removeprefix("https://status.example.com/")
        for each in root.iter("outline")
        if each.get("xmlUrl")
    ]
    there = [path for path in files if path.startswith("feeds/") and path.endswith(".atom") and "/archive/" not in path]
    assert sorted(listed) == sorted(there)
    assert len(listed) == 3 + 2 * (2 + 4 + 4 + 1)


def test_outlines_say_what_they_are_and_stand_in_groups() -> None:
    root = etree.fromstring(opml.artifact(SETTINGS).body)
    assert [each.get("text") for each in root.findall("body/outline[outline]")] == [
        "Services",
        "Kinds of impact",
        "Severities",
        "Providers",
    ]
    first = root.find("body/outline/outline")
    assert first is not None
    assert first.get("type") == "rss"
    assert first.get("text") == 'Example AI: incidents, Chat & "web"'
    assert first.get("htmlUrl") == "https://status.example.com/services/web-app/"


def test_it_changes_with_the_catalogue_and_not_with_records() -> None:
    assert feeds(many(3), SETTINGS)["feeds/opml.xml"] == feeds([], SETTINGS)["feeds/opml.xml"]


def test_subscriptions_name_every_feed_and_the_two_files_beside() -> None:
    files, told = feeds([], SETTINGS), catalogue.subscriptions(SETTINGS)
    endings = {"opml": "xml"}
    assert {f"{each.path}.{endings.get(form, form)}" for each in told for form in each.formats} == {
        path for path in files if path not in {"history.rss", "history.atom", "feed.rss", "feed.atom"}
    }
    one = next(each for each in told if each.path == "feeds/severity/major/updates")
    assert (one.facet, one.of, one.series) == ("severity", "major", "updates")
    assert "major or worse" in one.title
