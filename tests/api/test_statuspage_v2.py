"""The Statuspage tree: read by a strict client and by our own adapter, nothing lost, nothing that sounds healthier than
the records.
"""

import json
from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given

from postmortem.api.statuspage_v2 import NEWEST, artifacts
from postmortem.model.event import gather
from postmortem.model.moment import rfc3339
from postmortem.model.settings import Settings
from postmortem.sources import statuspage
from tests.api import vendor
from tests.api.corpora import Data, corpora, published, settings, time
from tests.model import made

AS_OF = date(2026, 6, 24)


WATCHED = made.settings(coverage=[{"from": "2025-01-01"}])


def tree(corpus: list[Data], site: Settings | None = None, as_of: date = AS_OF) -> dict[str, bytes]:
    history, incidents = published(corpus)
    return {each.path: each.body for each in artifacts(history, site or WATCHED, incidents, as_of)}


def read(name: str, corpus: list[Data], site: Settings | None = None, as_of: date = AS_OF) -> Any:  # noqa: ANN401
    return vendor.read(name, tree(corpus, site, as_of)[f"api/v2/{name}.json"])


@given(corpora())
def test_a_strict_client_reads_every_document_of_every_tree(corpus: list[Data]) -> None:
    whole = tree(corpus, settings())
    assert len(whole) == 3 * len(vendor.DOCUMENTS)
    for path, body in whole.items():
        vendor.read(path.split("api/v2/")[1].removesuffix(".json"), body)
    assert whole == tree(list(reversed(corpus)), settings())


@given(corpora())
def test_our_own_adapter_accounts_for_every_incident_and_update(corpus: list[Data]) -> None:
    history, incidents = published(corpus)
    for name, kind in (("incidents", "incident"), ("scheduled-maintenances", "maintenance")):
        answer = statuspage.parse(tree(corpus, settings())[f"api/v2/{name}.json"], "s", "https://x.example/api/v2/")
        assert answer.skipped == ()
        told = {each.incident: each for each in gather(answer.events)}
        known = {row.first_id: row.id for row in history.rows if row.kind == kind}
        assert told.keys() == known.keys()
        for id_, each in told.items():
            incident = incidents(known[id_])
            assert {event.kind for event in each.events} == {kind}
            wanted = {f"{id_}.{entry.id}" for entry in incident.timeline if entry.kind == "update"}
            assert wanted <= {event.update for event in each.events}
            assert each.head.opened == incident.derived.first_known.moment.instant
            assert each.head.url == f"https://status.example.com/incidents/{id_}"
    assert statuspage.recognises(tree(corpus, settings())["api/v2/summary.json"])


@given(corpora())
def test_ids_are_unique_and_depend_on_the_record_alone(corpus: list[Data]) -> None:
    def ids(site: Settings) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, key in (("incidents", "incidents"), ("scheduled-maintenances", "scheduled_maintenances")):
            for each in json.loads(tree(corpus, site)[f"api/v2/{name}.json"])[key]:
                found[each["id"]] = [update["id"] for update in each["incident_updates"]]
        return found

    here = ids(settings())
    every = [update for updates in here.values() for update in updates]
    assert len(every) == len(set(every))
    moved = settings(site={"url": "https://elsewhere.example/x"}, feeds={"authority": "elsewhere.example,2027"})
    assert ids(moved) == here


@given(corpora())
def test_updates_go_from_the_newest_to_the_oldest_and_states_follow_one_another(corpus: list[Data]) -> None:
    whole = tree(corpus, settings())
    documents = [vendor.read("incidents", whole["api/v2/incidents.json"]).incidents]
    documents.append(
        vendor.read("scheduled-maintenances", whole["api/v2/scheduled-maintenances.json"]).scheduled_maintenances
    )
    for incident in (each for document in documents for each in document):
        shown = [each.display_at for each in incident.incident_updates]
        assert shown == sorted(shown, reverse=True)
        states: dict[str, str] = {}
        for update in reversed(incident.incident_updates):
            for each in update.affected_components or []:
                assert each.old_status == states.get(each.code, "operational")
                states[each.code] = each.new_status


def test_summary_repeats_what_the_other_documents_say() -> None:
    corpus = [
        made.data(id="2026-06-23-open"),
        made.data(id="2026-06-22-over", status="resolved"),
        maintenance("2026-06-24-now", "in_progress"),
        maintenance("2026-06-25-soon", "scheduled"),
    ]
    summary = read("summary", corpus)
    assert [each.id for each in summary.incidents] == ["2026-06-23-open"]
    assert summary.incidents == read("incidents/unresolved", corpus).incidents
    active = read("scheduled-maintenances/active", corpus).scheduled_maintenances
    upcoming = read("scheduled-maintenances/upcoming", corpus).scheduled_maintenances
    assert [each.id for each in (*active, *upcoming)] == ["2026-06-24-now", "2026-06-25-soon"]
    assert summary.scheduled_maintenances == [*active, *upcoming]
    assert summary.components == read("components", corpus).components
    assert summary.status == read("status", corpus).status


