"""The requirements, in order. A new one gets the next free number of its hundred; a number is never used for anything
else again.
"""

from typing import Final

from postmortem.verify import archives, feed_form, files, identity, shapes, statuspage
from postmortem.verify.requirement import Part, Requirement
from postmortem.verify.site import ABOUT, SUMS
from postmortem.verify.survey import INDEX


def _file(path: str) -> Part:
    return Part(f"the site publishes no {path}", lambda seen: path in seen.site.paths)


FILES: Final = Part("the site publishes nothing", lambda seen: seen.facts)
SUMMED: Final = _file(SUMS)
PAGES: Final = Part("the site publishes no pages", lambda seen: any(each.endswith(".html") for each in seen.facts))
FEEDS: Final = Part("the site publishes no feeds", lambda seen: seen.feeds)
ARCHIVES: Final = Part("the site publishes no archives of its feeds", archives.there)
WALK: Final = _file("feeds/updates.atom")
SCHEMAS: Final = Part("the site publishes no schemas", lambda seen: seen.schemas or seen.faulty)
DOCUMENTS: Final = Part("the site publishes no JSON", lambda seen: seen.documents)
LISTED: Final = _file(INDEX)
TREE: Final = Part("the site publishes no Statuspage tree", statuspage.there)
OLDER: Final = Part("no older copy was named (--against)", lambda seen: seen.older)
BADGES: Final = Part("the site publishes no badges", lambda seen: any(each.startswith("badge/") for each in seen.facts))
COPIES: Final = Part(
    "the site publishes no feeds at its root", lambda seen: any("/" not in each for each in seen.feeds)
)

REQUIREMENTS: Final = (
    Requirement("V101", "every file that SHA256SUMS lists is there, with that digest", SUMMED, files.digests),
    Requirement("V102", "SHA256SUMS lists every file", SUMMED, files.summed),
    Requirement("V103", "SHA256SUMS has one sum and path a line, sorted by path", SUMMED, files.sums_form),
    Requirement("V104", "nothing private stands in JSON or YAML", DOCUMENTS, files.private_keys),
    Requirement("V201", "every page is HTML", PAGES, files.pages_read),
    Requirement("V202", "every link of a page into the site leads to a file", PAGES, files.page_links),
    Requirement("V203", "every #id that a page links to is on the page it leads to", PAGES, files.page_anchors),
    Requirement("V204", "an id stands on a page once", PAGES, files.page_ids),
    Requirement("V205", "sitemap.xml lists each page once, and each is there", _file(files.SITEMAP), files.sitemap),
    Requirement("V206", "index.txt lists files that are there, sorted", _file(files.INDEX), files.index),
    Requirement("V207", "changes.csv lists what index.txt lists, newest first", _file(files.CHANGES), files.changes),
    Requirement(
        "V208", "every address in .well-known/postmortem.json leads to a file", _file(ABOUT), files.about_links
    ),
    Requirement("V209", "every address in other JSON leads to a file", DOCUMENTS, files.document_links),
    Requirement("V210", "the OPML is well-formed, and every feed in it is there", _file(files.OPML), files.opml),
    Requirement("V301", "every feed can be read", FEEDS, feed_form.well_formed),
    Requirement("V302", "every feed and entry has what its format demands", FEEDS, feed_form.complete),
    Requirement("V303", "an entry's id stands in a feed once", FEEDS, feed_form.unique),
    Requirement("V304", "every date of a feed is one of its format", FEEDS, feed_form.dated),
    Requirement("V305", "no entry is dated in the future", FEEDS, feed_form.not_ahead),
    Requirement("V306", "entries are newest first", FEEDS, feed_form.newest_first),
    Requirement("V307", "a feed was updated when its newest entry was", FEEDS, feed_form.updated),
    Requirement("V308", "every link of a feed is absolute", FEEDS, feed_form.absolute),
    Requirement(
        "V309", "every link of a feed into the site leads to a file, and its #id is there", FEEDS, files.feed_links
    ),
    Requirement("V310", "nothing in an entry's body runs or dresses its reader", FEEDS, feed_form.passive),
    Requirement("V311", "no feed is larger than 512,000 bytes", FEEDS, feed_form.small),
    Requirement("V312", "a feed holds its newest 50, or 30 days, or what fits", FEEDS, feed_form.fifty),
    Requirement("V313", "all formats of a feed hold the same entries and dates", FEEDS, feed_form.same),
    Requirement("V314", "feeds at the root are copies of those below /feeds/", COPIES, feed_form.copies),
    Requirement("V401", "archives, and only they, are marked as archives of a feed", ARCHIVES, archives.marked),
    Requirement("V402", "the walk through prev-archive meets every archive and can return", ARCHIVES, archives.linked),
    Requirement("V403", "the walk meets every entry exactly once", WALK, archives.once),
    Requirement("V404", "the walk meets every public update of every incident", WALK, archives.all_told),
    Requirement("V501", "every published schema is a JSON Schema", SCHEMAS, shapes.schemas),
    Requirement("V502", "every JSON and YAML document can be read", DOCUMENTS, shapes.readable),
    Requirement("V503", "every JSON document names a schema that is published", DOCUMENTS, shapes.named),
    Requirement("V504", "every JSON document keeps to its schema", SCHEMAS, shapes.valid),
    Requirement("V505", "every public YAML record keeps to its schema", SCHEMAS, shapes.valid_yaml),
    Requirement("V506", "incidents as JSON, JSON Lines and CSV are the same", LISTED, shapes.alike),
    Requirement("V507", "calendar.ics keeps to RFC 5545", _file(shapes.CALENDAR), shapes.calendar),
    Requirement("V508", "metrics.prom keeps to OpenMetrics", _file(shapes.METRICS), shapes.metrics),
    Requirement("V509", "every badge is SVG with a title", BADGES, shapes.badges),
    Requirement("V601", "an incident's id is its own, now and before", LISTED, identity.unique),
    Requirement(
        "V602", "every incident has its page, JSON and YAML; every former id leads on", LISTED, identity.standing
    ),
    Requirement("V603", "the index lists every incident that has a document", LISTED, identity.listed),
    Requirement("V604", "what the published ledger promises is there", _file(identity.LEDGER), identity.promised),
    Requirement("V611", "no incident's id of the older copy is gone", OLDER, identity.kept_ids),
    Requirement("V612", "no address of the older copy is gone", OLDER, identity.kept_addresses),
    Requirement("V613", "no entry of the older copy is gone", OLDER, identity.kept_entries),
    Requirement("V614", "no entry's date moved since the older copy", OLDER, identity.kept_dates),
    Requirement("V615", "full archives have the bytes of the older copy, but for redactions", OLDER, identity.frozen),
    Requirement("V701", "every document of the Statuspage tree is there, with every key", TREE, statuspage.whole),
    Requirement("V702", "the Statuspage summary agrees with the other documents", TREE, statuspage.agreeing),
    Requirement("V703", "unresolved incidents are those that are not over", TREE, statuspage.unresolved),
    Requirement("V704", "ids of updates are unique, and updates name their incident", TREE, statuspage.updates),
    Requirement("V705", "the indicator never says that all is well where that is not known", TREE, statuspage.well),
    Requirement("V706", "component groups and their members name one another", TREE, statuspage.groups),
    Requirement("V707", "at most the 50 newest incidents, newest first", TREE, statuspage.newest),
)
