"""Names for what the theme leaves without one, scripts that wait; whatever it says otherwise stays as it is."""

import pytest

from postmortem.site import mended

SECTION = """<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_3_label" aria-expanded="false">
          <label class="md-nav__title" for="__nav_3">
            <span class="md-nav__icon md-icon"></span>


    Numbers &amp; "more"


          </label>"""


def test_the_search_dialog_says_what_it_is() -> None:
    given = '<div class="md-search" data-md-component="search" role="dialog">'
    assert mended.mend(f"<p>{given}</p>") == f'<p>{given[:-1]} aria-label="Search"></p>'


def test_a_section_of_the_navigation_is_called_by_its_title() -> None:
    named = mended.mend(SECTION)
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
    assert mended.mend(html) == html


PROGRAM = '<script src="../assets/javascripts/bundle.0.min.js"></script>'
OURS = '<script src="../assets/postmortem.js"></script>'
THEIRS = '<script src="https://x.example/a.js" async></script>'


def test_the_program_and_what_follows_it_wait_in_the_same_order() -> None:
    above = '<script>early()</script><script id="__config" type="application/json">{}</script>'
    waiting = (PROGRAM + OURS).replace("></script>", " defer></script>")
    assert mended.mend(above + PROGRAM + OURS) == above + waiting


def test_a_script_that_says_itself_when_it_runs_is_left_alone() -> None:
    assert mended.mend(PROGRAM + THEIRS).endswith(THEIRS)


def test_nothing_waits_where_words_of_a_script_could_not() -> None:
    page = f"{PROGRAM}<script>document$.subscribe(f)</script>{OURS}"
    assert mended.mend(page) == page


def test_blanks_go_around_the_article_and_stay_in_it() -> None:
    article = "<article>\n\n  <pre>\n\n a</pre>\n</article>"
    assert mended.mend(f"<head>\n\n   <title>t  u</title>  \n </head>{article}\n\n\n  <p>") == (
        f"<head>\n<title>t  u</title>\n</head>{article}\n<p>"
    )


@pytest.mark.parametrize("frame", ["<p>\n\n<article>", "<pre>\n\n a</pre><article>x</article>"])
def test_blanks_stay_where_they_may_be_seen(frame: str) -> None:
    assert mended.mend(frame) == frame


CONFIG = '<script id="__config" type="application/json">{"features": ["search.suggest"], "search": "%s"}</script>'


def test_the_search_is_shared_out_among_workers_of_the_theme_s_own_program() -> None:
    given = CONFIG % "../../assets/javascripts/workers/search.0a.min.js"
    assert mended.mend(given) == CONFIG % "../../assets/search.js?javascripts/workers/search.0a.min.js"


@pytest.mark.parametrize("worker", ["https://x.example/search.js", "../assets/mine.js", "../assets/search.js?x"])
def test_a_search_of_somebody_else_s_is_left_alone(worker: str) -> None:
    assert mended.mend(CONFIG % worker) == CONFIG % worker
