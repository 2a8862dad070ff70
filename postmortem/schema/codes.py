"""The published page of each code of the schema check: what it demands, why, a bad and a good example. Only data.

An example is a piece of a record: put over a small valid one, the bad piece earns the code and the good one is accepted
(`tests/schema/test_codes.py`). Only the code of last resort has none.
"""

from typing import Final

import msgspec


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What `postmortem explain CODE` prints of one code."""

    slug: str
    title: str
    why: str
    bad: str
    good: str


CODES: Final[dict[str, Page]] = {
    "PM020": Page(
        slug="unknown-key",
        title="A key is not part of the format",
        why=(
            "A misspelt key would be left out in silence, and with it what the author meant to say. "
            "What is nobody else's business goes under `internal`, which is free."
        ),
        bad="sumary: Chat failed for an hour.\n",
        good="summary: Chat failed for an hour.\n",
    ),
    "PM021": Page(
        slug="missing-key",
        title="A key that must be there is missing",
        why=(
            "Readers and programs rely on these keys. Silence is not an answer: all four classes of impact are stated, "
            "and `unknown` is a statement."
        ),
        bad="timeline:\n  - {id: u1, kind: update, text: We are looking into it.}\n",
        good='timeline:\n  - {id: u1, at: "2026-06-23T14:47Z", kind: update, text: We are looking into it.}\n',
    ),
    "PM022": Page(
        slug="wrong-type",
        title="A value is of the wrong type",
        why=(
            "A list of one is still a list, and a version number is a word: written without quotes, `1.10` becomes "
            "1.1. A key without a value means nothing at all; leave it out."
        ),
        bad="services: web-app\n",
        good="services: [web-app]\n",
    ),
    "PM023": Page(
        slug="not-in-the-list",
        title="A word is not in the closed list",
        why=(
            "Lists are closed so that pages, feeds and numbers mean the same thing everywhere. "
            "What fits no word is told in prose beside it."
        ),
        bad="severity: high\n",
        good="severity: major\n",
    ),
    "PM024": Page(
        slug="malformed",
        title="An id, a time, a date, an address or a text is not of the form it must have",
        why=(
            "A time without its zone means another instant to every reader; an id becomes an address that never "
            "changes; a text with control characters breaks feeds."
        ),
        bad="clocks:\n  started: 2026-06-23 14:21\n",
        good="clocks:\n  started: 2026-06-23T14:21Z\n",
    ),
    "PM025": Page(
        slug="wrong-size",
        title="A text or a list is too long or too short, or names something twice",
        why=(
            "A title has to fit a feed reader's line, an empty text says nothing, and a name given twice is usually "
            "a slip of the pen for another one."
        ),
        bad="services: [web-app, api, web-app]\n",
        good="services: [web-app, api]\n",
    ),
    "PM026": Page(
        slug="do-not-go-together",
        title="Keys or values do not go together",
        why=(
            "Some keys only mean something beside others: an embargo needs its date, a dropped action its reason, "
            "and what was hit is stated only of a class that was affected."
        ),
        bad="actions:\n  - {id: a1, kind: prevent, text: Refuse it, state: dropped}\n",
        good="actions:\n  - {id: a1, kind: prevent, text: Refuse it, state: dropped, reason: Pools are gone.}\n",
    ),
    "PM027": Page(
        slug="out-of-range",
        title="A number is too small or too large",
        why="No count is negative, no share of users is above 100 percent, and revisions are numbered from 1.",
        bad='revisions:\n  - {number: 0, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}\n',
        good='revisions:\n  - {number: 1, at: "2026-06-23T14:47Z", kind: initial, summary: First published.}\n',
    ),
    "PM028": Page(
        slug="refused-by-the-schema",
        title="The schema refuses a value for another reason",
        why=(
            "The check never says invalid without a reason. This is the reason of last resort, in the validator's own "
            "words: for a value that JSON cannot hold, and that no file which was read strictly can bring."
        ),
        bad="",
        good="",
    ),
}
