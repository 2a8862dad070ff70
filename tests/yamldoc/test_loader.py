"""What reading accepts, how plain scalars are understood, and that every refusal is reported at its place."""

import msgspec
import pytest

from postmortem.model.finding import Finding, Span
from postmortem.yamldoc.limits import MAX_BYTES, MAX_DEPTH, MAX_FINDINGS, MAX_NODES
from postmortem.yamldoc.loader import read


def places(content: str | bytes) -> list[tuple[str, int, int]]:
    source = content if isinstance(content, bytes) else content.encode()
    return [(found.code, found.span.line, found.span.column) for found in read(source, "x.yaml")[1]]


def data_of(content: str | bytes) -> object:
    document, findings = read(content if isinstance(content, bytes) else content.encode(), "x.yaml")
    assert findings == ()
    assert document is not None
    return document.data


@pytest.mark.parametrize(
    "text",
    [
        *(
            "no",
            "No",
            "yes",
            "on",
            "off",
            "y",
            "14:05",
            "14:05:30",
            "2026-06-23",
            "2026-06-23T14:21Z",
            "1_000",
            "0b101",
        ),
        *("nUll", "tRUE", "0x", "0o8", "1e", "1.2.3", "-x", "+", ".", "..", "7k2m9x", "4711-a", "=", "<", "190:20:30"),
        *("Nothing", "true story", "~x", "1 hour", "٣", "12 345"),  # a digit, but not an ASCII one
    ],
)
def test_a_plain_scalar_that_is_not_json_is_text(text: str) -> None:
    assert data_of(f"a: {text}") == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, None) for word in ("", "~", "null", "Null", "NULL")),
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *(("0", 0), ("-0", 0), ("+5", 5), ("6700", 6700), ("-12", -12), ("9007199254740991", 9007199254740991)),
        *(("6.1", 6.1), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("-1.5E-2", -0.015), ("0.25", 0.25), ("00.5", 0.5)),
    ],
)
def test_a_plain_scalar_of_the_core_schema_is_its_json_value(text: str, value: object) -> None:
    read_value = msgspec.convert(data_of(f"a: {text}"), dict[str, object])["a"]
    assert (read_value, type(read_value)) == (value, type(value))


@pytest.mark.parametrize("quoted", ["'no'", '"12"', '"true"', "'~'", '""', "|-\n  null", ">-\n  1e3"])
def test_a_quoted_or_block_scalar_is_always_text(quoted: str) -> None:
    assert isinstance(msgspec.convert(data_of(f"a: {quoted}"), dict[str, object])["a"], str)


@pytest.mark.parametrize(
    "number",
    [
        "0x1F",
        "0o17",
        ".inf",
        "-.INF",
        ".nan",
        ".NaN",
        "012",
        "-007",
        "9007199254740992",
        "1e999",
        "1." + "0" * 70,
        "9" * 5000,
    ],
)
def test_a_number_that_readers_disagree_about_is_refused(number: str) -> None:
    assert places(f"a: {number}\nb: 1\n") == [("PM010", 1, 4)]


def test_words_that_yaml_1_1_takes_as_booleans_are_fine_as_keys() -> None:
    assert data_of('on: 1\nno: 2\n14:05: 3\n"12": 4\n') == {"on": 1, "no": 2, "14:05": 3, "12": 4}


@pytest.mark.parametrize("key", ["12", "1.5", "true", "null", "~", "0x1F", "? [a]\n", "? {a: b}\n", "? - a\n", "?\n"])
def test_a_key_that_is_not_text_is_refused_once(key: str) -> None:
    assert [code for code, _, _ in places(f"{key}: value")] == ["PM009"]


def test_all_refusals_of_a_file_are_reported_in_the_order_of_their_places() -> None:
    text = (
        "id: 1\nid: 2\nlist: [&a x, *a, *b]\ncount: !!int 3\nother: ! x\nbase: {<<: {q: 1}}\n12: x\nhex: 0x12\n"
        'bell: "\\a"\nnested: {k: 1, "k": 2, k: 3}\n'
    )
    assert places(text) == [
        *(("PM003", 2, 1), ("PM004", 3, 8), ("PM004", 3, 14), ("PM004", 3, 18), ("PM005", 4, 8), ("PM005", 5, 8)),
        *(("PM004", 6, 8), ("PM009", 7, 1), ("PM010", 8, 6), ("PM001", 9, 7), ("PM003", 10, 16), ("PM003", 10, 24)),
    ]


def test_a_repeated_key_names_the_line_of_the_first_and_keeps_its_value() -> None:
    document, findings = read(b"a: 1\nb:\n  c: 1\n\n  d: 2\n  c: 3\n", "x.yaml")
    assert document is not None
    assert document.data == {"a": 1, "b": {"c": 1, "d": 2}}
    assert [(found.message, found.pointer, found.span) for found in findings] == [
        ('the key "c" stands here a second time; the first is on line 3', ("b", "c"), Span(6, 3, 6, 4))
    ]


def test_a_value_that_contains_itself_ends() -> None:
    assert places("a: &x [b, *x]\nc: &y {d: *y}\n") == [
        (code, *at) for code, at in zip(["PM004"] * 4, [(1, 4), (1, 11), (2, 4), (2, 11)], strict=True)
    ]


