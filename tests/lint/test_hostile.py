"""Text made to keep patterns busy is judged quickly, whatever rule looks at it. A process of its own can be stopped."""

import subprocess
import sys

import pytest

from tests.lint.corpora import SMALLEST

SIZE = 100_000
PIECES = {
    "stars": "*",
    "underscores": "_",
    "brackets": "[",
    "parentheses": "((a",
    "addresses": "a@a@a@",
    "keys": "AKIA",
    "tokens": "sk-a1 ",
    "assignments": "password=",
    "spoken": "the secret key token ",
    "quotes": 'password: "',
    "digits": "0 ",
    "numbers": "+49 30 ",
    "hosts": "a.internal.",
    "links": "https://a/browse/",
    "wiki": "x/display/",
    "dots": "10.",
    "colons": "fd00:",
    "tokens of three parts": "eyJaaaaaaaa.",
    "spelt addresses": "a [at] ",
    "pem": "-----BEGIN PRIVATE KEY-----a ",
    "blame": "team ",
    "mentions": " @a",
    "names": "contoso shipping ",
    "hollow": "we are ",
}
LIMIT = 20
"""Seconds of processor time for one record of 100 kB, start of Python included; a backtracking pattern takes hours."""

JUDGE = """
import resource, sys
from tests.lint.corpora import FIXTURES, about, findings, settings
resource.setrlimit(resource.RLIMIT_CPU, (%d, %d))
source = sys.stdin.read()
for name in ("", "PM606", "PM607"):
    told = findings({"2026-06-23-chat-unavailable.yaml": source.encode()}, settings(FIXTURES / name / "postmortem.yml"))
    assert not any(each.code.startswith("PM0") for each in told), told[:3]
"""


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_a_record_of_hostile_text_is_judged_quickly(piece: str) -> None:
    text = piece * (19_000 // len(piece))
    quoted = text.replace("'", "''")
    notes = "".join(
        f"  - {{id: n{number}, at: '2026-06-23T14:48Z', kind: note, text: '{quoted}'}}\n"
        for number in range(1, 1 + SIZE // 19_000)
    )
    source = SMALLEST + notes
    run = subprocess.run(
        [sys.executable, "-c", JUDGE % (LIMIT, LIMIT)],
        input=source.encode(),
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr.decode()[-500:]
