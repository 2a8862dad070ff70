"""What templates may rely on: values are escaped once, whatever they are; a name that is not there is an error."""

from typing import Any

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from postmortem.pages import environment
from postmortem.pages.links import Links


def _filled(source: str, **values: Any) -> str:  # noqa: ANN401  whatever a template is given
    return environment._ENVIRONMENT.from_string(source).render(values)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        (Markup("<b>&amp;</b>"), "<b>&amp;</b>"),
        (["<b>"], "[&#39;&lt;b&gt;&#39;]"),
        (1, "1"),
        (True, "True"),
        (1.0, "1.0"),
    ],
)
def test_a_value_is_escaped_once_unless_it_is_markup(value: object, shown: str) -> None:
    for _ in range(2):
        assert _filled("{{ value }}{% if value %}{{ value }}{% endif %}", value=value) == shown * 2


def test_markup_and_the_same_text_are_told_apart() -> None:
    assert _filled("{{ a }}{{ b }}{{ a }}", a="<i>", b=Markup("<i>")) == "&lt;i&gt;<i>&lt;i&gt;"


def test_a_set_block_and_a_filter_keep_what_was_escaped() -> None:
    source = "{% set kept %}{{ value }}{% endset %}{{ kept }}{{ value | upper }}"
    assert _filled(source, value="<b>") == "&lt;b&gt;&lt;B&gt;"


@pytest.mark.parametrize("source", ["{{ gone }}", "{% if gone %}{% endif %}", "{{ gone.name }}"])
def test_an_unknown_name_is_an_error(source: str) -> None:
    with pytest.raises(UndefinedError):
        _filled(source)


@pytest.mark.parametrize("source", ["{{ links.gone }}", "{% if links.gone %}{% endif %}"])
def test_an_unknown_attribute_is_an_error(source: str) -> None:
    with pytest.raises(AttributeError):
        _filled(source, links=Links("", {}, {}, {}, {}))


@pytest.mark.parametrize(
    ("given", "kept"), [("a\x00b", "ab"), ("a\x7f\nb", "a\nb"), ("é\x1bx", "éx"), ("é\tx", "é\tx")]
)
def test_no_page_holds_a_forbidden_character(given: str, kept: str) -> None:
    values: dict[str, Any] = {
        "title": given,
        "months": (),
        "groups": (),
        "year": 2026,
        "beside": (("", ""), ("", "")),
        "counted": "no record",
    }
    assert f"<h1>{kept}</h1>" in environment.render("lists/year.html", **values)
