"""YAML as people write it: texts in many styles, and edits of what they say, from one source of chance.

Every comment is unique and occurs in no value, so that a test can look for it without knowing how we find comments.
"""

from random import Random
from typing import Any

from postmortem.model.edit import Append, Edit, Insert, Put, Remove, Reorder
from postmortem.model.finding import Pointer

WORDS = (
    "api",
    "chat",
    "Störung",
    "会話",
    "no",
    "yes",
    "14:05",
    "2026-06-23T14:47Z",
    "2026-06-23",
    "u1",
    "a/b",
    "x#y",
    "1e3",
)
PROSE = (
    "All of it works again.",
    "One thing: it broke #3",
    'It\'s "quoted"',
    "Ein langer Satz, der für eine Zeile zu lang ist, denn er sagt uns, was an diesem Tag um halb drei geschah.",
    "🙂 begins with a smile",
    "- looks like a list",
    "会話が保存されませんでした",
    "",
    " blank at both ends ",
    "trailing colon:",
)
LINES = ("one\ntwo\n", "one\n\ntwo", "# no comment\nat all\n", "  indented\nless\n", "end\n\n\n", "a\n\n b\n")


def marker(number: int) -> str:
    """How the comment of a number ends."""
    return f"c{number}."


class Hand:
    """One way to write: indentation, line breaks, how often comments and blank lines occur."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.step = chance.choice([2, 2, 2, 4, 3])
        self.offset = chance.choice([0, 2, 2, 4])
        self.newline = chance.choice(["\n", "\n", "\r\n"])
        self.comments = chance.choice([0, 0.1, 0.4])
        self.blanks = chance.choice([0, 0, 0.3])
        self.padded = chance.choice(["", "", " "])
        self.count = 0

    def comment(self) -> str:
        """A comment like no other."""
        self.count += 1
        words = self.chance.choice(["why", "- x: 1", "{", "ä"])
        return f"#{self.chance.choice(['', ' ', '  '])}{words} {marker(self.count)}"

    def trailing(self) -> str:
        """A comment at the end of a line, or nothing."""
        return self.chance.choice([" ", "  ", "    "]) + self.comment() if self.chance.random() < self.comments else ""

    def between(self, column: int) -> list[str]:
        """Blank lines and comment lines, some of them indented oddly."""
        lines = []
        while self.chance.random() < self.blanks:
            lines.append(self.chance.choice(["", "", "  "]))
        while self.chance.random() < self.comments / 2:
            lines.append(" " * max(0, column + self.chance.choice([0, 0, 0, 2, -2])) + self.comment())
            if self.chance.random() < self.blanks:
                lines.append("")
        return lines

    def text(self) -> str:
        """A whole file."""
        lines = [self.comment()] if self.chance.random() < self.comments else []
        lines += ["---"] if self.chance.random() < 0.05 else []
        lines += self.mapping(0, 0, set("abcdef"))
        lines += self.between(0)
        text = self.newline.join(lines)
        return text + (self.newline if self.chance.random() < 0.8 else "")

    def mapping(self, column: int, depth: int, keys: set[str]) -> list[str]:
        """The lines of a mapping."""
        lines: list[str] = []
        for key in self.chance.sample(sorted(keys), self.chance.randint(1, 4)):
            lines += self.between(column) if lines else []
            name = self.chance.choice([key, key, key, f'"{key}"', f"'{key}'"])
            head, body = self.value(column, column + self.step, depth)
            lines += [" " * column + name + ":" + (f" {head}" if head else ""), *body]
        return lines

    def sequence(self, column: int, depth: int) -> list[str]:
        """The lines of a list."""
        lines: list[str] = []
        gap = self.chance.choice([2, 2, 2, 4])
        for _ in range(self.chance.randint(1, 4)):
            lines += self.between(column) if lines else []
            kind = self.chance.random()
            pad, dash = " " * column, "-" + " " * (gap - 1)
            if kind < 0.35 and depth < 3:
                inner = self.mapping(column + gap, depth + 1, set("pqrs"))
                lines += [pad + dash + inner[0].lstrip(" "), *inner[1:]]
            elif kind < 0.4 and depth < 3:
                inner = self.sequence(column + gap, depth + 1)
                lines += [pad + dash + inner[0].lstrip(" "), *inner[1:]]
            else:
                head, body = self.scalar_or_flow(column + gap)
                lines += [(pad + dash + head).rstrip(" "), *body]
        return lines

    def value(self, column: int, inner: int, depth: int) -> tuple[str, list[str]]:
        """What stands behind a colon, and the lines below."""
        kind = self.chance.random()
        if depth < 3 and kind < 0.25:
            return self.trailing().lstrip(" "), self.between(inner) + self.mapping(inner, depth + 1, set("pqrs"))
        if depth < 3 and kind < 0.5:
            dash = column + self.offset
            return self.trailing().lstrip(" "), self.between(dash) + self.sequence(dash, depth + 1)
        return self.scalar_or_flow(inner)

    def scalar_or_flow(self, inner: int) -> tuple[str, list[str]]:
        """What needs no lines of keys or dashes."""
        kind = self.chance.random()
        if kind < 0.3:
            return self.flow(inner, 2), []
        if kind < 0.4:
            return self.block_text(inner)
        if kind < 0.45:
            return self.trailing().lstrip(" "), []
        if kind < 0.5:
            return "word" + self.trailing() if self.comments else "word and", [] if self.comments else [
                " " * inner + "word below"
            ]
        return self.scalar() + self.trailing(), []

    def scalar(self, *, flow: bool = False) -> str:
        """One word, number or text in one of three kinds of quotes."""
        plain = [word for word in WORDS if not flow or ":" not in word]
        kind = self.chance.random()
        if kind < 0.5:
            return self.chance.choice([word for word in plain if word != "1e3"])
        if kind < 0.6:
            return self.chance.choice(["1", "-2.5", "true", "null", "~", "1e3"])
        text = self.chance.choice(PROSE + WORDS)
        if kind < 0.8:
            return "'" + text.replace("'", "''") + "'"
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    def block_text(self, inner: int) -> tuple[str, list[str]]:
        """A header and the lines of a text below it."""
        sign = self.chance.choice(["|", "|-", "|+", ">", ">-"])
        lines = self.chance.choice(
            [["one", "two"], ["# like a comment", "", "end"], ["one"], ["one", "", ""], ["a", " b", "c"]]
        )
        return sign + self.trailing(), [" " * inner + line if line else "" for line in lines]

    def flow(self, inner: int, depth: int) -> str:
        """A collection between brackets, on one line or over several."""
        broken = self.chance.random() < 0.2
        parts = []
        for key in self.chance.sample("pqrst", self.chance.randint(0, 3)):
            nested = depth and self.chance.random() < 0.2
            parts.append((key, self.flow(inner + 2, depth - 1) if nested else self.scalar(flow=True)))
        mapping = self.chance.random() < 0.5
        items = [f"{key}: {value}" if mapping else value for key, value in parts]
        opening, closing = ("{", "}") if mapping else ("[", "]")
        if not broken:
            pad = self.padded if items else ""
            return opening + pad + self.chance.choice([", ", ", ", ","]).join(items) + pad + closing
        last = self.chance.choice(["", ","])
        lines = [opening + self.trailing()]
        for index, item in enumerate(items):
            lines += [line.lstrip(" ") and " " * (inner + 1) + line.strip(" ") for line in self.between(inner)]
            lines.append(" " * (inner + 2) + item + ("," if index + 1 < len(items) else last) + self.trailing())
        return self.newline.join([*lines, " " * inner + closing])


def data(chance: Random, depth: int = 2) -> Any:  # noqa: ANN401  # any JSON-like value
    kind = chance.random()
    if depth and kind < 0.2:
        return {chance.choice("pqrstu"): data(chance, depth - 1) for _ in range(chance.randint(0, 3))}
    if depth and kind < 0.4:
        return [data(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    return chance.choice([*WORDS, *PROSE, *LINES, 1, -2.5, True, None, 1e16])


def edit(chance: Random, tree: dict[str, Any]) -> Edit:
    """Any edit that the data allows."""
    places = list(walk(tree, ()))
    lists = [(pointer, found) for pointer, found in places if isinstance(found, list)]
    kind = chance.random()
    if kind < 0.2 and len(places) > 1:
        return Remove(chance.choice(places[1:])[0])
    if kind < 0.4 and lists:
        return Append(chance.choice(lists)[0], data(chance))
    if kind < 0.5 and lists:
        pointer, found = chance.choice(lists)
        return Insert(pointer, chance.randint(0, len(found)), data(chance))
    if kind < 0.6 and lists:
        pointer, found = chance.choice(lists)
        return Reorder(pointer, tuple(chance.sample(range(len(found)), len(found))))
    if kind < 0.8:
        pointer, mapping = chance.choice([place for place in places if isinstance(place[1], dict)])
        return Put((*pointer, chance.choice("xyz")), data(chance), chance.choice([None, (), *mapping]))
    return Put(chance.choice(places[1:] or [(("x",), None)])[0], data(chance))


def walk(value: Any, pointer: Pointer) -> list[tuple[Pointer, Any]]:  # noqa: ANN401  # any JSON-like value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(pointer, value), *(found for step, each in inner for found in walk(each, (*pointer, step)))]
