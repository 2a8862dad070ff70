"""The pages of the rules: each example does what the page says it does."""

import json

import msgspec
import pytest

from postmortem.corpus.decode import decode
from postmortem.corpus.ledger import FILE_NAME, facets, parsed, printed
from postmortem.lint.guide import Example, Guide, guides
from postmortem.lint.rules import CORPUS_RULES, LEDGER_RULES, RECORD_RULES
from postmortem.model import settings as settings_model
from postmortem.model.settings import Settings
from postmortem.yamldoc.loader import read
from tests.lint.corpora import FIXTURES, SMALLEST, findings

TABLES = (RECORD_RULES, CORPUS_RULES, LEDGER_RULES)
RULES = [guides()[rule.code] for rules in TABLES for rule in rules]


def data(text: str) -> dict[str, object]:
    document, refused = read(text.encode(), "example")
    assert document is not None
    assert not refused
    return document.data


def laid_over(base: object, part: object) -> object:
    """A merge patch as in RFC 7396: mappings are merged, everything else is replaced."""
    if not isinstance(base, dict) or not isinstance(part, dict):
        return part
    return base | {key: laid_over(base.get(key), value) for key, value in part.items()}


def catalogue(examples: tuple[Example, ...]) -> Settings:
    held: object = data((FIXTURES / "postmortem.yml").read_text(encoding="utf-8"))
    for each in examples:
        if each.file == "postmortem.yml":
            held = laid_over(held, data(each.text))
    return settings_model.read(held)


def codes(examples: tuple[Example, ...]) -> set[str]:
    """What is said about an example: each of its fences is part of the record, of another record, of the settings or
    of the ledger.
    """
    records = {}
    for each in examples:
        if each.file not in ("postmortem.yml", FILE_NAME):
            record = laid_over(data(SMALLEST), data(each.text))
            assert isinstance(record, dict)
            records[each.file or f"incidents/{record['id']}.yaml"] = json.dumps(record).encode()
    held = [whole(each.text.encode()) for each in examples if each.file == FILE_NAME]
    return {
        finding.code
        for finding in findings(records | dict.fromkeys([FILE_NAME] * len(held), b"".join(held)), catalogue(examples))
    }


def whole(lines: bytes) -> bytes:
    """Lines of a ledger with the facets of the small record, which examples leave out."""
    record = decode(SMALLEST.encode(), "smallest.yaml").record
    assert record is not None
    small = facets(record)
    parts = [parsed(line, "example") for line in lines.splitlines()]
    full = [msgspec.structs.replace(each, facets=tuple(sorted({*each.facets, *small}))) for each in parts]
    return printed({each.id: each for each in full})


@pytest.mark.parametrize("guide", RULES, ids=lambda guide: guide.code)
def test_the_bad_example_earns_the_code_alone_and_the_good_one_is_silent(guide: Guide) -> None:
    assert codes(guide.bad) == {guide.code}
    assert codes(guide.good) == set()


@pytest.mark.parametrize("guide", RULES, ids=lambda guide: guide.code)
def test_a_page_says_what_is_demanded_and_why(guide: Guide) -> None:
    assert guide.title
    assert len(guide.title) <= 120
    assert guide.why
    assert all("```" not in paragraph for paragraph in guide.why)


def test_codes_and_names_are_unique_and_every_code_has_a_page() -> None:
    codes_given = [rule.code for rules in TABLES for rule in rules]
    assert len(set(codes_given)) == len(codes_given)
    assert len({each.slug for each in guides().values()}) == len(guides())
    assert set(codes_given) <= guides().keys()
    assert list(guides()) == sorted(guides())
