"""The six answers at the top of a page: what the record states in plain words, "Not known" where it states nothing."""

from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortem.model.answers import QUESTIONS
from postmortem.model.answers import answers as judged
from postmortem.model.claims import Action, Cause, DataStatement, Factor, Guidance, Impact, Impacts, Measure, Postmortem
from postmortem.model.incident import Incident
from postmortem.model.settings import Settings
from postmortem.model.vocabulary import DATA_RISKS, IMPACT_CLASSES, DataRisk
from postmortem.pages import answers, impact, incident, links
from tests.model import made

Case = Callable[[str], Incident]
Changed = Callable[..., Any]
Told = Callable[[Incident], dict[str, str]]


@pytest.fixture
def told(settings: Settings) -> Told:
    names = links.of(settings, "../../")
    return lambda each: {one.anchor: str(one.text) for one in answers.six(each, names, impact.affected(each, names))}


def test_the_six_stand_in_their_order_and_lead_to_sections(each_case: Incident, told: Told) -> None:
    assert list(told(each_case)) == ["what-failed", "who-was-affected", "data", "cause", "isolated", "your-action"]
    assert set(told(each_case)) <= set(incident.SECTIONS)
    assert all(told(each_case).values())


def test_they_are_short_and_have_no_block_in_them(each_case: Incident, told: Told) -> None:
    for text in told(each_case).values():
        assert "<p>" not in text
        assert len(text) < 700


def judged_alike(incident: Incident, names: links.Links) -> None:
    told = answers.six(incident, names, impact.affected(incident, names))
    for each, question in zip(told, QUESTIONS, strict=True):
        known = judged(incident)[question] != "not_known"
        assert each.known == known
        assert str(each.text).startswith("Not known") == (not known and question != "what_now"), (question, each.text)
        assert known == ("nobody gave advice" not in each.text) or question != "what_now", each.text


def test_what_is_known_is_known_to_the_scorecard_too(each_case: Incident, settings: Settings) -> None:
    judged_alike(each_case, links.of(settings, "../../"))


RISKS = st.fixed_dictionaries(
    {"kinds": st.just(["files"])}, optional=dict.fromkeys(DATA_RISKS, st.sampled_from(get_args(DataRisk)))
)
CLASSES = st.fixed_dictionaries(
    {"state": st.sampled_from(["affected", "not_affected", "unknown"])},
    optional={
        "level": st.sampled_from(["degraded", "unknown"]),
        "services": st.sampled_from([[], ["api"]]),
        "models": st.sampled_from(["unnamed", [], ["opus-4.8"]]),
        "audience": st.fixed_dictionaries({}, optional={"share": st.just(3.5), "plans": st.just(["free"])}),
        "data": st.lists(RISKS, max_size=2),
        "measures": st.just([{"metric": "users_affected", "unit": "count", "value": 300}]),
    },
)
RECORDS = st.fixed_dictionaries(
    {
        "impact": st.fixed_dictionaries(dict.fromkeys(IMPACT_CLASSES, CLASSES)),
        "services": st.sampled_from([[], ["api"]]),
    },
    optional={
        "cause": st.sampled_from([{"state": each} for each in ("known", "suspected", "unknown", "undisclosed")]),
        "postmortem": st.sampled_from([{"state": each} for each in ("none", "promised", "not_planned")]),
        "guidance": st.just({"during": ["Retry."]}),
        "isolated": st.just([{"service": "api", "why": "Another cluster."}]),
    },
)


@given(RECORDS)
def test_one_judgement_says_what_is_known(record: dict[str, Any]) -> None:
    judged_alike(made.incident(**record), links.of(made.settings(), "../../"))


def test_how_many_were_measured_is_told(case: Case, told: Told, changed: Changed) -> None:
    measured = (Measure(metric="users_affected", unit="count", value=300),)
    line = told(changed(case("smallest"), impact__application_failure__state="affected", impact__application_failure__measures=measured))  # fmt: skip  # noqa: E501
    assert "300" in line["who-was-affected"]
    assert "not known" not in line["who-was-affected"]


def test_no_advice_but_a_postmortem_to_come_is_said(case: Case, told: Told, changed: Changed) -> None:
    owed = changed(case("smallest"), guidance=Guidance(), actions=(), postmortem=Postmortem(state="promised"))
    assert told(owed)["your-action"].endswith("A postmortem is promised.")
    never = changed(owed, postmortem=Postmortem(state="not_planned", reason="Minor."))
    assert told(never)["your-action"].endswith("nobody gave advice.")


def test_a_complete_record_is_told_in_six_lines(case: Case, told: Told) -> None:
    lines = told(case("complete"))
    assert lines["what-failed"].startswith(
        "Model degradation (degraded): Opus 4.8 and Haiku 4.5; Application failure ("
    )
    assert lines["who-was-affected"].startswith("People who use API, Chat on the web")
    assert "Plans: free, pro, team. How many: not known." in lines["who-was-affected"]
    assert lines["data"] == (
        "Unavailable: confirmed for conversations. Lost, corrupted, exposed: ruled out. Kept too long: not known."
    )
    assert lines["cause"].startswith("Root cause: The drained pool could hold 8 % of the traffic. Trigger: ")
    assert lines["isolated"] == "Government API and Sonnet 4.6. Not affected: authentication."
    assert 'Promised actions done: <a href="#changes">1 of 2</a>.' in lines["your-action"]