def maintenance(id_: str, status: str, end: str = "2026-06-25T06:00Z") -> Data:
    return made.data(
        id=id_,
        kind="maintenance",
        severity="none",
        scheduled={"start": "2026-06-24T04:00Z", "end": end},
        timeline=[made.update("u1", "2026-06-20T10:00Z", status=status)],
    )


def test_a_maintenance_whose_day_is_over_is_no_longer_to_come() -> None:
    corpus = [maintenance("2026-06-24-work", "scheduled")]
    for day, ahead in ((25, 1), (26, 0)):
        found = read("scheduled-maintenances/upcoming", corpus, as_of=date(2026, 6, day)).scheduled_maintenances
        assert len(found) == ahead
    assert len(read("scheduled-maintenances", corpus, as_of=date(2026, 6, 26)).scheduled_maintenances) == 1


def test_the_newest_fifty_of_any_number_and_all_that_are_open() -> None:
    corpus = [
        made.data(id=f"2026-01-01-x-{number}", timeline=[made.update("u1", time(number), status="investigating")])
        for number in range(60)
    ]
    assert [each.id for each in read("incidents", corpus).incidents] == [
        f"2026-01-01-x-{number}" for number in range(59, 59 - NEWEST, -1)
    ]
    assert len(read("incidents/unresolved", corpus).incidents) == 60


def test_the_first_instant_is_told_with_what_it_is_and_closing_is_the_pages() -> None:
    incident = read(
        "incidents",
        [
            made.data(
                clocks={"started": "2026-06-23T14:21Z"},
                timeline=[
                    made.update("u1", "2026-06-23T14:47Z", status="investigating"),
                    made.update("u2", "2026-06-23T15:41Z", status="monitoring", published="2026-06-23T15:50Z"),
                    made.update("u3", "2026-06-23T16:00Z", status="monitoring"),
                    made.update("u4", "2026-06-23T16:13Z", status="resolved"),
                ],
            )
        ],
    ).incidents[0]
    assert (incident.started_at, incident.own["first_known_by"]) == ("2026-06-23T14:21:00.000Z", "started")
    assert incident.created_at == "2026-06-23T14:47:00.000Z"
    assert (incident.monitoring_at, incident.resolved_at) == ("2026-06-23T15:41:00.000Z", "2026-06-23T16:13:00.000Z")
    late = incident.incident_updates[2]
    assert (late.id, late.display_at, late.created_at) == (
        "2026-06-23-chat.u2",
        "2026-06-23T15:41:00.000Z",
        "2026-06-23T15:50:00.000Z",
    )


def test_a_postmortem_is_the_last_update_and_the_state_of_a_closed_incident() -> None:
    over = [made.update("u1", "2026-06-23T14:47Z", status="resolved")]
    told = {
        "postmortem": {"state": "published", "published": "2026-06-26T09:00Z", "url": "https://example.com/pm"},
        "revisions": [made.revision(1, "2026-06-23T14:47Z"), made.revision(2, "2026-06-26T09:00Z", "postmortem")],
    }
    incident = read("incidents", [made.data(timeline=over, **told)]).incidents[0]
    newest = incident.incident_updates[0]
    assert (incident.status, newest.status, newest.id) == ("postmortem", "postmortem", "2026-06-23-chat.postmortem")
    assert newest.display_at == "2026-06-26T09:00:00.000Z"
    assert newest.body.split("\n\n") == [
        "Revision 2.",
        "https://example.com/pm",
        "https://status.example.com/incidents/2026-06-23-chat/",
    ]
    assert read("incidents", [made.data(**told)]).incidents[0].status == "investigating"


def test_a_draft_postmortem_is_no_update() -> None:
    draft = made.data(postmortem={"state": "draft", "due": "2026-06-30"}, status="resolved")
    assert [each.id for each in read("incidents", [draft]).incidents[0].incident_updates] == ["2026-06-23-chat.u1"]


def test_a_withdrawn_incident_is_over_and_says_why() -> None:
    gone = made.data(record="withdrawn", withdrawn={"at": "2026-06-24T09:00Z", "reason": "Counted twice."})
    incident = read("incidents", [gone]).incidents[0]
    assert (incident.status, incident.impact, incident.resolved_at) == ("resolved", "none", "2026-06-24T09:00:00.000Z")
    assert incident.incident_updates[0].body.startswith("This record was withdrawn: Counted twice.")
    assert read("incidents/unresolved", [gone]).incidents == []
    assert read("status", [gone]).status.indicator == "none"


