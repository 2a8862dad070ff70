"""The closed lists of the format, as types: what a word in a record may be. Comes from nothing; knows nothing of
files or display.

The JSON Schemas hold the same lists for authors' editors; `tests/schema/test_parity.py` keeps the two equal. Order
is meaning where it
says so (severities and levels go from least to worst).
"""

from typing import Final, Literal, get_args

ImpactClass = Literal["model_degradation", "application_failure", "authentication", "data_access"]
ImpactState = Literal["affected", "not_affected", "unknown"]
Level = Literal["degraded", "partial_outage", "full_outage", "unknown"]
Confidence = Literal["confirmed", "reported", "inferred"]
Severity = Literal["none", "minor", "major", "critical"]
Kind = Literal["incident", "maintenance"]
RecordState = Literal["draft", "embargoed", "published", "withdrawn"]

IncidentStatus = Literal["investigating", "identified", "monitoring", "resolved"]
MaintenanceStatus = Literal["scheduled", "in_progress", "verifying", "completed", "cancelled"]
Status = Literal[
    "investigating",
    "identified",
    "monitoring",
    "resolved",
    "scheduled",
    "in_progress",
    "verifying",
    "completed",
    "cancelled",
]
ComponentState = Literal[
    "operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance", "unknown"
]
TimelineKind = Literal["update", "detection", "decision", "mitigation", "recovery", "communication", "note"]
Symptom = Literal[
    "error_responses",
    "high_latency",
    "timeouts",
    "rate_limiting",
    "quality_regression",
    "wrong_model_served",
    "truncated_output",
    "unexpected_refusals",
    "tool_use_failures",
    "unavailable",
    "feature_missing",
    "login_failures",
    "session_loss",
    "key_rejections",
    "permission_errors",
    "data_not_found",
    "data_stale",
    "data_loss",
    "data_exposure",
    "export_failures",
    "billing_errors",
    "delayed_processing",
]
CauseCategory = Literal[
    "serving_capacity",
    "demand_surge",
    "deployment_regression",
    "configuration_change",
    "authentication",
    "routing",
    "storage",
    "network",
    "upstream_provider",
    "hardware",
    "numerics",
    "dependency",
    "data_pipeline",
    "model_change",
    "safety_system",
    "maintenance",
    "abuse_traffic",
    "security",
    "human_process",
    "detection",
    "unknown",
]
FactorRole = Literal["trigger", "root", "contributing", "amplifying", "detection_gap"]
CauseState = Literal["known", "suspected", "unknown", "undisclosed"]
DataKind = Literal[
    "conversations",
    "prompts",
    "outputs",
    "files",
    "embeddings",
    "credentials",
    "billing",
    "telemetry",
    "account_profile",
]
DataRisk = Literal["ruled_out", "suspected", "confirmed", "unknown"]
DetectedBy = Literal["monitoring", "customer_reports", "internal_use", "third_party", "unknown"]
Answer = Literal["yes", "partly", "no", "unknown", "not_applicable"]
SignalKind = Literal["crowd", "press", "social", "support", "third_party_probe"]
CountIs = Literal["exact", "at_least", "about"]
EvidenceKind = Literal["official_status", "provider_statement", "press", "crowd", "analysis", "measurement"]
Metric = Literal[
    "error_rate",
    "latency_p50",
    "latency_p95",
    "latency_p99",
    "success_rate",
    "throughput",
    "requests_failed",
    "users_affected",
    "share_of_users",
    "share_of_requests",
    "other",
]
Unit = Literal["percent", "ms", "s", "count", "per_s"]
PostmortemState = Literal["none", "promised", "draft", "published", "not_planned"]
ActionKind = Literal["prevent", "detect", "mitigate", "communicate", "document"]
ActionState = Literal["open", "in_progress", "done", "dropped"]
Relation = Literal["recurrence_of", "continues", "caused_by_upstream", "duplicate_of", "same_event"]
RevisionKind = Literal["initial", "editorial", "material", "postmortem", "retraction"]
TimeIs = Literal["exact", "about", "not_before", "not_after"]
Precision = Literal["minute", "second"]
PublisherRole = Literal["provider", "customer", "observer"]
SourceTexts = Literal["copy", "omit"]
SourceKind = Literal[
    "statuspage",
    "statuspage-feed",
    "incidentio",
    "incidentio-feed",
    "googlecloud",
    "slack",
    "aws",
    "betterstack",
    "feed",
]

IMPACT_CLASSES: Final[tuple[ImpactClass, ...]] = get_args(ImpactClass)
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)
"""From least to worst."""
DATA_RISKS: Final = ("unavailable", "lost", "corrupted", "exposed", "retained_too_long")
"""The questions asked of each kind of data, in the order pages ask them."""
CONTINUITY_QUESTIONS: Final = (
    "past_work_readable",
    "work_exportable",
    "interrupted_work_resumable",
    "fallback_model_offered",
    "fallback_disclosed",
    "failed_calls_billed",
)
LEVELS_WORST_LAST: Final[tuple[Level, ...]] = ("unknown", "degraded", "partial_outage", "full_outage")
CLOSED_STATUSES: Final[frozenset[Status]] = frozenset({"resolved", "completed", "cancelled"})
"""An incident with one of these is over for its publisher; every other status means it is open."""
