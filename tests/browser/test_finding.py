"""Which browser the browser tests take, and what happens when there is none.

The rule is read from conftest.py itself, so a browser test can never be skipped in CI without this failing first.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import find_chromium, require_chromium


def executable(path: Path) -> Path:
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_named_browser_wins(tmp_path: Path) -> None:
    executable(tmp_path / "chromium")
    assert find_chromium({"PATH": str(tmp_path), "POSTMORTEM_CHROMIUM": "/opt/mine"}) == "/opt/mine"


def test_a_known_name_on_the_path_is_found(tmp_path: Path) -> None:
    chrome = executable(tmp_path / "google-chrome")
    assert find_chromium({"PATH": str(tmp_path)}) == str(chrome)


def test_a_missing_browser_skips_with_the_reason_at_a_desk(tmp_path: Path) -> None:
    with pytest.raises(pytest.skip.Exception, match="POSTMORTEM_CHROMIUM"):
        require_chromium({"PATH": str(tmp_path)})


def test_a_missing_browser_fails_in_ci(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception, match="never skipped"):
        require_chromium({"PATH": str(tmp_path), "CI": "true"})


@pytest.mark.browser
def test_the_browser_draws_and_runs_a_page(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<h1>as written</h1><script>document.querySelector('h1').textContent += ', as run'</script>")
    assert page.inner_text("h1") == "as written, as run"
    page.close()
