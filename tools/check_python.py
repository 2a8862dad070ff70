"""Say in one line what is missing when this interpreter cannot make the virtualenv.

In: the interpreter that `make` was told to use. Out: exit 0, or 1 and a sentence on stderr. Knows nothing of the
project; written so that even Python 2 can read it.
"""

import sys

FLOOR = (3, 11)


def complaint():  # type: () -> str | None
    """What to tell the person, or None: a version below the floor, or Debian's Python without its venv package."""
    if sys.version_info < FLOOR:
        return (
            "make: {0} is Python {1}.{2}, postmortem needs 3.11 or newer. "
            "Name another one: make PYTHON=python3.12 (a virtualenv of its own is made for it)."
        ).format(sys.executable, sys.version_info[0], sys.version_info[1])
    try:
        import ensurepip  # noqa: F401, PLC0415
    except ImportError:
        return (
            "make: {0} cannot make virtualenvs: its ensurepip is missing. "
            "On Debian and Ubuntu: apt-get install python3-venv."
        ).format(sys.executable)
    return None


if __name__ == "__main__":
    sys.exit(complaint())
