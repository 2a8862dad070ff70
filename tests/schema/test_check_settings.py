"""One change to valid settings each: exactly the expected code at the expected place."""

from collections.abc import Callable
from typing import Any

import pytest

from postmortem.model.finding import Pointer
from postmortem.schema.check import check

Changed = Callable[..., dict[str, Any]]
GONE = ...
Row = tuple[Pointer, object, str, Pointer]

SETTINGS: list[Row] = [
    (("incident",), "records", "PM020", ("incident",)),
    (("feeds",), GONE, "PM021", ()),
    (("providers",), GONE, "PM026", ()),
    (("providers",), [], "PM026", ("providers",)),
    (("publisher", "role"), "vendor", "PM023", ("publisher", "role")),
    (("publisher", "contact"), "reliability@bank.example", "PM024", ("publisher", "contact")),
    (("site", "url"), "https://bank.example/?page=1", "PM024", ("site", "url")),
    (("site", "live"), "no", "PM022", ("site", "live")),
    (("feeds", "authority"), "bank.example", "PM024", ("feeds", "authority")),
    (("incidents",), "../elsewhere", "PM024", ("incidents",)),
    (("incidents",), "/srv/records", "PM024", ("incidents",)),
    (("services", 0, "id"), "aux", "PM024", ("services", 0, "id")),
    (("models", 0, "since"), "2026-06-31", "PM024", ("models", 0, "since")),
    (("sources", 0, "texts"), "keep", "PM023", ("sources", 0, "texts")),
    (("coverage", 0, "from"), GONE, "PM021", ("coverage", 0)),
    (("policy", "postmortem_within"), "5 working days", "PM024", ("policy", "postmortem_within")),
    (("policy", "holidays", 1), "2026-12-25", "PM025", ("policy", "holidays", 1)),
    (("deny", "hashes", 0), "A name", "PM024", ("deny", "hashes", 0)),
]


@pytest.mark.parametrize(("path", "value", "code", "place"), SETTINGS)
def test_a_change_of_the_settings_earns_its_code_at_its_place(
    changed: Changed, path: Pointer, value: object, code: str, place: Pointer
) -> None:
    problems = check(changed(path, value, "settings.yml"), "settings")
    assert [(each.code, each.pointer) for each in problems] == [(code, place)]


def test_the_provider_s_own_site_lists_no_providers(changed: Changed) -> None:
    settings = changed(("providers",), GONE, "settings.yml")
    settings["publisher"]["role"] = "provider"
    assert check(settings, "settings") == ()
