"""One hash over the feeds of a fixed history, so that processes can be compared: `-m tests.feeds.fingerprint`."""

import hashlib
import sys

from tests.feeds.strategies import feeds, many


def fingerprint() -> str:
    """SHA-256 over every path and its bytes."""
    files = sorted(feeds(many(60)).items())
    return hashlib.sha256(b"".join(path.encode() + body for path, body in files)).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(fingerprint())
