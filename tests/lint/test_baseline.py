"""Findings that are known: they stay known when lines move, and are new when the value is another."""

from hypothesis import given
from hypothesis import strategies as st

from postmortem.lint.baseline import Baseline, Known, known, parsed, printed, without
from postmortem.model.finding import Finding
from tests.lint.corpora import PATH, SMALLEST, about

VAGUE = SMALLEST.replace("title: Chat unavailable after a routing change", "title: Incident")


def rows(text: str) -> tuple[Known, ...]:
    return tuple(row for _, row in known(about(text), lambda _: text.encode()))


def left(text: str, old: str) -> tuple[tuple[Finding, ...], tuple[Known, ...]]:
    return without(about(text), Baseline(version=1, findings=rows(old)), lambda _: text.encode())


def test_the_same_finding_is_known_wherever_its_line_is() -> None:
    assert left("# one\n\n# two\n" + VAGUE, VAGUE) == ((), ())


def test_another_value_is_a_new_finding_and_the_old_one_is_stale() -> None:
    new, stale = left(VAGUE.replace("title: Incident", "title: Outage"), VAGUE)
    assert [each.code for each in new] == ["PM103"]
    assert [(each.path, each.code, each.pointer) for each in stale] == [(PATH, "PM103", ("title",))]


def test_what_was_mended_is_stale() -> None:
    new, stale = left(SMALLEST, VAGUE)
    assert new == ()
    assert len(stale) == 1


def test_twins_are_counted_one_by_one() -> None:
    once = SMALLEST.replace("services:", "summary: At 10.1.2.3 it failed.\nservices:", 1)
    twice = once.replace("it failed", "it failed, 10.1.2.3 too")
    assert len(rows(twice)) == 2
    assert len(set(rows(twice))) == 1
    new, stale = without(about(twice), Baseline(version=1, findings=rows(twice)[:1]), lambda _: twice.encode())
    assert (len(new), len(stale)) == (1, 0)


def test_a_file_that_is_no_record_is_never_known() -> None:
    assert rows(SMALLEST.replace("severity: major", "severity: huge")) == ()


def test_no_value_is_in_the_file() -> None:
    text = SMALLEST.replace("services:", "summary: Ask jane.roe@bank.example\nservices:", 1)
    assert rows(text)
    assert b"jane" not in printed(rows(text))


KNOWN = st.builds(
    Known,
    path=st.text(max_size=9),
    code=st.text(max_size=5),
    pointer=st.lists(st.one_of(st.text(max_size=4), st.integers(0, 99)), max_size=3).map(tuple),
    digest=st.text(max_size=4),
)


@given(st.lists(KNOWN, max_size=5))
def test_the_file_reads_back_and_is_the_same_in_any_order(findings: list[Known]) -> None:
    content = printed(findings)
    assert sorted(map(repr, parsed(content).findings)) == sorted(map(repr, findings))
    assert printed(reversed(findings)) == content
    assert content.count(b"\n") == len(findings) + 5 + (not findings)