def test_nothing_known_is_said_six_times(case: Case, told: Told, changed: Changed) -> None:
    dark = Impacts(**dict.fromkeys(Impacts.__struct_fields__, Impact(state="unknown")))
    lines = told(changed(case("smallest"), impact=dark, cause=None, guidance=Guidance(), isolated=()))
    assert [lines.pop("your-action").endswith("What to do is not known: nobody gave advice.")] == [True]
    assert set(lines.values()) == {"Not known."}


def test_a_risk_is_ruled_out_only_where_it_is_for_every_kind_of_data(case: Case, told: Told, changed: Changed) -> None:
    said = (
        DataStatement(kinds=("conversations",), lost="ruled_out", exposed="confirmed"),
        DataStatement(kinds=("files",), exposed="ruled_out"),
    )
    line = told(changed(case("complete"), impact__data_access__data=said))["data"]
    assert line == "Exposed: confirmed for conversations. Unavailable, lost, corrupted, kept too long: not known."


def test_no_all_clear_where_data_was_hit_and_nobody_said_more(case: Case, told: Told, changed: Changed) -> None:
    line = told(changed(case("complete"), impact__data_access__data=()))["data"]
    assert line == "Stored work was affected. Loss, corruption and exposure: not known."


@pytest.mark.parametrize(
    ("cause", "line"),
    [
        (Cause(state="undisclosed"), "Not known: the cause was not made public."),
        (Cause(state="known", explanation="A **cable** broke"), "A cable broke."),
        (
            Cause(state="suspected", factors=(Factor(category="network", role="contributing", summary="A cable"),)),
            "Suspected, not confirmed. Contributing: A cable.",
        ),
    ],
)
def test_a_cause_is_told_as_surely_as_it_is_known(
    case: Case, told: Told, changed: Changed, cause: Cause, line: str
) -> None:
    assert told(changed(case("complete"), cause=cause))["cause"] == line


def test_a_long_explanation_ends_at_a_word(case: Case, told: Told, changed: Changed) -> None:
    line = told(changed(case("complete"), cause=Cause(state="known", explanation="word " * 200)))["cause"]
    assert line.endswith("word…")
    assert len(line) <= 201


@pytest.mark.parametrize(("state", "word"), [("draft", "being written up"), ("promised", "a postmortem is promised")])
def test_a_cause_that_is_still_owed_is_not_known_yet(
    case: Case, told: Told, changed: Changed, state: str, word: str
) -> None:
    owed = changed(case("smallest"), cause=None, postmortem=Postmortem(state=state))  # type: ignore[arg-type]
    assert told(owed)["cause"].startswith("Not known yet: ")
    assert word in told(owed)["cause"]


def test_what_is_only_expected_has_not_happened(case: Case, told: Told) -> None:
    lines = told(case("maintenance-scheduled"))
    assert lines["what-failed"] == "Nothing yet. Expected: Data access (partial outage): Object storage."
    assert lines["who-was-affected"].startswith("Nobody yet. Expected: people who use Object storage.")
    assert lines["data"] == "Nothing yet. Stored work is expected to be affected."
    assert lines["cause"] == "Planned work."
    assert lines["your-action"].startswith("Planned for ")


def test_what_to_do_depends_on_whether_it_goes_on(case: Case, told: Told, changed: Changed) -> None:
    guidance = Guidance(during=("Wait.",), next_time=("Prepare.",))
    open_ = changed(case("still-going-on"), guidance=guidance, actions=())
    assert told(open_)["your-action"].startswith("It is not over: ")
    assert told(open_)["your-action"].endswith("Wait.")
    over = changed(case("complete"), guidance=guidance, actions=())
    assert told(over)["your-action"] == "It is over. Prepare."


def test_a_withdrawn_record_asks_for_nothing(case: Case, told: Told) -> None:
    assert "withdrawn" in told(case("withdrawn"))["your-action"]


@pytest.mark.parametrize(("state", "count"), [("done", "the one"), ("open", "none")])
def test_one_promised_action_is_done_or_is_not(
    case: Case, told: Told, changed: Changed, state: str, count: str
) -> None:
    action = Action(id="a1", kind="prevent", text="Mend it", state=state)  # type: ignore[arg-type]
    assert f'<a href="#changes">{count}</a>' in told(changed(case("complete"), actions=(action,)))["your-action"]


def test_names_and_texts_are_escaped(case: Case, told: Told, changed: Changed) -> None:
    hostile = changed(
        case("complete"),
        services=("<b>",),
        impact__application_failure__services=("<b>",),
        cause=Cause(state="known", factors=(Factor(category="network", role="root", summary="<img src=x>"),)),
    )
    lines = told(hostile)
    assert "&lt;b&gt;" in lines["what-failed"]
    assert "&lt;img src=x&gt;" in lines["cause"]
    assert not any("<b>" in each or "<img" in each for each in lines.values())
