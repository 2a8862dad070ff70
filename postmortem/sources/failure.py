"""Why nothing came of a request, as a value that can be raised. It never leaves the room: `fetch` turns it into the
state of a source.
"""

from typing import Literal

Fault = Literal["down", "blocked", "unreadable"]
"""What a failure makes of a source of which nothing is kept."""


class FailedError(Exception):
    """One request failed. `found` reads after the address: what was found; what is allowed; the next step.

    `again` says whether asking once more is worth it, `after` the seconds that the server wants us to wait before, and
    `answered` whether there was a server that spoke HTTP.
    """

    def __init__(
        self,
        found: str,
        state: Fault = "down",
        *,
        again: bool = False,
        after: float | None = None,
        answered: bool = False,
    ) -> None:
        super().__init__(found)
        self.found, self.state = found, state
        self.again, self.after, self.answered = again, after, answered
