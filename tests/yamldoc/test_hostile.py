"""Whatever bytes come in, findings come out: nothing raises, nothing crashes the interpreter, nothing takes long.

The worst inputs known (a stack overrun and several quadratic scans of libyaml among them) are read in a process of
their own, so that a crash or a hang is one failing test.
"""

import random
import subprocess
import sys

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.yamldoc.limits import MAX_BYTES
from postmortem.yamldoc.loader import read

RECORD = """\
# a record with everything a record uses
schema_version: "1.0"
id: 2026-06-23-störung-🙂
summary: >-
  A change sent most traffic to a pool
  without capacity: nothing worked.
services: [web-app, "api", 'mobile: app']
clocks: {started: 2026-06-23T14:21Z, mitigated: {at: "2026-06-23T15:58Z", is: about}}
cause:
  explanation: |
    The change moved a class.

    The pool answered.
  measures:
    - {metric: latency_p95, baseline: 6.1, peak: -2.5e3, ok: true, other: null, none: }
timeline:
  - id: u1
    text: It's "quoted" & marked *so* !really
    answer: no
  - - nested
    - 12
"""

SEEDS = (
    "[",
    "{",
    "- ",
    "? ",
    "{a: ",
    "[{a: ",
    ": ",
    '"',
    "'",
    "\\",
    "#",
    "%",
    "&",
    "*",
    "!",
    "|",
    ">",
    "@",
    "`",
    ",",
    "\t",
)
LINES = (
    "\n",
    "\r\n",
    "\r",
    " ",
    "-\n",
    "---\n",
    "...\n",
    "#\n",
    ":\n",
    "a: 1\n",
    "? a\n",
    "a: 1\n---\n",
    "%TAG !a! x\n",
    "a\n ",
)
STRANGE = ("\0", "\x85", "\u2028", "\ufeff", "名", "🙂", "é: ", "<<: ", "!!x ", "!<x> ", "&a ", "*a ")


def filled(unit: str, before: str = "", after: str = "", size: int = MAX_BYTES) -> str:
    return before + unit * ((size - len((before + after).encode())) // len(unit.encode())) + after


WORST = {
    **{f"1 MiB of {unit!r}": filled(unit) for unit in SEEDS + LINES + STRANGE},
    **{f"1 MiB of {unit!r} as a value": filled(unit, "a: ") for unit in SEEDS + LINES + STRANGE},
    **{
        f"1 MiB of {unit!r} in a list": filled(f"{unit}x, ", "a: [", "]")
        for unit in ("*", "&", "&a ", "!", "? ", "é: ")
    },
    "100 kB of '- - -'": filled("- ", size=100_000),
    "200,000 [": "[" * 200_000,
    "200,000 {": "{" * 200_000,
    "100,000 keys": "".join(f"k{number}: v\n" for number in range(100_000)),
    "every key twice": "".join(f"k{number}: v\n" for number in range(12_000)) * 2,
    "ever deeper lines": "a:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 1400)),
    "alias bomb": "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 100)),
    "aliases": "a: &a x\nb: [" + "*a," * 20_000 + "]",
    "unknown aliases": "b: [" + "*a," * 20_000 + "]",
    "anchors": "".join(f"k{number}: &a{number} x\n" for number in range(20_000)),
    "tag directives": "".join(f"%TAG !a{number}! x\n" for number in range(50_000)),
    "tag directives after a document": "a: 1\n...\n" + "".join(f"%TAG !a{number}! x\n" for number in range(50_000)),
    "a million digits": "a: " + "9" * 1_000_000,
    "a million decimals": "a: 0." + "9" * 1_000_000,
    "a large exponent": "a: 1e" + "9" * 1_000_000,
    "a key of a megabyte": "a" * 1_000_000 + ": 1",
    "literal of empty lines": filled(" \n", "a: |\n x"),
    "escapes": filled("\\x00", 'a: "', '"'),
    "lone surrogate": 'a: "\\ud800"',
    "ten megabytes": "a" * 10_000_000,
}

READ_THEM_ALL = """
import sys, msgspec
from postmortem.yamldoc.loader import read
counts = {}
for name, text in msgspec.json.decode(sys.stdin.buffer.read(), type=dict[str, str]).items():
    print(name, file=sys.stderr, flush=True)
    document, findings = read(text.encode(), name)
    counts[name] = [document is not None, len(findings)]
sys.stdout.buffer.write(msgspec.json.encode(counts))
"""


def test_the_worst_inputs_known_end_in_findings() -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_THEM_ALL],
        input=msgspec.json.encode(WORST),
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    counts = msgspec.json.decode(done.stdout, type=dict[str, tuple[bool, int]])
    assert list(counts) == list(WORST)
    assert [name for name, (usable, found) in counts.items() if not usable and not found] == []
    assert [name for name in list(WORST)[-22:] if "literal" not in name and not counts[name][1]] == []


def test_without_libyaml_the_operator_is_told_what_to_install() -> None:
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from postmortem.errors import PostmortemError\n"
        "from postmortem.yamldoc.loader import read\n"
        "try: read(b'a: 1', 'x')\n"
        "except PostmortemError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert "libyaml" in done.stdout
    assert "pip install" in done.stdout


def check(content: bytes) -> None:
    """What holds for every input: sorted errors with places inside the text, and never neither data nor findings."""
    document, findings = read(content, "x.yaml")
    assert document is not None or findings
    assert list(findings) == sorted(findings)
    lines = content.decode("utf-8", "replace").removeprefix("\ufeff").split("\n")
    for found in findings:
        assert 1 <= found.span.line <= len(lines)
        assert 1 <= found.span.column <= len(lines[found.span.line - 1]) + 1
        assert (found.span.line, found.span.column) <= (found.span.end_line, found.span.end_column)
        assert found.code.startswith("PM0")
        assert found.hint


def mutated(chance: random.Random) -> bytes:
    """The record with one to six pieces deleted, doubled, swapped or replaced by something YAML has a meaning for."""
    text = RECORD
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.choice([0, 1, 1, 2, 5, 40]))
        piece = chance.choice(
            [*SEEDS, *LINES, *STRANGE, "", text[start:end] * 2, text[end : end + 9] + text[start:end]]
        )
        text = text[:start] + piece + text[end:]
    content = bytearray(text.encode())
    if chance.random() < 0.1:
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def test_the_record_itself_is_accepted() -> None:
    document, findings = read(RECORD.encode(), "x.yaml")
    assert findings == ()
    assert document is not None
    assert document.data["timeline"][0]["answer"] == "no"


@given(st.binary(max_size=200))
def test_any_bytes_give_findings(content: bytes) -> None:
    check(content)


@given(
    st.lists(st.sampled_from([*SEEDS, *LINES, *STRANGE, "a", "1", "]", "}", ": ", "\n  "]), max_size=40).map("".join)
)
def test_any_mix_of_yaml_syntax_gives_findings(text: str) -> None:
    check(text.encode())


@given(st.randoms(use_true_random=False))
def test_any_mutation_of_a_record_gives_findings(chance: random.Random) -> None:
    check(mutated(chance))


@pytest.mark.soak
def test_many_mutations_of_a_record_give_findings() -> None:
    for seed in range(100_000):
        check(mutated(random.Random(seed)))  # noqa: S311  # reproducible on purpose
