"""The invented answers in `payloads/`, and the real captures, which belong to their providers and lie elsewhere."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent / "payloads"
REAL = Path(os.environ.get("POSTMORTEM_REAL_DATA", HERE.parents[3] / "shared" / "data"))


def payload(name: str) -> bytes:
    return (HERE / name).read_bytes()
