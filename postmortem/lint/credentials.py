"""Keys, tokens and passwords in prose: by the beginnings that vendors give them (`tokens.txt`), by their shape, and by
the word that stands before them. Text in, ways to look at it out; knows no record.

Placeholders are no secrets: a value that hides its letters, says that it is an example, or repeats a few characters.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Final

from postmortem.lint.literals import Literals, group
from postmortem.lint.pattern import Pattern

_FILE: Final = Path(__file__).with_name("tokens.txt")

Look = Callable[[str], Iterator[tuple[int, int]]]
"""Searches a text: the starts and ends of what it finds."""

Shape = tuple[str, str]
"""A literal in lower case that is in every match, and the pattern; its group `value` is what opens something."""


_SHAPES: Final[tuple[Shape, ...]] = (
    ("-----begin", r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:\s{1,20}[\w+/=]{8,100}){0,200}"),
    ("putty-user-key", r"PuTTY-User-Key-File-[23]:[^\n]{0,80}"),
    ("eyj", r"\beyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{0,4000})?"),
    ("@", r"://[^\s/@:]{0,100}:(?P<value>[^\s/@]{1,200})@"),
    (":aa", r"\b[0-9]{8,10}:AA[\w-]{30,40}"),
    (".atlasv1.", r"\b[0-9a-z]{14}\.atlasv1\.[\w=-]{40,80}"),
    ("azdo", r"\b[0-9A-Za-z]{70,80}AZDO[0-9A-Za-z]{4}\b"),
    ("8q~", r"(?<![\w~.-])[\w~.-]{3}8Q~[\w~.-]{30,36}"),
    ("-us", r"\b[0-9a-f]{32}-us[0-9]{1,2}\b"),
    (
        "=",
        (
            r"[?&;](?:X-Amz-Signature|X-Goog-Signature|X-Amz-Security-Token|sig|signature|token|access_token|refresh_token"
            r"|id_token|auth|api[_-]?key|key|secret|password|pwd|code|hash|hmac|policy)="
            r"(?=[\w%.~+/-]{0,300}[0-9])(?P<value>[\w%.~+/=-]{12,2000})"
        ),
    ),
)

_BEFORE: Final = Pattern(
    r"(?<![a-z0-9])(?P<word>(?:pg|my|db|sql|redis|smtp|ldap|ssh)?pass ?(?:word|phrase|code|wd)|pwd"
    r"|pass(?=\s{0,2}[:=]| [\"'`])|pw(?=[:=])|(?:pass_?|ldap_default_)?authtok|bind_?pw"
    r"|(?:client|app|shared|signing|webhook)?[ _-]?secret"
    r"|(?:api|app|application|integration|access|auth|private|secret|signing|encryption|master|account|license|licence|deploy|service|root|admin|ssh|routing|unseal|recovery)"
    r"[ _-]?(?:access[ _-]?)?key|sharedaccesskey|[a-z_-]{0,24}token|credentials?|session[ _-]?(?:id|cookie)|cookie"
    r"|one-time code|recovery code)s?(?![a-z0-9])(?P<quote>[\"'`]?)",
    re.IGNORECASE | re.ASCII,
)
_HINTS: Final = (
    *("pass", "pwd", "secret", "key", "token", "credential", "cookie", "code", "session"),
    *("authtok", "bind", "pw:", "pw="),
)
_DIGIT: Final = Pattern(r"[0-9]", re.ASCII)
_VALUE: Final = Pattern(r"[^\n0-9]{0,110}[0-9]|(?:pass|pwd|authtok|bind_?pw)[^\n]{0,20}[:=\"'`]", re.ASCII)
GIVEN: Final = Pattern(
    r"(?:[\"'`,]?\s{1,12}(?:- )?[\"']?value[\"']?)?\s{0,3}(?:[:=]{1,2}>?|->|:=)\s{0,3}[\"'`]?"
    r"(?P<value>[^\s\"'`,;]{4,200})",
    re.ASCII,
)
_SAID: Final = Pattern(
    r"(?: (?:is|was|were|to|of|as|from|with|still|set|changed|reset|reads?|now|the|value|using|called)){0,4} [\"'`]?"
    r"(?P<value>[^\s\"'`,;]{6,200})",
    re.ASCII,
)
_NEAR: Final = Pattern(r"[\w+/=.~-]{20,200}", re.ASCII)
_REACH: Final = 90
"""How many characters after its word a long random value is still looked for."""

_PLACEHOLDER: Final = Pattern(
    r"x{4}|\*{2}|•{2}|\.{3}|…|<|>|^\$|(?-i:\$(?:[A-Z_{(]|$))|\{|\}|\[|\]|\bnone\b|\bnull\b|example|redact|placeholder|changeme|change_me|"
    r"\byour|_your|insert|dummy|removed|masked|hidden|0123456789|1234567890|abcdefgh|(?<!\w)\(|(?-i:\bPASS(?:WORD)?\b)",
    re.IGNORECASE,
)
DATED: Final = Pattern(r"[0-9]{4}-[0-9]{2}(?:-[0-9]{2}|\b)", re.ASCII)
_HEX: Final = Pattern(r"[0-9a-fA-F-]+", re.ASCII)
_OPEN: Final = Pattern(
    r"(?:public|idempotency|cache|primary|foreign|partition|object|sort|row|trace|request|correlation|publishable"
    r"|fingerprint|checksum|sha-?256|md5|digest|host)\b[^.]{0,20}$|\b(?:key|token)[ _-]?ids?$",
    re.IGNORECASE | re.ASCII,
)
_ALONE: Final[tuple[Shape, ...]] = (
    ("bearer", r"\bBearer[ :]{1,3}[\"'`]?(?=[\w.~+/=-]{0,500}[0-9])(?P<value>[\w.~+/=-]{16,2000})"),
    (
        "authorization",
        (
            r"\bAuthorization[\"'`]?\s{0,2}[:=]\s{0,2}[\"'`]?(?:[A-Za-z][\w-]{1,24}[ =]{1,2})?[\"'`]?"
            r"(?=[\w.~+/=:-]{0,500}[0-9])(?P<value>[\w.~+/=:-]{16,2000})"
        ),
    ),
    ("basic", r"\bBasic {1,3}(?=[\w+/]{0,200}[0-9A-Z])(?P<value>[\w+/]{12,500}={0,2})"),
    ('"auth"', r"\"auth\"\s{0,2}:\s{0,2}\"(?P<value>[\w+/]{12,500}={0,2})\""),
    ("curl", r"\bcurl\b[^\n]{0,200}? (?:-u|--user)[ =][\"']?[^\s:\"']{1,64}:(?P<value>[^\s\"']{4,100})"),
)
"""The same, where the literal is a plain word of its own."""
_TURN: Final = Pattern(r"[A-Za-z](?=[0-9])", re.ASCII)
_ROUTING: Final = Pattern(r"\brouting[ _-]?key$", re.IGNORECASE | re.ASCII)
"""A queue's, which is a name, or a pager's, which opens something: length tells."""
_DISCORD: Final = Pattern(r"\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,40}", re.ASCII)
_LONG_AND_DOTTED: Final = 56
_PORTS: Final = Pattern(r"[0-9.:-]+", re.ASCII)
_BLANKS: Final = frozenset("xX0*.-_#•…")
"""A value of these alone only shows where one would stand."""


def looks(odd: list[str], folded: str) -> list[Look]:
    """What a text in lower case has to be searched for; `odd` are its words that are more than letters. Cheap, and
    never leaves out what would find something.
    """
    found: list[Look] = [partial(matches, compiled(each)) for each in _shapes().among(odd)]
    found += [partial(matches, compiled(each)) for literal, each in _ALONE if literal in folded]
    if any(len(word) > _LONG_AND_DOTTED and word.count(".") > 1 for word in odd):
        found.append(partial(matches, _DISCORD))
    return [*found, _spoken] if may_be_spoken(folded) else [*found]


def matches(expression: re.Pattern[str] | Pattern, text: str) -> Iterator[tuple[int, int]]:
    """Where a shape stands, or its group `value` if that opens something."""
    group: str | int = "value" if "value" in expression.groupindex else 0
    for match in expression.finditer(text):
        value = match.group(group)
        if group == 0 or (not placeholder(value) and (_DIGIT.search(value) or not value.islower())):
            yield match.span()


def may_be_spoken(folded: str) -> bool:
    """Whether a value with a digit, or one that is given with a sign, is near one of the words."""
    for hint in _HINTS:
        at = folded.find(hint)
        while at >= 0:
            if _VALUE.match(folded, at) is not None:
                return True
            at = folded.find(hint, at + 1)
    return False


def _spoken(text: str) -> Iterator[tuple[int, int]]:
    """Values after a word such as password: given with a sign, said in a sentence, or long and random nearby."""
    if not may_be_spoken(text.lower()):
        return
    position = 0
    while (word := _BEFORE.search(text, position)) is not None:
        position = word.end()
        before = text[max(0, word.start() - 30) : word.end()]
        if _OPEN.search(before):
            continue
        value = _long(text, word.end()) if _ROUTING.search(before) else _value(text, word)
        if value is not None:
            yield value
            position = value[1]


def _value(text: str, word: re.Match[str]) -> tuple[int, int] | None:
    secret_word = word["word"].lower().startswith(("pass", "pwd", "pw", "bind", "authtok", "ldap_default_authtok"))
    given = GIVEN.match(text, word.end())
    if given is not None:
        bare = given["value"].rstrip(".)")
        quoted = text[given.start("value") - 1] in "\"'`"
        if not placeholder(bare) and (chosen(bare, quoted=quoted) if secret_word else _drawn(bare, 8)):
            return word.start(), given.start("value") + len(bare)
    said = _SAID.match(text, word.end())
    if said is not None:
        bare = said["value"].rstrip(".):")
        quoted = text[said.start("value") - 1] in "\"'`"
        if not placeholder(bare) and (
            _mixed(bare) or (quoted and _drawn(bare, 6)) if secret_word else _drawn(bare, 16)
        ):
            return said.start("value"), said.start("value") + len(bare)
    return _long(text, word.end())


def _long(text: str, start: int) -> tuple[int, int] | None:
    """A long random value not far from here."""
    for near in _NEAR.finditer(text, start, start + _REACH):
        if _random(near.group()) and not placeholder(near.group()):
            return near.span()
    return None


def placeholder(value: str) -> bool:
    """Whether a value only shows where one would stand."""
    return set(value) <= _BLANKS or _PORTS.fullmatch(value) is not None or _PLACEHOLDER.search(value) is not None


def chosen(value: str, *, quoted: bool) -> bool:
    """What a person would choose as a password: no plain word, unless it stands in quotes."""
    return len(value) >= 6 and not value.isdigit() and (quoted or not value.isalpha()) and not DATED.match(value)  # noqa: PLR2004


def _mixed(value: str) -> bool:
    """Letters and digits in one word, none of it a date or a version."""
    inner = value.strip("v.!?").replace(".", "")
    dated = DATED.match(value.rpartition("=")[2])
    return _both(value) and not dated and not inner.isdigit() and "://" not in value


def _drawn(value: str, least: int) -> bool:
    return len(value) >= least and _mixed(value)


def _random(value: str) -> bool:
    """Drawn, not written: capitals, small letters and digits together, or thirty-two digits to the base of sixteen."""
    if "://" in value or DATED.match(value) or not _both(value):
        return False
    if _HEX.fullmatch(value):
        return len(value) >= 32  # noqa: PLR2004
    return _scattered(value) if value in (value.lower(), value.upper()) else True


def _scattered(value: str) -> bool:
    """Small letters with digits here and there: no word and no name is like that. In capitals it is an id (ULID)."""
    return value.isalnum() and value.islower() and len(value) >= 24 and len(_TURN.findall(value)) > 3  # noqa: PLR2004


def _both(value: str) -> bool:
    return any(each.isdigit() for each in value) and any(each.isalpha() for each in value)


@cache
def _shapes() -> Literals[str]:
    """All shapes: ours, and a vendor's beginning with what follows it."""
    lines = [line.split() for line in _FILE.read_text(encoding="utf-8").splitlines()]
    return group((*_SHAPES, *(_token(*line) for line in lines if line and not line[0].startswith("#"))))


def _token(beginning: str, rest: str) -> Shape:
    """Case counts here, as it does for vendors."""
    return beginning.lower(), rf"(?-i:(?<![0-9A-Za-z]){re.escape(beginning)}(?P<value>{rest}))"


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """Compiled when a text first asks for it: most never do."""
    return re.compile(expression, re.IGNORECASE | re.ASCII)