def test_an_update_whose_words_were_not_copied_leads_to_them() -> None:
    entry = {"id": "u1", "at": "2026-06-23T14:47Z", "kind": "update", "status": "identified"}
    corpus = [made.data(timeline=[entry | {"origin": {"source": "s", "key": "k"}}])]
    update = read("incidents", corpus).incidents[0].incident_updates[0]
    assert update.body.startswith("Identified.")
    assert update.body.endswith("https://status.example.com/incidents/2026-06-23-chat/#u1")


def test_an_update_without_a_status_keeps_that_of_the_one_before() -> None:
    updates = [made.update("u1", time(0), status="monitoring"), made.update("u2", time(5))]
    found = read("incidents", [made.data(timeline=updates)]).incidents[0].incident_updates
    assert [each.status for each in found] == ["monitoring", "monitoring"]


def test_a_cancelled_maintenance_is_completed_in_the_vendors_words() -> None:
    found = read("scheduled-maintenances", [maintenance("2026-06-24-work", "cancelled")]).scheduled_maintenances[0]
    assert (found.status, found.own["status"]) == ("completed", "cancelled")
    assert found.resolved_at == "2026-06-20T10:00:00.000Z"


def test_groups_come_before_their_members_and_are_as_bad_as_the_worst_of_them() -> None:
    site = made.settings(
        services=[
            {"id": "a", "name": "A", "group": "Apps"},
            {"id": "alone", "name": "Alone"},
            {"id": "p", "name": "P", "group": "Platform"},
            {"id": "b", "name": "B", "group": "Apps", "description": "Beta."},
            {"id": "gone", "name": "Gone", "group": "Old", "retired": "2026-01-01"},
            {"id": "soon", "name": "Soon", "since": "2027-01-01"},
        ],
        coverage=[{"from": "2025-01-01"}],
    )
    said = made.update("u1", time(0), status="investigating", components=[{"service": "b", "state": "major_outage"}])
    components = read("components", [made.data(services=["b"], timeline=[said])], site).components
    apps, a, b, platform, p, alone = components
    assert [each.name for each in components] == ["Apps", "A", "B", "Platform", "P", "Alone"]
    assert [each.position for each in components] == [1, 1, 2, 2, 1, 1]
    assert apps.components == ["a", "b"]
    assert {a.group_id, b.group_id} == {apps.id}
    assert (alone.group_id, p.group_id) == (None, platform.id)
    assert (apps.status, a.status, b.status, b.description) == ("major_outage", "operational", "major_outage", "Beta.")
    named = read("incidents", [made.data(services=["b"], timeline=[said])], site).incidents[0]
    assert named.incident_updates[0].affected_components[0].name == "Apps - B"


def test_groups_of_several_providers_stay_apart_and_each_has_its_own_tree() -> None:
    site = settings()
    corpus = [made.data(provider="torch", services=["files"])]
    names = [each.name for each in read("components", corpus, site).components if each.group]
    assert names == ["Lamp: Apps", "Lamp: Platform", "Torch"]
    whole = tree(corpus, site)
    lamp, torch = (vendor.read("summary", whole[f"providers/{each}/api/v2/summary.json"]) for each in ("lamp", "torch"))
    assert ([each.id for each in lamp.incidents], [each.id for each in torch.incidents]) == ([], ["2026-06-23-chat"])
    assert {each.id for each in lamp.components if not each.group} == {"web-app", "api"}
    assert lamp.page.name == "Lamp, recorded by Watchers"
    assert len({lamp.page.id, torch.page.id, read("status", corpus, site).page.id}) == 3


def test_one_provider_needs_no_tree_of_its_own() -> None:
    site = made.settings(providers=[{"id": "lamp", "name": "Lamp"}])
    assert {path.split("/")[0] for path in tree([], site)} == {"api"}


def test_the_page_was_updated_when_a_record_last_was() -> None:
    corpus = [made.data(revisions=[made.revision(1, "2026-06-23T14:47Z"), made.revision(2, "2026-06-28T10:30Z")])]
    history, _ = published(corpus)
    stamp = read("status", corpus).page.updated_at
    assert stamp == "2026-06-28T10:30:00.000Z"
    assert vendor.instant(stamp) == made.utc(rfc3339(history.rows[0].changed))


def test_the_strict_client_is_strict() -> None:
    body = json.loads(tree([made.data()])["api/v2/incidents.json"])
    del body["incidents"][0]["reminder_intervals"]
    with pytest.raises(msgspec.ValidationError, match="reminder_intervals"):
        vendor.read("incidents", json.dumps(body).encode())
