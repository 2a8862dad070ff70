"""The labelled set is what its README says: counted, without doubles, labelled rightly as far as simple checks tell."""

import re
import unicodedata
from collections import Counter

import pytest

from tests.lint.privacy.sample import FOLDER, clean, deny, labelled

COUNTS = {"secret": 80, "private_address": 30, "internal_host": 30, "email": 25, "phone": 20, "person": 15}
ROLES = {"abuse", "no-reply", "press", "privacy", "reliability", "security", "status", "support"}
PUBLISHERS = {"example.com", "example.org", "example.net"}
ADDRESS = re.compile(r"([\w.+'-]+)(?:@|%40)((?:[\w-]+\.)+[A-Za-z]+)")
# What code hosts look for when they refuse a push: the stored file must not show it, the loaded texts do.
LIVE_LOOKING = (
    r"A[KS]IA[A-Z2-7]{16}",
    r"gh[opsur]_\w{36}",
    r"github_pat_\w{82}",
    r"gl(?:pat|rt|dt)-[\w-]{20}",
    r"xox[bp]-\d+-|xapp-\d-",
    r"hooks\.slack\.com/services/T",
    r"[sr]k_(?:live|test)_\w{10}|whsec_\w{10}",
    r"AIza[\w-]{35}|GOCSPX-|ya29\.",
    r"sk-ant-|sk-proj-|T3BlbkFJ",
    r"\bhf_\w{30}|npm_\w{36}|pypi-AgEI|SG\.[\w-]{22}\.",
    r"eyJ[\w-]+\.eyJ",
    r"dop_v1_|hvs\.|glsa_|NRAK-",
    r"-----BEGIN [A-Z ]*PRIVATE KEY",
    r"\b\d{8,10}:AA[\w-]{33}",
    r"AccountKey=|[?&]sig=",
    r"://[^/\s\"]*:[^/\s\"]+@",
)


def folded(text: str) -> str:
    """Letters and digits alone, so that case, accents' encoding and spacing do not count."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def names_a_denied_one(text: str) -> bool:
    return any(folded(name) in folded(text) for name in deny())


def test_labels_are_counted() -> None:
    assert Counter(line.label for line in labelled()) == COUNTS


def test_clean_lines_are_counted() -> None:
    assert len(clean()) == 1000


def test_deny_list_is_counted() -> None:
    assert len(deny()) == 12


def test_no_line_occurs_twice() -> None:
    lines = [folded(text) for text in [*(line.text for line in labelled()), *clean(), *deny()]]
    assert [text for text, count in Counter(lines).items() if count > 1] == []


def test_every_line_is_one_line_of_prose() -> None:
    texts = [*(line.text for line in labelled()), *clean(), *deny(), *(line.why for line in labelled())]
    assert [text for text in texts if text != text.strip() or not text or len(text.splitlines()) > 1] == []


@pytest.mark.parametrize("pattern", LIVE_LOOKING)
def test_secrets_show_when_loaded_and_not_in_the_file(pattern: str) -> None:
    assert any(re.search(pattern, line.text) for line in labelled() if line.label == "secret")
    assert re.search(pattern, (FOLDER / "labelled.jsonl").read_text(encoding="utf-8")) is None


def test_every_secret_is_stored_in_pieces() -> None:
    stored = (FOLDER / "labelled.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(line.startswith('{"text": [') == ('"label": "secret"' in line) for line in stored)


def test_only_person_lines_name_someone_on_the_deny_list() -> None:
    assert all(names_a_denied_one(line.text) == (line.label == "person") for line in labelled())
    assert [text for text in clean() if names_a_denied_one(text)] == []


def test_every_name_of_the_deny_list_is_used() -> None:
    assert [name for name in deny() if not any(folded(name) in folded(line.text) for line in labelled())] == []


def test_email_lines_hold_one_address_and_no_role_address() -> None:
    found = [ADDRESS.findall(line.text) for line in labelled() if line.label == "email"]
    assert {len(addresses) for addresses in found} == {1}
    assert {local for addresses in found for local, _ in addresses} & ROLES == set()


def test_addresses_in_clean_lines_are_role_addresses_of_the_publisher_or_git() -> None:
    found = {pair for text in clean() for pair in ADDRESS.findall(text)}
    others = {(local, domain) for local, domain in found if local not in ROLES or domain not in PUBLISHERS}
    assert others == {("git", "github.com"), ("status", "social.example")}


def test_clean_lines_hold_private_addresses_only_as_versions_of_software() -> None:
    private = re.compile(r"(?<![\d.])(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2,3}(?![\d.])")
    quads = [text for text in clean() for hit in private.findall(text) if hit.count(".") == 3]
    version = re.compile(r"version|build|proxy|driver|\bv10\.|[Rr]elease|firmware")
    assert [text for text in quads if not version.search(text)] == []
    assert [text for text in clean() if re.search(r"\bf(?:d[0-9a-f]{2}|e80):|::1\b|localhost", text)] == []


def test_clean_lines_hold_no_internal_host() -> None:
    host = re.compile(r"[\w-]\.(?:internal|corp|local|lan|intranet|cluster\.local)(?![\w.])|corp\.example|atlassian")
    assert [text for text in clean() if host.search(text)] == []


def test_clean_lines_hold_nothing_that_looks_like_a_live_secret() -> None:
    assert [text for text in clean() for pattern in LIVE_LOOKING if re.search(pattern, text)] == []


def test_clean_lines_hold_no_number_from_the_ranges_for_made_up_telephones() -> None:
    phone = re.compile(r"555.?01\d\d|07700.?900|\+\d{1,3}[ -]?\(?\d{2,}|01 99 00|23125|7946")
    assert [text for text in clean() if phone.search(text) and "+02:00" not in text] == []
