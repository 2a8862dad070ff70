"""Valid data to start from, and one change to it."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from postmortem.model.finding import Pointer
from postmortem.yamldoc.loader import read

CASES = Path(__file__).resolve().parents[1] / "cases"


@cache
def valid(name: str) -> dict[str, Any]:
    document, findings = read((CASES / name).read_bytes(), name)
    assert document is not None
    assert findings == ()
    return document.data


@pytest.fixture
def changed() -> Callable[..., dict[str, Any]]:
    """A case with one of its parts set to another value, or taken away where the value is `...`."""

    def change(path: Pointer = (), value: object = ..., name: str = "complete.yaml") -> dict[str, Any]:
        whole = deepcopy(valid(name))
        inner: Any = whole
        for step in path[:-1]:
            inner = inner[step]
        if path and value is ...:
            del inner[path[-1]]
        elif path:
            inner[path[-1]] = value
        return whole

    return change
