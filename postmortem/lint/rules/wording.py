"""Rules about what sentences do to people who read them. A record in, problems out; sees only what the author wrote,
never what a source said.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from postmortem.lint.rule import Passage
from postmortem.lint.walk import walked
from postmortem.model.finding import Problem
from postmortem.model.record import Record
from postmortem.model.settings import Settings

_PERSON: Final = (
    r"(?:he|she|someone|somebody|on-call|staff|team|engineers?|operators?|developers?|admins?|administrators?"
    r"|colleagues?|employees?|contractors?)"
)
_BLAME: Final = re.compile(
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
    if not any(hint in walked(record).whole for hint in _BLAME_HINTS):
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
    if not any(phrase in walked(record).whole for phrase in _EMPTY):
        return
    for pointer, text in walked(record).prose:
        folded = " ".join(text.lower().split())
        found = next((phrase for phrase in _EMPTY if phrase in folded), None)
        if found is not None:
            message = f'"{found}" says nothing about this incident'
            hint = "say what people lost and what you do about it, or leave the phrase out"
            yield Passage(pointer=pointer, message=message, hint=hint, words=found)
