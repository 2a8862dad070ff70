"""Names for what the theme leaves without one; whatever it says otherwise stays as it is."""

import pytest

from postmortem.site import mended

SECTION = """<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_3_label" aria-expanded="false">
          <label class="md-nav__title" for="__nav_3">
            <span class="md-nav__icon md-icon"></span>


    Numbers &amp; "more"


          </label>"""


def test_the_search_dialog_says_what_it_is() -> None:
    given = '<div class="md-search" data-md-component="search" role="dialog">'
    assert mended.names(f"<p>{given}</p>") == f'<p>{given[:-1]} aria-label="Search"></p>'


def test_a_section_of_the_navigation_is_called_by_its_title() -> None:
    named = mended.names(SECTION)
    assert '<nav class="md-nav" data-md-level="1" aria-label="Numbers &amp; &#34;more&#34;" aria-expanded' in named
    assert named.count("Numbers") == 2


@pytest.mark.parametrize(
    "html",
    [
        '<div class="md-search" data-md-component="search" role="dialog" aria-label="Suche">',
        SECTION.replace('aria-labelledby="__nav_3_label"', 'aria-label="Numbers"'),
        "<p>plain</p>",
    ],
)
def test_what_has_a_name_keeps_it(html: str) -> None:
    assert mended.names(html) == html
