"""Comments that ask for silence: what they cover, what they never cover, and what is said about them."""

from pathlib import Path

import pytest

from postmortem.corpus.files import find
from postmortem.lint.folder import Question, judge
from postmortem.lint.guide import IGNORING, Guide
from tests.lint.corpora import AS_OF, PATH, SMALLEST, about, findings, settings
from tests.lint.test_guide import data

VAGUE = SMALLEST.replace("title: Chat unavailable after a routing change", "title: Incident")
TITLE = "title: Incident"


def codes(text: str) -> list[str]:
    return [each.code for each in about(text)]


def test_without_a_comment_it_is_told() -> None:
    assert codes(VAGUE) == ["PM103"]


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE}  # postmortem: ignore[PM103] the provider calls it that",
        f"{TITLE}  # postmortem: ignore[vague-title] the provider calls it that",
        f"{TITLE}  #postmortem:ignore [pm103]the provider calls it that",
        f"# postmortem: ignore[PM103] the provider calls it that\n{TITLE}",
        f"# postmortem: ignore[PM103] the provider calls it that\n\n# and another comment\n{TITLE}",
        f"{TITLE}\r\n# postmortem: nothing",
    ],
)
def test_the_line_itself_or_the_comment_above_it_silences(title: str) -> None:
    said = codes(VAGUE.replace(TITLE, title))
    assert said == (["PM103", "PM083"] if "nothing" in title else [])


def test_a_comment_on_another_line_does_not_and_is_told_to_be_useless() -> None:
    text = VAGUE.replace("severity: major", "severity: major  # postmortem: ignore[PM103] wrong line")
    assert codes(text) == ["PM103", "PM081"]


def test_several_codes_are_ignored_and_judged_one_by_one() -> None:
    text = VAGUE.replace(TITLE, f"{TITLE}  # postmortem: ignore[PM103, blame] the provider calls it that")
    said = about(text)
    assert [(each.code, each.span.column) for each in said] == [("PM081", text.splitlines()[3].index("blame") + 1)]
    assert said[0].message == "blame is ignored here, but nothing here earns it"


def test_a_text_over_several_lines_is_silenced_where_it_begins() -> None:
    block = "summary: |\n  It was\n  human error.\nservices:"
    assert codes(SMALLEST.replace("services:", block, 1)) == ["PM501"]
    above = f"# postmortem: ignore[PM501] a quotation\n{block}"
    behind = block.replace("|", "|  # postmortem: ignore[PM501] a quotation")
    for each in (above, behind):
        assert codes(SMALLEST.replace("services:", each, 1)) == []


def test_the_same_words_inside_of_a_text_mean_nothing() -> None:
    text = VAGUE.replace("services:", 'summary: "a # postmortem: ignore-file[PM103] reason"\nservices:', 1)
    block = VAGUE.replace("services:", "summary: |\n  # postmortem: ignore[PM999]\n  # more\nservices:", 1)
    assert codes(text) == codes(block) == ["PM103"]


def test_a_whole_record_is_silenced_above_its_first_key_only() -> None:
    comment = "# postmortem: ignore-file[PM103] imported as it was"
    assert codes(f"{comment}\n{VAGUE}") == []
    assert codes(f"# a record\n---\n{comment}\n{VAGUE}") == []
    assert codes(f"{VAGUE}{comment}\n") == ["PM103", "PM083"]


def test_without_a_reason_nothing_is_ignored() -> None:
    assert codes(VAGUE.replace(TITLE, f"{TITLE} # postmortem: ignore[PM103]  ")) == ["PM103", "PM080"]


@pytest.mark.parametrize("comment", ["ignore PM103 why", "ingore[PM103] why", "ignore[] why", "ignore[PM1] why", ""])
def test_a_comment_that_cannot_be_understood_is_told(comment: str) -> None:
    assert codes(VAGUE.replace(TITLE, f"{TITLE} # postmortem: {comment}")) == ["PM103", "PM083"]


def test_a_misspelt_name_is_suggested() -> None:
    said = about(VAGUE.replace(TITLE, f"{TITLE} # postmortem: ignore[vague-titel] why"))
    assert said[1].message == "there is no rule vague-titel"
    assert said[1].hint == 'did you mean "vague-title"?'


