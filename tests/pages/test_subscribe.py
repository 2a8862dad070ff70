"""The subscribe page prints every feed of the list, at the address at which it lies, and nothing else."""

import html
import re

import msgspec

from postmortem.feeds.catalogue import subscriptions
from postmortem.model.settings import Model, Provider, Settings, address
from postmortem.pages.subscribe import page

ONE = (Provider(id="a", name="Example AI"),)


def body(settings: Settings) -> str:
    return page(subscriptions(settings), settings).body


def test_every_file_of_every_feed_is_linked_once_at_least(settings: Settings) -> None:
    settings = msgspec.structs.replace(settings, providers=ONE)
    found = set(re.findall(r'href="\.\./([^"]+)"', body(settings)))
    files = {
        each.file(form)
        for each in subscriptions(settings)
        for form in each.formats
        if each.facet != "provider" and form not in ("ics", "opml")
    }
    assert found == files | {"guide/api/"}


def test_an_address_to_copy_is_whole_and_is_one_of_the_site(settings: Settings) -> None:
    copied = [html.unescape(each) for each in re.findall(r'<p class="pm-copy"><code>(.*?)</code>', body(settings))]
    files = {address(settings, each.file(form)) for each in subscriptions(settings) for form in each.formats}
    for each in copied:
        told = each.split()[-1]
        assert told in files | {address(settings, "api/v2/summary.json")}
    assert address(settings, "feeds/opml.xml") in copied
    assert address(settings, "calendar.ics") in copied
    assert f"/feed subscribe {address(settings, 'feeds/updates.rss')}" in copied


def test_a_site_about_one_provider_does_not_list_it_again(settings: Settings) -> None:
    one = msgspec.structs.replace(settings, providers=ONE)
    two = msgspec.structs.replace(one, providers=(*one.providers, Provider(id="b", name="Other AI")))
    assert "One provider" not in body(one)
    assert "Other AI" in body(two)
    assert "provider/b/updates.rss" in body(two)


def test_severities_say_that_worse_ones_are_meant(settings: Settings) -> None:
    settings = msgspec.structs.replace(settings, providers=ONE)
    names = re.findall(r'<th scope="row">(.*?)</th>', body(settings))
    assert names[-4:] == ["Any severity", "Minor or worse", "Major or worse", "Critical"]


def test_names_of_the_catalogue_are_text(settings: Settings) -> None:
    odd = msgspec.structs.replace(settings, models=(Model(id="m", name='<img src=x onerror="alert(1)">'),))
    assert "<img" not in body(odd)
    assert "&lt;img src=x" in body(odd)


def test_an_archive_says_that_it_is_one(settings: Settings) -> None:
    archive = msgspec.structs.replace(settings, site=msgspec.structs.replace(settings.site, live=False))
    assert "This site is an archive" in body(archive)
    live = msgspec.structs.replace(settings, site=msgspec.structs.replace(settings.site, live=True))
    assert "This site is an archive" not in body(live)
