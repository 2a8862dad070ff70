"""Expressions that wait to be compiled: none of ours is wrong, and each does what `re` does."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import pytest

from postmortem import lint
from postmortem.lint.pattern import Pattern


def _ours() -> Iterator[Pattern]:
    for module in walk_packages(lint.__path__, "postmortem.lint."):
        for value in vars(import_module(module.name)).values():
            yield from (each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, Pattern))


def test_every_expression_of_the_rules_is_right() -> None:
    ours = list(_ours())
    assert len(ours) > 40
    assert all(each.compiled.pattern == each.expression for each in ours)


def test_nothing_is_compiled_before_a_text_asks() -> None:
    wrong = Pattern("(")
    with pytest.raises(re.error):
        wrong.search("text")


def test_answers_are_those_of_re_with_the_same_flags() -> None:
    pattern, text = Pattern(r"(?P<word>[a-z]+)-1", re.IGNORECASE), "One-1 two-1"
    plain = re.compile(pattern.expression, pattern.flags)
    for name in ("search", "match", "fullmatch"):
        found, wanted = getattr(pattern, name)(text, 6), getattr(plain, name)(text, 6)
        assert found.span("word") == wanted.span("word") == (6, 9)
    assert [each.span() for each in pattern.finditer(text)] == [each.span() for each in plain.finditer(text)]
    assert pattern.findall(text) == plain.findall(text) == ["One", "two"]
    assert pattern.groupindex == plain.groupindex
