"""What is recognised as private, what is not, that looking stays cheap, and that nothing of `internal` is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.lint.private import KINDS, MASK, Kind, Masked, find, hidden_lines, looks, mask, stands_in
from postmortem.lint.rules import RECORD_RULES
from postmortem.lint.run import examine
from tests.effort import effort
from tests.lint.corpora import AS_OF, PATH, SMALLEST, settings

LONG = 100_000


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("secret", "AKIA" + "QZ4NTWX7LPB2MVKD"),
        ("secret", "ghp_" + "k7Qm2xVb9T" * 3 + "w4Zr8p"),
        ("secret", "github_pat_" + "11k7Qm2xVb9T" * 4),
        ("secret", "glpat-" + "k7Qm2xVb9TwZr8p4c1"),
        ("secret", "xoxb-" + "7302918465-k7Qm2xVb"),
        ("secret", "sk-ant-api03-" + "a1B2" * 8),
        ("secret", "sk_live_" + "k7Qm2xVb" * 3),
        ("secret", "AIza" + "a1B2c" * 7),
        ("secret", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-_def"),
        ("secret", "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\n"),
        ("secret", "postgres://chat:s3cret@db.example.com/chat"),
        ("secret", "api_key: 8f3kq9vz2m"),
        ("secret", "PASSWORD=Winter2026"),
        ("secret", "Authorization: Bearer 7f3kq9vz2m1x8c4b6n0d"),
        ("secret", "ABSK" + "QmVkcm9jay1rZXk3" * 6),
        ("secret", "k7Qm2xVb9T" * 7 + "aZ4bAZDOx1Y2"),
        ("secret", '"routing_key": "' + "8f3c2a90" * 4 + '"'),
        ("secret", "Authorization: GenieKey 7c1de0f2-5a4b-4e9c-8d3f-2b6a9e0c1d47"),
        ("secret", "Das Passwort war Zebra-77!kq"),
        ("secret", "La contraseña es Zebra77kq"),
        ("secret", "Le mot de passe était « Zebra77kq »"),
        ("secret", "パスワードはZebra77kqでした"),
        ("secret", "Kennwort: sommer26x"),
        ("secret", "mysqldump -h db -u backup -pk7Qm2xVb9T"),
        ("secret", "PGPASSWORD=k7Qm2xVb9T"),
        ("secret", "redis-cli -a k7Qm2xVb9T"),
        ("secret", 'name: DB_PASSWORD value: "k7Qm2xVb9T"'),
        ("secret", "sshpass -p 'k7Qm2xVb9T'"),
        ("secret", "docker login r.example.com -u ci -p k7Qm2xVb9T"),
        ("secret", "AUTH PLAIN AG1haWwAazdRbTJ4VmI5VA"),
        ("secret", "ldapsearch -x -w k7Qm2xVb9T"),
        ("secret", "ConvertTo-SecureString 'k7Qm2xVb9T'"),
        ("address", "anna.weber+x@mail.customer.example"),
        ("address", "<jo@customer.example>"),
        ("network", "10.0.0.1"),
        ("network", "172.16.4.9"),
        ("network", "172.31.255.255"),
        ("network", "192.168.1.1:8080"),
        ("network", "100.64.0.1"),
        ("network", "fd12:3456:789a::1"),
        ("network", "fe80::1"),
        ("network", "10[.]0[.]7[.]1"),
        ("network", "1.7.0.10.in-addr.arpa"),
        ("network", "168.192.in-addr.arpa"),
        ("network", "1.0.0.0.d.f.ip6.arpa"),
        ("network", "::ffff:172.20.3.4"),
        ("host", "http://relay.monitoring:9095/hook"),
        ("host", "https://forge.interne.example.fr"),
        ("host", "db1.eu.internal"),
        ("host", "chat.svc.cluster.local"),
        ("host", "build-7.corp."),
    ],
)
def test_private_values_are_found_and_blackened_whole(kind: Kind, text: str) -> None:
    around = f"It said {text} and stopped."
    assert [each.kind for each in find(around)] == [kind]
    assert looks(around.lower())
    assert stands_in(["Nothing.", around, "2026-06-23T14:21Z"])
    masked = mask(around)
    assert len(masked) == len(around)
    assert masked.startswith("It said ")
    assert masked.endswith(" stopped.")
    assert text.partition("\n")[0].strip("<>.:") not in masked


@pytest.mark.parametrize(
    "text",
    [
        "support@provider.example",
        "model opus@4.8",
        "@everyone",
        "8.8.8.8",
        "172.32.0.1",
        "172.15.0.1",
        "110.0.0.1",
        "10.20.30.40.50",
        "version 10.300.1.2",
        "2026-06-23T14:21Z",
        "token: expired",
        "The password was refused",
        "a key of 256 bits",
        "https://status.example.com/a:b@c",
        "sk-learn",
        "docker run -p 8080:80 nginx",
        "getty@tty1.service",
        "an id like 01J9ZK3V8Q7X5T2M4N6P8R0S1W among the tokens",
        "http://localhost:8080/",
        "routing key: orders.v2.eu",
        "postgres://USER:PASSWORD@HOST:5432/NAME",
        "Set-Cookie: consent=2026-10-01",
        "Das Passwort wurde am 2026-10-01 geändert",
        "step 10.0.1.3",
        "package 'edge-agent' 10.8.14.25",
        "8.8.8.8.in-addr.arpa",
        "batch 935-379-5239",
        "threading.local() and .env.local",
        "risk-management-of-everything",
        "internal.example",
        "settings.local.json",
        "local",
        "fd: closed",
    ],
)
def test_harmless_text_is_left_alone(text: str) -> None:
    around = f"It said {text} and stopped."
    assert find(around) == []
    assert not stands_in(["2026-06-23T14:21Z", around, "u1", "2026-06-23"])


@pytest.mark.parametrize("text", ["2026-06-23", "2026-06-23T14:21Z", "2026-06-23T14:21:07+02:00"])
def test_a_time_alone_is_not_searched_and_holds_nothing(text: str) -> None:
    assert find(text) == []
    assert not stands_in([text])


def test_each_of_several_texts_is_searched_by_itself() -> None:
    assert stands_in(["db1", "", "10.0.0.1"])
    assert not stands_in(["anna.weber@", "customer.example"])
    assert not stands_in([])


@given(st.text(), st.text())
def test_masking_keeps_length_and_lines(before: str, after: str) -> None:
    text = f"{before} 10.0.0.1 {after}"
    assert len(mask(text)) == len(text)
    assert mask(text).count("\n") == text.count("\n")
    assert mask(mask(text)) == mask(text)


def test_looking_first_never_misses_what_a_closer_look_finds() -> None:
    text = "Bearer  7f3kq9vz2m1x8c4b6n0d, ANNA@CUSTOMER.EXAMPLE, FD12:3456::1, DB.CORP"
    text += " +49 30 23125 042, https://example.atlassian.net/browse/OPS-12"
    assert {each.kind for each in find(text)} == KINDS
    for place in find(text):
        assert looks(text[place.start : place.end].lower())


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "a.",
        "a@",
        "@a.",
        "eyJ",
        "eyJaaaaaaaa.",
        "10.",
        "://a:",
        "password=",
        "sk-",
        "Bearer ",
        "fd00:",
        "a.internal",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----a ",
    ],
)
def test_hostile_repetition_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    """Ten times the text may not take a hundred times the work, as a pattern that backtracks would."""
    short, long = piece * (LONG // 10 // len(piece)), piece * (LONG // len(piece))
    assert effort(lambda: find(long)) <= 30 * effort(lambda: find(short)) + 0.05


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("id: x\ninternal:\n  a: 1\n\n# note\n  b: 2\ntitle: y\n", [2, 3, 4, 5, 6]),
        ("internal: {a: 1}\nid: x\n", [1]),
        ('id: x\n"internal": {a: 1,\n  b: 2}\n', [2, 3, 4]),
        ("? internal\n: {a: 1}\nid: x\n", [1]),
        ("  id: x\n  internal:\n    a: 1\n  title: y\n", [2, 3]),
        ('{"id": "x",\n"internal": {"a": 1},\n"title": "y"}', [2, 3]),
        ("id: x\nsummary: moved below internal\n", []),
        ("id: x\nsummary: |\n  internal: not a key\n", []),
        ("id: x\ninternals: 1\n", []),
    ],
)
def test_lines_of_internal_are_known_without_parsing(text: str, lines: list[int]) -> None:
    assert [number for each in hidden_lines(text) for number in each] == lines


def test_privacy_rules_never_name_the_value() -> None:
    secret = "7f3kq9vz2m1x8c4b6n0d"  # noqa: S105 - an invented one
    text = SMALLEST.replace("services:", f"summary: Bearer {secret}, jo@customer.example on 10.0.0.1\nservices:", 1)
    said = examine(text.encode(), PATH, settings(), AS_OF).findings
    assert sorted(each.code for each in said) == ["PM601", "PM602", "PM603"]
    assert all(word not in f"{each}" for each in said for word in (secret, "jo@", "10.0.0.1", MASK))
    assert {rule.code for rule in RECORD_RULES} >= {each.code for each in said}


PIECES = (
    "the password", "is", "hunter22x", ": ", "token=", "9fK2mQ7xW4vB8nR1tY6u", "-----BEGIN RSA PRIVATE KEY-----",
    "MIIEpAIBAAKCAQEA7f3", "-----END RSA PRIVATE KEY-----", "call", "+1 555 010 4477", "10.20.30.40", "version",
    "jo@customer.example", "db.corp", "x" * 90, "words and words", "\n", "\n", "\n  ", "\n\n",
)  # fmt: skip


LOCAL = tuple(each for each in PIECES if not each.startswith(("the password", "token", "-----")))


@given(st.sampled_from((PIECES, LOCAL)).flatmap(lambda some: st.lists(st.sampled_from(some), min_size=1, max_size=60)))
def test_a_single_line_is_as_black_as_in_the_whole_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    masked = Masked(text)
    for number, whole in enumerate(mask(text).split("\n"), 1):
        alone = masked.line(number)
        assert len(alone) == len(whole)
        assert all(each == MASK for each, was in zip(alone, whole, strict=True) if was == MASK)


def test_a_line_of_a_long_key_is_black_however_far_below_its_beginning_it_stands() -> None:
    text = "-----BEGIN PRIVATE KEY-----\n" + "MIIEpAIBAAKCAQEA7f3Mx0aQ\n" * 60
    assert set(Masked(text).line(55)) == {MASK}


@given(
    st.lists(
        st.sampled_from(
            ("internal:", "? internal", "internals: 1", "'internal': {", "id: x", " ", "\n", "\n", "#", "- ", "\r")
        ),
        max_size=30,
    )
)
def test_lines_of_internal_are_the_same_however_the_file_is_indented(pieces: list[str]) -> None:
    text = "id: x\n" + "".join(pieces)
    indented = "\n".join(f" {line}" if line else "" for line in text.split("\n"))
    assert hidden_lines(text) == hidden_lines(indented)
