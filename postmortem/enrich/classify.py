"""Which impact classes an incident shows affected, concluded from its own words: what a source told and the site's
catalogue in, `Concluded` for each class that a rule can vouch for out. It knows no vendor and no record.

A class that is missing from the answer stays `unknown`: silence is never "not affected". The rules and what they were
measured at stand in docs/classes.md, their words in `classes.toml`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from postmortem.enrich.reading import Reading, read
from postmortem.enrich.wording import listed, words
from postmortem.model.event import Told
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import ComponentState, ImpactClass, Level, Symptom

Spoken = str | None
"""The words on which a rule rests, folded; None where it is silent."""


class Measure(msgspec.Struct, frozen=True):
    """What came of the rules of one class on incidents that no rule had seen: how often the class was claimed, how
    often rightly, and how often it should have been.
    """

    claimed: int
    right: int
    there: int


MEASURED: Final[dict[ImpactClass, Measure]] = {
    "model_degradation": Measure(claimed=58, right=56, there=58),
    "application_failure": Measure(claimed=50, right=44, there=52),
    "authentication": Measure(claimed=8, right=7, there=9),
    "data_access": Measure(claimed=3, right=3, there=8),
}
"""On the 119 incidents of `judge`, measured once, before anything was changed in its light; a test measures again."""

CLAIMED: Final[frozenset[ImpactClass]] = frozenset(
    name for name, each in MEASURED.items() if each.claimed and each.right * 10 >= each.claimed * 9
)
"""The classes that are claimed: nine of ten claims were right. The others stay unknown whatever the rules say:
`application_failure` was right 44 times in 50, `authentication` 7 in 8.
"""


_LEVELS: Final[dict[ComponentState, Level]] = {
    "major_outage": "full_outage",
    "partial_outage": "partial_outage",
    "degraded_performance": "degraded",
}
"""What a page shows of a component, as the level of an impact; the worst first."""


class Concluded(msgspec.Struct, frozen=True, kw_only=True):
    """One class concluded to be affected; its confidence is always `inferred`. `why` is one sentence that names the
    rule, fit to stand as the summary of the class; it holds none of the source's words.
    """

    why: str
    level: Level = "unknown"
    symptoms: tuple[Symptom, ...] = ()


class Rule(msgspec.Struct, frozen=True):
    """One rule: the class that it concludes, the sentence that it is reported with, and what it rests on."""

    concludes: ImpactClass
    why: str
    speaks: Callable[[Reading], Spoken]


def classes(told: Told, settings: Settings) -> dict[ImpactClass, Concluded]:
    """The classes that an incident shows affected, in the order of the schema; of several rules the first is named.

    Maintenance, and what the source says nobody met, show none.
    """
    if told.head.kind == "maintenance":
        return {}
    return concluded(read(told, settings), (each for each in RULES if each.concludes in CLAIMED))


def claims(told: Told, settings: Settings, services: Sequence[str]) -> dict[ImpactClass, dict[str, object]]:
    """The same as a record states it, without windows and evidence; `services` are the record's own, by id. The level
    is the worst state that the page showed for a component, and that of the words only where it showed none.
    """
    shown = _shown(told)
    return {
        name: _claim(msgspec.structs.replace(each, level=shown or each.level), services)
        for name, each in classes(told, settings).items()
    }


def _shown(told: Told) -> Level | None:
    states = [component.new for event in told.events for component in event.components]
    return next((level for state, level in _LEVELS.items() if state in states), None)


def _claim(found: Concluded, services: Sequence[str]) -> dict[str, object]:
    symptoms = {"symptoms": list(found.symptoms)} if found.symptoms else {}
    stated: dict[str, object] = {
        "state": "affected",
        "level": found.level,
        "summary": found.why,
        "services": list(services),
    }
    return stated | symptoms | {"confidence": "inferred"}


def concluded(reading: Reading, rules: Iterable[Rule]) -> dict[ImpactClass, Concluded]:
    """What these rules conclude from a reading; of several that speak for one class the first counts."""
    found: dict[ImpactClass, Concluded] = {}
    for rule in rules:
        if rule.concludes not in found and (spoken := rule.speaks(reading)) is not None:
            found[rule.concludes] = _conclude(rule, reading, spoken)
    return {} if found and reading.harmless else found


def _conclude(rule: Rule, reading: Reading, spoken: str) -> Concluded:
    said = (spoken, reading.title)
    return Concluded(why=rule.why, level=_level(said), symptoms=_symptoms(rule.concludes, said))


def _level(said: Iterable[str]) -> Level:
    levels: tuple[Level, ...] = ("full_outage", "partial_outage", "degraded")
    return next((each for text in said for each in levels if listed("level", each).search(text)), "unknown")


def _symptoms(concludes: ImpactClass, said: Iterable[str]) -> tuple[Symptom, ...]:
    text = "\n".join(said)
    known = words("symptoms", concludes)
    return tuple(msgspec.convert(each, Symptom) for each in known if listed("symptoms", concludes, each).search(text))


def _model_in_title(reading: Reading) -> Spoken:
    return reading.title if reading.failing and reading.model_in(reading.title) else None


def _bad_answers(reading: Reading) -> Spoken:
    return reading.title if reading.bad_answers(reading.title) else None


def _model_in_updates(reading: Reading) -> Spoken:
    if reading.models_well or reading.about_access:
        return None
    return next((each for each in reading.complaints if reading.model_in(each)), None)


def _sign_in_in_title(reading: Reading) -> Spoken:
    return reading.title if reading.failing and reading.sign_in_in_title else None


def _sign_in_in_updates(reading: Reading) -> Spoken:
    return next((each for each in reading.complaints if reading.sign_in_in(each)), None)


def _stored_in_title(reading: Reading) -> Spoken:
    return reading.title if reading.stored_in(reading.title) else None


def _stored_in_updates(reading: Reading) -> Spoken:
    return next((each for each in reading.complaints if reading.stored_in(each)), None)


def _product_free(reading: Reading) -> bool:
    """Whether nothing else accounts for the failure, so that it can be put down to a product."""
    return not (reading.about_access or reading.about_models)


def _product_in_title(reading: Reading) -> Spoken:
    speaks = reading.failing and _product_free(reading) and reading.product_in(reading.title)
    return reading.title if speaks and not reading.numbered_thing else None


def _thing_in_title(reading: Reading) -> Spoken:
    speaks = reading.failing and _product_free(reading) and reading.names_a_thing
    return reading.title if speaks and not reading.numbered_thing else None


def _products_listed(reading: Reading) -> Spoken:
    speaks = reading.failing and _product_free(reading) and not reading.about_api
    return reading.title if speaks and reading.only_products_listed else None


def _product_in_updates(reading: Reading) -> Spoken:
    if not _product_free(reading) or reading.numbered_thing:
        return None
    return next((each for each in reading.complaints if reading.product_named_in(each)), None)


RULES: Final[tuple[Rule, ...]] = (
    Rule("model_degradation", "The title on the status page says that a model, or models, failed.", _model_in_title),
    Rule(
        "model_degradation",
        "The title on the status page says that answers were wrong, garbled or cut off.",
        _bad_answers,
    ),
    Rule("model_degradation", "An update on the status page says that a model, or models, failed.", _model_in_updates),
    Rule(
        "application_failure",
        "The title on the status page says that a product, or a part of one, failed.",
        _product_in_title,
    ),
    Rule(
        "application_failure",
        "The title on the status page names what failed, neither models nor all of the API.",
        _thing_in_title,
    ),
    Rule(
        "application_failure",
        "The status page says that something failed, and lists only products as affected.",
        _products_listed,
    ),
    Rule(
        "application_failure",
        "An update on the status page says that a product failed, and none that models did.",
        _product_in_updates,
    ),
    Rule(
        "authentication",
        "The title on the status page says that signing in, signing up or keys failed.",
        _sign_in_in_title,
    ),
    Rule(
        "authentication",
        "An update on the status page says that people could not sign in or sign up.",
        _sign_in_in_updates,
    ),
    Rule("data_access", "The title on the status page says that stored work could not be reached.", _stored_in_title),
    Rule(
        "data_access", "An update on the status page says that people could not reach stored work.", _stored_in_updates
    ),
)
"""The order is that of the classes in the schema, and within a class from the title to the updates."""
