"""Passwords that no vendor's beginning and no English word gives away: after an option of a command, and after what
other languages call one. Text in, ways to look at it out; knows no record.
"""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from postmortem.lint.credentials import DATED, GIVEN, Look, chosen, compiled, matches, placeholder
from postmortem.lint.pattern import Pattern

_COMMANDS: Final = (
    (" -p", r"\b(?:mysql|mariadb)\w*\b[^\n|;]{0,200}? -p[\"']?(?P<value>[^\s\"'`]{6,64})"),
    (
        " -p",
        (
            r"\b(?:sshpass|mongo\w*|mosquitto_\w+"
            r"|(?:docker|podman|nerdctl|helm registry|oras|skopeo|buildah|oc|cf|az) login)\b"
            r"[^\n|;]{0,200}? -[pP] ?[\"']?(?P<value>[^\s\"'`]{4,200})"
        ),
    ),
    (" -a", r"\bredis-cli\b[^\n|;]{0,200}? -a [\"']?(?P<value>[^\s\"'`]{4,200})"),
    (" -w", r"\bldap\w+\b[^\n|;]{0,300}? -w ?[\"']?(?P<value>[^\s\"'`]{4,100})"),
    ("auth ", r"\bAUTH (?:PLAIN|LOGIN|XOAUTH2) {1,2}(?P<value>[\w+/]{12,500}={0,2})"),
    ("securestring", r"\bConvertTo-SecureString\b[^\n]{0,60}?[\"'](?P<value>[^\"'\n]{4,100})[\"']"),
)
"""Commands that take a password after an option of one letter, as people paste them (their manual pages)."""

_ABROAD: Final = (
    "passwort", "kennwort", "passe", "contrasena", "clave", "senha", "wachtwoord", "adgangskode", "salasana", "heslo",
    "parola",
)  # fmt: skip
_ACCENTED: Final = (
    "contraseña", "hasło", "hasła", "lösenord", "jelszó", "şifre", "парол", "パスワード", "密码", "密碼", "비밀번호"
)  # fmt: skip
"""What a password is called elsewhere."""
_PASSWORD: Final = Pattern("|".join((*_ABROAD, *_ACCENTED)), re.IGNORECASE)
_TYPED: Final = Pattern(r"[!#-&*+\--:<-~]{6,64}", re.ASCII)
_STRONG: Final = Pattern(r"(?=.*[0-9])(?=.*[A-Za-z])(?:(?=.*[a-z])(?=.*[A-Z])|.*[!#-&*+=?@^~])", re.ASCII)
"""Letters and digits, and both cases or a sign that no ordinary word has."""
_SENTENCE: Final = 60


def looks(folded: str) -> list[Look]:
    """What a text in lower case has to be searched for; never leaves out what would find something."""
    found: list[Look] = [partial(matches, compiled(each)) for literal, each in _COMMANDS if literal in folded]
    if any(word in folded for word in _ABROAD) or not (folded.isascii() or _PASSWORD.search(folded) is None):
        found.append(_abroad)
    return found


def _abroad(text: str) -> Iterator[tuple[int, int]]:
    """Passwords after what other languages call one."""
    for word in _PASSWORD.finditer(text):
        given = GIVEN.match(text, word.end())
        if given is not None and not placeholder(given["value"]) and chosen(given["value"].rstrip(".)"), quoted=False):
            yield given.span("value")
            continue
        end = text.find("\n", word.end(), word.end() + _SENTENCE)
        near = _TYPED.finditer(text, word.end(), end if end >= 0 else word.end() + _SENTENCE)
        yield from (each.span() for each in near if _strong(each.group()))


def _strong(value: str) -> bool:
    bare = value.rstrip(".:!?")
    return bool(_STRONG.match(bare)) and not placeholder(bare) and not DATED.match(bare) and "/" not in bare
