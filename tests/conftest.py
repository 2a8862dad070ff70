"""What every test shares: how many examples hypothesis tries.

Everyday runs are few and always the same, so that a red run is red again; `make soak` tries many and new ones.
"""

from hypothesis import settings

settings.register_profile("everyday", max_examples=50, deadline=None, derandomize=True)
settings.register_profile("soak", max_examples=1000, deadline=None)
settings.load_profile("everyday")
