"""The parts a record is made of: what happened, to whom, why, and what is done about it. Shapes only; format.md says
what the words mean.

Every struct refuses unknown keys, and its field names are the format's keys, so that the schema and this file can be
compared
(`tests/schema/test_parity.py`). Lists are tuples: a record is a value.
"""

from datetime import date

import msgspec

from postmortem.model.moment import Bound, Moment
from postmortem.model.vocabulary import (
    ActionKind,
    ActionState,
    Answer,
    CauseCategory,
    CauseState,
    ComponentState,
    Confidence,
    CountIs,
    DataKind,
    DataRisk,
    DetectedBy,
    EvidenceKind,
    FactorRole,
    ImpactState,
    Level,
    Metric,
    PostmortemState,
    Relation,
    RevisionKind,
    SignalKind,
    Status,
    Symptom,
    TimelineKind,
    Unit,
)


class Claim(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Anything a record asserts: the common settings of all structs below."""


class Clocks(Claim, frozen=True, kw_only=True):
    """The clocks an author gives; one that is not known is absent. Derived ones are in `derived`."""

    started: Moment | None = None
    detected: Moment | None = None
    first_public_update: Moment | None = None
    mitigated: Moment | None = None
    resolved: Moment | None = None


class Scheduled(Claim, frozen=True, kw_only=True):
    """When maintenance was announced to begin and end."""

    start: Moment
    end: Moment


class Measure(Claim, frozen=True, kw_only=True):
    """A number about the impact, in `unit`: before (`baseline`), on average (`mean`), at the worst moment (`peak`),
    or just `value`.
    """

    metric: Metric
    unit: Unit
    baseline: float | None = None
    mean: float | None = None
    peak: float | None = None
    value: float | None = None
    is_: CountIs | None = msgspec.field(default=None, name="is")
    name: str | None = None
    note: str | None = None
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


class Window(Claim, frozen=True, kw_only=True):
    """One stretch of impact. An absent `end` means it goes on; what it states overrides its class."""

    start: Bound
    end: Bound | None = None
    level: Level | None = None
    services: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    note: str | None = None
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


class Audience(Claim, frozen=True, kw_only=True):
    """Which part of the users: `share` of them in percent, on which plans, through which channels."""

    share: float | None = None
    plans: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


class DataStatement(Claim, frozen=True, kw_only=True):
    """What happened to stored data of these kinds; an absent answer means unknown."""

    kinds: tuple[DataKind, ...]
    unavailable: DataRisk = "unknown"
    lost: DataRisk = "unknown"
    corrupted: DataRisk = "unknown"
    exposed: DataRisk = "unknown"
    retained_too_long: DataRisk = "unknown"
    established_by: str | None = None
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


class Impact(Claim, frozen=True, kw_only=True):
    """One impact class. `models` may be the one word `unnamed`: the provider said "several models" and no more."""

    state: ImpactState
    level: Level | None = None
    summary: str | None = None
    services: tuple[str, ...] = ()
    models: tuple[str, ...] | str = ()
    regions: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    audience: Audience | None = None
    symptoms: tuple[Symptom, ...] = ()
    windows: tuple[Window, ...] = ()
    measures: tuple[Measure, ...] = ()
    data: tuple[DataStatement, ...] = ()
    expected: bool = False
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


class Impacts(Claim, frozen=True, kw_only=True):
    """The four classes, all of them stated: silence is not an answer."""

    model_degradation: Impact
    application_failure: Impact
    authentication: Impact
    data_access: Impact


class Isolation(Claim, frozen=True, kw_only=True):
    """Something that stayed healthy, and why: customers choose their fallback from this."""

    service: str | None = None
    model: str | None = None
    region: str | None = None
    environment: str | None = None
    why: str
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


class Factor(Claim, frozen=True, kw_only=True):
    """One reason among several: what kind, and which part it played."""

    category: CauseCategory
    role: FactorRole
    summary: str
    provider: str | None = None
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


class Cause(Claim, frozen=True, kw_only=True):
    """How much is known of the cause, the explanation in prose (Markdown), and the factors."""

    state: CauseState
    explanation: str | None = None
    factors: tuple[Factor, ...] = ()
    evidence: tuple[str, ...] = ()


class Detection(Claim, frozen=True, kw_only=True):
    """Who noticed, and how."""

    by: DetectedBy
    note: str | None = None


class ContinuityAnswer(Claim, frozen=True, kw_only=True):
    """One answer to "what could a customer still do?"."""

    answer: Answer
    note: str | None = None
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


class Continuity(Claim, frozen=True, kw_only=True):
    """What a customer could still do while it lasted; an absent answer is one nobody gave."""

    past_work_readable: ContinuityAnswer | None = None
    work_exportable: ContinuityAnswer | None = None
    interrupted_work_resumable: ContinuityAnswer | None = None
    fallback_model_offered: ContinuityAnswer | None = None
    fallback_disclosed: ContinuityAnswer | None = None
    failed_calls_billed: ContinuityAnswer | None = None


class Fallback(Claim, frozen=True, kw_only=True):
    """A way round: for which service or model, what to use, and what to mind."""

    for_: str = msgspec.field(name="for")
    use: str
    caveat: str | None = None


class Guidance(Claim, frozen=True, kw_only=True):
    """What a customer does now and next time."""

    during: tuple[str, ...] = ()
    next_time: tuple[str, ...] = ()
    fallbacks: tuple[Fallback, ...] = ()


class Signal(Claim, frozen=True, kw_only=True):
    """Felt impact: reports by others. Never moves a severity, a clock or a duration."""

    kind: SignalKind
    source: str
    observed: date
    count: int | None = None
    count_is: CountIs | None = None
    note: str | None = None
    evidence: tuple[str, ...] = ()


class Component(Claim, frozen=True, kw_only=True):
    """What the status page showed for one service."""

    service: str
    state: ComponentState


class Origin(Claim, frozen=True, kw_only=True):
    """Which source said it, and under which key."""

    source: str
    key: str


class Entry(Claim, frozen=True, kw_only=True):
    """A timeline entry as the public sees it. `published` is when it became public, where that was later than
    `at`.
    """

    id: str
    at: Moment
    kind: TimelineKind
    text: str | None = None
    status: Status | None = None
    components: tuple[Component, ...] = ()
    reopens: bool = False
    published: Moment | None = None
    origin: Origin | None = None
    confidence: Confidence | None = None
    evidence: tuple[str, ...] = ()


class Postmortem(Claim, frozen=True, kw_only=True):
    """Whether the provider owes, promised or gave a postmortem."""

    state: PostmortemState
    due: date | None = None
    published: Moment | None = None
    url: str | None = None
    reason: str | None = None


class Action(Claim, frozen=True, kw_only=True):
    """Something promised so that it does not happen again; `due_first` keeps the first promise when the date
    moved. `published` is when it became public that it is done, where that was not when `done` and the postmortem say.
    """

    id: str
    kind: ActionKind
    text: str
    state: ActionState
    due_first: date | None = None
    due: date | None = None
    done: Moment | None = None
    published: Moment | None = None
    verification: str | None = None
    reason: str | None = None


class Lessons(Claim, frozen=True, kw_only=True):
    """What the provider learned, in its own words."""

    went_well: tuple[str, ...] = ()
    went_wrong: tuple[str, ...] = ()
    lucky: tuple[str, ...] = ()


class Evidence(Claim, frozen=True, kw_only=True):
    """Where a claim can be checked."""

    id: str
    title: str
    kind: EvidenceKind
    url: str | None = None
    publisher: str | None = None
    published: date | None = None
    accessed: date | None = None
    archived: str | None = None
    sha256: str | None = None
    note: str | None = None


class Tracking(Claim, frozen=True, kw_only=True):
    """What a source calls the incident: the remote id, and the title and severity it chose."""

    source: str
    incident: str
    title: str | None = None
    severity: str | None = None
    url: str | None = None


class Related(Claim, frozen=True, kw_only=True):
    """Another incident: one of ours by `id`, or anybody's by `url`."""

    relation: Relation
    id: str | None = None
    url: str | None = None
    note: str | None = None


class Revision(Claim, frozen=True, kw_only=True):
    """A change to what was published: `editorial` is silent, the others make a feed entry. Number 1 is the first
    publication.
    """

    number: int
    at: Moment
    kind: RevisionKind
    summary: str
    adds: tuple[str, ...] = ()


class Withdrawal(Claim, frozen=True, kw_only=True):
    """Why a published incident no longer stands."""

    at: Moment
    reason: str
    replaced_by: str | None = None
