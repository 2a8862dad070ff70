"""What gives away a person, a key or the inside of a network, as patterns. Text in, places or masked text out; knows no
record and prints nothing.

Every pattern runs in linear time: bounded repeats, each behind a literal that a plain search finds first. The same
patterns hide what they find wherever a finding quotes the file.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal

import msgspec

Kind = Literal["address", "secret", "network", "host"]

MASK: Final = "•"

_ROLES: Final = frozenset(
    {
        "abuse",
        "admin",
        "contact",
        "feedback",
        "git",
        "hello",
        "help",
        "incidents",
        "info",
        "legal",
        "media",
        "no-reply",
        "noreply",
        "notifications",
        "office",
        "postmaster",
        "press",
        "privacy",
        "reliability",
        "sales",
        "security",
        "status",
        "support",
        "team",
        "trust",
        "webmaster",
    }
)
"""Mail boxes that belong to no person."""

_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"


class _Pattern(msgspec.Struct, frozen=True):
    """A pattern of one kind, and literals (lower case) of which one must be in the text for it to match at all."""

    kind: Kind
    literals: tuple[str, ...]
    expression: re.Pattern[str]


def _pattern(kind: Kind, literals: str, expression: str) -> _Pattern:
    return _Pattern(kind, tuple(literals.split()), re.compile(expression, re.IGNORECASE | re.ASCII))


_PATTERNS: Final = (
    _pattern("secret", "-----begin", r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----(?:\s{1,20}[\w+/=]{8,100}){0,200}"),
    _pattern("secret", "akia asia", r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    _pattern("secret", "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_", r"\b(?:gh[pousr]|github_pat)_[0-9A-Za-z_]{20,255}"),
    _pattern(
        "secret", "glpat- glsa_ hf_ npm_ pypi- dop_v1_", r"\b(?:glpat-|glsa_|hf_|npm_|pypi-|dop_v1_)[\w-]{16,255}"
    ),
    _pattern("secret", "sk- sk_ rk_", r"\b(?:sk-|[sr]k_(?:live|test)_)(?=[\w-]{0,250}[0-9])[\w-]{16,250}"),
    _pattern("secret", "xox xapp-", r"\b(?:xox[abeoprs]|xapp)-[0-9A-Za-z-]{10,250}"),
    _pattern("secret", "hooks.slack.com", r"hooks\.slack\.com/services/[\w/-]{10,200}"),
    _pattern("secret", "aiza ya29.", r"\b(?:AIza[\w-]{30,60}|ya29\.[\w-]{20,500})"),
    _pattern("secret", "sg.", r"\bSG\.[\w-]{16,64}\.[\w-]{16,128}"),
    _pattern("secret", "eyj", r"\beyJ[\w-]{8,4000}\.[\w-]{8,8000}(?:\.[\w-]{0,4000})?"),
    _pattern("secret", "://", r"://[^\s/@:]{1,100}:[^\s/@]{1,200}@"),
    _pattern("secret", "bearer basic", r"\b(?:Bearer|Basic) {1,3}(?=[\w.~+/-]{0,500}[0-9])[\w.~+/-]{16,2000}"),
    _pattern(
        "secret",
        "password passwd pwd secret token api_key api-key apikey access_key access-key",
        r"\b(?:password|passwd|pwd|(?:client[_-]?)?secret|token|api[_-]?key|access[_-]?key)\b[\"']?\s{0,3}[:=]\s{0,3}"
        r"[\"']?(?=[^\s\"',;]{0,100}[0-9])[^\s\"',;]{6,200}",
    ),
    _pattern(
        "address",
        "@",
        r"(?<![\w.%+-])[\w.%+-]{1,64}@(?:[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?\.){1,8}[a-z]{2,24}(?![\w-])",
    ),
    _pattern(
        "network",
        "10. 192.168. 172. 100. 169.254.",
        rf"(?<![\w.])(?:10\.{_OCTET}|192\.168|172\.(?:1[6-9]|2[0-9]|3[01])|100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])"
        rf"|169\.254)\.{_OCTET}\.{_OCTET}(?![0-9]|\.[0-9])",
    ),
    _pattern("network", "fc fd fe80:", r"(?<![\w:])(?:f[cd][0-9a-f]{2}|fe80):[0-9a-f]{0,4}:[0-9a-f:]{0,36}"),
    _pattern(
        "host",
        ".internal .intranet .corp .lan .local",
        r"(?<![\w.-])(?:[0-9a-z_-]{1,63}\.){1,8}(?:internal|intranet|corp|lan|local|localdomain)(?![\w-]|\.\w)",
    ),
)


class Place(msgspec.Struct, frozen=True, order=True):
    """Where something private stands in a text, as code points from its start, and of which kind it is."""

    start: int
    end: int
    kind: Kind


def find(text: str, kinds: frozenset[Kind] = frozenset({"address", "secret", "network", "host"})) -> list[Place]:
    """Every place of these kinds, in order; what is part of a secret is told as that."""
    folded = text.lower()
    found = [place for each in _PATTERNS for place in _places(each, text, folded)]
    secrets = [place for place in found if place.kind == "secret"]
    return sorted(
        place
        for place in found
        if place.kind in kinds
        and (place.kind == "secret" or not any(place.start < each.end and each.start < place.end for each in secrets))
    )


def may_hold(folded: str, kind: Kind) -> bool:
    """Whether a text in lower case, or pieces of it, are worth a closer look: cheap, never wrong when it says no."""
    return any(
        each.expression.search(folded) is not None
        for each in _PATTERNS
        if each.kind == kind and any(literal in folded for literal in each.literals)
    )


def mask(text: str) -> str:
    """The text with every private place blackened: as long as before, with the same lines."""
    found = find(text)
    if not found:
        return text
    letters = list(text)
    for place in found:
        letters[place.start : place.end] = [each if each == "\n" else MASK for each in letters[place.start : place.end]]
    return "".join(letters)


def _places(pattern: _Pattern, text: str, folded: str) -> Iterator[Place]:
    if any(literal in folded for literal in pattern.literals):
        for match in pattern.expression.finditer(text):
            if pattern.kind != "address" or match.group().partition("@")[0].casefold() not in _ROLES:
                yield Place(match.start(), match.end(), pattern.kind)


def hidden_lines(text: str) -> list[range]:
    """The lines (1-based) that hold `internal`, found without parsing: they are never quoted, even of a broken file.

    What is not surely public counts as hidden: a file in flow style is from its first `internal` on.
    """
    lines = text.split("\n")
    first = next((line for line in lines if line.strip() and not line.lstrip().startswith(("#", "---", "%"))), "")
    if first.lstrip().startswith("{"):
        start = next((number for number, line in enumerate(lines, 1) if "internal" in line), len(lines) + 1)
        return [range(start, len(lines) + 1)]
    indent = len(first) - len(first.lstrip(" "))
    found: list[range] = []
    start = 0
    for number, line in enumerate([*lines, " " * indent + "end"], 1):
        if line[indent : indent + 1] in ("", " ", "\t", "#", "-", "\r") or line[:indent].strip():
            continue
        if start:
            found.append(range(start, number))
        start = number if _INTERNAL.match(line[indent:]) else 0
    return found


_INTERNAL: Final = re.compile(r"(?:\? *)?[\"']?internal\b")
