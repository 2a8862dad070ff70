"""What every test shares: how many examples hypothesis tries, and that commands can be interrupted.

Everyday runs are few and always the same, so that a red run is red again; `make soak` tries many and new ones.
"""

import signal

from hypothesis import settings

settings.register_profile("everyday", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("soak", max_examples=1000, deadline=None)
settings.load_profile("everyday")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Shells start what they put into the background without it, and so would be every command that a test runs.
    signal.signal(signal.SIGINT, signal.default_int_handler)
