"""The tables of all rules: a rule is here or it does not exist. Codes are for ever; retired ones are never given again.

1xx identity and life · 2xx clocks and timeline · 3xx impact · 40x cause and actions · 41x evidence · 5xx wording ·
6xx privacy · 70x links between records, and what was promised. 0xx are the reader's and the schema's.
"""

from typing import Final

from postmortem.lint.rule import CorpusCheck, LedgerCheck, RecordCheck, Rule
from postmortem.lint.rules import (
    cause,
    clocks,
    evidence,
    identity,
    impact,
    late,
    levels,
    links,
    privacy,
    promises,
    timeline,
    wording,
)

RECORD_RULES: Final[tuple[Rule[RecordCheck], ...]] = (
    Rule("PM103", "vague-title", "warning", identity.vague_title),
    Rule("PM104", "repeated-id", "error", identity.repeated_id),
    Rule("PM105", "draft-date", "warning", identity.draft_date),
    Rule("PM106", "revision-numbers", "error", identity.revision_numbers),
    Rule("PM107", "retraction", "error", identity.retraction),
    Rule("PM201", "future-time", "error", clocks.future_time),
    Rule("PM202", "clock-before-start", "error", clocks.clock_before_start),
    Rule("PM203", "mitigated-after-resolved", "error", clocks.mitigated_after_resolved),
    Rule("PM204", "open-window", "error", clocks.open_window),
    Rule("PM205", "window-backwards", "error", clocks.window_backwards),
    Rule("PM206", "window-before-start", "warning", clocks.window_before_start),
    Rule("PM207", "timeline-order", "warning", timeline.timeline_order),
    Rule("PM208", "status-back", "error", timeline.status_back),
    Rule("PM209", "status-contradicts", "warning", timeline.status_contradicts),
    Rule("PM210", "resolved-while-open", "error", timeline.resolved_while_open),
    Rule("PM211", "open-long", "warning", clocks.open_long),
    Rule("PM212", "window-after-end", "warning", clocks.window_after_end),
    Rule("PM213", "false-precision", "advice", clocks.false_precision),
    Rule("PM214", "nothing-told", "error", timeline.nothing_told),
    Rule("PM301", "service-outside", "error", impact.service_outside),
    Rule("PM302", "unknown-name", "error", impact.unknown_name),
    Rule("PM303", "impossible-measure", "error", impact.impossible_measure),
    Rule("PM304", "provider-missing", "error", impact.provider_missing),
    Rule("PM305", "unknown-source", "warning", impact.unknown_source),
    Rule("PM306", "unknown-fallback", "warning", impact.unknown_fallback),
    Rule("PM307", "outage-word", "warning", levels.outage_word),
    Rule("PM308", "nothing-but-out", "warning", levels.nothing_but_out),
    Rule("PM309", "without-measures", "advice", levels.without_measures),
    Rule("PM310", "not-in-service", "warning", levels.not_in_service),
    Rule("PM311", "ruled-out-by-whom", "warning", levels.ruled_out_by_whom),
    Rule("PM312", "added-facet", "error", levels.added_facet),
    Rule("PM401", "cause-without-factor", "error", cause.cause_without_factor),
    Rule("PM402", "postmortem-without-date", "warning", cause.postmortem_without_date),
    Rule("PM403", "due-moved", "warning", cause.due_moved),
    Rule("PM404", "overdue", "warning", cause.overdue),
    Rule("PM405", "unexplained", "warning", cause.unexplained),
    Rule("PM406", "unverified", "advice", cause.unverified),
    Rule("PM407", "moved-silently", "warning", cause.moved_silently),
    Rule("PM408", "postmortem-owed", "warning", cause.postmortem_owed),
    Rule("PM411", "unknown-evidence", "error", evidence.unknown_evidence),
    Rule("PM412", "reported-without-evidence", "warning", evidence.reported_without_evidence),
    Rule("PM413", "inferred-without-evidence", "advice", evidence.inferred_without_evidence),
    Rule("PM414", "unused-evidence", "advice", evidence.unused_evidence),
    Rule("PM415", "unarchived-press", "advice", evidence.unarchived_press),
    Rule("PM416", "crowd-clock", "error", evidence.crowd_clock),
    Rule("PM501", "blame", "warning", wording.blame),
    Rule("PM502", "empty-apology", "advice", wording.empty_apology),
    Rule("PM503", "mention", "warning", wording.mention),
    Rule("PM504", "hollow-update", "advice", wording.hollow_update),
    Rule("PM505", "turned-text", "warning", wording.turned_text),
    Rule("PM601", "personal-address", "error", privacy.personal_address),
    Rule("PM602", "secret", "error", privacy.secret),
    Rule("PM603", "private-network", "warning", privacy.private_network),
    Rule("PM604", "internal-host", "warning", privacy.internal_host),
    Rule("PM605", "telephone", "error", privacy.telephone),
    Rule("PM606", "inside-link", "warning", privacy.inside_link),
    Rule("PM607", "denied-name", "error", privacy.denied_name),
)

CORPUS_RULES: Final[tuple[Rule[CorpusCheck], ...]] = (
    Rule("PM101", "file-name", "error", identity.file_name),
    Rule("PM102", "duplicate-id", "error", identity.duplicate_id),
    Rule("PM701", "unknown-record", "error", links.unknown_record),
    Rule("PM702", "private-record", "error", links.private_record),
    Rule("PM703", "tracked-twice", "warning", links.tracked_twice),
    Rule("PM704", "circle", "error", links.circle),
)

LEDGER_RULES: Final[tuple[Rule[LedgerCheck], ...]] = (
    Rule("PM705", "gone-record", "error", promises.gone_record),
    Rule("PM706", "unpublished", "error", promises.unpublished),
    Rule("PM707", "gone-entry", "error", promises.gone_entry),
    Rule("PM708", "moved-entry", "error", promises.moved_entry),
    Rule("PM709", "unpromised", "warning", promises.unpromised),
    Rule("PM710", "embargo-opened", "advice", promises.embargo_opened),
    Rule("PM711", "left-feed", "warning", promises.left_feed),
    Rule("PM712", "late-entry", "error", late.late_entry),
    Rule("PM713", "first-id", "error", promises.first_id),
)
