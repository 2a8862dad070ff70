"""The sound site, built once."""

from pathlib import Path

import pytest

from tests.verify import sites


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sites.build(tmp_path_factory.mktemp("sound"))
