"""Hosts and pages that only people inside can reach, by globs. Globs in, patterns by their literals out; the
built-in ones stand in `places.txt`.

A glob becomes a pattern that is tried once at the beginning of each word and whose every repeat is bounded. The longest
literal of it rules most texts out.
"""

import re
from functools import cache
from pathlib import Path
from typing import Final

from postmortem.lint.literals import Literals, group
from postmortem.lint.words import words

_FILE: Final = Path(__file__).with_name("places.txt")
_HOST: Final = r"[\w.-]{1,120}"
_ADDRESS: Final = r"[^\s<>\"'`()\[\]]{0,200}"
_TLD: Final = (
    r"(?:com|net|org|io|ai|dev|app|cloud|tech|systems|example|test|co|info|biz|gov|edu|eu|de|fr|nl|se|ch|at|us|ca|au|in|jp"
    r"|(?:co|com|org|ac)\.[a-z]{2})"
)


@cache
def hosts(own: tuple[str, ...] = ()) -> Literals[str]:
    """Patterns of host names by their literals, the built-in ones and these; a name that goes on is another name."""
    globs = [each for each in _lines() if "/" not in each]
    return group(_glob(each, _HOST, rf"(?<![\w.-])(?=\w){_others()}", r"(?![\w(-]|\.\w)") for each in (*globs, *own))


@cache
def links(own: tuple[str, ...] = ()) -> Literals[str]:
    """Patterns of addresses, with or without a scheme, up to where the address ends: the built-in ones and these."""
    globs = [each for each in _lines() if "/" in each]
    scheme = re.compile(r"^https?://", re.IGNORECASE)
    return group(_link(scheme.sub("", each)) for each in (*globs, *own))


def _lines() -> list[str]:
    lines = [line.strip() for line in _FILE.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def _link(glob: str) -> tuple[str, str]:
    before = r"(?<![^\s<>\"'`(\[])" if glob.startswith("*") else r"(?<![\w.-])(?:https?://)?(?:www\.)?"
    return _glob(glob, _ADDRESS, before + _others(), _ADDRESS)


@cache
def _others() -> str:
    """Not a tracker or a wiki that a project opens to everybody."""
    return (
        rf"(?!(?:https?://)?(?:[\w-]{{1,63}}\.){{0,4}}(?:{'|'.join(map(re.escape, sorted(words('open_projects'))))})\b)"
    )


def _glob(glob: str, anything: str, before: str, after: str) -> tuple[str, str]:
    pieces = re.split(r"(\*+|<tld>)", glob)
    literal = max((each for each in pieces if not each.startswith(("*", "<"))), key=len)
    body = "".join(_TLD if each == "<tld>" else anything if each[:1] == "*" else re.escape(each) for each in pieces)
    return literal.lower(), f"{before}{body}{after}"


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """Compiled when a text first asks for it: most never do."""
    return re.compile(expression, re.IGNORECASE | re.ASCII)
