"""What fails a run: errors, with strictness warnings, and never what waiting alone brings about."""

from postmortem.lint.rules import RECORD_RULES
from postmortem.lint.verdict import dated, failed
from postmortem.model.finding import Finding, Span, Weight


def of(weight: Weight, code: str = "PM103") -> Finding:
    return Finding(path="a", span=Span(1, 1, 1, 1), code=code, message="", weight=weight)


def test_errors_fail_and_warnings_do_where_that_is_asked_for() -> None:
    assert failed([of("error")], strict=False)
    assert not failed([of("warning"), of("advice")], strict=False)
    assert failed([of("warning")], strict=True)
    assert not failed([of("advice")], strict=True)
    assert not failed([], strict=True)


def test_what_waiting_alone_brings_about_fails_nothing() -> None:
    assert not failed([of("warning", "PM404")], strict=True)
    assert failed([of("error", "PM201")], strict=True)


def test_a_rule_that_looks_at_the_day_is_an_error_only_where_waiting_mends_it() -> None:
    assert {rule.code for rule in RECORD_RULES if rule.code in dated() and rule.weight == "error"} <= {"PM201"}
    assert "PM404" in dated()
    assert "PM103" not in dated()
