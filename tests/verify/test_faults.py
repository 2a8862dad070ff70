"""A sound site meets every requirement; one fault breaks exactly the requirement that is about it."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from postmortem.verify.judge import judge
from postmortem.verify.requirement import Verdict
from postmortem.verify.site import SUMS, from_folder
from postmortem.verify.survey import Survey, survey
from postmortem.verify.table import REQUIREMENTS
from tests.verify.sites import BASE, DAY, Copy

Damage = Callable[[Copy], object]
FACET = "feeds/service/api/incidents"
SAID = "feeds/service/api/updates"
MODELS = "api/v1/models.json"
PAGE = "history/index.html"


def verdicts(folder: Path, older: Path | None = None) -> tuple[Verdict, ...]:
    before = survey(from_folder(older), DAY, 1, whole=False) if older is not None else None
    return judge(survey(from_folder(folder), DAY, 1, before))


def failed(found: tuple[Verdict, ...]) -> list[str]:
    return [each.code for each in found if each.result == "fail"]


def newest(copy: Copy, name: str) -> datetime:
    return datetime.fromisoformat(json.loads(copy.read(f"{name}.json"))["items"][0]["date_published"])


def twins(items: list[Any]) -> None:
    items.insert(0, items[0])


def turned(items: list[Any]) -> None:
    items[0], items[1] = items[1], items[0]


def many(items: list[Any]) -> None:
    """More than fifty, most of them old."""
    last = items[-1]
    for number in range(45):
        if isinstance(last, str):
            items.append(re.sub("(:incident/[^/<]*)(</)", rf"\1/x{number}\2", last))
        else:
            items.append(last | {"id": f"{last['id']}/x{number}"})


def met_twice(copy: Copy) -> None:
    """The newest entry of an archive stands in the archive after it, too."""
    kept: list[Any] = []
    copy.entries("feeds/archive/updates-1", lambda items: kept.append(items[0]))
    copy.entries("feeds/archive/updates-2", lambda items: items.append(kept.pop(0)))


def untold(copy: Copy) -> None:
    """An update is missing; a site that publishes its ledger breaks that promise, too."""
    (copy.folder / "ledger.jsonl").unlink()
    copy.entries("feeds/archive/updates-1", lambda items: items.pop(20))


def future(copy: Copy) -> None:
    copy.redate(SAID, newest(copy, SAID), datetime.fromisoformat("2999-01-01T00:00:00+00:00"))


def touched(copy: Copy) -> None:
    """The feed itself says another time than its entries; in JSON it says so before them, too."""
    at = newest(copy, SAID)
    copy.redate(SAID, at, at - timedelta(hours=1), 1)


def unresolved(copy: Copy) -> None:
    closed = json.loads(copy.read("api/v2/incidents.json"))["incidents"][0]
    for name in ("summary", "incidents/unresolved"):
        copy.change(f"api/v2/{name}.json", lambda held: held["incidents"].append(closed))


def in_components(change: Callable[[list[Any]], object]) -> Damage:
    def damage(copy: Copy) -> None:
        for name in ("summary", "components"):
            copy.change(f"api/v2/{name}.json", lambda held: change(held["components"]))

    return damage


def stolen(held: Any) -> None:  # noqa: ANN401 - JSON
    first, second = held["incidents"][:2]
    first["incident_updates"][0]["id"] = second["incident_updates"][0]["id"]


def renamed(copy: Copy) -> None:
    path = copy.first(r"incidents/.*\.yaml")
    copy.put(path, re.sub("(?m)^id: .*$", "id: 2026-01-01-another", copy.read(path)))


def impostor(copy: Copy) -> None:
    copy.put("incidents/2020-01-01-nobody.json", copy.read(copy.first(r"incidents/.*unavailable-\d+\.json")))


def twice_an_id(held: Any) -> None:  # noqa: ANN401 - JSON
    row = held["incidents"][0]
    held["moved"].append({"id": row["id"], "moved_to": row["id"], "url": row["url"]})


def flipped(copy: Copy) -> None:
    path = copy.first(r"assets/.*\.css")
    copy.put(path, copy.read(path) + " ")


def reversed_lines(copy: Copy, path: str, end: str) -> None:
    copy.put(path, "".join(f"{each}{end}" for each in reversed(copy.read(path).split(end)[:-1])))


FAULTS: dict[str, Damage] = {
    "V104": lambda copy: copy.put(
        copy.first(r"incidents/.*\.yaml"), copy.read(copy.first(r"incidents/.*\.yaml")) + "# ask Ann\n"
    ),
    "V201": lambda copy: copy.put("404.html", ""),
    "V202": lambda copy: copy.swap(PAGE, "</body>", '<a href="../nowhere/">x</a></body>'),
    "V203": lambda copy: copy.swap(PAGE, "</body>", '<a href="../#nowhere">x</a></body>'),
    "V204": lambda copy: copy.swap(PAGE, "</body>", '<p id="x"></p><p id="x"></p></body>'),
    "V205": lambda copy: copy.swap("sitemap.xml", "</urlset>", f"<url><loc>{BASE}nowhere/</loc></url></urlset>"),
    "V206": lambda copy: reversed_lines(copy, "index.txt", "\n"),
    "V207": lambda copy: reversed_lines(copy, "changes.csv", "\r\n"),
    "V208": lambda copy: copy.swap(".well-known/postmortem.json", "metrics.prom", "figures.prom"),
    "V209": lambda copy: copy.swap("api/v1/services.json", "badge/api.svg", "badge/nowhere.svg"),
    "V210": lambda copy: copy.swap("feeds/opml.xml", "feeds/updates.atom", "feeds/nowhere.atom"),
    "V301": lambda copy: copy.put(f"{FACET}.rss", copy.read(f"{FACET}.rss")[:-9]),
    "V302": lambda copy: copy.put(f"{FACET}.atom", re.sub("<author>.*?</author>", "", copy.read(f"{FACET}.atom"))),
    "V303": lambda copy: copy.entries(FACET, twins),
    "V304": lambda copy: copy.put(
        f"{FACET}.rss",
        re.sub("<lastBuildDate>.*?</lastBuildDate>", "<lastBuildDate>today</lastBuildDate>", copy.read(f"{FACET}.rss")),
    ),
    "V305": future,
    "V306": lambda copy: copy.entries(SAID, turned),
    "V307": touched,
    "V308": lambda copy: copy.swap(f"{FACET}.atom", f'&lt;a href="{BASE}', '&lt;a href="/'),
    "V309": lambda copy: copy.swap(f"{FACET}.atom", f'&lt;a href="{BASE}', f'&lt;a href="{BASE}nowhere/'),
    "V310": lambda copy: copy.swap(
        f"{FACET}.atom",
        '<content type="html">',
        '<content type="html">&lt;img src="https://example.org/" onerror="x"&gt;',
    ),
    "V311": lambda copy: copy.swap(f"{FACET}.rss", "</channel>", f"<!-- {'x' * 512_000} --></channel>"),
    "V312": lambda copy: copy.entries(FACET, many),
    "V313": lambda copy: copy.change(f"{FACET}.json", lambda held: held["items"].pop()),
    "V314": lambda copy: copy.put("feed.rss", copy.read("feed.rss") + "\n"),
    "V401": lambda copy: copy.swap("feeds/archive/updates-1.atom", "<fh:archive/>", ""),
    "V402": lambda copy: copy.swap(
        "feeds/archive/updates-1.atom", 'updates-2.atom" rel="next-archive"', 'updates-1.atom" rel="next-archive"'
    ),
    "V403": met_twice,
    "V404": untold,
    "V501": lambda copy: copy.put("schemas/api-moved-1.0.schema.json", '{"type": 5}'),
    "V502": lambda copy: copy.put(MODELS, copy.read(MODELS)[:-3]),
    "V503": lambda copy: copy.change(MODELS, lambda held: held.pop("$schema")),
    "V504": lambda copy: copy.change(MODELS, lambda held: held.pop("coverage")),
    "V505": lambda copy: copy.swap(copy.first(r"incidents/.*\.yaml"), "severity: m", "severity: terribly_m"),
    "V506": lambda copy: copy.put(
        "api/v1/incidents.csv", copy.read("api/v1/incidents.csv").rstrip().rpartition("\r\n")[0] + "\r\n"
    ),
    "V507": lambda copy: copy.put(
        "calendar.ics", re.sub("UID:.*?\r\n(?! )", "", copy.read("calendar.ics"), count=1, flags=re.DOTALL)
    ),
    "V508": lambda copy: copy.swap("metrics.prom", "# EOF\n", ""),
    "V509": lambda copy: copy.put("badge/api.svg", re.sub("<title>.*?</title>", "", copy.read("badge/api.svg"))),
    "V601": lambda copy: copy.change("api/v1/incidents.json", twice_an_id),
    "V602": renamed,
    "V603": impostor,
    "V604": lambda copy: copy.swap("ledger.jsonl", '"u1":"2025-', '"u1":"2024-'),
    "V701": lambda copy: (copy.folder / "api/v2/scheduled-maintenances.json").unlink(),
    "V702": lambda copy: copy.change(
        "api/v2/summary.json", lambda held: held["status"].update(description="All is well")
    ),
    "V703": unresolved,
    "V704": lambda copy: copy.change("api/v2/incidents.json", stolen),
    "V705": in_components(lambda held: held[0].update(status="major_outage")),
    "V706": in_components(lambda held: held[0].update(components=[])),
    "V707": lambda copy: copy.change("api/v2/incidents.json", lambda held: held["incidents"].reverse()),
}
"""What is done to a site, by the one requirement that it then fails; its sums are put right afterwards."""

UNSEALED: dict[str, Damage] = {
    "V101": flipped,
    "V102": lambda copy: copy.put(SUMS, "".join(copy.read(SUMS).splitlines(keepends=True)[1:])),
    "V103": lambda copy: reversed_lines(copy, SUMS, "\n"),
}
OLDER: dict[str, Damage] = {
    "V611": lambda copy: copy.change(
        "api/v1/incidents.json", lambda held: held["incidents"].append({"id": "2024-01-01-lost"})
    ),
    "V612": lambda copy: copy.put("services/lost/index.html", "<p>"),
    "V613": lambda copy: copy.entries("feeds/updates", lambda items: items.append(lost(items[-1]))),
    "V614": lambda copy: copy.redate(
        "feeds/updates", newest(copy, "feeds/updates"), datetime.fromisoformat("2026-11-01T00:00:00+00:00")
    ),
    "V615": lambda copy: copy.put("feeds/archive/updates-1.json", copy.read("feeds/archive/updates-1.json") + " "),
}
"""What the older copy had, by the requirement that the sound site fails against it."""


def lost(entry: Any) -> Any:  # noqa: ANN401 - an entry as text, or JSON
    return (
        re.sub("(:incident/[^<]*)(</)", r"\1-lost\2", entry)
        if isinstance(entry, str)
        else entry | {"id": f"{entry['id']}-lost"}
    )


def test_a_sound_site_meets_every_requirement(sound: Path) -> None:
    found = verdicts(sound, sound)
    assert [(each.code, each.reason, each.faults) for each in found if each.result != "pass"] == []


def test_every_requirement_has_its_fault() -> None:
    codes = [each.code for each in REQUIREMENTS]
    assert codes == sorted(set(codes))
    assert {*FAULTS, *UNSEALED, *OLDER} == set(codes)


@pytest.mark.parametrize("code", FAULTS)
def test_one_fault_fails_one_requirement(code: str, sound: Path, tmp_path: Path) -> None:
    copy = Copy.of(sound, tmp_path / "copy")
    FAULTS[code](copy)
    copy.seal()
    found = verdicts(copy.folder)
    assert failed(found) == [code], [each.faults[:3] for each in found if each.result == "fail"]


@pytest.mark.parametrize("code", UNSEALED)
def test_one_fault_of_the_sums_fails_one_requirement(code: str, sound: Path, tmp_path: Path) -> None:
    copy = Copy.of(sound, tmp_path / "copy")
    UNSEALED[code](copy)
    assert failed(verdicts(copy.folder)) == [code]


@pytest.mark.parametrize("code", OLDER)
def test_what_an_older_copy_had_must_be_there(code: str, sound: Path, tmp_path: Path) -> None:
    copy = Copy.of(sound, tmp_path / "copy")
    OLDER[code](copy)
    assert failed(verdicts(sound, copy.folder)) == [code]


def test_a_full_archive_may_lose_words_that_were_redacted(sound: Path, tmp_path: Path) -> None:
    now = Copy.of(sound, tmp_path / "now")
    for form in ("atom", "json", "rss"):
        now.swap(f"feeds/archive/updates-1.{form}", "Word 3 of it.", "Redacted.", -1)
    seen = survey(from_folder(now.folder), DAY, 1)
    about = {each.id.split("/")[1] for each in changed(seen, sound)}
    assert failed(verdicts(now.folder, sound)) == ["V101", "V615"]
    for id_ in about:
        now.change(
            f"incidents/{seen.moved.get(id_, id_)}.json",
            lambda held: held.update(state="withdrawn", revisions=[REDACTED]),
        )
    assert "V615" not in failed(verdicts(now.folder, sound))


def test_a_former_id_that_leads_elsewhere_leads_nowhere(sound: Path, tmp_path: Path) -> None:
    copy = Copy.of(sound, tmp_path / "copy")
    page = "incidents/2025-03-08-chat-slow/index.html"
    copy.put(page, re.sub('0; url=[^"]*', "0; url=../../history/", copy.read(page)))
    copy.seal()
    assert failed(verdicts(copy.folder)) == ["V309", "V602"]  # archives name places of the page that it led to


REDACTED = {"kind": "retraction", "summary": "Withdrawn and redacted."}


def changed(seen: Survey, sound: Path) -> list[Any]:
    before = survey(from_folder(sound), DAY, 1, whole=False)
    pairs = zip(
        before.feeds["feeds/archive/updates-1.json"].entries,
        seen.feeds["feeds/archive/updates-1.json"].entries,
        strict=True,
    )
    return [old for old, new in pairs if old.digest != new.digest]


def test_what_is_not_published_is_not_judged(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes((sound / "404.html").read_bytes())
    told = {each.code: each for each in verdicts(tmp_path)}
    assert told["V101"].result == "not_applicable"
    assert told["V101"].reason == "the site publishes no SHA256SUMS"
    assert told["V204"].result == "pass"
