"""Rules about what sentences do to people who read them. A record in, problems out; sees only what the author wrote,
never what a source said.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from postmortem.lint.pattern import Pattern
from postmortem.lint.rule import Passage
from postmortem.lint.walk import walked
from postmortem.lint.words import words
from postmortem.model.finding import Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings

_PERSON: Final = (
    r"(?:he|she|someone|somebody|on-call|staff|team|engineers?|operators?|developers?|admins?|administrators?"
    r"|colleagues?|employees?|contractors?)"
)
_BLAME: Final = Pattern(
    (
        r"\b(?:(?:human|operator|engineer) errors?|carelessness|careless|negligen(?:t|ce)|incompeten(?:t|ce)"
        rf"|{_PERSON} (?:should have|ought to have|forgot to|neglected to|failed to|did not bother to)"
        r"|should have (?:known|checked|noticed|tested|caught|seen|asked|realised|realized|been more careful))\b"
    ).replace(" ", r"\s{1,20}"),
    re.IGNORECASE,
)
_BLAME_HINTS: Final = (
    "human error",
    "operator error",
    "engineer error",
    "should have",
    "ought to",
    "forgot",
    "negle",
    "failed to",
    "bother",
    "careless",
    "neglig",
    "incompet",
)
"""Literals of which one is in every match: most texts are never searched."""

_EMPTY: Final = (
    "apologise for any inconvenience",
    "apologize for any inconvenience",
    "apologies for any inconvenience",
    "sorry for any inconvenience",
    "apologise for the inconvenience",
    "apologize for the inconvenience",
    "sorry for the inconvenience",
    "regret any inconvenience",
    "thank you for your patience",
    "appreciate your patience",
    "take this very seriously",
    "take these matters very seriously",
    "abundance of caution",
)


def blame(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """The text says what happened, not who should have known better.

    People act on what they see. "Human error" and "should have" stop the inquiry where it gets interesting: what made
    the step look right, and what would have made it visible? They also teach the next person to keep quiet. Texts that
    came from a source are left as they were said.

    Bad:
    ```yaml
    cause: {state: suspected, explanation: "Human error: an engineer should have noticed that the pool was drained."}
    ```

    Good:
    ```yaml
    cause: {state: suspected, explanation: "The drained pool answered health checks, so it looked available."}
    ```
    """
    whole = walked(record).whole
    if not any([hint in whole for hint in _BLAME_HINTS]):  # noqa: C419 - a list is half the price of a generator
        return
    for pointer, text in walked(record).prose:
        match = _BLAME.search(text)
        if match is not None:
            words = " ".join(match.group().split())
            hint = "say what they saw, why it looked right, and what would have shown otherwise"
            yield Passage(pointer=pointer, message=f'"{words}" blames a person', hint=hint, words=words)


def empty_apology(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """An apology names what people lost.

    "Any inconvenience" and "thank you for your patience" fit every incident, so they say nothing about this one. Leave
    the phrase out, or say what you are sorry for and what you do about it.

    Bad:
    ```yaml
    summary: Chats failed for two hours. We apologize for any inconvenience.
    ```

    Good:
    ```yaml
    summary: Chats failed for two hours. We are sorry that unsent drafts were lost, and now keep them locally.
    ```
    """
    whole = walked(record).whole
    if not any([phrase in whole for phrase in _EMPTY]):  # noqa: C419 - as above
        return
    for pointer, text in walked(record).prose:
        folded = " ".join(text.lower().split())
        found = next((phrase for phrase in _EMPTY if phrase in folded), None)
        if found is not None:
            message = f'"{found}" says nothing about this incident'
            hint = "say what people lost and what you do about it, or leave the phrase out"
            yield Passage(pointer=pointer, message=message, hint=hint, words=found)


_MENTION: Final = Pattern(r"(?<![\w.@/`])@[a-z][\w-]{1,38}(?![\w./@-])", re.IGNORECASE)


def mention(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Public text mentions nobody by @name.

    It came with a copy from a chat, names a person, and calls somebody else once a feed is mirrored to a network where
    that name is taken.

    Bad:
    ```yaml
    summary: Chats failed for two hours; @jweber rolled the change back.
    ```

    Good:
    ```yaml
    summary: Chats failed for two hours; the change was rolled back.
    ```
    """
    if "@" not in walked(record).whole:
        return
    for pointer, text in walked(record).prose:
        match = _MENTION.search(text)
        if match is not None:
            hint = "say which role it was, or leave it out"
            yield Passage(pointer=pointer, message="an account is mentioned", hint=hint, words=match.group())


_SAYS_NOTHING: Final = words("says_nothing")


def hollow_update(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """An update tells something new.

    "We are still working on this issue" reaches every subscriber and tells none of them anything. Say what was found or
    tried, who is hit, what they can do meanwhile, or when the next update comes. Texts from a source are left alone.

    Bad:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: investigating, text: Chats fail to start.}
      - {id: u2, at: "2026-06-23T15:20Z", kind: update, status: investigating, text: We still investigate this issue.}
      - {id: u3, at: "2026-06-23T15:41Z", kind: update, status: resolved, text: Chats start again.}
    ```

    Good:
    ```yaml
    timeline:
      - {id: u1, at: "2026-06-23T14:47Z", kind: update, status: investigating, text: Chats fail to start.}
      - {id: u2, at: "2026-06-23T15:20Z", kind: update, status: investigating, text: Only new chats fail.}
      - {id: u3, at: "2026-06-23T15:41Z", kind: update, status: resolved, text: Chats start again.}
    ```
    """
    before = None
    for index, entry in enumerate(record.timeline):
        if entry.kind != "update" or not entry.public:
            continue
        same = entry.status is None or entry.status == before
        if same and entry.text and entry.origin is None and not entry.components and _hollow(entry.text):
            message = f"{entry.id} tells nothing new"
            hint = "say what was found, who is hit, what to do meanwhile, or when the next update comes"
            yield Problem(pointer=("timeline", index, "text"), message=message, hint=hint)
        before = entry.status or before


def _hollow(text: str) -> bool:
    return len(text) <= _LONGEST_HOLLOW and _SAYS_NOTHING.issuperset(re.findall(r"\w+", text.lower()))


_LONGEST_HOLLOW: Final = 400
_TURNED: Final = Pattern("[\u202a-\u202e\u2066-\u2069]")


def turned_text(record: Record, _settings: Settings, _as_of: date) -> Iterator[Problem]:
    """Text holds no invisible character that turns the direction of writing.

    Such characters make a line read differently from what it says: a reviewer sees one thing, a program another.
    Browsers set Hebrew and Arabic right without them.

    Bad:
    ```yaml
    summary: "Chats failed for two hours \u202egnignahc retfa."
    ```

    Good:
    ```yaml
    summary: Chats failed for two hours.
    ```
    """
    lines = walked(record).lines
    if lines.isascii() or _TURNED.search(lines) is None:
        return
    for pointer, text in walked(record).texts:
        match = _TURNED.search(text)
        if match is not None:
            message = f"an invisible character (U+{ord(match.group()):04X}) turns the direction of the text"
            yield Problem(
                pointer=pointer, message=message, hint="remove it; write the line anew rather than copying it"
            )
