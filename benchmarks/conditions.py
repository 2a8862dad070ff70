"""The conditions under which every side of a comparison runs."""

import os


def environment() -> dict[str, str]:
    """This process' environment, in which Python keeps a package's compiled code as it does unless told otherwise.

    Libraries were compiled when they were installed. A side whose code lies in a checkout would else be compiled anew
    at each start where the environment forbids to keep it, and pay for what no user pays.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