@pytest.mark.parametrize("family", ["PM1", "pm1", "PM"])
def test_a_family_is_none_of_the_rules_that_a_comment_names(family: str) -> None:
    said = about(VAGUE.replace(TITLE, f"{TITLE} # postmortem: ignore[{family}] why"))
    assert [each.code for each in said] == ["PM103", "PM083"]
    assert "families are for --ignore" in said[1].hint


def test_what_makes_a_file_no_record_cannot_be_ignored() -> None:
    text = SMALLEST.replace("severity: major", "severity: huge  # postmortem: ignore[not-in-the-list, PM103] our word")
    assert codes(text) == ["PM023", "PM082"]
    broken = "# postmortem: ignore-file[PM003] why\n" + SMALLEST + "title: Twice\n"
    assert sorted(codes(broken)) == ["PM003", "PM082"]
    assert codes(SMALLEST.replace("severity: major", "severity: major  # postmortem: ignore[PM081] why")) == ["PM082"]


def test_what_only_time_or_another_record_makes_useless_is_advice() -> None:
    line = "severity: major  # postmortem: ignore[{}] why"
    weights = {
        code: about(SMALLEST.replace("severity: major", line.format(code)))[0].weight for code in ("PM103", "PM404")
    }
    assert weights == {"PM103": "warning", "PM404": "advice"}


def test_no_reason_is_quoted_and_no_secret() -> None:
    secret = "AKIA" + "2E0A8F3HKQ5LM7ZP"
    said = about(SMALLEST.replace("severity: major", f"severity: major  # postmortem: ignore[{secret}] {secret}"))
    assert [each.code for each in said] == ["PM083"]
    assert secret not in said[0].message + said[0].hint


def test_a_comment_below_internal_is_not_quoted() -> None:
    said = about(f"{SMALLEST}internal:\n  a: 1  # postmortem: ignore[canary] canary\n")
    assert [each.code for each in said] == ["PM083"]
    assert "canary" not in said[0].message + said[0].hint


def corpus(tmp_path: Path, first: str) -> list[tuple[str, str]]:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for folder, text in (("a", first), ("b", SMALLEST)):
        (tmp_path / folder / Path(PATH).name).write_text(text, encoding="utf-8")
    said = judge(find(tmp_path, tmp_path)[0], Question(settings=settings(), given=b"", as_of=AS_OF))
    return [(each.path[0], each.code) for each in said]


def test_findings_about_several_records_are_ignored_where_they_stand(tmp_path: Path) -> None:
    asked = SMALLEST.replace("id: 2026", "# postmortem: ignore[duplicate-id] kept for the tests\nid: 2026")
    plain = findings({"a/x.yaml": SMALLEST.encode(), "b/x.yaml": SMALLEST.encode()})
    assert ("b", "PM102") in {(each.path[0], each.code) for each in plain}
    both = corpus(tmp_path, asked)
    assert ("a", "PM102") not in both
    assert ("a", "PM081") not in both


def test_an_unused_one_about_several_records_is_told_too(tmp_path: Path) -> None:
    asked = SMALLEST.replace("severity:", "# postmortem: ignore[unknown-record] nobody is named here\nseverity:", 1)
    assert ("a", "PM081") in corpus(tmp_path, asked)


@pytest.mark.parametrize("guide", IGNORING, ids=lambda guide: guide.code)
def test_the_examples_of_the_pages_do_what_they_say(guide: Guide) -> None:
    for examples, earned in ((guide.bad, {guide.code}), (guide.good, set())):
        text = "\n".join(each.text for each in examples)
        kept = [key for key in data(SMALLEST) if key not in data(text)]
        lines = [line for line in SMALLEST.splitlines() if line.split(":")[0] in kept or line.startswith((" ", "-"))]
        if "timeline" not in kept:
            lines = lines[: next(number for number, line in enumerate(lines) if line.startswith("  - "))]
        said = {each.code for each in about("\n".join([*lines, text]))}
        assert earned <= said
        assert not {code for code in said - earned if code.startswith("PM08")}
        assert guide.code in said or not earned
