"""Components and the catalogue: what is found, what is missing, what to add."""

from postmortem.enrich.components import Catalogue, catalogue, fold, missing, snippet, strangers
from postmortem.model.event import Component, gather
from postmortem.schema.check import check
from postmortem.yamldoc.loader import read
from tests.enrich.told import event
from tests.model import made

SERVICES = [
    {"id": "web-app", "name": "Chat on the web", "aliases": ["claude.ai", "k8w3r06qmzrp"]},
    {"id": "api", "name": "API", "provider": "one", "aliases": ["Platform - API"]},
    {"id": "other-api", "name": "API", "provider": "two"},
]
SETTINGS = made.settings(
    services=SERVICES,
    models=[{"id": "opus-4.8", "name": "Opus 4.8", "aliases": ["Claude Opus 4.8"]}],
    providers=[{"id": "one", "name": "One"}, {"id": "two", "name": "Two"}],
)


def known(provider: str | None = "one") -> Catalogue:
    return catalogue(SETTINGS, provider)


def test_a_service_is_found_by_id_name_alias_and_the_vendors_id_whatever_the_letters() -> None:
    found = ["web-app", "CHAT ON THE WEB", " claude.AI ", "\uff23\uff28\uff21\uff34 on the web"]  # full width letters
    assert [known().service_of(Component(name=each)) for each in found] == ["web-app"] * 4
    assert known().service_of(Component(name="Now called otherwise", id="k8w3r06qmzrp")) == "web-app"


def test_another_providers_service_of_the_same_name_is_not_meant() -> None:
    assert known("one").service_of(Component(name="API")) == "api"
    assert known("two").service_of(Component(name="API")) == "other-api"
    assert known("two").service_of(Component(name="API", group="Platform")) == "other-api"


def test_what_nobody_knows_is_a_stranger_and_a_model_is_none() -> None:
    told = gather(
        [
            event("u1", "14:00", components=(Component(name="claude.ai"), Component(name="Voice", group="Apps"))),
            event("u2", "14:10", listed=(Component(name="voice", group="apps"), Component(name="Claude Opus 4.8"))),
        ]
    )
    assert [fold(each.name) for each in strangers(told, known())] == ["voice"]


def test_what_is_to_be_added_makes_them_known_and_has_ids_of_its_own() -> None:
    names = [
        Component(name="API", group="EU"),
        Component(name="web app"),
        Component(name="Con"),
        Component(name="障害"),
    ]
    added = missing(names, SETTINGS, "one")
    assert [each.id for each in added] == ["eu-api", "web-app-2", "con-service", "service"]
    whole = read(f'schema_version: "1.0"\n{snippet(added)}'.encode(), "x.yml")[0]
    assert whole is not None
    settings = {**msgspec_plain(), "services": [*SERVICES, *whole.data["services"]]}
    assert check(settings, "settings") == ()


def msgspec_plain() -> dict[str, object]:
    return {
        "schema_version": "1.0",
        "publisher": {"name": "One", "role": "provider", "contact": "mailto:a@example.com"},
        "site": {"url": "https://status.example.com/"},
        "feeds": {"authority": "status.example.com,2026"},
    }