def test_ampersands_stars_and_exclamation_marks_inside_text_are_fine() -> None:
    assert data_of("a: R&D *really* works! & *x\nb: '&x'\nc: \"!y\"\nd: |\n  *z\n") == {
        "a": "R&D *really* works! & *x",
        "b": "&x",
        "c": "!y",
        "d": "*z\n",
    }


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# only a comment\n", b"---\n", b"- a\n", b"text", b"null", b"[a]"])
def test_a_file_that_holds_no_mapping_says_so(content: bytes) -> None:
    document, findings = read(content, "x.yaml")
    assert document is None
    assert [found.code for found in findings] == ["PM008"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\n---\nb: 2\n", 2),
        ("---\na: 1\n---\n", 3),
        ("a: 1\n...\nb: 2\n", 2),
        ("%YAML 1.2\n---\na: 1\n", 1),
        ("a: 1\n--- # x", 2),
    ],
)
def test_a_second_document_or_a_directive_is_refused(text: str, line: int) -> None:
    assert places(text) == [("PM008", line, 1)]


@pytest.mark.parametrize("text", ["---\na: 1\n", "# c\n\n---  # d\na: 1\n...\n# e\n", "a: 1\n...", "--- {a: 1}\n"])
def test_the_marks_around_a_single_document_are_fine(text: str) -> None:
    assert data_of(text) == {"a": 1}


def test_text_that_only_looks_like_a_document_mark_is_text() -> None:
    assert data_of("a: |\n  ---\n  ...\n  %TAG\nb: ---x\n") == {"a": "---\n...\n%TAG\n", "b": "---x"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_a_file_that_is_not_utf_8_is_refused(encoding: str) -> None:
    assert {code for code, _, _ in places("a: Störung\n".encode(encoding))} == {"PM001"}


def test_an_invalid_byte_is_shown_at_its_place() -> None:
    assert places("ä: 1\nb: ü".encode() + b"\xff\n") == [("PM001", 2, 5)]


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\x80", "\x9f", "\ufeff", "\ufffe", "\uffff"])
def test_an_invisible_character_is_refused_raw_and_as_an_escape(character: str) -> None:
    assert places(f"a: 1\nb: é{character}x\n") == [("PM001", 2, 5)]
    assert places(f'a: 1\nb: "é\\u{ord(character):04x}"\n') == [("PM001", 2, 4)]
    assert places(f'"é\\u{ord(character):04x}": 1\n') == [("PM001", 1, 1)]


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029", "\r"])
def test_a_line_break_that_hides_a_key_is_refused_raw_and_fine_as_an_escape(character: str) -> None:
    assert places(f"a: 1\ntitle: calm{character}severity: none\nb: 2\n") == [("PM007", 2, 12)]
    assert data_of(f'a: "x\\u{ord(character):04x}y"') == {"a": f"x{character}y"}


def test_a_refused_character_does_not_hide_other_refusals() -> None:
    assert places("a: x\x07\na: y\u2028\nb: 0x1\n") == [
        ("PM001", 1, 5),
        ("PM003", 2, 1),
        ("PM007", 2, 5),
        ("PM010", 3, 4),
    ]


def test_a_byte_order_mark_moves_nothing() -> None:
    assert places(b"\xef\xbb\xbfa: 0x1\n") == [("PM010", 1, 4)]
    assert data_of(b"\xef\xbb\xbfa: 1\n") == {"a": 1}


def test_the_limits_hold_exactly() -> None:
    deep = "a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1)
    data_of(deep)
    assert places(f"a: [{deep[3:]}]")[0][0] == "PM006"
    many = "a: [" + "x," * (MAX_NODES - 3) + "]"
    data_of(many)
    assert places(many.replace("]", "x]")) == [("PM006", 1, 4)]
    full = b"a: " + b"x" * (MAX_BYTES - 3)
    data_of(full)
    assert places(full + b"x") == [("PM006", 1, 1)]


def test_only_the_first_refusals_are_listed() -> None:
    _, findings = read(b"a: 1\n" * 1000, "x.yaml")
    assert len(findings) == MAX_FINDINGS + 1
    assert (findings[-1].code, findings[-1].message) == (
        "PM006",
        "more refusals follow from here on; only the first 100 are listed",
    )


def test_a_finding_carries_path_weight_and_next_step() -> None:
    _, findings = read(b"x: [{y: 0x1}]\n", "incidents/2026/a.yaml")
    assert findings == (
        Finding(
            path="incidents/2026/a.yaml",
            span=Span(1, 9, 1, 12),
            code="PM010",
            message=(
                "this number is ambiguous: hexadecimal, octal, infinite and not-a-number values have no place in JSON"
            ),
            weight="error",
            hint="quote it if it is a name or an id; else write a plain decimal number",
            pointer=("x", 0, "y"),
        ),
    )


@pytest.mark.parametrize("text", ["password: 0xCAFE", 'token: "s3cret\\a"', "key: 's3cret' s3cret", "a: !!s3cret x"])
def test_no_message_repeats_a_value(text: str) -> None:
    _, findings = read(text.encode(), "x.yaml")
    assert findings
    assert not any(word in found.message + found.hint for found in findings for word in ("CAFE", "s3cret"))


def test_many_lists_beside_one_another_are_not_deep() -> None:
    data_of("".join(f"k{number}: [{{a: [x]}}, {{b: [[y]]}}]\n" for number in range(200)))


def test_an_alias_far_down_is_still_found() -> None:
    lines = "".join(f"k{number}: x\n" for number in range(300))
    assert places(f"a: &a x\n{lines}b: *a\nc: *c\n") == [("PM004", 1, 4), ("PM004", 302, 4), ("PM004", 303, 4)]
