"""`new`: the text of a record that is not there yet. What is known in, a commented YAML text out.

What nobody has said stands as `unknown` or is left out, and a TODO marks where a person has to answer. The comments are
for the author; none of them ever reaches the public.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

import msgspec

from postmortem.authoring import impact
from postmortem.authoring.revisions import FIRST
from postmortem.authoring.shape import edits
from postmortem.authoring.times import stamp, written
from postmortem.authoring.wish import Affected
from postmortem.model.edit import Json, plain
from postmortem.model.moment import Moment
from postmortem.model.slug import slugify
from postmortem.model.vocabulary import IMPACT_CLASSES, Confidence, Severity, Status
from postmortem.yamldoc.dump import dump
from postmortem.yamldoc.edit import apply
from postmortem.yamldoc.loader import read

_COLUMN: Final = 29
_INTRO: Final = "TODO marks what a person has to answer. Comments stay in this file; `record` says who sees the rest."


class New(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of it. `text` is the first update of a record that is published, else the summary of a draft."""

    title: str
    now: datetime
    started: Moment | None = None
    at: Moment | None = None
    severity: Severity | None = None
    services: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    text: str | None = None
    status: Status = "investigating"
    publish: bool = False


def first_known(wish: New) -> Moment:
    """The time whose day goes into the id: the start, else what is said first, else now."""
    return wish.started or wish.at or stamp(wish.now)


def identify(wish: New, taken: Iterable[str]) -> str:
    """An id that no record has or had: the day (UTC) and the title's words in ASCII."""
    day, used = f"{first_known(wish).instant:%Y-%m-%d}", set(taken)
    slug = slugify(wish.title)
    wanted = f"{day}-{slug}"
    number = 1
    while wanted in used:
        number += 1
        wanted = f"{day}-{slug}-{number}"
    return wanted


def text(wish: New, id_: str, schema: str, confidence: Confidence) -> str:
    """The file, whole; `schema` is where its editor finds the schema."""
    lines = [
        f"# yaml-language-server: $schema={schema}",
        f"# {_INTRO}",
        *_head(wish, id_),
        "",
        *_clocks(wish),
        "",
        *_impact(),
        "",
        *_life(wish),
    ]
    whole = "".join(f"{line}\n" for line in lines)
    return _with_models(whole, wish, confidence) if wish.models else whole


def _head(wish: New, id_: str) -> Iterator[str]:
    severity = wish.severity or "minor"
    yield 'schema_version: "1.0"'
    yield from _pair("id", id_)
    yield from _pair("title", wish.title)
    yield _beside(f"record: {'published' if wish.publish else 'draft'}", "draft | embargoed | published | withdrawn")
    yield _beside(f"severity: {severity}", f"{'' if wish.severity else 'TODO '}none | minor | major | critical")
    if wish.text and not wish.publish:
        yield from _pair("summary", wish.text)
    else:
        yield "# summary: TODO two or three sentences for a customer: what happened, to whom, for how long"
    if wish.provider:
        yield from _pair("provider", wish.provider[0] if len(wish.provider) == 1 else list(wish.provider))
    services = f"services: [{', '.join(wish.services)}]"
    yield services if wish.services else _beside(services, "TODO everything it touched, ids from the settings")


def _clocks(wish: New) -> Iterator[str]:
    """Clocks that are not known are comments: an empty mapping would be none."""
    hints = {
        "started": "when the impact began, not when somebody noticed",
        "detected": "when you noticed",
        "mitigated": "when customers no longer felt it",
    }
    yield _beside("clocks:" if wish.started else "# clocks:", "TODO one that is not known is left out, never guessed")
    for name, hint in hints.items():
        if name == "started" and wish.started is not None:
            yield f"  started: {written(wish.started)}"
        else:
            yield (
                f"{'  # ' if wish.started else '#   '}{name}: {first_known(wish).instant:%Y-%m-%d}T14:21Z".ljust(
                    _COLUMN + 8
                )
                + f"# {hint}"
            )


def _impact() -> Iterator[str]:
    yield _beside("impact:", "TODO affected | not_affected | unknown, for all four")
    hints = {
        "model_degradation": "worse, slower or failing answers of a model",
        "application_failure": "the product around the model",
        "authentication": "signing in, keys, sessions",
        "data_access": "stored work out of reach or at risk",
    }
    for name in IMPACT_CLASSES:
        yield _beside(f"  {name}:", hints[name])
        yield "    state: unknown"


def _life(wish: New) -> Iterator[str]:
    now = stamp(wish.now)
    if not wish.publish:
        yield _beside("timeline:", "u1, u2 … are updates, n1, n2 … notes; ids never change")
        yield f'  - {{id: n1, at: "{written(now)}", kind: note, public: false, text: Record begun.}}'
        day = f"{first_known(wish).instant:%Y-%m-%d}"
        yield f"  # - {{id: u1, at: {day}T14:21Z, kind: update, status: resolved, text: TODO what readers are told}}"
        return
    at = wish.at or now
    entry: dict[str, Json] = {"id": "u1", "at": written(at), "kind": "update", "status": wish.status}
    late = at.instant < now.instant
    entry |= {"published": written(now)} if late else {}
    yield from _pair("timeline", [entry | {"text": wish.text or ""}])
    yield ""
    first: Json = {"number": 1, "at": written(now if late else at), "kind": "initial", "summary": FIRST}
    yield from _pair("revisions", [first])


def _with_models(whole: str, wish: New, confidence: Confidence) -> str:
    """To name models says that the class of models is affected; how badly, nobody said."""
    document, _ = read(whole.encode(), "new.yaml")
    if document is None:
        return whole
    after = plain(document.data)
    named = Affected("model_degradation", "unknown", wish.services, wish.models)
    begun = wish.started or (wish.at or stamp(wish.now) if wish.publish else None)
    impact.affect(after, named, written(begun) if begun else "unknown", confidence)
    return apply(document, edits(document.data, after))


def _pair(key: str, value: Json) -> list[str]:
    return dump({key: value}).splitlines()


def _beside(line: str, comment: str) -> str:
    return f"{line.ljust(_COLUMN - 1)} # {comment}"
